"""Corrections and campaigns: their states and words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum, StrEnum

from premier_accueil.annuaire.regles.fraicheur import reglages
from premier_accueil.socle.etats import transition


class Etat(StrEnum):
    """Where a proposed correction stands."""

    PROPOSEE = "PROPOSEE"
    ACCEPTEE = "ACCEPTEE"
    REFUSEE = "REFUSEE"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {"PROPOSEE": "en attente", "ACCEPTEE": "acceptée", "REFUSEE": "refusée"}[self.value]


GESTES = {
    "accepter": transition("Accepter : la fiche est corrigée", Etat.ACCEPTEE, Etat.PROPOSEE),
    "refuser": transition("Refuser", Etat.REFUSEE, Etat.PROPOSEE),
}
"""What the owner of an entry, or the coordination, does with a proposed correction."""
REVENIR = transition("Revenir sur cette décision", Etat.PROPOSEE, Etat.ACCEPTEE)
"""What undoes an accepted one: it waits again."""


class Quoi(Enum):
    """Which entries a campaign asks about."""

    TOUTES = "TOUTES"
    A_CONFIRMER = "A_CONFIRMER"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {"TOUTES": "toutes les fiches", "A_CONFIRMER": "seulement celles qui sont à confirmer"}[self.value]


def date_de_comite_possible(comite_le: date, jour: date) -> bool:
    """Tell whether a campaign may begin for this committee: not over, not too far."""
    return jour <= comite_le <= jour + timedelta(days=reglages().ouverture_au_plus_jours)


def envoi_du(envois: int, envoye_le: datetime | None, a: datetime) -> bool:
    """Tell whether the next message of a link is due: the first at once, then the reminders of the settings.

    Args:
        envois: messages that already left.
        envoye_le: the last one.
    """
    if envois == 0 or envoye_le is None:
        return True
    relances = reglages().relances_jours
    if envois > len(relances):
        return False
    avant = relances[envois - 2] if envois > 1 else 0
    return a - envoye_le >= timedelta(days=relances[envois - 1] - avant)
