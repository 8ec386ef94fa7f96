"""Read the pairs that may be one entry: the list, two entries side by side, the merges that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.acces import structures_tenues
from premier_accueil.annuaire.models import FusionDeFiches, PaireDeDoublons, Service, Site
from premier_accueil.annuaire.regles.champs import CHAMPS
from premier_accueil.annuaire.regles.doublons import LIBELLES
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.requetes.valeurs import valeur_de

PAR_PAGE = 12


@dataclass(frozen=True)
class FicheVue:
    """One entry of a pair."""

    id: int
    nom: str
    genre: str
    source: str
    date_maj: date | None
    en_service: bool

    @property
    def cle(self) -> str:
        """Return its key as a form gives it back."""
        return str(self.id)


@dataclass(frozen=True)
class PaireVue:
    """A pair, why it is proposed: (criterion in words, points)."""

    id: int
    score: int
    raisons: tuple[tuple[str, int], ...]
    une: FicheVue
    autre: FicheVue


@dataclass(frozen=True)
class PageDePaires:
    """A page of the list."""

    lignes: tuple[PaireVue, ...]
    page: int
    pages: int
    nombre: int


@dataclass(frozen=True)
class ChampCompare:
    """One field of both entries, in words; ``de_l_autre``: proposed to be taken from the second."""

    nom: str
    libelle: str
    une: str
    autre: str
    pareil: bool
    de_l_autre: bool


@dataclass(frozen=True)
class FaceAFace:
    """Two entries side by side. ``une`` is the one proposed to be kept."""

    paire: PaireVue
    champs: tuple[ChampCompare, ...]
    lieux: tuple[tuple[str, ...], tuple[str, ...]]
    services: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def deux(self) -> tuple[FicheVue, FicheVue]:
        """Return both entries, the one proposed to be kept first."""
        return self.paire.une, self.paire.autre


@dataclass(frozen=True)
class FusionVue:
    """A merge that was done."""

    id: int
    gardee: str
    absorbee: str
    le: datetime
    par: str
    annulee_le: datetime | None


def paires_proposees(role: Role, page: int = 1) -> PageDePaires:
    """Return the pairs that wait for a decision among the entries that this role keeps, most alike first."""
    lignes = _a_regarder(role)
    nombre = lignes.count()
    pages = max(1, -(-nombre // PAR_PAGE))
    page = max(1, min(page, pages))
    vues = lignes.select_related("une", "autre").order_by("-score", "pk")[(page - 1) * PAR_PAGE : page * PAR_PAGE]
    vues = vues.annotate(missions_une=Count("une__missions", distinct=True)).annotate(
        missions_autre=Count("autre__missions", distinct=True)
    )
    return PageDePaires(tuple(_paire(p) for p in vues), page, pages, nombre)


def face_a_face(paire_id: int, role: Role) -> FaceAFace | None:
    """Return two entries side by side; ``None`` when the pair is not this role's, or was decided.

    The one proposed to be kept has accounts, else is the most recent.
    """
    lignes = _a_regarder(role).select_related("une", "autre").annotate(
        missions_une=Count("une__missions", distinct=True)
    )
    paire = lignes.annotate(missions_autre=Count("autre__missions", distinct=True)).filter(pk=paire_id).first()
    if paire is None:
        return None
    vue, une, autre = _paire(paire), paire.une, paire.autre
    if _rang(vue.autre) > _rang(vue.une):
        vue, une, autre = PaireVue(vue.id, vue.score, vue.raisons, vue.autre, vue.une), autre, une
    champs = tuple(_compare(nom, une, autre) for nom in CHAMPS[Objet.STRUCTURE])
    return FaceAFace(vue, champs, (_lieux(une.pk), _lieux(autre.pk)), (_services(une.pk), _services(autre.pk)))


def fusions_recentes(role: Role) -> tuple[FusionVue, ...]:
    """Return the last merges among the entries that this role keeps, latest first."""
    tenues = Structure.objects.filter(structures_tenues(role)).order_by()
    lignes = FusionDeFiches.objects.filter(gardee__in=tenues).select_related("gardee", "par").order_by("-le", "-pk")
    return tuple(
        FusionVue(f.pk, f.gardee.nom, f.absorbee["fields"]["nom"], f.le, f.par.nom if f.par else "", f.annulee_le)
        for f in lignes[:PAR_PAGE]
    )


def _a_regarder(role: Role):  # type: ignore[no-untyped-def]
    tenues = Structure.objects.filter(structures_tenues(role)).order_by()
    return PaireDeDoublons.objects.filter(
        Q(une__in=tenues), Q(autre__in=tenues), etat=PaireDeDoublons.Etat.PROPOSEE
    )


def _rang(fiche: FicheVue) -> tuple[bool, date]:
    return fiche.en_service, fiche.date_maj or date.min


def _paire(p: PaireDeDoublons) -> PaireVue:
    raisons = tuple((LIBELLES.get(str(nom), str(nom)), int(points)) for nom, points in p.raisons)
    une = _fiche(p.une, bool(getattr(p, "missions_une", 0)))
    return PaireVue(p.pk, p.score, raisons, une, _fiche(p.autre, bool(getattr(p, "missions_autre", 0))))


def _fiche(s: Structure, en_service: bool) -> FicheVue:
    return FicheVue(s.pk, s.nom, s.get_genre_display(), s.source, s.date_maj, en_service)


def _compare(nom: str, une: Structure, autre: Structure) -> ChampCompare:
    champ = CHAMPS[Objet.STRUCTURE][nom]
    ici, la = valeur_de(une, nom), valeur_de(autre, nom)
    return ChampCompare(nom, champ.libelle, champ.dire(ici), champ.dire(la), ici == la, not ici and bool(la))


def _lieux(structure_id: int) -> tuple[str, ...]:
    lignes = Site.objects.filter(structure=structure_id).order_by("pk").values_list("nom", "adresse", "commune__nom")
    return tuple(f"{nom}, {adresse or 'sans adresse'}, {commune}" for nom, adresse, commune in lignes[:PAR_PAGE])


def _services(structure_id: int) -> tuple[str, ...]:
    return tuple(
        Service.objects.filter(structure=structure_id).order_by("cle", "pk").values_list("nom", flat=True)[:PAR_PAGE]
    )
