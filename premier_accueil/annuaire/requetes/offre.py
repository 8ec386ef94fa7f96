"""What one structure offers, whole: its catalogue, for its partners or for anybody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.models import Service
from premier_accueil.annuaire.regles import Diffusion
from premier_accueil.annuaire.regles.fraicheur import Fraicheur, derniere_date, fraicheur
from premier_accueil.annuaire.regles.thematiques import famille_de
from premier_accueil.annuaire.requetes.fiches import fiches, sites_de
from premier_accueil.annuaire.requetes.vues import FicheService, LieuVu, StructureVue
from premier_accueil.socle.horloge import jour_local


@dataclass(frozen=True)
class Offre:
    """One service as a circle may know it: its contacts are already cut to that circle.

    ``le``: last day somebody vouched for it; ``a_confirmer``: too long ago (T15).
    """

    fiche: FicheService
    le: date | None
    a_confirmer: bool
    famille: str


@dataclass(frozen=True)
class Catalogue:
    """A structure and all it offers, by family of needs then by name."""

    structure: StructureVue
    description: str
    lieux: tuple[LieuVu, ...]
    offres: tuple[Offre, ...]


def offre(service_id: int, cercle: Diffusion, a: datetime) -> Offre | None:
    """Return one service as a circle may know it, or ``None``; five queries."""
    return next(iter(_offres(Service.objects.filter(pk=service_id), cercle, a)), None)


def catalogue(structure_id: int, cercle: Diffusion, a: datetime) -> Catalogue | None:
    """Return all that a structure offers, as a circle may know it, or ``None``; seven queries whatever it offers."""
    s = Structure.objects.filter(pk=structure_id).first()
    if s is None:
        return None
    offres = _offres(Service.objects.filter(structure=s, ferme_le=None), cercle, a)
    vue = StructureVue(s.pk, s.nom, s.genre, s.get_genre_display(), s.telephone, s.courriel, s.site_web, s.exemple)
    return Catalogue(vue, s.description, sites_de(s.pk), tuple(sorted(offres, key=lambda o: o.famille)))


def indexables() -> list[tuple[int, date | None]]:
    """Return the services that search engines may be shown, with the last day somebody vouched for them; one query."""
    lignes = Service.objects.filter(ferme_le=None).exclude(structure__exemple=True).order_by("pk")
    return [(cle, derniere_date(*dites)) for cle, *dites in lignes.values_list("pk", "confirme_le", "date_maj")]


def _offres(services: QuerySet[Service], cercle: Diffusion, a: datetime) -> list[Offre]:
    dates = {s.pk: derniere_date(s.confirme_le, s.date_maj) for s in services.only("confirme_le", "date_maj")}
    jour = jour_local(a)
    return [
        Offre(
            replace(f, contacts=f.contacts_pour(cercle)), dates[f.id],
            fraicheur(dates[f.id], jour) is Fraicheur.A_CONFIRMER, famille_de(f.thematiques),
        )
        for f in fiches(services, a) if f.id in dates
    ]  # fmt: skip
