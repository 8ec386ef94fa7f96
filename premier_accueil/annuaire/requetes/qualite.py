"""How well entries are filled, and which ones to look at first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.acces import structures_tenues
from premier_accueil.annuaire.models import Permanence, Service
from premier_accueil.annuaire.regles.fraicheur import Fraicheur, fraicheur
from premier_accueil.annuaire.regles.qualite import Qualite, Remplissage, qualite
from premier_accueil.annuaire.requetes.edition import edition
from premier_accueil.socle.horloge import jour_local

PAR_PAGE = 15
CHAMPS = (
    "telephone", "courriel", "lien_mobilisation", "description", "frais", "frais_precisions", "modes_accueil",
    "modes_mobilisation", "mobilisable_par", "publics", "thematiques",
)  # fmt: skip


@dataclass(frozen=True)
class LigneDeQualite:
    """One service to look at."""

    id: int
    nom: str
    structure_id: int
    structure: str
    sur_cent: int
    premier_conseil: str
    le: date | None
    a_confirmer: bool


@dataclass(frozen=True)
class PageDeQualite:
    """Some services, those to confirm first, then the worst filled."""

    lignes: tuple[LigneDeQualite, ...]
    page: int
    pages: int
    total: int
    a_confirmer: int


def qualite_du_service(service_id: int, a: datetime) -> Qualite | None:
    """Return how well a service is filled; one query."""
    ligne = _lignes(Service.objects.filter(pk=service_id)).first()
    return qualite(_remplissage(ligne), jour_local(a)) if ligne else None


def a_relire(role: Role, a: datetime, *, page: int) -> PageDeQualite:
    """Return the services whose entry this role keeps, stale first, then worst filled; two queries at most.

    The scores are counted once an edition of the directory and a day.
    """
    toutes = _notees(edition(), role, jour_local(a))
    pages = max(1, -(-len(toutes) // PAR_PAGE))
    page = min(max(1, page), pages)
    lignes = toutes[(page - 1) * PAR_PAGE : page * PAR_PAGE]
    return PageDeQualite(lignes, page, pages, len(toutes), sum(ligne.a_confirmer for ligne in toutes))


@lru_cache(maxsize=8)
def _notees(_edition: tuple[str, int, int], role: Role, jour: date) -> tuple[LigneDeQualite, ...]:
    services = Service.objects.filter(
        structure__in=Structure.objects.filter(structures_tenues(role)), ferme_le=None
    )
    lignes = [_noter(s, jour) for s in _lignes(services).order_by("pk")]
    return tuple(sorted(lignes, key=lambda x: (not x.a_confirmer, x.sur_cent, x.structure, x.nom, x.id)))


def _lignes(services: QuerySet[Service]) -> QuerySet[Service, tuple[object, ...]]:
    adresses = Permanence.objects.filter(service=OuterRef("pk")).exclude(site=None).exclude(site__adresse="")
    dernier = Greatest("confirme_le", "date_maj")
    adresse = Coalesce(Subquery(adresses.order_by("pk").values("site__adresse")[:1]), Value(""))
    return services.annotate(dernier=dernier, adresse=adresse).values_list(
        "pk", "nom", "structure_id", "structure__nom", "dernier", "adresse", *CHAMPS
    )


def _remplissage(ligne: Iterable[object]) -> Remplissage:
    _, _, _, _, le, adresse, *valeurs = ligne
    champs = {c: tuple(v) if isinstance(v, list) else v for c, v in zip(CHAMPS, valeurs, strict=True)}
    return Remplissage(adresse=adresse, le=le, **champs)  # type: ignore[arg-type]


def _noter(ligne: tuple[object, ...], jour: date) -> LigneDeQualite:
    cle, nom, structure_id, structure, le = ligne[:5]
    vue = qualite(_remplissage(ligne), jour)
    vieille = fraicheur(le, jour) is Fraicheur.A_CONFIRMER  # type: ignore[arg-type]
    conseil = vue.conseils[0] if vue.conseils else ""
    return LigneDeQualite(cle, nom, structure_id, structure, vue.sur_cent, conseil, le, vieille)  # type: ignore[arg-type]
