"""Give a slip of papers, tick what was shown, receive who comes back. No paper is copied."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from premier_accueil.accueil.acces import bulletins_visibles, lieux_de_la_structure, passages_visibles
from premier_accueil.accueil.actions.feuille import LETTRES
from premier_accueil.accueil.models import BulletinDePieces, Passage, PieceManquante
from premier_accueil.accueil.regles.pieces import Papier, Procedure, Retour, echeance, fin_du_code, listes
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.faits.actions import noter_faits
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter


class PieceDejaDite(Exception):
    """Somebody ticked, or unticked, this paper meanwhile; the message says who and where."""


@dataclass(frozen=True)
class DemandeDeBulletin:
    """What the page of papers sends.

    Attributes:
        procedure: a code of ``donnees/pieces.yaml``.
        vues: codes of the papers shown today.
        sans_objet: codes of the papers that do not concern this person: they are not asked.
        retour_id: where the person wants to come back; ``None``: here.
        passage_id: the passage it belongs to; ``None``: nobody is known.
    """

    demande_id: UUID
    procedure: str
    vues: frozenset[str] = frozenset()
    sans_objet: frozenset[str] = frozenset()
    retour_id: int | None = None
    passage_id: int | None = None


@transaction.atomic
def editer_bulletin(demande: DemandeDeBulletin, *, role: Role, site_id: int, a: datetime) -> int:
    """Make the slip of one procedure: only papers that a text requires and that no administration holds.

    The passage goes on as it was: a missing paper never refuses anybody (T13, CRPA L.114-5-1).

    Returns:
        the key of the slip; a second call with the same ``demande_id`` returns the first one.

    Raises:
        KeyError: no such procedure.
        Passage.DoesNotExist: not visible to this role, or undone.
        Site.DoesNotExist: the structure does not receive there.
    """
    procedure = listes().procedures[demande.procedure]
    deja = BulletinDePieces.objects.filter(structure_id=role.structure_id, demande_id=demande.demande_id).first()
    if deja:
        return deja.pk
    siens = Site.objects.filter(lieux_de_la_structure(role.structure_id))
    retour = siens.get(pk=demande.retour_id or site_id)
    if demande.passage_id is not None:
        Passage.objects.get(passages_visibles(role), pk=demande.passage_id, annule_le=None)
    demandes = [p for p in procedure.demandables if p.code not in demande.sans_objet]
    jour = echeance(a, departement=role.departement)
    bulletin = BulletinDePieces(
        structure_id=role.structure_id, demande_id=demande.demande_id, passage_id=demande.passage_id,
        site=siens.get(pk=site_id), retour=retour, auteur_id=role.compte_id, procedure=procedure.code,
        libelle=procedure.libelle, reference="".join(secrets.choice(LETTRES) for _ in range(10)),
        code=f"{secrets.randbelow(10**6):06d}", echeance=jour, cree_le=a, expire_le=fin_du_code(jour, a),
        complet_le=a if {p.code for p in demandes} <= demande.vues else None,
    )  # fmt: skip
    try:
        with transaction.atomic():
            bulletin.save(force_insert=True)
    except IntegrityError:  # the other click of a double click went first
        return BulletinDePieces.objects.get(structure_id=role.structure_id, demande_id=demande.demande_id).pk
    PieceManquante.objects.bulk_create(
        _piece(rang, papier, papier.code in demande.vues, bulletin, role, a) for rang, papier in enumerate(demandes)
    )
    if bulletin.complet_le is None:
        _noter_fait("RETOUR_POUR_PIECES", procedure, role, a)
    tracer("editer_bulletin", bulletin.pk, role, a)
    return bulletin.pk


def _piece(rang: int, p: Papier, vue: bool, bulletin: BulletinDePieces, role: Role, a: datetime) -> PieceManquante:
    return PieceManquante(
        structure_id=role.structure_id, bulletin=bulletin, rang=rang, code=p.code, libelle=p.libelle,
        sur_le_bulletin=p.sur_le_bulletin, texte=p.texte + (" (à confirmer)" if p.a_confirmer else ""),
        a_defaut=p.a_defaut, indispensable=p.indispensable, vue_le=a if vue else None,
        vue_par_id=role.compte_id if vue else None, vue_a_id=bulletin.site_id if vue else None,
    )  # fmt: skip


@transaction.atomic
def cocher(bulletin_id: int, piece_id: int, vue: bool, *, role: Role, site_id: int, a: datetime) -> bool:
    """Say that a paper was shown, at any place of the structure, or take it back.

    Args:
        vue: shown, or undone.
        site_id: where.

    Returns:
        whether the slip is complete now.

    Raises:
        BulletinDePieces.DoesNotExist: not visible to this role.
        PieceManquante.DoesNotExist: not a paper of this slip.
        PieceDejaDite: a colleague said the same meanwhile; nothing changed.
    """
    bulletin = _tenir(bulletin_id, role)
    PieceManquante.objects.get(pk=piece_id, bulletin=bulletin)
    piece = bulletin.pieces.filter(pk=piece_id, vue_le__isnull=vue)
    if not _dire(piece, vue, role, site_id, a):
        raise PieceDejaDite(_qui(piece_id))
    return _mettre_a_jour(bulletin, "cocher" if vue else "decocher", role, site_id, a)


@transaction.atomic
def tout_est_la(bulletin_id: int, *, role: Role, site_id: int, a: datetime) -> None:
    """Say that every paper was shown: the slip is complete.

    Raises:
        BulletinDePieces.DoesNotExist: not visible to this role.
    """
    bulletin = _tenir(bulletin_id, role)
    _dire(bulletin.pieces.filter(vue_le=None), True, role, site_id, a)
    _mettre_a_jour(bulletin, "tout_est_la", role, site_id, a)


@transaction.atomic
def choisir_le_lieu(bulletin_id: int, retour_id: int, *, role: Role, a: datetime) -> str:
    """Write where the person wants to come back: she chooses, the software only proposes (S4).

    Returns:
        the name of the place.

    Raises:
        BulletinDePieces.DoesNotExist: not visible to this role.
        Site.DoesNotExist: the structure does not receive there.
    """
    bulletin = _tenir(bulletin_id, role)
    lieu = Site.objects.get(lieux_de_la_structure(role.structure_id), pk=retour_id)
    BulletinDePieces.objects.filter(pk=bulletin.pk).update(retour=lieu)
    tracer("choisir_le_lieu", bulletin.pk, role, a)
    return lieu.nom


@transaction.atomic
def rouvrir_le_code(bulletin_id: int, *, role: Role, a: datetime) -> None:
    """Let the code open the slip again, after ten wrong ones or once its time went by.

    Raises:
        BulletinDePieces.DoesNotExist: not visible to this role.
    """
    bulletin = _tenir(bulletin_id, role)
    BulletinDePieces.objects.filter(pk=bulletin.pk).update(
        essais_rates=0, expire_le=max(bulletin.expire_le, fin_du_code(jour_local(a), a))
    )
    tracer("rouvrir_le_code", bulletin.pk, role, a)


def noter_le_retour(bulletin: BulletinDePieces, role: Role, site_id: int, a: datetime) -> None:
    """Count that the person came back, once a day, at the same place or at the one she chose."""
    if bulletin.revenue_le is not None and jour_local(bulletin.revenue_le) == jour_local(a):
        return
    BulletinDePieces.objects.filter(pk=bulletin.pk).update(revenue_le=a)
    lieu = Retour.MEME_LIEU if site_id == bulletin.site_id else Retour.AUTRE_LIEU
    _noter_fait("RETOUR_AVEC_PIECES", listes().procedures.get(bulletin.procedure), role, a, lieu=lieu)


def retirer_les_bulletins(passage: Passage, *, role: Role) -> None:
    """Erase the slips of a passage recorded by mistake, and undo what was counted of them."""
    for bulletin in passage.bulletins.order_by("pk"):
        if bulletin.pieces.filter(Q(vue_le=None) | Q(vue_le__gt=bulletin.cree_le)).exists():
            procedure = listes().procedures.get(bulletin.procedure)
            _noter_fait("RETOUR_POUR_PIECES", procedure, role, bulletin.cree_le, annule=True)
    passage.bulletins.all().delete()


def _tenir(bulletin_id: int, role: Role) -> BulletinDePieces:
    return BulletinDePieces.objects.select_for_update(of=("self",)).get(bulletins_visibles(role), pk=bulletin_id)


def _dire(pieces: QuerySet[PieceManquante], vue: bool, role: Role, site_id: int, a: datetime) -> int:
    if not vue:
        return pieces.update(vue_le=None, vue_par_id=None, vue_a_id=None)
    return pieces.update(vue_le=a, vue_par_id=role.compte_id, vue_a_id=site_id)


def _qui(piece_id: int) -> str:
    piece = PieceManquante.objects.select_related("vue_par", "vue_a").get(pk=piece_id)
    if piece.vue_par is None or piece.vue_a is None:
        return f"« {piece.libelle} » n'était déjà plus coché. Rien n'a changé."
    return f"« {piece.libelle} » était déjà coché par {piece.vue_par.nom}, à {piece.vue_a.nom}. Rien n'a changé."


def _mettre_a_jour(bulletin: BulletinDePieces, action: str, role: Role, site_id: int, a: datetime) -> bool:
    complet = not bulletin.pieces.filter(vue_le=None).exists()
    BulletinDePieces.objects.filter(pk=bulletin.pk).update(complet_le=(bulletin.complet_le or a) if complet else None)
    if action != "decocher" and jour_local(bulletin.cree_le) < jour_local(a):
        noter_le_retour(bulletin, role, site_id, a)
    tracer(action, bulletin.pk, role, a)
    return complet


def _noter_fait(
    genre: str, procedure: Procedure | None, role: Role, a: datetime, *, lieu: str = "", annule: bool = False
) -> None:
    dite = procedure.code if procedure and not procedure.sensible else ""
    noter_faits(
        [(genre, {"procedure": dite, "lieu": lieu} if lieu else {"procedure": dite})],
        structure_id=role.structure_id, departement=role.departement, a=a, annule=annule,
    )  # fmt: skip


def tracer(action: str, bulletin_id: int, role: Role, a: datetime) -> None:
    """Leave the line of a gesture on a slip in the journal of accesses."""
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action,
        objet="BULLETIN", objet_id=bulletin_id, a=a,
    )  # fmt: skip
