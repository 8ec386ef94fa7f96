"""Read: from the words of a person to services, each with its reasons."""

from __future__ import annotations

from premier_accueil.orientation.requetes.chauffe import chauffer
from premier_accueil.orientation.requetes.contrat import en_json
from premier_accueil.orientation.requetes.lecteur import pret
from premier_accueil.orientation.requetes.precisions import (
    Precisions,
    faits_confirmes,
    portes,
    precisions,
    publics_confirmes,
)
from premier_accueil.orientation.requetes.proposer import propositions
from premier_accueil.orientation.requetes.vocabulaire import familles, libelles
from premier_accueil.orientation.requetes.vues import (
    CommuneVue,
    Famille,
    Proposition,
    Propositions,
    SiteVu,
    ThematiqueProposee,
)

__all__ = [
    "CommuneVue",
    "Famille",
    "Precisions",
    "Proposition",
    "Propositions",
    "SiteVu",
    "ThematiqueProposee",
    "chauffer",
    "en_json",
    "faits_confirmes",
    "familles",
    "libelles",
    "portes",
    "precisions",
    "pret",
    "propositions",
    "publics_confirmes",
]
