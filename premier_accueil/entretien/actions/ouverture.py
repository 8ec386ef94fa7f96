"""Open an interview: from a passage that reception wrote, or directly when the social worker receives first."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import transaction

from premier_accueil.accueil.acces import attentes_visibles, lieux_de_la_structure
from premier_accueil.accueil.actions import rattacher
from premier_accueil.accueil.actions.attente import bouger
from premier_accueil.accueil.actions.faits import noter_le_passage
from premier_accueil.accueil.models import Attente, Passage
from premier_accueil.accueil.regles import Canal, Concerne, EtatDAttente
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.entretien.acces import passages_s_entretenir
from premier_accueil.entretien.actions.commun import GesteRefuse, SaisieRefusee, tenir, tracer
from premier_accueil.entretien.actions.points import tenir_le_point
from premier_accueil.entretien.models import Entretien, PointDeSituation
from premier_accueil.entretien.regles.etats import GESTES_DE_POINT
from premier_accueil.socle.horloge import jour_local


@transaction.atomic
def ouvrir(passage_id: int, *, role: Role, a: datetime) -> int:
    """Open the interview of a passage, or return the one it has: two clicks, two workers, one interview.

    Returns:
        key of the interview.

    Raises:
        Passage.DoesNotExist: not visible to this role, or undone.
    """
    passage = Passage.objects.filter(annule_le=None).get(passages_s_entretenir(role, a), pk=passage_id)
    entretien, nouveau = Entretien.objects.get_or_create(
        passage=passage,
        defaults={"structure_id": role.structure_id, "auteur_id": role.compte_id, "ouvert_le": a},
    )
    if nouveau:
        tracer("ouvrir_un_entretien", role, a, entretien.pk)
    return entretien.pk


@transaction.atomic
def recevoir(
    *, demande_id: UUID, site_id: int, canal: Canal, role: Role, a: datetime, personne_id: int | None = None
) -> int:
    """Receive somebody without reception: the passage and its interview are made together.

    Args:
        demande_id: drawn by the page: a second call changes nothing.
        site_id: a place where the structure receives.
        canal: how she came.
        role: who receives.
        a: when.
        personne_id: her file, when she is known and comes as herself.

    Returns:
        key of the interview.

    Raises:
        SaisieRefusee: the place is not the structure's.
        Personne.DoesNotExist: not visible to this role.
    """
    if not Site.objects.filter(lieux_de_la_structure(role.structure_id), pk=site_id).exists():
        raise SaisieRefusee("site", "Ce lieu n'est pas un lieu de votre structure.")
    passage, nouveau = Passage.objects.get_or_create(
        structure_id=role.structure_id, demande_id=demande_id,
        defaults={
            "site_id": site_id, "auteur_id": role.compte_id, "canal": canal, "concerne": Concerne.SOI, "arrive_le": a,
        },
    )  # fmt: skip
    if nouveau:
        noter_le_passage(passage, (), (), role=role, a=a)
        tracer("recevoir", role, a, passage.pk, objet="PASSAGE")
        if personne_id is not None:
            rattacher(passage.pk, personne_id, role=role, a=a)
    return ouvrir(passage.pk, role=role, a=a)


@transaction.atomic
def recevoir_le_ticket(attente_id: int, *, role: Role, a: datetime) -> int:
    """Open the interview of a ticket that this worker called; without reception, its passage is made on the way.

    Closing the interview ends the ticket.

    Returns:
        key of the interview; a second click returns the same one.

    Raises:
        GesteRefuse: it is not called any more, or somebody else called it; the message says so.
        Attente.DoesNotExist, Passage.DoesNotExist: not visible to this role, or not of today.
    """
    ticket = (
        Attente.objects.select_for_update(of=("self",)).select_related("appele_par")
        .get(attentes_visibles(role), pk=attente_id, jour=jour_local(a))
    )  # fmt: skip
    if ticket.etat != EtatDAttente.APPELE:
        raise GesteRefuse(f"Le ticket {ticket.numero} est {ticket.get_etat_display()} : appelez-le d'abord.")
    if ticket.appele_par is not None and ticket.appele_par_id != role.compte_id:
        raise GesteRefuse(f"Le ticket {ticket.numero} est reçu par {ticket.appele_par.nom}.")
    if ticket.passage_id is not None:
        return ouvrir(ticket.passage_id, role=role, a=a)
    cle = recevoir(
        demande_id=uuid5(NAMESPACE_OID, f"ticket-{ticket.pk}"), site_id=ticket.site_id, canal=Canal.GUICHET, role=role,
        a=a,
    )  # fmt: skip
    passage = Passage.objects.get(entretien=cle)
    # The wait began when the number was given, whatever desk it waited for.
    meme = Attente.objects.filter(structure_id=role.structure_id, site_id=ticket.site_id, jour=ticket.jour)
    meme.filter(numero=ticket.numero, passage=None).update(passage=passage)
    bouger(ticket.site_id)
    return cle


@transaction.atomic
def commencer_le_point(
    point_id: int, *, demande_id: UUID, site_id: int, canal: Canal, role: Role, a: datetime
) -> int:
    """Hold a planned meeting: its interview opens, for the same person, and the point is held.

    Returns:
        key of the interview.

    Raises:
        PointDeSituation.DoesNotExist: not visible to this role.
        SaisieRefusee: the place is not the structure's.
    """
    point = tenir_le_point(point_id, role, a)
    if point.tenu_dans_id is not None:
        return point.tenu_dans_id
    personne_id = point.entretien.passage.personne_id
    cle = recevoir(
        demande_id=demande_id, site_id=site_id, canal=canal, role=role, a=a, personne_id=personne_id
    )  # fmt: skip
    geste = GESTES_DE_POINT["tenir"]
    PointDeSituation.objects.filter(pk=point.pk, etat__in=geste.depuis).update(
        etat=geste.vers.value, fini_le=a, tenu_dans_id=cle
    )
    tracer("tenir_un_point", role, a, point.pk, objet="POINT")
    return cle


@transaction.atomic
def rattacher_la_personne(entretien_id: int, personne_id: int, *, role: Role, a: datetime) -> None:
    """Attach an interview to the file of the person who asks for it (T5): its passage says who it was with.

    Raises:
        RattachementImpossible: it is attached to somebody else already.
        Entretien.DoesNotExist, Personne.DoesNotExist: not visible to this role.
    """
    entretien = tenir(entretien_id, role, a)
    rattacher(entretien.passage_id, personne_id, role=role, a=a)
