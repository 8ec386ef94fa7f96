"""The dated numbers and words of ``donnees/reperes.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.calendrier import plus_tard
from premier_accueil.socle.fichiers import lire_yaml


@dataclass(frozen=True)
class Reglages:
    """Delays, and what plain language looks at.

    Attributes:
        revoir_mois: months between a publication and its review, unless another day is chosen.
        bientot: how long before its day a review is announced.
        mots_par_phrase, lettres_par_mot, conseils_au_plus: thresholds of the advice.
        mots_lourds: folded expression → what one can say instead.
        sigles: letters → what they stand for.
        sigles_connus: letters that everyone reads without help.
    """

    revoir_mois: int
    bientot: timedelta
    mots_par_phrase: int
    lettres_par_mot: int
    conseils_au_plus: int
    mots_lourds: Mapping[str, str]
    sigles: Mapping[str, str]
    sigles_connus: frozenset[str]


@cache
def reglages() -> Reglages:
    """Return the settings of the file."""
    brut: Any = lire_yaml(dossiers.donnees() / "reperes.yaml")
    revoir, clair = brut["revoir"], brut["langage_clair"]
    return Reglages(
        int(revoir["mois"]), timedelta(days=int(revoir["bientot_jours"])), int(clair["mots_par_phrase"]),
        int(clair["lettres_par_mot"]), int(clair["conseils_au_plus"]), dict(clair["mots_lourds"]),
        dict(clair["sigles"]), frozenset(clair["sigles_connus"]),
    )  # fmt: skip


def prochaine_revue(a: datetime) -> date:
    """Return the day by which a sheet published now is reviewed, unless somebody chooses another."""
    return plus_tard(a, mois=reglages().revoir_mois).date()


def est_a_revoir(revoir_le: date | None, jour: date) -> bool:
    """Tell whether the day of the review has come."""
    return revoir_le is not None and revoir_le <= jour
