"""Whether an entry may still be believed (T15), by the dated numbers of ``donnees/annuaire.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml

MOTS = "à confirmer — appelez"
"""Said beside an entry that is too old, everywhere it appears."""


class Fraicheur(Enum):
    """What an entry's last date says of it."""

    FRAICHE = "FRAICHE"
    A_CONFIRMER = "A_CONFIRMER"


@dataclass(frozen=True)
class ReglagesDAnnuaire:
    """Delays in days.

    Attributes:
        a_confirmer_jours: an entry nobody confirmed for longer is to be confirmed.
        relances_jours: reminders of a campaign, after the first message.
        jours_apres_le_comite: how long a link outlives the committee.
        ouverture_au_plus_jours: how long before the committee a campaign may begin.
    """

    a_confirmer_jours: int
    relances_jours: tuple[int, ...]
    jours_apres_le_comite: int
    ouverture_au_plus_jours: int


@cache
def reglages() -> ReglagesDAnnuaire:
    """Return what ``donnees/annuaire.yaml`` says.

    Raises:
        KeyError, ValueError: the file is wrong.
    """
    brut: Any = lire_yaml(dossiers.donnees() / "annuaire.yaml")
    campagne = brut["campagne"]
    return ReglagesDAnnuaire(
        int(brut["fraicheur"]["a_confirmer_jours"]),
        tuple(sorted(int(j) for j in campagne["relances_jours"])),
        int(campagne["jours_apres_le_comite"]),
        int(campagne["ouverture_au_plus_jours"]),
    )


def derniere_date(*dates: date | None) -> date | None:
    """Return the latest day on which somebody vouched for an entry; ``None`` when nobody ever did."""
    return max((d for d in dates if d is not None), default=None)


def fraicheur(le: date | None, jour: date) -> Fraicheur:
    """Say whether an entry is still believed.

    Args:
        le: the last day somebody vouched for it: a confirmation, else the producer's ``date_maj``.
        jour: the local day.
    """
    vieille = le is None or jour - le > timedelta(days=reglages().a_confirmer_jours)
    return Fraicheur.A_CONFIRMER if vieille else Fraicheur.FRAICHE


def limite(jour: date) -> date:
    """Return the day before which the last word of an entry makes it old."""
    return jour - timedelta(days=reglages().a_confirmer_jours)
