"""The queue of a site: give a ticket, call, finish. Races are lost in the database, never shown twice."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from premier_accueil.accueil.acces import attentes_visibles
from premier_accueil.accueil.models import Attente, EcranDAttente
from premier_accueil.accueil.regles import GESTES, Etape, EtatDAttente, GesteImpossible
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.notification import prevenir
from premier_accueil.socle.texte import propre

VERROU_DES_NUMEROS = 4213  # first key of the advisory lock that orders the numbers of one site


@transaction.atomic
def donner_ticket(*, etape: Etape, prenom: str, role: Role, site_id: int, a: datetime) -> int:
    """Give a number to somebody who waits, without knowing who or why.

    Args:
        etape: which desk they wait for.
        prenom: first name to call, only if the person prefers it to a number.
        role: who gives it.
        site_id: a site of the role's structure.
        a: when.

    Raises:
        Site.DoesNotExist: the site is not the structure's.
    """
    Site.objects.get(pk=site_id, structure_id=role.structure_id)
    ticket = mettre_en_attente(
        structure_id=role.structure_id, site_id=site_id, passage_id=None, etape=etape, prenom=prenom, a=a
    )
    _tracer("donner_ticket", ticket, role, a)
    return ticket.numero


def mettre_en_attente(
    *, structure_id: int, site_id: int, passage_id: int | None, etape: Etape, prenom: str, a: datetime
) -> Attente:
    """Add a ticket with the next number of the day (numbers start again each morning, T22).

    Raises:
        IntegrityError: the passage already waits for this desk.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s, %s)", [VERROU_DES_NUMEROS, site_id])
    jour = jour_local(a)
    dernier = Attente.objects.filter(site_id=site_id, jour=jour).aggregate(n=Max("numero"))["n"] or 0
    ticket = Attente.objects.create(
        structure_id=structure_id, site_id=site_id, passage_id=passage_id, jour=jour, numero=dernier + 1,
        prenom=propre(prenom)[:40], etape=etape, arrive_le=a,
    )  # fmt: skip
    prevenir("file", site_id)
    return ticket


@transaction.atomic
def appeler_suivant(*, etape: Etape, bureau: str, role: Role, site_id: int, a: datetime) -> Attente | None:
    """Call the first ticket that waits; two agents calling at once get two different tickets.

    Returns:
        the ticket, or ``None`` when nobody waits.
    """
    suivant = (
        Attente.objects.select_for_update(skip_locked=True)
        .filter(attentes_visibles(role), site_id=site_id, jour=jour_local(a), etape=etape, etat=EtatDAttente.EN_ATTENTE)
        .order_by("numero")
        .first()
    )
    if suivant is None:
        return None
    return faire("appeler", suivant.pk, role=role, bureau=bureau, a=a)


@transaction.atomic
def faire(geste: str, attente_id: int, *, role: Role, bureau: str = "", a: datetime) -> Attente:
    """Make one gesture of the table on one ticket.

    Raises:
        GesteImpossible: the ticket moved meanwhile; the message tells to which state.
        Attente.DoesNotExist: not visible to this role.
        KeyError: no such gesture.
    """
    regle = GESTES[geste]
    change: dict[str, Any] = {"etat": regle.vers}
    if regle.vers is EtatDAttente.APPELE:
        change |= {"appele_le": a, "appele_par_id": role.compte_id, "bureau": propre(bureau)[:40]}
    elif regle.vers is EtatDAttente.EN_ATTENTE:
        change |= {"appele_le": None, "appele_par_id": None, "bureau": "", "fini_le": None}
    else:
        change["fini_le"] = a
    mobiles = Attente.objects.filter(attentes_visibles(role), pk=attente_id, etat__in=regle.depuis)
    if geste != "appeler" and regle.depuis == {EtatDAttente.APPELE}:
        mobiles = mobiles.filter(appele_par_id=role.compte_id)
    bouge = mobiles.update(**change)
    ticket = Attente.objects.select_related("appele_par").get(attentes_visibles(role), pk=attente_id)
    if not bouge:
        par = f" par {ticket.appele_par.nom}" if ticket.appele_par else ""
        raise GesteImpossible(f"Le ticket {ticket.numero} est déjà « {ticket.get_etat_display()} »{par}.")
    prevenir("file", ticket.site_id)
    _tracer(geste, ticket, role, a)
    return ticket


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
    prevenir("file", site_id)
    return jeton


def _tracer(action: str, ticket: Attente, role: Role, a: datetime) -> None:
    noter(
        structure_id=ticket.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action,
        objet="ATTENTE", objet_id=ticket.pk, a=a,
    )  # fmt: skip
