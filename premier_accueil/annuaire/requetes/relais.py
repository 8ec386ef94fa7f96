"""What the directory says before one hands over: who is competent for a place, how fast a team answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from premier_accueil.annuaire.models import Secteur, TempsDeReponse
from premier_accueil.socle.texte import cle


@dataclass(frozen=True)
class TempsDeReponseVu:
    """Median working days to a first answer, and how many relays say it."""

    jours: int
    nombre: int
    calcule_le: datetime


@dataclass(frozen=True)
class Competente:
    """A structure competent for a place: a proposal, with its reason."""

    structure_id: int
    nom: str
    raison: str


def temps_de_reponse_de(structure_id: int) -> TempsDeReponseVu | None:
    """Return how fast a structure answers relays; ``None`` when too few say it."""
    lu = TempsDeReponse.objects.filter(structure_id=structure_id).first()
    return TempsDeReponseVu(lu.jours, lu.nombre, lu.calcule_le) if lu else None


def structures_competentes(commune_id: int, voie: str, jour: date) -> tuple[Competente, ...]:
    """Return the structures whose sector holds that day: of the street when it has one of its own, else the commune.

    First welcome is never refused by sector (S4): this proposes, nothing more.

    Args:
        commune_id: where the person lives.
        voie: her street, without number; empty when it is not said or must not be.
        jour: local day.
    """
    tenus = Secteur.objects.filter(Q(au=None) | Q(au__gte=jour), commune_id=commune_id, du__lte=jour)
    tenus = tenus.select_related("structure", "commune").order_by("structure__cle", "pk")
    de_la_rue = list(tenus.filter(cle_de_voie=cle(voie))) if cle(voie) else []
    return tuple(
        Competente(s.structure_id, s.structure.nom, f"Secteur : {s.voie or s.commune.nom} ({s.source})")
        for s in de_la_rue or tenus.filter(cle_de_voie="")
    )
