"""Somebody comes back with a slip: a ticket before the others here; elsewhere, the list that the code opens."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from premier_accueil.accueil.acces import attentes_visibles, bulletins_visibles, lieux_de_la_structure
from premier_accueil.accueil.actions.attente import mettre_en_attente, refuser_si_fermee
from premier_accueil.accueil.actions.pieces import noter_le_retour, tracer
from premier_accueil.accueil.feuille.bulletin import Bulletin
from premier_accueil.accueil.models import Attente, BulletinDePieces
from premier_accueil.accueil.regles import OUVERTS, Etape, priorites
from premier_accueil.accueil.requetes.pieces import ESSAIS
from premier_accueil.accueil.requetes.pieces_bulletin import composer
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.texte import propre

RETOUR = "RETOUR"  # the reason of donnees/accueil.yaml


@transaction.atomic
def revenir(bulletin_id: int, *, etape: Etape, demande_id: UUID, role: Role, site_id: int, a: datetime) -> int:
    """Give a ticket that is called before the others to who comes back with a slip: it was promised on the slip (S4).

    Args:
        bulletin_id: the slip; its papers need not be there.
        etape: which desk.
        demande_id: drawn by the page; a second click returns the same ticket.
        role: who gives it.
        site_id: where; any place where the structure receives.
        a: when.

    Returns:
        the number.

    Raises:
        BulletinDePieces.DoesNotExist: not visible to this role.
        Site.DoesNotExist: the structure does not receive there.
        GesteImpossible: the queue was closed for today; the message says what to do.
    """
    bulletin = BulletinDePieces.objects.select_for_update(of=("self",)).get(bulletins_visibles(role), pk=bulletin_id)
    deja = _deja_la(bulletin, demande_id, role, a)
    if deja:
        return deja.numero
    Site.objects.get(lieux_de_la_structure(role.structure_id), pk=site_id)
    refuser_si_fermee(role.structure_id, site_id, a)
    try:
        with transaction.atomic():
            ticket = mettre_en_attente(
                structure_id=role.structure_id, site_id=site_id, passage_id=bulletin.passage_id, etape=etape,
                prenom="", a=a, demande_id=demande_id, prioritaire=True, priorite=RETOUR,
                priorite_mots=priorites()[RETOUR].libelle, priorite_par_id=role.compte_id,
            )  # fmt: skip
    except IntegrityError:  # the other click of a double click went first
        deja = _deja_la(bulletin, demande_id, role, a)
        if deja is None:
            raise
        return deja.numero
    noter_le_retour(bulletin, role, site_id, a)
    tracer("revenir", bulletin.pk, role, a)
    return ticket.numero


def _deja_la(bulletin: BulletinDePieces, demande_id: UUID, role: Role, a: datetime) -> Attente | None:
    """Return the ticket that this click, or this passage, already has in the day's queue."""
    siens = Attente.objects.filter(attentes_visibles(role))
    meme = siens.filter(demande_id=demande_id).first()
    if meme or bulletin.passage_id is None:
        return meme
    return siens.filter(passage_id=bulletin.passage_id, jour=jour_local(a), etat__in=OUVERTS).order_by("-pk").first()


@transaction.atomic
def ouvrir_bulletin(reference: str, code: str, *, a: datetime) -> Bulletin | None:
    """Open the list for whoever holds the slip, in any structure: papers, ticks, deadline, place; nobody's name.

    Ten wrong codes close it until the counter opens it again. ``None`` is the one answer to every refusal. The owner's
    journal keeps the opening.

    Args:
        reference: printed on the slip, in its link.
        code: printed on the slip only.
        a: when.
    """
    reference = propre(reference).strip().lower()
    # Whoever holds the reference reaches this slip and nothing else.
    with situation(jeton=reference):
        b = (
            BulletinDePieces.objects.select_for_update(of=("self",)).select_related("structure", "retour__commune")
            .filter(reference=reference).first()
        )  # fmt: skip
        if b is None or b.expire_le < a or b.essais_rates >= ESSAIS:
            return None
        if not secrets.compare_digest(b.code.encode(), propre(code).replace(" ", "").encode()):
            BulletinDePieces.objects.filter(pk=b.pk).update(essais_rates=F("essais_rates") + 1)
            return None
        lu = composer(b, adresse="", complet=True)
    with situation(structure=b.structure_id):
        noter(
            structure_id=b.structure_id, compte_id=None, geste=Geste.LECTURE, action="ouvrir_bulletin",
            objet="BULLETIN", objet_id=b.pk, a=a,
        )  # fmt: skip
    return lu
