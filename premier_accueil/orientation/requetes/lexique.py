"""Read what completes the lexicon: what waits, what was tried, what serves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.paginator import Paginator

from premier_accueil.orientation.models import EntreeDuLexique, EssaiDuLexique, PasDuLexique
from premier_accueil.orientation.regles.lexique import (
    EFFACABLES,
    GESTES_D_ENTREE,
    QUI_TOURNENT,
    EtatDEntree,
    EtatDEssai,
    Plancher,
    Registre,
    empreinte,
    planchers,
)
from premier_accueil.orientation.requetes.lecteur import lecteur
from premier_accueil.orientation.requetes.vocabulaire import libelles

PAR_PAGE, ESSAIS, RELUES = 12, 5, 24
SUR = 0.8
"""Score from which today's answer is firm enough to be told before it is changed."""


@dataclass(frozen=True)
class EntreeVue:
    """A way of saying, and what it means; ``registre`` in French words."""

    id: int
    dit: str
    vers: tuple[str, ...]
    libelles: tuple[str, ...]
    registre: str
    registre_code: str
    etat: EtatDEntree
    proposee_le: date
    version: int

    @property
    def gestes(self) -> frozenset[str]:
        """Return what may be done with it now."""
        return frozenset(nom for nom, g in GESTES_D_ENTREE.items() if self.etat in g.depuis)


@dataclass(frozen=True)
class PasVu:
    """One gesture of the committee."""

    libelle: str
    dit: str
    libelles: tuple[str, ...]
    auteur: str
    le: datetime


@dataclass(frozen=True)
class FicheDEntree:
    """An entry with its history, and what the words mean to the software today."""

    entree: EntreeVue
    pas: tuple[PasVu, ...]
    aujourd_hui: tuple[tuple[str, int], ...]

    @property
    def effacable(self) -> bool:
        """Tell whether it was never published: it may then go without a trace."""
        publiee = GESTES_D_ENTREE["publier"].libelle
        return self.entree.etat in EFFACABLES and all(p.libelle != publiee for p in self.pas)


@dataclass(frozen=True)
class PageDEntrees:
    """A page of entries."""

    lignes: tuple[EntreeVue, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class MesureVue:
    """One measure before and after, in per cent."""

    libelle: str
    avant: float
    apres: float
    plancher: float


@dataclass(frozen=True)
class EssaiVu:
    """A try: where it stands, what it measured, why it may not be published.

    Attributes:
        abimees: sentences of the set that were understood before and no longer are.
        muettes: tried phrases that are not better understood.
        contredites: tried phrases that are understood otherwise today: (phrase, need in words, per cent).
        perime: something changed since.
    """

    id: int
    etat: EtatDEssai
    avance: int
    demande_le: datetime
    fini_le: datetime | None
    publie_le: datetime | None
    dits: tuple[str, ...]
    mesures: tuple[MesureVue, ...]
    abimees: tuple[str, ...]
    muettes: tuple[str, ...]
    refus: tuple[str, ...]
    perime: bool
    contredites: tuple[tuple[str, str, int], ...] = ()

    @property
    def tourne(self) -> bool:
        """Tell whether a worker has it, or will."""
        return self.etat in QUI_TOURNENT

    @property
    def publiable(self) -> bool:
        """Tell whether it may be published."""
        return self.etat is EtatDEssai.FINI and not (self.refus or self.perime or self.publie_le)


def entrees(etat: EtatDEntree, *, page: int = 1) -> PageDEntrees:
    """Return the entries in a state, last first; two queries."""
    lignes = EntreeDuLexique.objects.filter(etat=etat.value).order_by("-proposee_le", "-pk")
    suite = Paginator(lignes, PAR_PAGE).get_page(page)
    vues = tuple(_vue(e) for e in suite.object_list)
    return PageDEntrees(vues, suite.number, suite.paginator.num_pages, suite.paginator.count)


def combien_pretes() -> int:
    """Return how many entries the next try would take."""
    return EntreeDuLexique.objects.filter(etat=EtatDEntree.PRETE.value).count()


def entree_vue(entree_id: int) -> FicheDEntree:
    """Return an entry, its history, and how its words are understood today.

    Raises:
        EntreeDuLexique.DoesNotExist: no such entry.
    """
    entree = EntreeDuLexique.objects.get(pk=entree_id)
    pas = PasDuLexique.objects.filter(entree=entree).order_by("-pk")[:50]
    compris = lecteur().comprendre(entree.dit, attendre=False)
    return FicheDEntree(
        _vue(entree),
        tuple(PasVu(GESTES_D_ENTREE[p.geste].libelle, p.dit, _mots(p.vers), p.auteur, p.le) for p in pas),
        tuple((libelles().get(t.code, t.code), round(100 * t.score)) for t in compris.thematiques[:3]),
    )


def essais() -> tuple[EssaiVu, ...]:
    """Return the last tries; three queries whatever their number."""
    derniers = list(EssaiDuLexique.objects.order_by("-pk")[:ESSAIS])
    dits = _dits(cle for e in derniers for cle in e.entrees)
    seraient = _empreinte_a_venir()
    return tuple(_essai(e, dits, seraient) for e in derniers)


def essai_vu(essai_id: int) -> EssaiVu:
    """Return one try.

    Raises:
        EssaiDuLexique.DoesNotExist: no such try.
    """
    essai = EssaiDuLexique.objects.get(pk=essai_id)
    vu = _essai(essai, _dits(essai.entrees), _empreinte_a_venir())
    return replace(vu, contredites=_contredites(essai.entrees)) if vu.publiable else vu


def _contredites(cles: Sequence[int]) -> tuple[tuple[str, str, int], ...]:
    """Return the phrases that publishing would take for something else than today: the committee looks twice."""
    trouvees = []
    for dit, vers in EntreeDuLexique.objects.filter(pk__in=cles).order_by("pk").values_list("dit", "vers")[:RELUES]:
        compris = lecteur().comprendre(dit, attendre=False).thematiques[:1]
        trouvees += [(dit, t.code, t.score) for t in compris if t.score >= SUR and t.code not in vers]
    return tuple((dit, libelles().get(code, code), round(100 * score)) for dit, code, score in trouvees)


def _empreinte_a_venir() -> str:
    """Return the fingerprint of the lexicon if all that is ready were published."""
    etats = [EtatDEntree.PRETE.value, EtatDEntree.PUBLIEE.value]
    return empreinte_de(EntreeDuLexique.objects.filter(etat__in=etats).order_by("pk"))


def empreinte_de(lignes: Iterable[EntreeDuLexique]) -> str:
    """Return the fingerprint of entries, as a try keeps it."""
    return empreinte((e.dit, tuple(e.vers)) for e in lignes)


def _essai(e: EssaiDuLexique, dits: dict[int, str], seraient: str) -> EssaiVu:
    mesures = tuple(_mesure(nom, p, e) for nom, p in planchers().items() if nom in e.avant and nom in e.apres)
    return EssaiVu(
        e.pk, EtatDEssai(e.etat), e.avance, e.demande_le, e.fini_le, e.publie_le,
        tuple(dits[cle] for cle in e.entrees if cle in dits), mesures, tuple(e.abimees), tuple(e.muettes),
        tuple(e.refus), perime=e.publie_le is None and e.empreinte != seraient,
    )  # fmt: skip


def _mesure(nom: str, p: Plancher, e: EssaiDuLexique) -> MesureVue:
    return MesureVue(p.libelle, *(round(100 * part, 1) for part in (e.avant[nom], e.apres[nom], p.plancher)))


def _dits(cles: Iterable[int]) -> dict[int, str]:
    return dict(EntreeDuLexique.objects.filter(pk__in=set(cles)).order_by("pk").values_list("pk", "dit"))


def _vue(e: EntreeDuLexique) -> EntreeVue:
    registre = Registre(e.registre).libelle if e.registre else ""
    return EntreeVue(
        e.pk, e.dit, tuple(e.vers), _mots(e.vers), registre, e.registre, EtatDEntree(e.etat), e.proposee_le, e.version
    )


def _mots(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(libelles().get(code, code) for code in codes)
