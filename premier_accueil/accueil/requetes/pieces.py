"""The slips of papers, as the agent sees them: what is awaited, one slip whole, and what its holder prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Paginator
from django.db.models import Count, Q

from premier_accueil.accueil.acces import bulletins_visibles
from premier_accueil.accueil.models import BulletinDePieces, PieceManquante
from premier_accueil.accueil.regles.pieces import Examen, Papier, examen, listes
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

PAR_PAGE = 12
ESSAIS = 10


@dataclass(frozen=True)
class PieceVue:
    """One paper of a slip, and who saw it, where, when."""

    id: int
    libelle: str
    texte: str
    a_defaut: str
    indispensable: bool
    vue_le: datetime | None
    vue_par: str
    vue_a: str


@dataclass(frozen=True)
class BulletinVu:
    """One slip, whole. ``depasse`` says that its day went by: nothing closes for that."""

    id: int
    libelle: str
    rappel: str
    reference: str
    code: str
    ferme: bool
    site: str
    retour_id: int
    retour: str
    auteur: str
    cree_le: datetime
    echeance: date
    depasse: bool
    revenue_le: datetime | None
    complet_le: datetime | None
    passage_id: int | None
    pieces: tuple[PieceVue, ...]
    interdits: tuple[Papier, ...]
    examen: Examen


@dataclass(frozen=True)
class LigneDAttendu:
    """One line of the list: a procedure, a day, how many papers are missing. No name."""

    id: int
    reference: str
    libelle: str
    cree_le: datetime
    auteur: str
    retour: str
    echeance: date
    depasse: bool
    manquent: int
    sur: int


@dataclass(frozen=True)
class AttendusVus:
    """One page of the slips that are awaited; ``total`` counts them all."""

    lignes: tuple[LigneDAttendu, ...]
    total: int
    page: int
    pages: int


def bulletin_vu(bulletin_id: int, *, role: Role, a: datetime) -> BulletinVu:
    """Return one slip; the reading is journaled. Two queries and the journal's, whatever the number of papers.

    Raises:
        BulletinDePieces.DoesNotExist: unknown, or not visible to this role (one answer for both, T7).
    """
    b = (
        BulletinDePieces.objects.filter(bulletins_visibles(role))
        .select_related("site", "retour", "auteur")
        .get(pk=bulletin_id)
    )
    noter(
        structure_id=b.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="bulletin_vu",
        objet="BULLETIN", objet_id=b.pk, a=a,
    )  # fmt: skip
    pieces = tuple(_piece(p) for p in b.pieces.select_related("vue_par", "vue_a").order_by("rang"))
    procedure = listes().procedures.get(b.procedure)
    return BulletinVu(
        id=b.pk, libelle=b.libelle, rappel=procedure.rappel if procedure else "", reference=b.reference, code=b.code,
        ferme=b.essais_rates >= ESSAIS or b.expire_le < a, site=b.site.nom, retour_id=b.retour_id, retour=b.retour.nom,
        auteur=b.auteur.nom, cree_le=b.cree_le, echeance=b.echeance,
        depasse=b.complet_le is None and b.echeance < jour_local(a), revenue_le=b.revenue_le, complet_le=b.complet_le,
        passage_id=b.passage_id, pieces=pieces, interdits=procedure.interdits if procedure else (),
        examen=examen((p.libelle, p.indispensable, p.vue_le is not None) for p in pieces),
    )  # fmt: skip


def _piece(p: PieceManquante) -> PieceVue:
    return PieceVue(
        p.pk, p.libelle, p.texte, p.a_defaut, p.indispensable, p.vue_le, p.vue_par.nom if p.vue_par else "",
        p.vue_a.nom if p.vue_a else "",
    )  # fmt: skip


def bulletins_attendus(*, site_id: int | None, role: Role, a: datetime, page: int = 1) -> AttendusVus:
    """Return the slips whose papers are awaited, the nearest deadline first; the reading is journaled.

    Args:
        site_id: the place where people said they would come back; ``None``: every place of the structure.
        role: who looks.
        a: now; who must come back since more than the life of a code is no longer awaited.
        page: from 1, of 12 slips.
    """
    attendus = (
        BulletinDePieces.objects.filter(bulletins_visibles(role), complet_le=None, expire_le__gte=a)
        .filter(Q() if site_id is None else Q(retour_id=site_id))
        .order_by("echeance", "pk")
    )
    suite = Paginator(attendus, PAR_PAGE).get_page(page)
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="bulletins_attendus",
        objet="BULLETIN", objet_id=None, a=a,
    )  # fmt: skip
    cles = [b.pk for b in suite.object_list]
    lignes = (
        BulletinDePieces.objects.filter(pk__in=cles).select_related("auteur", "retour").order_by("echeance", "pk")
        .annotate(manquent=Count("pieces", filter=Q(pieces__vue_le=None)), sur=Count("pieces"))
    )  # fmt: skip
    return AttendusVus(
        tuple(
            LigneDAttendu(
                b.pk, b.reference, b.libelle, b.cree_le, b.auteur.nom, b.retour.nom, b.echeance,
                b.echeance < jour_local(a), b.manquent, b.sur,
            )
            for b in lignes
        ),
        suite.paginator.count,
        suite.number,
        suite.paginator.num_pages,
    )  # fmt: skip


def bulletins_du_passage(passage_id: int, *, role: Role) -> tuple[tuple[int, str, int], ...]:
    """Return the slips of a passage that this role sees: key, procedure, papers still missing; one query."""
    return tuple(
        BulletinDePieces.objects.filter(bulletins_visibles(role), passage_id=passage_id)
        .annotate(manquent=Count("pieces", filter=Q(pieces__vue_le=None)))
        .order_by("pk")
        .values_list("pk", "libelle", "manquent")
    )


def bulletin_par_reference(reference: str, *, role: Role, a: datetime) -> int | None:
    """Return the key of the slip shown by somebody, among those of this role; the search is journaled."""
    trouve = BulletinDePieces.objects.filter(bulletins_visibles(role), reference=reference).first()
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.RECHERCHE,
        action="bulletin_par_reference", objet="BULLETIN", objet_id=trouve.pk if trouve else None, a=a,
    )  # fmt: skip
    return trouve.pk if trouve else None
