"""Attach a passage to a person's file, at her request only (T5), and detach it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from premier_accueil.accueil.acces import passages_visibles
from premier_accueil.accueil.models import Passage
from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.actions import noter_un_contact
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.journal import Geste, noter


class RattachementImpossible(ValueError):
    """The passage changed meanwhile; the message says what was kept."""


@transaction.atomic
def rattacher(passage_id: int, personne_id: int, *, role: Role, a: datetime) -> None:
    """Attach a passage to the file of a person who asks for it. She is here: retention counts from now.

    Raises:
        RattachementImpossible: it is attached to somebody else already; nothing was changed.
        Passage.DoesNotExist, Personne.DoesNotExist: not visible to this role, or undone.
    """
    passage = Passage.objects.select_for_update().get(passages_visibles(role), pk=passage_id, annule_le=None)
    personne = Personne.objects.get(personnes_visibles(role, a), pk=personne_id)
    if passage.personne_id == personne.pk:
        return
    if not Passage.objects.filter(pk=passage.pk, personne=None).update(personne=personne):
        raise RattachementImpossible("Ce passage est déjà rattaché à un dossier. Détachez-le d'abord.")
    noter_un_contact(personne.pk, role=role, a=a)
    _tracer("rattacher", passage, personne.pk, role, a)


@transaction.atomic
def detacher(passage_id: int, *, role: Role, a: datetime) -> None:
    """Detach a passage from the file it was attached to; the passage stays, anonymous again for this file.

    Raises:
        Passage.DoesNotExist: not visible to this role.
        Personne.DoesNotExist: the person is not visible to this role.
    """
    passage = Passage.objects.select_for_update().get(passages_visibles(role), pk=passage_id)
    if passage.personne_id is None:
        return
    personne = Personne.objects.get(personnes_visibles(role, a), pk=passage.personne_id)
    Passage.objects.filter(pk=passage.pk).update(personne=None)
    _tracer("detacher", passage, personne.pk, role, a)


def _tracer(action: str, passage: Passage, personne_id: int, role: Role, a: datetime) -> None:
    for objet, cle in (("PASSAGE", passage.pk), ("PERSONNE", personne_id)):
        noter(
            structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action,
            objet=objet, objet_id=cle, a=a,
        )  # fmt: skip
