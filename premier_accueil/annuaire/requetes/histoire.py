"""The history of an entry, as people read it: what changed, in words, by whom, and what may be put back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from premier_accueil.annuaire.models import Interlocuteur, Permanence, Revision, Service, Site
from premier_accueil.annuaire.regles.champs import CHAMPS, dire_la_fiche, libelle_de
from premier_accueil.annuaire.regles.differences import Morceau, morceaux
from premier_accueil.annuaire.regles.historique import FICHE, Objet, Origine
from premier_accueil.territoire.models import Commune

PAR_PAGE = 12
DU_SERVICE = (Objet.PERMANENCE.value, Objet.INTERLOCUTEUR.value)


@dataclass(frozen=True)
class Changement:
    """One field that changed.

    Attributes:
        quoi: what it belongs to, in words.
        annule: it was put back since.
        annulable: nothing moved in this field since, as far as the history knows.
    """

    id: int
    quoi: str
    champ: str
    morceaux: tuple[Morceau, ...]
    le: datetime
    par: str
    origine: str
    annule: bool
    annulable: bool


@dataclass(frozen=True)
class Histoire:
    """Some changes of an entry, the latest first."""

    lignes: tuple[Changement, ...]
    page: int
    pages: int
    total: int


def histoire_du_service(service_id: int, page: int) -> Histoire:
    """Return the history of a service, its permanences, places and contacts; a constant number of queries."""
    return _histoire([service_id], None, page)


def histoire_de_la_structure(structure_id: int, page: int) -> Histoire:
    """Return the history of all that a structure holds; a constant number of queries."""
    services = list(Service.objects.filter(structure=structure_id).order_by().values_list("pk", flat=True))
    return _histoire(services, structure_id, page)


def _histoire(services: list[int], structure_id: int | None, page: int) -> Histoire:
    noms = _noms(services, structure_id)
    filtre = Q(objet__in=DU_SERVICE, dans__in=services)
    for objet in Objet:
        cles = [cle for o, cle in noms if o is objet]
        filtre |= Q(objet=objet.value, objet_id__in=cles)
    if structure_id is not None:
        filtre |= Q(objet=Objet.SITE.value, dans=structure_id)
    lignes = Revision.objects.filter(filtre)
    total = lignes.count()
    pages = max(1, -(-total // PAR_PAGE))
    page = min(max(1, page), pages)
    vues = list(lignes.select_related("auteur").order_by("-pk")[(page - 1) * PAR_PAGE : page * PAR_PAGE])
    dernieres = set(
        lignes.order_by("objet", "objet_id", "champ", "-pk").distinct("objet", "objet_id", "champ")
        .values_list("pk", flat=True)
    ) if vues else set()  # fmt: skip
    communes = _communes(vues)
    return Histoire(tuple(_changement(r, noms, dernieres, communes) for r in vues), page, pages, total)


def _noms(services: list[int], structure_id: int | None) -> dict[tuple[Objet, int], str]:
    """Return the words of each object whose history is asked."""
    sortie = {(Objet.STRUCTURE, structure_id): "La structure"} if structure_id is not None else {}
    for cle, nom in Service.objects.filter(pk__in=services).order_by().values_list("pk", "nom"):
        sortie[Objet.SERVICE, cle] = nom
    permanences = Permanence.objects.filter(service__in=services).order_by()
    for cle, nom, lieu in permanences.values_list("pk", "service__nom", "site__nom"):
        sortie[Objet.PERMANENCE, cle] = f"{nom}, permanence{f' ({lieu})' if lieu else ''}"
    for cle, nom in Interlocuteur.objects.filter(service__in=services).order_by().values_list("pk", "nom"):
        sortie[Objet.INTERLOCUTEUR, cle] = f"Contact : {nom}"
    sites = Site.objects.filter(Q(permanences__service__in=services) | Q(structure=structure_id)).order_by()
    for cle, nom in sites.values_list("pk", "nom"):
        sortie[Objet.SITE, cle] = f"Lieu : {nom}"
    return sortie


def _communes(vues: list[Revision]) -> dict[object, str]:
    """Return the names of the communes that some changes speak of."""
    dites = {cle for r in vues if r.champ == "commune_id" for cle in (r.avant, r.apres) if cle}
    lignes = Commune.objects.filter(pk__in=dites).order_by() if dites else Commune.objects.none()
    return dict(lignes.values_list("pk", "nom"))


def _quoi(r: Revision, objet: Objet, noms: dict[tuple[Objet, int], str]) -> str:
    """Return what a change belongs to, in words; what is gone says what it was."""
    if r.champ == FICHE:
        return "retrait" if r.apres is None else "ajout"
    return noms.get((objet, r.objet_id), f"{objet.libelle} retiré{'e' if objet is Objet.PERMANENCE else ''} depuis")


def _changement(
    r: Revision, noms: dict[tuple[Objet, int], str], dernieres: set[int], communes: dict[object, str]
) -> Changement:
    objet, origine = Objet(r.objet), Origine(r.origine)
    champ = CHAMPS[objet].get(r.champ)
    if r.champ == FICHE:
        avant, apres = (dire_la_fiche(objet, v) if v else "" for v in (r.avant, r.apres))
    elif r.champ == "commune_id":
        avant, apres = (communes.get(v, "") for v in (r.avant, r.apres))
    else:
        avant, apres = (champ.dire(v) if champ else str(v or "") for v in (r.avant, r.apres))
    auteurs = [x for x in (r.auteur.nom if r.auteur else "", r.auteur_dit) if x]
    return Changement(
        id=r.pk, quoi=_quoi(r, objet, noms), champ=libelle_de(objet, r.champ), morceaux=morceaux(avant, apres),
        le=r.le, par=", ".join(auteurs), origine=origine.libelle, annule=r.annule_par_id is not None,
        annulable=r.pk in dernieres and origine is not Origine.ANNULATION,
    )  # fmt: skip
