"""What every action on a person shares: find and hold the file, refuse in plain words, leave the line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.acces import personnes_tenues, personnes_visibles
from premier_accueil.personnes.models import Personne
from premier_accueil.personnes.regles import REFUS_DU_NIR, sans_nir
from premier_accueil.socle.journal import Geste, noter


class SaisieRefusee(ValueError):
    """Something must be corrected; ``champ`` names the field, the message says what to do. Nothing was recorded."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(message)
        self.champ = champ


def tenir(personne_id: int, role: Role, a: datetime, *, en_entier: bool = False) -> Personne:
    """Return a person's row, held until the end of the transaction.

    Args:
        personne_id: her key.
        role: who acts.
        a: when.
        en_entier: refuse who came in by an exceptional opening.

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    visibles = personnes_tenues(role) if en_entier else personnes_visibles(role, a)
    return Personne.objects.select_for_update().get(visibles, pk=personne_id)


def refuser_le_nir(champs: Mapping[str, str]) -> None:
    """Refuse a social security number wherever it was typed.

    Raises:
        SaisieRefusee: a field holds one.
    """
    for champ, texte in champs.items():
        if sans_nir(texte)[1]:
            raise SaisieRefusee(champ, REFUS_DU_NIR)


def tracer(
    action: str,
    role: Role,
    a: datetime,
    objet_id: int | None,
    *,
    objet: str = "PERSONNE",
    geste: Geste = Geste.ECRITURE,
) -> None:
    """Leave the line of an action on a person in the journal of accesses."""
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=geste, action=action, objet=objet,
        objet_id=objet_id, a=a,
    )  # fmt: skip
