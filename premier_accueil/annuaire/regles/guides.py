"""The printed guide as a table of states. No database."""

from __future__ import annotations

from enum import StrEnum

from premier_accueil.socle.etats import transition

SERVICES_TOUT_DE_SUITE = 400
"""Up to this many services the page itself makes the guide; beyond, a worker does."""
SERVICES_MAX = 6000
"""Beyond, the guide would be a directory of several thousand pages: a smaller territory is asked."""
GARDES = 30
"""Editions kept."""


class Papier(StrEnum):
    """The sheet."""

    A4 = "a4"
    A5 = "a5"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {"a4": "A4, deux colonnes", "a5": "A5, en livret"}[self.value]


class EtatDeGuide(StrEnum):
    """Where a guide stands."""

    DEMANDE = "DEMANDE"
    EN_COURS = "EN_COURS"
    PRET = "PRET"
    ECHOUE = "ECHOUE"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {
            "DEMANDE": "en attente", "EN_COURS": "en cours", "PRET": "prêt", "ECHOUE": "n'a pas pu être fait",
        }[self.value]  # fmt: skip


_E = EtatDeGuide
GESTES = {
    # A worker that was killed begins again.
    "commencer": transition("Commencer", _E.EN_COURS, _E.DEMANDE, _E.EN_COURS, _E.ECHOUE),
    "finir": transition("Finir", _E.PRET, _E.EN_COURS),
    "echouer": transition("Échouer", _E.ECHOUE, _E.EN_COURS),
}
