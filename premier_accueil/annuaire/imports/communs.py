"""What the plain lists have in common: one body, one place, one service at most."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from premier_accueil.annuaire.imports.bilan import Origine
from premier_accueil.annuaire.imports.fiches import FicheService, FicheStructure, Lieu, PermanenceVoulue
from premier_accueil.annuaire.regles import Forme
from premier_accueil.socle.texte import cle


def date_du_nom(nom: str) -> date | None:
    """Return the date held in a file name such as ``liste-fs-20240801.csv``."""
    for annee, mois, jour in re.findall(r"(20\d{2})[-_]?(\d{2})[-_]?(\d{2})", nom):
        try:
            return date(int(annee), int(mois), int(jour))
        except ValueError:
            continue
    return None


def structure_simple(
    origine: Origine, source: str, source_id: str, nom: str, lieu: Lieu, champs: Mapping[str, Any], reseau: str = ""
) -> FicheStructure:
    """Return the entry of a body.

    Args:
        champs: what the list says beside its name.
        reseau: its data·inclusion network; empty when the list does not say it.
    """
    tous = {"nom": nom, "cle": cle(nom)[:200], **champs, **({"reseaux": [reseau]} if reseau else {})}
    return FicheStructure(origine, source, source_id, tous, lieu)


def service_simple(
    origine: Origine, source: str, source_id: str, mots: Mapping[str, Any], champs: Mapping[str, Any]
) -> FicheService:
    """Return the one service of a body, held at its place; its hours are not known.

    Args:
        mots: ``nom``, ``description``, ``thematiques`` and perhaps ``publics``.
        champs: what the list says beside them.
    """
    modes = ["se-presenter", "telephoner"] if champs.get("telephone") else ["se-presenter"]
    tous = {
        "nom": mots["nom"], "cle": cle(mots["nom"])[:200], "description": mots["description"],
        "thematiques": sorted(mots["thematiques"]), "publics": sorted(mots.get("publics", ["tous-publics"])),
        "modes_accueil": ["en-presentiel"], "modes_mobilisation": modes,
        "mobilisable_par": ["professionnels", "usagers"], **champs,
    }  # fmt: skip
    return FicheService(origine, source, source_id, source_id, tous, (PermanenceVoulue(None, Forme.FIXE),))
