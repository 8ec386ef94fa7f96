"""From the directory of public bodies (DILA, open data) to our entries. It holds no point: the commune locates it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from premier_accueil.annuaire.imports.ajouts import lieu_de
from premier_accueil.annuaire.imports.bilan import BilanDImport
from premier_accueil.annuaire.imports.communs import service_simple, structure_simple
from premier_accueil.annuaire.imports.fiches import FicheService, FicheStructure
from premier_accueil.annuaire.imports.lecture import Ligne
from premier_accueil.annuaire.imports.nettoyage import telephone_ou_rien, texte_court
from premier_accueil.annuaire.imports.schema import origine_de, saine
from premier_accueil.annuaire.regles.sources import table_des_sources

SOURCE = "dila"
REQUISES = ("id", "nom", "type", "code_insee", "adresse")

# The file was once written in Windows-1252 and read as Latin-1: "œ" became a control character.
_WINDOWS = {c: bytes([c]).decode("cp1252", "ignore") or None for c in range(0x80, 0xA0)}
_VILLE = re.compile(r"\s*,\s*(\d{5})\s*,\s*([^,]+)$")
_NUMERO_DE_FICHE = re.compile(r"\s+\d[\dAB]\d{3}-\d{2}$")


def date_par_defaut() -> date:
    """Return the day the list is true of, when nothing says it."""
    jour = table_des_sources()["dila"]["date_par_defaut"]
    assert isinstance(jour, date)
    return jour


def fiches(
    ligne: Ligne, fichier: str, date_maj: date | None, bilan: BilanDImport
) -> tuple[FicheStructure, FicheService | None] | None:
    """Read one line; ``None`` once it is refused. A body that receives nobody for its daily life has no service."""
    origine = origine_de(fichier, ligne)
    if not saine(ligne, origine, bilan):
        return None
    v: dict[str, str] = {c: str(x or "").translate(_WINDOWS).strip() for c, x in ligne.valeurs.items()}
    for champ in ("id", "nom", "code_insee"):
        if not v.get(champ):
            bilan.refuser(origine, champ, "champ obligatoire absent")
            return None
    genre: dict[str, Any] = table_des_sources()["dila"]["genres"].get(v["type"], {"genre": "AUTRE"})
    nom = texte_court(_NUMERO_DE_FICHE.sub("", v["nom"]), 200, "nom", origine, bilan)
    ville = _VILLE.search(v["adresse"])
    if ville:
        v["adresse"] = v["adresse"][: ville.start()]
        v["code_postal"], v["commune"] = v.get("code_postal") or ville[1], v.get("commune") or ville[2]
    communs = {"telephone": telephone_ou_rien(v.get("telephone"), "telephone", origine, bilan), "date_maj": date_maj}
    structure = structure_simple(
        origine, SOURCE, v["id"], nom, lieu_de(v, nom, origine, bilan),
        communs | {"genre": genre["genre"], "site_web": v.get("site", "")[:500]}, genre.get("reseau", ""),
    )  # fmt: skip
    if "service" not in genre:
        return structure, None
    return structure, service_simple(origine, SOURCE, v["id"], genre["service"], communs)
