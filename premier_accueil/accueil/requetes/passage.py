"""One passage, today's passages, and where the agent works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from premier_accueil.accueil.acces import lieux_de_la_structure, passages_visibles
from premier_accueil.accueil.models import Attente, Besoin, Orientation, Passage, PremiereReponse
from premier_accueil.accueil.regles import (
    CANAUX,
    CONCERNES,
    DELAI_D_ANNULATION,
    ETAPES,
    ETATS_D_ATTENTE,
    NATURES,
    Concerne,
)
from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.orientation.requetes import libelles
from premier_accueil.socle.journal import Geste, noter

PAR_PAGE = 15
LIBELLES_DES_CANAUX: dict[str, str] = dict(CANAUX)
LIBELLES_DES_CONCERNES: dict[str, str] = dict(CONCERNES)
LIBELLES_DES_NATURES: dict[str, str] = dict(NATURES)
NATURES_DONNEES = ArraySubquery(
    PremiereReponse.objects.filter(passage=OuterRef("pk")).order_by("donnee_le", "pk").values("nature")
)

TEMPS = JSONObject(
    etape="etape", etat="etat", arrive_le="arrive_le", appele_le="appele_le", fini_le="fini_le", bureau="bureau"
)


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
    ouvert: bool


@dataclass(frozen=True)
class PassagesVus:
    """One page of the day's passages; ``total`` counts them all."""

    lignes: tuple[LigneDePassage, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class TempsDEtape:
    """One step of a ticket: when it began to wait, was called, ended. ``None``: not measured."""

    etape: str
    etat: str
    arrive_le: datetime
    appele_le: datetime | None
    fini_le: datetime | None
    bureau: str


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
    temps: tuple[TempsDEtape, ...]
    sur_rendez_vous: bool
    retour_de: int | None
    personne_id: int | None
    personne: str
    feuille_reference: str
    annulable: bool
    annule: bool
    ouvert: bool


def poste_de_travail(role: Role, site_id: int | None) -> Poste | None:
    """Return the chosen place where the role's structure receives, else the first one, else ``None``; one query."""
    sites = list(
        Site.objects.filter(lieux_de_la_structure(role.structure_id)).order_by("nom", "pk")
        .values_list("pk", "nom", "commune_id", "commune__code", "commune__nom")
    )  # fmt: skip
    if not sites:
        return None
    ici = next((site for site in sites if site[0] == site_id), sites[0])
    return Poste(*ici, autres=tuple(site[:2] for site in sites))


def passages_du_jour(*, site_id: int, role: Role, a: datetime, page: int = 1) -> PassagesVus:
    """Return the day's passages at a site, latest first, without words nor needs; the reading is journaled.

    Args:
        site_id: the site.
        role: who looks; sees what ``passages_visibles`` says.
        a: now; its day is read.
        page: from 1, of 15 passages.
    """
    debut = timezone.make_aware(datetime.combine(timezone.localtime(a).date(), time.min))
    du_jour = Passage.objects.filter(
        passages_visibles(role), site_id=site_id, arrive_le__gte=debut, annule_le=None
    ).order_by("-arrive_le", "-pk")
    suite = Paginator(du_jour, PAR_PAGE).get_page(page)
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="passages_du_jour",
        objet="PASSAGE", objet_id=None, a=a,
    )  # fmt: skip
    return PassagesVus(
        _lignes(cast(QuerySet[Passage], suite.object_list)),
        suite.paginator.count,
        suite.number,
        suite.paginator.num_pages,
    )


def _lignes(passages: QuerySet[Passage]) -> tuple[LigneDePassage, ...]:
    """Return one line a passage, from the columns it shows: one query."""
    ticket = Attente.objects.filter(passage=OuterRef("pk")).order_by("-numero").values("numero")[:1]
    lignes = passages.annotate(natures=NATURES_DONNEES, ticket=Subquery(ticket)).values_list(
        "pk", "arrive_le", "canal", "nom", "commune__nom", "natures", "auteur__nom", "ticket", "clos_le"
    )
    return tuple(
        LigneDePassage(
            id=cle, arrive_le=arrive_le, canal=LIBELLES_DES_CANAUX[canal], nom=nom, commune=commune or "",
            reponses=tuple(LIBELLES_DES_NATURES[nature] for nature in natures), auteur=auteur, ticket=numero,
            ouvert=clos_le is None,
        )
        for cle, arrive_le, canal, nom, commune, natures, auteur, numero, clos_le in lignes
    )  # fmt: skip


def passage_vu(passage_id: int, *, role: Role, a: datetime) -> PassageVu:
    """Return one passage; the reading is journaled in the same transaction.

    Raises:
        Passage.DoesNotExist: unknown, or not visible to this role (one answer for both, T7).
    """
    p = _entier(Passage.objects.filter(passages_visibles(role), pk=passage_id))
    noter(
        structure_id=p["structure_id"], compte_id=role.compte_id, geste=Geste.LECTURE, action="passage_vu",
        objet="PASSAGE", objet_id=passage_id, a=a,
    )  # fmt: skip
    mots_des_codes = libelles()
    a_moi, depuis = p["auteur_id"] == role.compte_id, a - p["arrive_le"]
    dossier = p["personne_id"] if peut(role.fonction, Droit.OUVRIR_UN_DOSSIER) else None
    return PassageVu(
        id=passage_id, arrive_le=p["arrive_le"], site=p["site__nom"], auteur=p["auteur__nom"],
        canal=LIBELLES_DES_CANAUX[p["canal"]], concerne=LIBELLES_DES_CONCERNES[p["concerne"]],
        pour_soi=p["concerne"] == Concerne.SOI, nom=p["nom"], commune=p["commune__nom"] or "", mots=p["mots"],
        besoins=tuple(
            (mots_des_codes.get(b["thematique"], "Besoin non reconnu"), b["etat"] == Besoin.Etat.OUVERT)
            for b in p["les_besoins"]
        ),
        reponses=tuple(LIBELLES_DES_NATURES[nature] for nature in p["natures"]),
        orientations=tuple((o["nom"], tuple(o["raisons"])) for o in p["les_orientations"]),
        ticket=p["ticket"], ticket_id=p["ticket_id"], temps=tuple(_temps(t) for t in p["les_temps"]),
        sur_rendez_vous=p["sur_rendez_vous"], retour_de=p["retour_de_id"], personne_id=dossier,
        personne=" ".join(filter(None, (p["personne__prenom"], p["personne__nom"]))) if dossier else "",
        feuille_reference=p["feuille_de_route__reference"] or "",
        annulable=p["annule_le"] is None and a_moi and depuis <= DELAI_D_ANNULATION,
        annule=p["annule_le"] is not None, ouvert=p["clos_le"] is None,
    )  # fmt: skip


def _temps(t: Mapping[str, Any]) -> TempsDEtape:
    def lu(texte: str | None) -> datetime | None:
        return datetime.fromisoformat(texte) if texte else None

    return TempsDEtape(
        dict(ETAPES)[t["etape"]], dict(ETATS_D_ATTENTE)[t["etat"]], datetime.fromisoformat(t["arrive_le"]),
        lu(t["appele_le"]), lu(t["fini_le"]), t["bureau"],
    )  # fmt: skip


def _entier(passages: QuerySet[Passage]) -> Mapping[str, Any]:
    """Return the columns of the only passage and its lists: one query.

    Raises:
        Passage.DoesNotExist: there is none.
    """
    besoins = Besoin.objects.filter(passage=OuterRef("pk")).order_by("pk")
    orientations = Orientation.objects.filter(passage=OuterRef("pk")).order_by("rang", "pk")
    ticket = Attente.objects.filter(passage=OuterRef("pk")).order_by("-pk")
    return passages.annotate(
        les_besoins=ArraySubquery(besoins.values(json=JSONObject(thematique="thematique", etat="etat"))),
        les_orientations=ArraySubquery(orientations.values(json=JSONObject(nom="nom_service", raisons="raisons"))),
        les_temps=ArraySubquery(Attente.objects.filter(passage=OuterRef("pk")).order_by("pk").values(json=TEMPS)),
        natures=NATURES_DONNEES,
        ticket=Subquery(ticket.values("numero")[:1]),
        ticket_id=Subquery(ticket.values("pk")[:1]),
    ).values(
        "structure_id", "auteur_id", "arrive_le", "clos_le", "annule_le", "canal", "concerne", "nom", "mots",
        "site__nom", "auteur__nom", "commune__nom", "feuille_de_route__reference", "les_besoins", "les_orientations",
        "natures", "ticket", "ticket_id", "les_temps", "sur_rendez_vous", "retour_de_id", "personne_id",
        "personne__nom", "personne__prenom",
    ).get()  # fmt: skip
