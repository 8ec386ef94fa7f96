"""The queue of a site: give a ticket, call, finish. Races are lost in the database, never shown twice."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When

from premier_accueil.accueil.acces import attentes_visibles, lieux_de_la_structure, passe_devant
from premier_accueil.accueil.models import Attente, EcranDAttente, FermetureDeFile
from premier_accueil.accueil.regles import (
    GESTES,
    ORDRE_D_ARRIVEE,
    OUVERTS,
    Etape,
    EtatDAttente,
    GesteImpossible,
    priorites,
)
from premier_accueil.accueil.requetes.reglage import reglage_de
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.notification import prevenir
from premier_accueil.socle.texte import propre

TIRER = (
    "INSERT INTO accueil_compteurdetickets AS c (site_id, jour, dernier) VALUES (%s, %s, 1)"
    " ON CONFLICT (site_id, jour) DO UPDATE SET dernier = c.dernier + 1 RETURNING dernier"
)


class FileFermee(GesteImpossible):
    """No more ticket today at this place; the message says what to do."""


@transaction.atomic
def donner_ticket(
    *, etape: Etape, prenom: str, role: Role, site_id: int, a: datetime, demande_id: UUID | None = None,
    priorite: str = "", priorite_mots: str = "",
) -> Attente:  # fmt: skip
    """Give a number to somebody who waits, without knowing who or why.

    Args:
        etape: which desk they wait for.
        prenom: first name to call, only if the person prefers it to a number.
        role: who gives it.
        site_id: a place where the role's structure receives.
        a: when.
        demande_id: drawn by the page; a second click returns the same ticket.
        priorite: a code of ``donnees/accueil.yaml``, empty for none; ``priorite_mots`` says it in words.

    Raises:
        Site.DoesNotExist: the structure does not receive there.
        FileFermee: the queue was closed for today.
        GesteImpossible: the priority is not admitted here, or holds no reason.
    """
    deja = _deja_donne(demande_id, role)
    if deja:
        return deja
    Site.objects.get(lieux_de_la_structure(role.structure_id), pk=site_id)
    refuser_si_fermee(role.structure_id, site_id, a)
    avance = _priorite(priorite, priorite_mots, role)
    try:
        with transaction.atomic():
            ticket = mettre_en_attente(
                structure_id=role.structure_id, site_id=site_id, passage_id=None, etape=etape, prenom=prenom, a=a,
                demande_id=demande_id, **avance,
            )  # fmt: skip
    except IntegrityError:
        deja = _deja_donne(demande_id, role)
        if deja is None:
            raise
        return deja
    tracer("donner_ticket", ticket, role, a)
    return ticket


def _deja_donne(demande_id: UUID | None, role: Role) -> Attente | None:
    if demande_id is None:
        return None
    return Attente.objects.filter(structure_id=role.structure_id, demande_id=demande_id).first()


def refuser_si_fermee(structure_id: int, site_id: int, a: datetime) -> None:
    """Refuse one more ticket once the queue is closed for the day.

    Raises:
        FileFermee: it is.
    """
    fermee = FermetureDeFile.objects.filter(
        structure_id=structure_id, site_id=site_id, jour=jour_local(a), rouverte_le=None
    )
    if fermee.exists():
        raise FileFermee("La file est fermée pour aujourd'hui. Rouvrez-la, ou recevez la personne au guichet.")


def mettre_en_attente(
    *, structure_id: int, site_id: int, passage_id: int | None, etape: Etape, prenom: str, a: datetime,
    numero: int | None = None, **champs: Any,
) -> Attente:  # fmt: skip
    """Add a place in a queue, with the next number of the day (they start again each morning, T22).

    Args:
        numero: the number that the person already holds; ``None`` draws one, whoever else draws at the same place.
        champs: other columns of ``Attente``.

    Raises:
        IntegrityError: the passage already waits for this desk, or this number waits somewhere in the structure.
    """
    jour = jour_local(a)
    if numero is None:
        finir_les_jours_passes(structure_id, site_id, jour)
        with connection.cursor() as curseur:
            curseur.execute(TIRER, [site_id, jour])
            (numero,) = curseur.fetchone()
    ticket = Attente.objects.create(
        structure_id=structure_id, site_id=site_id, passage_id=passage_id, jour=jour, numero=numero,
        prenom=propre(prenom)[:40], etape=etape, arrive_le=a, **champs,
    )  # fmt: skip
    bouger(site_id)
    return ticket


def finir_les_jours_passes(structure_id: int, site_id: int, jour: date) -> None:
    """Close the tickets of former days: a recycled number never meets an old one (T22). Their end is not measured."""
    Attente.objects.filter(structure_id=structure_id, site_id=site_id, jour__lt=jour, etat__in=OUVERTS).update(
        etat=Case(
            When(etat=EtatDAttente.APPELE, then=Value(EtatDAttente.TERMINE.value)),
            default=Value(EtatDAttente.FERME.value),
        )
    )


@transaction.atomic
def appeler_suivant(*, etape: Etape, bureau: str, role: Role, site_id: int, a: datetime) -> Attente | None:
    """Call the next ticket, priorities first; two agents calling at once get two different tickets.

    Who has an appointment with somebody else is left to them.

    Returns:
        the ticket, or ``None`` when nobody waits for this agent.
    """
    attendent = Attente.objects.select_for_update(skip_locked=True).filter(
        attentes_visibles(role), Q(pour=None) | Q(pour_id=role.compte_id), site_id=site_id, jour=jour_local(a),
        etape=etape, etat=EtatDAttente.EN_ATTENTE,
    ).order_by(*ORDRE_D_ARRIVEE)  # fmt: skip
    # Two short walks of an index, rather than one sort of all who wait at each call.
    suivant = attendent.filter(passe_devant(a), prioritaire=True).first() or attendent.first()
    if suivant is None:
        return None
    return faire("appeler", suivant.pk, role=role, bureau=bureau, a=a)


@transaction.atomic
def faire(geste: str, attente_id: int, *, role: Role, bureau: str = "", a: datetime) -> Attente:
    """Make one gesture of the table on one ticket of the day.

    Raises:
        GesteImpossible: the ticket moved meanwhile, or is not of today; the message tells to which state.
        Attente.DoesNotExist: not visible to this role.
        KeyError: no such gesture.
    """
    regle = GESTES[geste]
    mobiles = mobiles_du_jour(attente_id, role, a).filter(etat__in=regle.depuis)
    if geste != "appeler" and regle.depuis == {EtatDAttente.APPELE}:
        mobiles = mobiles.filter(appele_par_id=role.compte_id)
    try:
        with transaction.atomic():
            bouge = mobiles.update(**_change(geste, regle.vers, role, bureau, a))
    except IntegrityError:
        bouge = 0  # put back while the same number already waits elsewhere
    ticket = Attente.objects.select_related("appele_par").get(attentes_visibles(role), pk=attente_id)
    if not bouge:
        refuser(ticket, a)
    bouger(ticket.site_id)
    tracer(geste, ticket, role, a)
    return ticket


def _change(geste: str, vers: EtatDAttente, role: Role, bureau: str, a: datetime) -> dict[str, Any]:
    if geste == "rappeler":  # the step began with the first call: a recall counts, and changes no measured time
        return {"rappels": F("rappels") + 1, "rappele_le": a}
    if vers is EtatDAttente.APPELE:
        return {"etat": vers, "appele_le": a, "appele_par_id": role.compte_id, "bureau": propre(bureau)[:40]}
    if vers is EtatDAttente.EN_ATTENTE:
        return {
            "etat": vers, "appele_le": None, "appele_par_id": None, "bureau": "", "fini_le": None, "rappels": 0,
            "rappele_le": None,
        }  # fmt: skip
    return {"etat": vers, "fini_le": a}


def mobiles_du_jour(attente_id: int, role: Role, a: datetime) -> QuerySet[Attente]:
    """Return the ticket if this role sees it and it is of today."""
    return Attente.objects.filter(attentes_visibles(role), pk=attente_id, jour=jour_local(a))


def refuser(ticket: Attente, a: datetime) -> None:
    """Say where a ticket that did not move stands.

    Raises:
        GesteImpossible: always.
    """
    if ticket.jour != jour_local(a):
        raise GesteImpossible(f"Le ticket {ticket.numero} est du {ticket.jour:%d/%m/%Y} : il n'est plus dans la file.")
    par = f" par {ticket.appele_par.nom}" if ticket.appele_par else ""
    raise GesteImpossible(f"Le ticket {ticket.numero} est déjà « {ticket.get_etat_display()} »{par}.")


@transaction.atomic
def prioriser(attente_id: int, code: str, mots: str, *, role: Role, a: datetime) -> Attente:
    """Call a ticket before the others, for a written reason; an empty code takes the priority back.

    Args:
        code: a reason that the structure admits.
        mots: the reason in a few words, seen by colleagues; the code's own words when empty.

    Raises:
        GesteImpossible: not admitted, no reason written, or the ticket no longer waits.
        Attente.DoesNotExist: not visible to this role.
    """
    ticket = Attente.objects.select_related("appele_par").get(attentes_visibles(role), pk=attente_id)
    attend = mobiles_du_jour(attente_id, role, a).filter(etat=EtatDAttente.EN_ATTENTE)
    if not attend.update(**_priorite(code, mots, role)):
        refuser(ticket, a)
    bouger(ticket.site_id)
    tracer("prioriser", ticket, role, a)
    return ticket


def _priorite(code: str, mots: str, role: Role) -> dict[str, Any]:
    if not code:
        return {"prioritaire": False, "priorite": "", "priorite_mots": "", "priorite_par_id": None}
    if code not in dict(reglage_de(role.structure_id).priorites_admises):
        raise GesteImpossible("Cette priorité n'est pas admise dans votre structure. L'ordre n'a pas changé.")
    dits = propre(mots).strip()[:120]
    if code == "AUTRE" and not dits:
        raise GesteImpossible("Écrivez la raison en quelques mots : vos collègues la liront. L'ordre n'a pas changé.")
    return {
        "prioritaire": True, "priorite": code, "priorite_mots": dits or priorites()[code].libelle,
        "priorite_par_id": role.compte_id,
    }  # fmt: skip


@transaction.atomic
def renouveler_ecran(*, role: Role, site_id: int, a: datetime) -> str:
    """Make or replace the link of the waiting-room screen; the former link stops at once.

    Returns:
        the token of the link.

    Raises:
        Site.DoesNotExist: the site is not the structure's.
    """
    site = Site.objects.get(pk=site_id, structure_id=role.structure_id)
    jeton = secrets.token_urlsafe(24)
    ecran, _ = EcranDAttente.objects.update_or_create(
        site=site, defaults={"structure_id": role.structure_id, "jeton": jeton}
    )
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action="renouveler_ecran",
        objet="ECRAN", objet_id=ecran.pk, a=a,
    )  # fmt: skip
    bouger(site_id)
    return jeton


def bouger(site_id: int) -> None:
    """Wake the agents' queues and the waiting-room screen of a place, at commit."""
    prevenir("file", site_id)
    prevenir("ecran", site_id)


def tracer(action: str, ticket: Attente, role: Role, a: datetime) -> None:
    """Leave the line of a gesture on a ticket in the journal of accesses."""
    noter(
        structure_id=ticket.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action,
        objet="ATTENTE", objet_id=ticket.pk, a=a,
    )  # fmt: skip
