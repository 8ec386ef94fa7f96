"""What every action of the agenda shares: refuse in plain words, leave the line and the fact."""

from __future__ import annotations

from datetime import datetime

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.models import RendezVous
from premier_accueil.agenda.requetes import CreneauLibre
from premier_accueil.faits.actions import noter_faits
from premier_accueil.socle.journal import Geste, noter


class DemandeRefusee(ValueError):
    """Something must be corrected; ``champ`` names the field, the message says what to do. Nothing was recorded."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(message)
        self.champ = champ


class CreneauPris(ValueError):
    """Somebody else took the slot, or it is no longer offered; ``prochains`` are the next free ones."""

    def __init__(self, prochains: tuple[CreneauLibre, ...]) -> None:
        super().__init__("Ce créneau vient d'être pris. Rien n'est perdu : choisissez-en un autre.")
        self.prochains = prochains


def tracer(action: str, objet: str, objet_id: int | None, role: Role, a: datetime) -> None:
    """Leave the line of an action in the journal of accesses."""
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action, objet=objet,
        objet_id=objet_id, a=a,
    )  # fmt: skip


def noter_le_fait(r: RendezVous, geste: str, a: datetime, *, annule: bool = False) -> None:
    """Write what happened to an appointment without saying whose: its channel and the gesture."""
    noter_faits(
        [("RENDEZ_VOUS", {"canal": r.canal, "geste": geste})], structure_id=r.structure_id,
        departement=r.structure.departement, a=a, annule=annule,
    )  # fmt: skip
