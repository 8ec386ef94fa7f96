"""Bring a file from its address: a public machine, a size and a time that end."""

from __future__ import annotations

import re
import time
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from premier_accueil.annuaire.imports.lecture import FichierIllisible
from premier_accueil.annuaire.regles.sources import table_des_sources
from premier_accueil.socle.adresse_web import refus_d_adresse

REDIRECTIONS = 4
PATIENCE_S = 20
MORCEAU = 1 << 16


def telecharger(adresse: str, dossier: Path) -> Path:
    """Write the file of an address in a folder, under its own name.

    Args:
        adresse: ``https://…``; or a path of this machine, given on the command line only.
        dossier: an empty folder.

    Raises:
        FichierIllisible: refused address, no answer, too large or too long; the sentence says which.
    """
    if "://" not in adresse:
        return Path(adresse)
    import requests  # heavy, and only the worker needs it

    bornes = table_des_sources()["telechargement"]
    fin = time.monotonic() + bornes["secondes"]
    for _ in range(REDIRECTIONS):
        if refus := refus_d_adresse(adresse, 2000):
            raise FichierIllisible(f"{adresse} : {refus}")
        try:
            with requests.get(adresse, timeout=PATIENCE_S, stream=True, allow_redirects=False) as reponse:
                if reponse.is_redirect:
                    adresse = urljoin(adresse, reponse.headers["location"])
                    continue
                reponse.raise_for_status()
                return _ecrire(reponse, dossier / _nom(adresse), bornes["octets"], fin)
        except requests.RequestException as erreur:
            raise FichierIllisible(f"{adresse} ne répond pas comme prévu ({type(erreur).__name__}).") from None
    raise FichierIllisible(f"{adresse} renvoie d'adresse en adresse sans fin.")


def _ecrire(reponse, chemin: Path, octets: int, fin: float) -> Path:  # type: ignore[no-untyped-def]
    ecrits = 0
    with chemin.open("wb") as sortie:
        for morceau in reponse.iter_content(MORCEAU):
            ecrits += len(morceau)
            if ecrits > octets:
                raise FichierIllisible(f"« {chemin.name} » dépasse {octets // 1_000_000} Mo : il n'est pas lu.")
            if time.monotonic() > fin:
                raise FichierIllisible(f"« {chemin.name} » met trop longtemps à venir : essayez à un autre moment.")
            sortie.write(morceau)
    return chemin


def _nom(adresse: str) -> str:
    dernier = unquote(urlsplit(adresse).path).rsplit("/", 1)[-1]
    return re.sub(r"[^\w.\-]", "_", dernier)[-100:].lstrip(".") or "annuaire"
