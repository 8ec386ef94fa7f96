"""Read what the territory has no answer for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max

from premier_accueil.orientation.models import Manque
from premier_accueil.orientation.requetes.vocabulaire import libelles
from premier_accueil.socle.horloge import jour_local

DUREE = timedelta(days=365)


@dataclass(frozen=True)
class ManqueVu:
    """A theme that had no answer, in one commune, over the last twelve months."""

    theme: str
    commune: str
    fois: int
    dernier: date


def manques_recents(*, departement: str, a: datetime) -> tuple[ManqueVu, ...]:
    """Return the gaps of a département, most frequent first; one query.

    Args:
        departement: code; empty for those whose commune is unknown too.
        a: now; the twelve months before it are read.
    """
    groupes = (
        Manque.objects.filter(jour__gt=jour_local(a) - DUREE, commune__departement=departement)
        .values("thematique", "commune__nom")
        .annotate(fois=Count("pk"), dernier=Max("jour"))
        .order_by("-fois", "-dernier", "thematique", "commune__nom")[:500]
    )
    return tuple(
        ManqueVu(libelles().get(g["thematique"], "Besoin non reconnu"), g["commune__nom"], g["fois"], g["dernier"])
        for g in groupes
    )
