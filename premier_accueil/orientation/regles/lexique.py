"""What completes the lexicon, as tables of states, and whether a change may be published. No database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.etats import transition
from premier_accueil.socle.fichiers import lire_yaml

DIT_MAX, VERS_MAX = 200, 3


class Registre(StrEnum):
    """How people say it."""

    COURANT = "COURANT"
    FAMILIER = "FAMILIER"
    SMS = "SMS"
    ADMINISTRATIF = "ADMINISTRATIF"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {
            "COURANT": "courant", "FAMILIER": "familier", "SMS": "SMS", "ADMINISTRATIF": "administratif",
        }[self.value]  # fmt: skip


class EtatDEntree(StrEnum):
    """Where a way of saying stands."""

    PROPOSEE = "PROPOSEE"
    PRETE = "PRETE"
    PUBLIEE = "PUBLIEE"
    RETIREE = "RETIREE"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {
            "PROPOSEE": "à traiter", "PRETE": "à essayer", "PUBLIEE": "publiée", "RETIREE": "retirée",
        }[self.value]  # fmt: skip


_D = EtatDEntree
GESTES_D_ENTREE = {
    "preparer": transition("Préparée", _D.PRETE, _D.PROPOSEE, _D.PRETE, _D.RETIREE),
    "publier": transition("Publiée", _D.PUBLIEE, _D.PRETE),
    "retirer": transition("Retirée", _D.RETIREE, _D.PUBLIEE),
}
EFFACABLES = frozenset({_D.PROPOSEE, _D.PRETE})
"""What was never published is deleted, not kept apart: it may tell of somebody after all."""


class EtatDEssai(StrEnum):
    """Where a try stands."""

    DEMANDE = "DEMANDE"
    EN_COURS = "EN_COURS"
    FINI = "FINI"
    ECHOUE = "ECHOUE"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {
            "DEMANDE": "en attente", "EN_COURS": "en cours", "FINI": "fini", "ECHOUE": "n'a pas pu être fait",
        }[self.value]  # fmt: skip


_E = EtatDEssai
GESTES_D_ESSAI = {
    # A worker that was killed begins again.
    "commencer": transition("Commencer", _E.EN_COURS, _E.DEMANDE, _E.EN_COURS, _E.ECHOUE),
    "finir": transition("Finir", _E.FINI, _E.EN_COURS),
    "echouer": transition("Échouer", _E.ECHOUE, _E.EN_COURS),
}
QUI_TOURNENT = frozenset({_E.DEMANDE, _E.EN_COURS})


@dataclass(frozen=True)
class Plancher:
    """One measure: its words, the least it may be, what it may lose in one change (shares in 0..1)."""

    libelle: str
    plancher: float
    baisse: float


@cache
def planchers() -> Mapping[str, Plancher]:
    """Return the floors of ``donnees/epreuve/planchers.yaml``, by name of measure."""
    brut: Any = lire_yaml(dossiers.donnees() / "epreuve" / "planchers.yaml")
    return {
        nom: Plancher(str(m["libelle"]), float(m["plancher"]), float(m["baisse"])) for nom, m in brut["mesures"].items()
    }


def refus(avant: Mapping[str, float], apres: Mapping[str, float], tenus: Mapping[str, Plancher]) -> tuple[str, ...]:
    """Return why a change may not be published; empty when it may.

    A floor that the lexicon did not hold before the change is not the change's fault: it only may not fall lower.

    Args:
        avant, apres: shares by name of measure.
        tenus: the floors.
    """
    dits = []
    for nom, p in tenus.items():
        a, b = avant[nom], apres[nom]
        if b < min(p.plancher, a) or a - b > p.baisse + 1e-9:
            attendus = f"{_pour_cent(p.plancher)} attendus"
            dits.append(f"{p.libelle} : {_pour_cent(a)} avant, {_pour_cent(b)} après, {attendus}.")
    return tuple(dits)


def _pour_cent(part: float) -> str:
    return f"{100 * part:.1f} %".replace(".", ",")


def empreinte(entrees: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """Return a fingerprint of ways of saying with their needs, whatever their order."""
    return hashlib.sha256(repr(sorted(entrees)).encode()).hexdigest()
