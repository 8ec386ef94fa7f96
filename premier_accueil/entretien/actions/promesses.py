"""What the worker said she would do."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.acces import entretiens_visibles
from premier_accueil.entretien.actions.commun import SaisieRefusee, refuser_les_secrets, tenir, tracer
from premier_accueil.entretien.models import Promesse
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import propre


@transaction.atomic
def promettre(
    entretien_id: int, texte: str, pour_le: date, *, demande_id: UUID, role: Role, a: datetime
) -> None:
    """Write down what one will do, and before when; a second call with the same ``demande_id`` changes nothing.

    Raises:
        SaisieRefusee: nothing is said, or the day is past.
        Entretien.DoesNotExist: not visible to this role.
    """
    entretien = tenir(entretien_id, role, a)
    dit = propre(texte)[:200]
    if not dit:
        raise SaisieRefusee("texte", "Dites en quelques mots ce que vous allez faire.")
    if pour_le < jour_local(a):
        raise SaisieRefusee("pour_le", "Ce jour est passé : choisissez-en un autre.")
    refuser_les_secrets(entretien.passage, {"texte": dit})
    _, nouvelle = Promesse.objects.get_or_create(
        structure_id=role.structure_id, demande_id=demande_id,
        defaults={"entretien": entretien, "compte_id": role.compte_id, "texte": dit, "pour_le": pour_le},
    )  # fmt: skip
    if nouvelle:
        tracer("promettre", role, a, entretien.pk)


@transaction.atomic
def tenir_promesse(promesse_id: int, *, role: Role, a: datetime) -> None:
    """Say that it is done; a second click changes nothing.

    Raises:
        Promesse.DoesNotExist: not visible to this role.
    """
    promesse = Promesse.objects.get(entretiens_visibles(role, a, "entretien__"), pk=promesse_id)
    if Promesse.objects.filter(pk=promesse.pk, faite_le=None).update(faite_le=a):
        tracer("tenir_promesse", role, a, promesse.entretien_id)
