"""What the pages of the agenda share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import groupby
from typing import TypeVar

from django.http import Http404, HttpRequest
from django.utils import timezone

from premier_accueil.agenda.models import ExceptionDAgenda, PlageDAgenda, RendezVous
from premier_accueil.agenda.requetes import CreneauLibre, LigneDAgenda
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.horloge import jour_local

T = TypeVar("T", CreneauLibre, LigneDAgenda)


@contextmanager
def sinon_introuvable() -> Iterator[None]:
    """Answer 404, always the same, for what does not exist, is another structure's or is hidden (T7)."""
    try:
        yield
    except (
        RendezVous.DoesNotExist, PlageDAgenda.DoesNotExist, ExceptionDAgenda.DoesNotExist, Personne.DoesNotExist,
    ) as erreur:  # fmt: skip
        raise Http404 from erreur


def jour_demande(requete: HttpRequest, a: datetime) -> date:
    """Return the day of the address, else today."""
    try:
        jour = date.fromisoformat(requete.GET.get("jour", ""))
    except ValueError:
        return jour_local(a)
    # Far days have no agenda, and the clock of the database ends somewhere.
    return jour if 2000 <= jour.year <= 2200 else jour_local(a)


def par_plage(creneaux: tuple[CreneauLibre, ...]) -> list[tuple[date, list[tuple[CreneauLibre, list[CreneauLibre]]]]]:
    """Group slots by local day, then by rule: (its first slot, its slots), so that a screen says each rule once."""
    jours = []
    for jour, ceux in par_jour(creneaux):
        plages: dict[int, list[CreneauLibre]] = {}
        for c in ceux:
            plages.setdefault(c.plage_id, []).append(c)
        jours.append((jour, [(siens[0], siens) for siens in plages.values()]))
    return jours


def par_jour(lignes: tuple[T, ...]) -> list[tuple[date, list[T]]]:
    """Group lines that are in order by local day."""
    return [(jour, list(ceux)) for jour, ceux in groupby(lignes, lambda x: timezone.localtime(x.debut).date())]
