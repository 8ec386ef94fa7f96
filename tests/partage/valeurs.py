"""Small frozen values for the rules of sharing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from premier_accueil.acteurs.regles import Fonction, GenreDeStructure, Profession, StatutDeSecret
from premier_accueil.partage.regles import AccordVu, Destinataire, Dossier, Element, projection, table_de_partage

A = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOUS, EUX, PERSONNE = 1, 2, 7
TABLE = table_de_partage()
TOUS = frozenset(TABLE.elements)


def dossier(**champs: Any) -> Dossier:
    elements = tuple(Element(code, f"Ce que dit {code.lower()}") for code in TABLE.elements)
    return replace(
        Dossier(NOUS, PERSONNE, elements, suivie_avec=frozenset({EUX})),
        **champs,
    )


def destinataire(**champs: Any) -> Destinataire:
    return replace(
        Destinataire(
            EUX, "EDS d'Ancenis", GenreDeStructure.EDS, Fonction.TRAVAIL_SOCIAL, Profession.ASSISTANT_SOCIAL,
            StatutDeSecret.SECRET_PROFESSIONNEL, en_mission=True, engage=True,
        ),
        **champs,
    )  # fmt: skip


def accord(**champs: Any) -> AccordVu:
    return replace(
        AccordVu(
            NOUS, PERSONNE, "ACCOMPAGNEMENT", EUX, Fonction.TRAVAIL_SOCIAL, TOUS, A - timedelta(days=1),
            A + timedelta(days=30), "ORAL_DEVANT", frozenset({"SEULE"}), True,
        ),
        **champs,
    )  # fmt: skip


def partent(d=None, vers=None, acc="oui", base="ACCORD", a=A) -> set[str]:
    vu = projection(d or dossier(), vers or destinataire(), accord() if acc == "oui" else acc, TABLE.bases.get(base), a)
    return {ligne.code for ligne in vu.partent}


def raisons(d=None, vers=None, acc="oui", base="ACCORD", a=A) -> set[str]:
    vu = projection(d or dossier(), vers or destinataire(), accord() if acc == "oui" else acc, TABLE.bases.get(base), a)
    return {ligne.raison for ligne in vu.restent}
