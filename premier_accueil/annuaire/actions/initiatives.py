"""Tell what one's structure undertakes: initiatives, and collective actions with their dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.modifier import FicheRefusee
from premier_accueil.annuaire.models import ActionCollective, Initiative, Site
from premier_accueil.annuaire.requetes.tenue import tient

PAS_LA_VOTRE = "Cette fiche est tenue par une autre structure."
DEJA = "Votre structure a déjà une initiative de ce nom. Changez le nom, ou corrigez l'autre."


@dataclass(frozen=True)
class InitiativeDite:
    """An initiative as written on the form, already cleaned."""

    nom: str
    actions: str
    valeurs: str = ""
    utilite_sociale: str = ""
    thematiques: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    depuis: date | None = None
    jusqu_au: date | None = None


@dataclass(frozen=True)
class ActionDite:
    """A collective action as written on the form, already cleaned."""

    nom: str
    commune_id: int
    debut: datetime
    fin: datetime
    site_id: int | None = None
    lieu: str = ""
    description: str = ""
    thematiques: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    venir: str = ""
    places: int | None = None


@transaction.atomic
def ecrire_une_initiative(dite: InitiativeDite, *, initiative_id: int | None = None, role: Role, a: datetime) -> int:
    """Add an initiative of one's structure, or correct one that one keeps.

    Returns:
        its key; the same text sent twice is one initiative.

    Raises:
        FicheRefusee: not one's own, another one has that name, or it ends before it begins.
    """
    if dite.depuis and dite.jusqu_au and dite.jusqu_au < dite.depuis:
        raise FicheRefusee({"jusqu_au": "L'initiative finit avant de commencer : vérifiez les deux dates."})
    champs = {**vars(dite), "thematiques": list(dite.thematiques), "publics": list(dite.publics), "modifiee_le": a}
    try:
        with transaction.atomic():
            if initiative_id is not None:
                _initiative_tenue(initiative_id, role)
                Initiative.objects.filter(pk=initiative_id).update(**champs)
                return initiative_id
            if not tient(role, role.structure_id):
                raise FicheRefusee({"": PAS_LA_VOTRE})
            pareille = Initiative.objects.filter(structure_id=role.structure_id, nom=dite.nom, actions=dite.actions)
            deja = pareille.values_list("pk", flat=True).first()
            return deja or Initiative.objects.create(structure_id=role.structure_id, **champs).pk
    except IntegrityError:
        raise FicheRefusee({"nom": DEJA}) from None


@transaction.atomic
def retirer_une_initiative(initiative_id: int, *, role: Role, a: datetime) -> None:
    """Take an initiative out of the directory.

    Raises:
        FicheRefusee: not one's own.
    """
    _initiative_tenue(initiative_id, role)
    Initiative.objects.filter(pk=initiative_id).delete()


def _initiative_tenue(initiative_id: int, role: Role) -> None:
    structure = Initiative.objects.filter(pk=initiative_id).values_list("structure_id", flat=True).first()
    if not tient(role, structure):
        raise FicheRefusee({"": PAS_LA_VOTRE})


@transaction.atomic
def ecrire_une_action_collective(
    dite: ActionDite, *, demande_id: UUID, action_id: int | None = None, role: Role, a: datetime
) -> int:
    """Announce a collective action of one's structure, or correct one that one keeps; who comes is written nowhere.

    Args:
        demande_id: drawn with the form: sent twice, it announces once.

    Raises:
        FicheRefusee: not one's own, in the past, ends before it begins, or a place of somebody else's.
    """
    if dite.fin <= dite.debut:
        raise FicheRefusee({"fin": "L'heure de fin est avant l'heure de début."})
    if dite.fin <= a:
        raise FicheRefusee({"jour": "Ce jour est déjà passé."})
    if dite.site_id is not None and not Site.objects.filter(pk=dite.site_id, structure_id=role.structure_id).exists():
        raise FicheRefusee({"site": "Ce lieu n'est pas tenu par votre structure : écrivez plutôt l'adresse."})
    champs = {**vars(dite), "thematiques": list(dite.thematiques), "publics": list(dite.publics)}
    if action_id is not None:
        _action_tenue(action_id, role)
        ActionCollective.objects.filter(pk=action_id).update(**champs)
        return action_id
    if not tient(role, role.structure_id):
        raise FicheRefusee({"": PAS_LA_VOTRE})
    faite, _ = ActionCollective.objects.get_or_create(
        demande_id=demande_id, defaults={"structure_id": role.structure_id, **champs}
    )
    return faite.pk


@transaction.atomic
def annuler_une_action_collective(action_id: int, *, role: Role, a: datetime) -> None:
    """Say that a collective action will not be held; it stays shown, crossed out in words, until its day.

    Raises:
        FicheRefusee: not one's own.
    """
    _action_tenue(action_id, role)
    ActionCollective.objects.filter(pk=action_id, annulee_le=None).update(annulee_le=a)


def _action_tenue(action_id: int, role: Role) -> None:
    structure = ActionCollective.objects.filter(pk=action_id).values_list("structure_id", flat=True).first()
    if not tient(role, structure):
        raise FicheRefusee({"": PAS_LA_VOTRE})
