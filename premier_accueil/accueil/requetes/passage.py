"""One passage, today's passages, and where the agent works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.core.paginator import Paginator
from django.utils import timezone

from premier_accueil.accueil.acces import passages_visibles
from premier_accueil.accueil.models import Passage
from premier_accueil.accueil.regles import DELAI_D_ANNULATION
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.orientation.requetes import libelles
from premier_accueil.partage.journal import Geste, noter

PAR_PAGE = 25
LOURDS = ("commune__contour", "commune__mairie")  # some kilobytes a row that no screen here shows


@dataclass(frozen=True)
class Poste:
    """The site where an agent works, and the commune that its pages are filled with."""

    site_id: int
    site: str
    commune_id: int
    commune_code: str
    commune: str
    autres: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class LigneDePassage:
    """One line of the day's list: no words, no need."""

    id: int
    arrive_le: datetime
    canal: str
    nom: str
    commune: str
    reponses: tuple[str, ...]
    auteur: str
    ticket: int | None
    feuille: bool
    ouvert: bool


@dataclass(frozen=True)
class PassagesVus:
    """One page of the day's passages; ``total`` counts them all."""

    lignes: tuple[LigneDePassage, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class PassageVu:
    """One passage, whole, for whoever receives the person."""

    id: int
    arrive_le: datetime
    site: str
    auteur: str
    canal: str
    concerne: str
    pour_soi: bool
    nom: str
    commune: str
    mots: str
    besoins: tuple[tuple[str, bool], ...]
    reponses: tuple[str, ...]
    orientations: tuple[tuple[str, tuple[str, ...]], ...]
    ticket: int | None
    ticket_id: int | None
    feuille_reference: str
    annulable: bool
    annule: bool
    ouvert: bool


def poste_de_travail(role: Role, site_id: int | None) -> Poste | None:
    """Return the chosen site of the role's structure, else its first one, else ``None``; one query."""
    sites = list(
        Site.objects.filter(structure_id=role.structure_id)
        .select_related("commune")
        .defer(*LOURDS)
        .order_by("nom", "pk")
    )
    if not sites:
        return None
    site = next((s for s in sites if s.pk == site_id), sites[0])
    return Poste(
        site.pk, site.nom, site.commune_id, site.commune.code, site.commune.nom, tuple((s.pk, s.nom) for s in sites)
    )


def passages_du_jour(*, site_id: int, role: Role, a: datetime, page: int = 1) -> PassagesVus:
    """Return the day's passages at a site, latest first, without words nor needs; the reading is journaled.

    Args:
        site_id: the site.
        role: who looks; sees what ``passages_visibles`` says.
        a: now; its day is read.
        page: from 1, of 25 passages.
    """
    debut = timezone.make_aware(datetime.combine(timezone.localtime(a).date(), time.min))
    lignes = (
        Passage.objects.filter(passages_visibles(role), site_id=site_id, arrive_le__gte=debut, annule_le=None)
        .select_related("commune", "auteur", "feuille_de_route")
        .defer(*LOURDS, "feuille_de_route__contenu", "mots")
        .prefetch_related("reponses", "attentes")
        .order_by("-arrive_le", "-pk")
    )
    suite = Paginator(lignes, PAR_PAGE).get_page(page)
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="passages_du_jour",
        objet="PASSAGE", objet_id=None, a=a,
    )  # fmt: skip
    vues = tuple(
        LigneDePassage(
            id=p.pk, arrive_le=p.arrive_le, canal=p.get_canal_display(), nom=p.nom,
            commune=p.commune.nom if p.commune else "", auteur=p.auteur.nom,
            reponses=tuple(r.get_nature_display() for r in sorted(p.reponses.all(), key=lambda r: r.donnee_le)),
            ticket=max((t.numero for t in p.attentes.all()), default=None),
            feuille=hasattr(p, "feuille_de_route"), ouvert=p.clos_le is None,
        )
        for p in suite
    )  # fmt: skip
    return PassagesVus(vues, suite.paginator.count, suite.number, suite.paginator.num_pages)


def passage_vu(passage_id: int, *, role: Role, a: datetime) -> PassageVu:
    """Return one passage; the reading is journaled in the same transaction.

    Raises:
        Passage.DoesNotExist: unknown, or not visible to this role (one answer for both, T7).
    """
    p = (
        Passage.objects.filter(passages_visibles(role))
        .select_related("commune", "auteur", "site", "feuille_de_route")
        .defer(*LOURDS, "feuille_de_route__contenu")
        .prefetch_related("besoins", "reponses", "orientations", "attentes")
        .get(pk=passage_id)
    )
    noter(
        structure_id=p.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="passage_vu",
        objet="PASSAGE", objet_id=p.pk, a=a,
    )  # fmt: skip
    mots_des_codes = libelles()
    attentes = sorted(p.attentes.all(), key=lambda t: t.pk)
    feuille = getattr(p, "feuille_de_route", None)
    return PassageVu(
        id=p.pk, arrive_le=p.arrive_le, site=p.site.nom, auteur=p.auteur.nom, canal=p.get_canal_display(),
        concerne=p.get_concerne_display(), pour_soi=p.concerne == "SOI", nom=p.nom,
        commune=p.commune.nom if p.commune else "", mots=p.mots,
        besoins=tuple(
            (mots_des_codes.get(b.thematique, "Besoin non reconnu"), b.etat == "OUVERT")
            for b in sorted(p.besoins.all(), key=lambda b: b.pk)
        ),
        reponses=tuple(r.get_nature_display() for r in sorted(p.reponses.all(), key=lambda r: r.donnee_le)),
        orientations=tuple(
            (o.nom_service, tuple(o.raisons)) for o in sorted(p.orientations.all(), key=lambda o: o.rang)
        ),
        ticket=attentes[-1].numero if attentes else None, ticket_id=attentes[-1].pk if attentes else None,
        feuille_reference=feuille.reference if feuille else "",
        annulable=p.annule_le is None and p.auteur_id == role.compte_id and a - p.arrive_le <= DELAI_D_ANNULATION,
        annule=p.annule_le is not None, ouvert=p.clos_le is None,
    )  # fmt: skip
