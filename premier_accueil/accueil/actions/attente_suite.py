"""A ticket goes on: to the other step, to another body of the same place; and the queue closes for the day."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from premier_accueil.accueil.acces import attentes_visibles, lieux_de_la_structure
from premier_accueil.accueil.actions.attente import (
    FileFermee,
    bouger,
    mettre_en_attente,
    mobiles_du_jour,
    refuser,
    refuser_si_fermee,
    tracer,
)
from premier_accueil.accueil.models import Attente, FermetureDeFile
from premier_accueil.accueil.regles import Etape, EtatDAttente, GesteImpossible
from premier_accueil.accueil.requetes.reglage import organismes_du_lieu, reglage_de
from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter


@transaction.atomic
def changer_d_etape(attente_id: int, etape: Etape, *, role: Role, a: datetime) -> Attente:
    """Send a ticket to the other step under the same number: its chain of times stays readable.

    Who only waits changes queues and keeps the time already waited; who was called ends this step now.

    Args:
        attente_id: a ticket of the day that waits, or that this role called.
        etape: where it goes.
        role: who sends it.
        a: when.

    Returns:
        the ticket in its new queue.

    Raises:
        GesteImpossible: the ticket moved meanwhile, somebody else called it, or it is there already.
        Attente.DoesNotExist: not visible to this role.
    """
    ticket = Attente.objects.select_related("appele_par").get(attentes_visibles(role), pk=attente_id)
    if not _tenus(attente_id, role, a).exclude(etape=etape).exists():
        refuser(ticket, a)
    suivant = envoyer(ticket, etape, prenom=ticket.prenom, a=a)
    tracer("changer_d_etape", suivant, role, a)
    return suivant


def _tenus(attente_id: int, role: Role, a: datetime) -> QuerySet[Attente]:
    """Return the ticket if it waits today, or if this role called it."""
    return mobiles_du_jour(attente_id, role, a).filter(
        Q(etat=EtatDAttente.EN_ATTENTE) | Q(etat=EtatDAttente.APPELE, appele_par_id=role.compte_id)
    )


def envoyer(ticket: Attente, etape: Etape, *, prenom: str, a: datetime) -> Attente:
    """Put a number in another queue of the structure; what was under way ends now.

    Raises:
        GesteImpossible: the number waits there already, or moved meanwhile.
    """
    attend = Attente.objects.filter(pk=ticket.pk, etat=EtatDAttente.EN_ATTENTE)
    if attend.update(etape=etape, **({"prenom": prenom} if prenom else {})):
        bouger(ticket.site_id)
        return Attente.objects.get(pk=ticket.pk)
    Attente.objects.filter(pk=ticket.pk, etat=EtatDAttente.APPELE).update(etat=EtatDAttente.TERMINE, fini_le=a)
    try:
        with transaction.atomic():
            return mettre_en_attente(
                structure_id=ticket.structure_id, site_id=ticket.site_id, passage_id=ticket.passage_id, etape=etape,
                prenom=prenom or ticket.prenom, a=a, numero=ticket.numero, suite_de=ticket,
                prioritaire=ticket.prioritaire, priorite=ticket.priorite, priorite_mots=ticket.priorite_mots,
                priorite_par_id=ticket.priorite_par_id,
            )  # fmt: skip
    except IntegrityError as refus:
        raise GesteImpossible(f"Le ticket {ticket.numero} attend déjà dans une file de votre structure.") from refus


@transaction.atomic
def passer_a_un_organisme(attente_id: int, structure_id: int, *, role: Role, a: datetime) -> Structure:
    """Pass a number, and nothing else, to another body present at the same place (S1).

    The other body gets a row of its own: no name, no reason, no key back to the passage. What must be said of the
    person follows only with her agreement, by a communication.

    Args:
        attente_id: a ticket of the day that waits, or that this role called.
        structure_id: the body that receives the number.
        role: who passes it.
        a: when.

    Returns:
        the body.

    Raises:
        GesteImpossible: the ticket moved meanwhile, or that body's queue is closed or holds the number already.
        Attente.DoesNotExist: the ticket is not visible to this role.
        Structure.DoesNotExist: that body is not at this place, or nobody there sees a queue.
    """
    ticket = Attente.objects.select_related("appele_par").get(attentes_visibles(role), pk=attente_id)
    vers = organismes_du_lieu(ticket.site_id, sauf=role.structure_id, a=a).get(pk=structure_id)
    if not _tenus(attente_id, role, a).update(etat=EtatDAttente.PASSE, passee_a=vers, fini_le=a):
        refuser(ticket, a)
    try:
        # The row belongs to the other body: it is written as theirs, and nothing of theirs is read.
        with situation(structure=vers.pk):
            refuser_si_fermee(vers.pk, ticket.site_id, a)
            leur = mettre_en_attente(
                structure_id=vers.pk, site_id=ticket.site_id, passage_id=None, etape=reglage_de(vers.pk).etapes[0],
                prenom="", a=a, numero=ticket.numero, passee_par_id=role.structure_id,
            )  # fmt: skip
            noter(
                structure_id=vers.pk, compte_id=None, geste=Geste.ECRITURE, action="recevoir_un_numero",
                objet="ATTENTE", objet_id=leur.pk, a=a,
            )  # fmt: skip
    except IntegrityError as refus:
        raise GesteImpossible(f"{vers.nom} a déjà le numéro {ticket.numero} dans sa file.") from refus
    except FileFermee as refus:
        raise GesteImpossible(f"La file de {vers.nom} est fermée. Le ticket reste chez vous.") from refus
    tracer("passer_a_un_organisme", ticket, role, a)
    return vers


@transaction.atomic
def fermer_la_file(*, role: Role, site_id: int, a: datetime) -> int:
    """Give no more tickets today at this place; the screen says so. Who waits is still received, or told.

    Returns:
        how many still wait.

    Raises:
        Site.DoesNotExist: the structure does not receive there.
    """
    Site.objects.get(lieux_de_la_structure(role.structure_id), pk=site_id)
    FermetureDeFile.objects.update_or_create(
        structure_id=role.structure_id, site_id=site_id, jour=jour_local(a),
        defaults={"fermee_le": a, "fermee_par_id": role.compte_id, "rouverte_le": None},
    )  # fmt: skip
    _noter_la_file("fermer_la_file", role, site_id, a)
    return Attente.objects.filter(
        attentes_visibles(role), site_id=site_id, jour=jour_local(a), etat=EtatDAttente.EN_ATTENTE
    ).count()


@transaction.atomic
def rouvrir_la_file(*, role: Role, site_id: int, a: datetime) -> None:
    """Give tickets again today at this place."""
    FermetureDeFile.objects.filter(
        structure_id=role.structure_id, site_id=site_id, jour=jour_local(a), rouverte_le=None
    ).update(rouverte_le=a)
    _noter_la_file("rouvrir_la_file", role, site_id, a)


@transaction.atomic
def clore_la_journee(*, role: Role, site_id: int, a: datetime) -> int:
    """Write that everybody who still waits was told that they would not be received today; each one is counted.

    Returns:
        how many there were.
    """
    restent = Attente.objects.filter(
        attentes_visibles(role), site_id=site_id, jour=jour_local(a), etat=EtatDAttente.EN_ATTENTE
    )
    combien = restent.update(etat=EtatDAttente.FERME, fini_le=a)
    _noter_la_file("clore_la_journee", role, site_id, a)
    return combien


def _noter_la_file(action: str, role: Role, site_id: int, a: datetime) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action, objet="FILE",
        objet_id=site_id, a=a,
    )  # fmt: skip
    bouger(site_id)

