"""Writes of the territory: load the communes."""

from premier_accueil.territoire.actions.communes import (
    BilanDeChargement,
    charger_communes,
    charger_communes_si_besoin,
)
from premier_accueil.territoire.actions.source import DonneesAbsentes, PointEcarte

__all__ = ["BilanDeChargement", "DonneesAbsentes", "PointEcarte", "charger_communes", "charger_communes_si_besoin"]
