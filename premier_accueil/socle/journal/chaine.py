"""The arithmetic of a chain: fingerprints, seals, and how a line takes its place. Nothing here asks the database."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.models import Maillon, Segment, Tete

VARIABLE = "PREMIER_ACCUEIL_CLE_JOURNAL"
ORIGINE = "0" * 64
HORS_CONTENU = frozenset({"id", "structure_id", "mois", "rang", "empreinte"})


@cache
def cle() -> bytes:
    """Return the key of the chains: the environment's, else the one of the state folder; never in the database.

    Raises:
        OSError: the state folder cannot be read or written.
    """
    return (os.environ.get(VARIABLE) or dossiers.secret("cle-journal")).encode()


def empreinte(
    registre: str, structure_id: int, mois: date, rang: int, precedente: str, contenu: Mapping[str, Any]
) -> str:
    """Return the fingerprint of a line, 64 hexadecimal characters.

    Args:
        registre: name of the register.
        structure_id: whose chain it is.
        mois: first day of the month.
        rang: place in the month, from 1.
        precedente: fingerprint of the line before, or the seal of the month before for the first line.
        contenu: every other column, as ``contenu_de`` returns it.
    """
    return _hmac([registre, structure_id, mois, rang, precedente, contenu])


def sceau(registre: str, structure_id: int, mois: date, nombre: int, derniere: str, precedent: str) -> str:
    """Return the seal of a month: its count, its last fingerprint and the seal before, under the key."""
    return _hmac(["SCEAU", registre, structure_id, mois, nombre, derniere, precedent])


def colonnes(modele: type[Maillon]) -> list[str]:
    """Return the columns that the fingerprint covers, besides the place of the line."""
    return [champ.attname for champ in modele._meta.concrete_fields if champ.attname not in HORS_CONTENU]


def contenu_de(ligne: Maillon) -> dict[str, Any]:
    """Return what a line says, as the database will give it back; empty columns are left out."""
    valeurs = {
        champ.attname: champ.to_python(getattr(ligne, champ.attname))
        for champ in ligne._meta.concrete_fields
        if champ.attname not in HORS_CONTENU
    }
    return {nom: valeur for nom, valeur in valeurs.items() if valeur is not None}


def nouvelle_tete(registre: str, structure_id: int, a: datetime) -> Tete:
    """Return the head of a chain that has no line yet."""
    return Tete(registre=registre, structure_id=structure_id, mois=mois_de(a), rang=0, empreinte=ORIGINE, sceau=ORIGINE)


def mois_de(a: datetime) -> date:
    """Return the first day of the month of an instant, in the time zone of the installation."""
    return jour_local(a).replace(day=1)


def enchainer(tete: Tete, lignes: Iterable[Maillon]) -> list[Segment]:
    """Give each line its month, rank and fingerprint; move the head; return the months sealed on the way.

    A line goes to the month of its time, or to the head's when that one is later: a clock that goes back never
    writes in a sealed month.
    """
    scelles = []
    for ligne in lignes:
        mois = mois_de(ligne.a)
        if mois > tete.mois and (segment := sceller(tete, mois, ligne.a)):
            scelles.append(segment)
        ligne.mois, ligne.rang = tete.mois, tete.rang + 1
        ligne.empreinte = empreinte(
            tete.registre, tete.structure_id, tete.mois, ligne.rang, tete.empreinte, contenu_de(ligne)
        )
        tete.rang, tete.empreinte = ligne.rang, ligne.empreinte
    return scelles


def sceller(tete: Tete, mois: date, a: datetime) -> Segment | None:
    """Close the month of a head and move it to ``mois``; return the sealed month, ``None`` when it held no line."""
    segment = None
    if tete.rang:
        marque = sceau(tete.registre, tete.structure_id, tete.mois, tete.rang, tete.empreinte, tete.sceau)
        segment = Segment(
            registre=tete.registre, structure_id=tete.structure_id, mois=tete.mois, nombre=tete.rang,
            derniere=tete.empreinte, sceau=marque, scelle_le=a,
        )  # fmt: skip
        tete.rang, tete.empreinte, tete.sceau = 0, marque, marque
    tete.mois = mois
    return segment


def _hmac(parties: list[Any]) -> str:
    texte = json.dumps(parties, default=_simple, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(cle(), texte.encode(), hashlib.sha256).hexdigest()


def _simple(valeur: object) -> str:
    if isinstance(valeur, datetime):
        return valeur.astimezone(UTC).isoformat(timespec="microseconds")
    return valeur.isoformat() if isinstance(valeur, date) else str(valeur)
