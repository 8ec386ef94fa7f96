"""Read the services and the places that may be one: the list, two side by side, the merges that can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.acces import structures_tenues
from premier_accueil.annuaire.models import FusionDeParties, PaireDeDoublons, PaireDeParties, Permanence, Service, Site
from premier_accueil.annuaire.regles.champs import CHAMPS, Saisie
from premier_accueil.annuaire.regles.doublons import LIBELLES
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.requetes.doublons import ChampCompare
from premier_accueil.annuaire.requetes.valeurs import valeur_de

PAR_PAGE = 12
DU_LIEU = {"nom": "adresses écrites pareil", "meme_source": "même structure"}
"""Places are compared by their address, and by who keeps them."""


@dataclass(frozen=True)
class PartieComparee:
    """A service or a place of a pair."""

    id: int
    nom: str
    structure: str
    ou: str

    @property
    def cle(self) -> str:
        """Return its key as a form gives it back."""
        return str(self.id)


@dataclass(frozen=True)
class PaireDePartiesVue:
    """Two services, or two places, and why: (criterion in words, points)."""

    id: int
    quoi: str
    score: int
    raisons: tuple[tuple[str, int], ...]
    une: PartieComparee
    autre: PartieComparee


@dataclass(frozen=True)
class PageDePairesDeParties:
    """A page of the list."""

    lignes: tuple[PaireDePartiesVue, ...]
    nombre: int


@dataclass(frozen=True)
class FaceAFaceDeParties:
    """Two services, or two places, side by side; ``une`` is the one proposed to be kept."""

    paire: PaireDePartiesVue
    objet: Objet
    champs: tuple[ChampCompare, ...]
    permanences: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def deux(self) -> tuple[PartieComparee, PartieComparee]:
        """Return both, the one proposed to be kept first."""
        return self.paire.une, self.paire.autre


@dataclass(frozen=True)
class FusionDePartiesVue:
    """A merge that was done."""

    id: int
    quoi: str
    gardee: str
    absorbee: str
    le: datetime
    par: str
    annulee_le: datetime | None


def paire_de_parties_tenue(paire_id: int, role: Role) -> PaireDeParties | None:
    """Return a pair that this role may decide: it keeps the entries of both; two queries."""
    trouvee: PaireDeParties | None = _tenues(role).filter(pk=paire_id).first()
    return trouvee


def paires_de_parties(role: Role) -> PageDePairesDeParties:
    """Return the pairs that wait, most alike first, and how many there are; four queries."""
    attendent = _tenues(role).filter(etat=PaireDeDoublons.Etat.PROPOSEE)
    lignes = list(attendent.order_by("-score", "pk")[:PAR_PAGE])
    noms = _parties(lignes)
    return PageDePairesDeParties(tuple(_paire(p, noms) for p in lignes), attendent.count())


def face_a_face_de_parties(paire_id: int, role: Role) -> FaceAFaceDeParties | None:
    """Return two services, or two places, side by side; ``None`` when the pair is not this role's, or was decided.

    The one proposed to be kept has more permanences, else is the oldest entry.
    """
    paire = _tenues(role).filter(pk=paire_id, etat=PaireDeDoublons.Etat.PROPOSEE).first()
    if paire is None:
        return None
    objet, vue = Objet(paire.objet), _paire(paire, _parties([paire]))
    tenues = {cle: _permanences(objet, cle) for cle in (paire.une_id, paire.autre_id)}
    if len(tenues[vue.autre.id]) > len(tenues[vue.une.id]):
        vue = PaireDePartiesVue(vue.id, vue.quoi, vue.score, vue.raisons, vue.autre, vue.une)
    modele = Service if objet is Objet.SERVICE else Site
    rangees: Mapping[int, Any] = modele._default_manager.in_bulk([vue.une.id, vue.autre.id])
    une, autre = rangees[vue.une.id], rangees[vue.autre.id]
    champs = tuple(
        _compare(objet, nom, une, autre) for nom, c in CHAMPS[objet].items() if c.saisie is not Saisie.INTERNE
    )
    return FaceAFaceDeParties(vue, objet, champs, (tenues[vue.une.id], tenues[vue.autre.id]))


def fusions_de_parties_recentes(role: Role) -> tuple[FusionDePartiesVue, ...]:
    """Return the last merges of services and places among the entries that this role keeps, latest first."""
    tenues = Structure.objects.filter(structures_tenues(role)).order_by()
    lignes = list(FusionDeParties.objects.filter(structure__in=tenues).select_related("par").order_by("-le", "-pk")[:5])
    noms = {
        (objet, cle): nom for objet, modele in ((Objet.SERVICE, Service), (Objet.SITE, Site))
        for cle, nom in modele._default_manager.filter(
            pk__in=[f.gardee_id for f in lignes if f.objet == objet.value]
        ).order_by().values_list("pk", "nom")
    }  # fmt: skip
    return tuple(
        FusionDePartiesVue(
            f.pk, Objet(f.objet).libelle, noms.get((Objet(f.objet), f.gardee_id), "fiche retirée"), f.nom, f.le,
            f.par.nom if f.par else "", f.annulee_le,
        )
        for f in lignes
    )  # fmt: skip


def _tenues(role: Role) -> QuerySet[PaireDeParties]:
    tenues = Structure.objects.filter(structures_tenues(role)).order_by()
    services, sites = (m.objects.filter(structure__in=tenues).order_by().values("pk") for m in (Service, Site))
    return PaireDeParties.objects.filter(
        Q(objet=Objet.SERVICE.value, une_id__in=services, autre_id__in=services)
        | Q(objet=Objet.SITE.value, une_id__in=sites, autre_id__in=sites)
    )


def _parties(paires: Iterable[PaireDeParties]) -> dict[tuple[str, int], PartieComparee]:
    cles: dict[str, set[int]] = {Objet.SERVICE.value: set(), Objet.SITE.value: set()}
    for p in paires:
        cles[p.objet] |= {p.une_id, p.autre_id}
    services = Service.objects.filter(pk__in=cles[Objet.SERVICE.value]).order_by()
    sites = Site.objects.filter(pk__in=cles[Objet.SITE.value]).order_by()
    return {
        (Objet.SERVICE.value, pk): PartieComparee(pk, nom, chez, f"source {source}")
        for pk, nom, chez, source in services.values_list("pk", "nom", "structure__nom", "source")
    } | {
        (Objet.SITE.value, pk): PartieComparee(pk, nom, chez, ", ".join(x for x in (adresse, commune) if x))
        for pk, nom, chez, adresse, commune in sites.values_list(
            "pk", "nom", "structure__nom", "adresse", "commune__nom"
        )
    }


def _paire(p: PaireDeParties, noms: Mapping[tuple[str, int], PartieComparee]) -> PaireDePartiesVue:
    mots = LIBELLES | (DU_LIEU if p.objet == Objet.SITE.value else {})
    raisons = tuple((mots.get(str(nom), str(nom)), int(points)) for nom, points in p.raisons)
    une, autre = noms[p.objet, p.une_id], noms[p.objet, p.autre_id]
    return PaireDePartiesVue(p.pk, Objet(p.objet).libelle, p.score, raisons, une, autre)


def _compare(objet: Objet, nom: str, une: Any, autre: Any) -> ChampCompare:
    champ, ici, la = CHAMPS[objet][nom], valeur_de(une, nom), valeur_de(autre, nom)
    vide = ici in (None, "", [])
    return ChampCompare(
        nom, champ.libelle, champ.dire(ici), champ.dire(la), ici == la, vide and la not in (None, "", [])
    )


def _permanences(objet: Objet, cle: int) -> tuple[str, ...]:
    filtre = {"service": cle} if objet is Objet.SERVICE else {"site": cle}
    lignes = Permanence.objects.filter(**filtre).order_by("pk").values_list("service__nom", "site__nom", "horaires")
    return tuple(
        ", ".join(x for x in ((lieu if objet is Objet.SERVICE else nom), horaires) if x)
        for nom, lieu, horaires in lignes[:PAR_PAGE]
    )
