"""Places as who keeps an entry chooses them: those one may hold a permanence at, one to move, the days they close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from premier_accueil.annuaire.models import Fermeture, Permanence, Service, Site
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.requetes.valeurs import version_de

LIEUX_MAX = 200


@dataclass(frozen=True)
class LieuProposable:
    """A place of a structure, or one where it already receives."""

    id: int
    libelle: str


@dataclass(frozen=True)
class LieuADeplacer:
    """A place, with what a form needs to change its address."""

    id: int
    structure_id: int
    structure: str
    nom: str
    adresse: str
    complement: str
    code_postal: str
    commune: str
    latitude: float | None
    longitude: float | None
    point_sur: bool
    version: str


@dataclass(frozen=True)
class PeriodeFermee:
    """Days when some permanences of a service do not receive."""

    du: date
    au: date
    motif: str
    lieux: tuple[str, ...]


@dataclass(frozen=True)
class JoursFermes:
    """The permanences of a service, (key, words), and the days that are closed from today on."""

    permanences: tuple[tuple[int, str], ...]
    periodes: tuple[PeriodeFermee, ...]


def lieux_proposables(service_id: int) -> tuple[LieuProposable, ...]:
    """Return the places where the structure of a service may hold a permanence, its own first; two queries."""
    structure = Service.objects.filter(pk=service_id).values_list("structure_id", flat=True).first()
    siens = Q(structure=structure) | Q(permanences__service__structure=structure)
    lignes = Site.objects.filter(siens).order_by("nom", "pk").distinct()
    vus = lignes.values_list("pk", "nom", "adresse", "commune__nom", "structure_id")[:LIEUX_MAX]
    return tuple(
        LieuProposable(cle, ", ".join(x for x in (nom, adresse, commune) if x))
        for cle, nom, adresse, commune, _ in sorted(vus, key=lambda v: v[4] != structure)
    )


def lieu_a_deplacer(site_id: int) -> LieuADeplacer | None:
    """Return a place with its version, or ``None``; one query."""
    lignes = Site.objects.select_related("structure", "commune").defer("commune__contour", "commune__mairie")
    s = lignes.filter(pk=site_id).first()
    if s is None:
        return None
    postal = s.commune.codes_postaux[0] if s.commune.codes_postaux else s.commune.code
    return LieuADeplacer(
        s.pk, s.structure_id, s.structure.nom, s.nom, s.adresse, s.complement, s.code_postal,
        f"{s.commune.nom} ({postal})", s.latitude, s.longitude, s.point_verifie is not False, version_de(Objet.SITE, s),
    )  # fmt: skip


def jours_fermes_du_service(service_id: int, jour: date) -> JoursFermes:
    """Return when a service closes exceptionally, from a day on; two queries."""
    tenues = Permanence.objects.filter(service=service_id).select_related("site").order_by("pk")
    noms = {p.pk: p.site.nom if p.site else p.get_forme_display().capitalize() for p in tenues}
    periodes: dict[tuple[date, date], list[tuple[str, str]]] = {}
    for f in Fermeture.objects.filter(permanence__service=service_id, au__gte=jour).order_by("du", "au", "pk"):
        periodes.setdefault((f.du, f.au), []).append((noms.get(f.permanence_id, ""), f.motif))
    return JoursFermes(
        tuple(noms.items()),
        tuple(
            PeriodeFermee(du, au, next((m for _, m in dits if m), ""), tuple(dict.fromkeys(n for n, _ in dits)))
            for (du, au), dits in periodes.items()
        ),
    )
