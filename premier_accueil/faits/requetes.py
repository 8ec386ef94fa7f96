"""Count facts; open those behind a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from premier_accueil.faits.models import Fait
from premier_accueil.faits.regles import montrable


@dataclass(frozen=True)
class Volume:
    """A number of facts of one kind in one month; ``None`` when too small to be shown."""

    genre: str
    mois: date
    nombre: int | None


@dataclass(frozen=True)
class LigneDeFait:
    """One fact, as the coordination opens it."""

    genre: str
    jour: date
    structure_id: int
    commune: str
    attributs: tuple[tuple[str, str], ...]
    nombre: int


def volumes_de_la_structure(structure_id: int, *, du: date) -> tuple[Volume, ...]:
    """Return the numbers of a structure by kind and month, small ones hidden (T10); one query."""
    return _volumes(structure_id=structure_id, jour__gte=du)


def volumes_du_departement(departement: str, *, du: date) -> tuple[Volume, ...]:
    """Return the numbers of a département by kind and month, small ones hidden; one query."""
    return _volumes(departement=departement, jour__gte=du)


def _volumes(**ou: object) -> tuple[Volume, ...]:
    lignes = (
        Fait.objects.filter(**ou)
        .annotate(mois=TruncMonth("jour"))
        .values("genre", "mois")
        .annotate(total=Sum("nombre"))
        .order_by("-mois", "genre")
    )
    return tuple(
        Volume(ligne["genre"], ligne["mois"], ligne["total"] if montrable(ligne["total"]) else None)
        for ligne in lignes
        if ligne["total"]
    )


def faits_du_departement(departement: str, *, genre: str, mois: date) -> tuple[LigneDeFait, ...]:
    """Return the facts behind a number, in an order that says nothing of who came first.

    Args:
        departement: such as ``"44"``.
        genre: kind of fact.
        mois: first day of the month.
    """
    fin = date(mois.year + mois.month // 12, mois.month % 12 + 1, 1)
    faits = Fait.objects.filter(departement=departement, genre=genre, jour__gte=mois, jour__lt=fin)
    return tuple(
        LigneDeFait(f.genre, f.jour, f.structure_id, f.commune, tuple(sorted(f.attributs.items())), f.nombre)
        for f in faits.order_by("jour", "structure_id", "commune", "attributs", "nombre")
    )
