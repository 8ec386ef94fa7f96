"""Lists of sheets: in force here, to read, being prepared, to review; those that answer a need or an urgency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from premier_accueil.acteurs.requetes import Role
from premier_accueil.reperes.acces import coordonne, etats_lus, fiches_ecrites
from premier_accueil.reperes.models import FicheRepere, LectureDeFiche, VersionDeFiche
from premier_accueil.reperes.regles import EN_PREPARATION, EN_VIGUEUR, ETATS, EtatDeFiche, reglages
from premier_accueil.reperes.requetes.fiche import a_revoir
from premier_accueil.reperes.requetes.vues import FicheCourte, LigneDeFiche, Liste
from premier_accueil.socle.horloge import jour_local

PAR_PAGE = 15
LIENS_AU_PLUS = 6
EN_FORCE = sorted(EN_VIGUEUR)


class Vue(StrEnum):
    """Which sheets a list shows."""

    EN_VIGUEUR = "en-vigueur"
    A_LIRE = "a-lire"
    EN_PREPARATION = "en-preparation"
    A_REVOIR = "a-revoir"


VUES = [
    (Vue.EN_VIGUEUR, "En vigueur"), (Vue.A_LIRE, "À lire"), (Vue.EN_PREPARATION, "En préparation"),
    (Vue.A_REVOIR, "À revoir"),
]  # fmt: skip


def liste_des_fiches(
    role: Role, a: datetime, *, vue: Vue = Vue.EN_VIGUEUR, page: int = 1, thematique: str = "", urgence: str = ""
) -> Liste:
    """Return one page of the sheets that this role reads, by title; five queries.

    Args:
        thematique, urgence: only those that answer it; empty: all.
    """
    lignes = preparees(role) if vue is Vue.EN_PREPARATION else _en_vigueur(role)
    if thematique:
        lignes = lignes.filter(thematiques__contains=[thematique])
    if urgence:
        lignes = lignes.filter(urgences__contains=[urgence])
    if vue is Vue.A_LIRE:
        lignes = lignes.filter(~_lue(role))
    if vue is Vue.A_REVOIR:
        bientot = jour_local(a) + reglages().bientot
        lignes = lignes.filter(Q(etat=EtatDeFiche.A_REVOIR.value) | Q(fiche__revoir_le__lte=bientot))
    ordre = ("fiche__revoir_le", "titre", "pk") if vue is Vue.A_REVOIR else ("titre", "pk")
    lues = lignes.annotate(lue=_lue(role)).select_related("fiche").prefetch_related("fiche__proprietaires")
    feuillets = Paginator(lues.order_by(*ordre), PAR_PAGE)
    ici = feuillets.get_page(page)
    return Liste(
        tuple(_ligne(v, a) for v in ici.object_list), feuillets.count, ici.number, feuillets.num_pages,
        _en_vigueur(role).filter(~_lue(role)).count(),
    )  # fmt: skip


def fiches_pour(
    departement: str, *, thematiques: Iterable[str] = (), urgences: Iterable[str] = ()
) -> tuple[FicheCourte, ...]:
    """Return the sheets in force that answer some needs or urgencies, those of an urgency first; one query.

    Args:
        departement: code; empty reads only the sheets of the whole country.
        thematiques, urgences: codes; none of either reads nothing.
    """
    t, u = list(thematiques), list(urgences)
    if not t and not u:
        return ()
    trouvees = VersionDeFiche.objects.filter(
        Q(thematiques__overlap=t) | Q(urgences__overlap=u), etat__in=EN_FORCE,
        fiche__departement__in={"", departement},
    ).select_related("fiche").order_by("titre", "pk")  # fmt: skip
    courtes = [courte(v) for v in trouvees.defer("conduite", "texte", "texte_public")]
    return tuple(sorted(courtes, key=lambda f: not set(f.urgences) & set(u)))[:LIENS_AU_PLUS]


def fiches_d_urgence(departement: str | None) -> tuple[FicheCourte, ...]:
    """Return every sheet in force that answers an urgency; one query.

    Args:
        departement: ``None`` for somebody without account: only the sheets that have a public version.
    """
    vues = VersionDeFiche.objects.filter(etat__in=EN_FORCE).exclude(urgences=[])
    if departement is None:
        vues = vues.exclude(publique_le=None)
    else:
        vues = vues.filter(fiche__departement__in={"", departement})
    vues = vues.select_related("fiche").defer("conduite", "texte", "texte_public")
    return tuple(courte(v) for v in vues.order_by("titre", "pk"))


def courte(v: VersionDeFiche) -> FicheCourte:
    """Return a version in force as a link; its sheet must be loaded with it."""
    return FicheCourte(
        v.fiche_id, v.titre, v.fiche.slug, tuple(v.thematiques), tuple(v.urgences), v.exemple,
        v.etat == EtatDeFiche.A_REVOIR, v.publique_le is not None,
    )  # fmt: skip


def preparees(role: Role) -> QuerySet[VersionDeFiche]:
    """Return the versions being prepared that this role sees."""
    fiches = FicheRepere.objects.filter(fiches_ecrites(role))
    siennes = Q(fiche__in=fiches)
    if coordonne(role):
        lus = sorted(EN_PREPARATION & etats_lus(role, ecrit=False))
        siennes |= Q(fiche__departement__in=["", role.departement], etat__in=lus)
    return VersionDeFiche.objects.filter(siennes, etat__in=sorted(EN_PREPARATION))


def _en_vigueur(role: Role) -> QuerySet[VersionDeFiche]:
    ici = Q(fiche__departement__in=["", role.departement])
    siennes = Q(fiche__in=FicheRepere.objects.filter(fiches_ecrites(role)))
    return VersionDeFiche.objects.filter(ici | siennes, etat__in=EN_FORCE)


def _lue(role: Role) -> Exists:
    lectures = LectureDeFiche.objects.filter(
        version=OuterRef("pk"), compte=role.compte_id, structure=role.structure_id
    )
    return Exists(lectures)


def _ligne(v: VersionDeFiche, a: datetime) -> LigneDeFiche:
    return LigneDeFiche(
        id=v.fiche_id, titre=v.titre, etat=EtatDeFiche(v.etat), libelle=ETATS[EtatDeFiche(v.etat)], numero=v.numero,
        exemple=v.exemple, proprietaires=tuple(sorted(s.nom for s in v.fiche.proprietaires.all())),
        urgences=tuple(v.urgences), revoir_le=v.fiche.revoir_le, a_revoir=a_revoir(v.fiche, v, a),
        lue=bool(getattr(v, "lue", False)),
    )  # fmt: skip
