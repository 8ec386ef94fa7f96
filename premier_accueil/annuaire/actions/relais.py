"""Keep what relays teach the directory, and the sectors that structures declare."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from premier_accueil.annuaire.models import Secteur, TempsDeReponse
from premier_accueil.socle.texte import cle


@transaction.atomic
def noter_les_temps_de_reponse(mesures: Mapping[int, tuple[int, int]], *, a: datetime) -> None:
    """Replace every response time at once: a team that no longer answers enough has none.

    Args:
        mesures: (median working days, how many relays) by structure.
    """
    TempsDeReponse.objects.all().delete()
    TempsDeReponse.objects.bulk_create(
        TempsDeReponse(structure_id=cle_, jours=jours, nombre=nombre, calcule_le=a)
        for cle_, (jours, nombre) in sorted(mesures.items())
    )


@transaction.atomic
def declarer_un_secteur(structure_id: int, commune_id: int, *, voie: str = "", du: date, source: str) -> Secteur:
    """Say that a structure is competent for a commune or a street from a day on; the one before ends the day before.

    Args:
        voie: empty for the whole commune.
        source: the decision and its date.
    """
    place = {"commune_id": commune_id, "cle_de_voie": cle(voie)}
    Secteur.objects.filter(**place, au=None, du__lt=du).exclude(structure_id=structure_id).update(
        au=du - timedelta(days=1)
    )
    secteur, _ = Secteur.objects.get_or_create(
        structure_id=structure_id, **place, du=du, defaults={"voie": voie, "source": source}
    )
    return secteur
