"""Read the entries as they are compared to find duplicates."""

from __future__ import annotations

from django.db.models import Q

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.models import Site
from premier_accueil.annuaire.regles.doublons import Carte


def cartes(structures: Q | None = None) -> list[Carte]:
    """Return the structures, each with its first place; two queries.

    Args:
        structures: which ones; all by default.
    """
    lieux: dict[int, tuple[int, str, str, float | None, float | None, bool | None]] = {}
    champs = ("structure_id", "commune_id", "commune__nom", "adresse", "latitude", "longitude", "point_verifie")
    for structure_id, *lieu in Site.objects.order_by("structure_id", "pk").values_list(*champs).iterator(5000):
        lieux.setdefault(structure_id, tuple(lieu))
    lignes = Structure.objects.filter(structures or Q()).order_by("pk").values_list(
        "pk", "source", "nom", "genre", "siret", "telephone", "courriel"
    )  # fmt: skip
    sorties = []
    for pk, source, nom, genre, siret, telephone, courriel in lignes.iterator(5000):
        commune_id, commune, adresse, latitude, longitude, sur = lieux.get(pk, (None, "", "", None, None, None))
        if sur is False:
            latitude = longitude = None
        sorties.append(
            Carte(
                pk, source, nom, genre, siret, telephone, courriel, commune_id, commune, adresse, latitude, longitude
            )
        )
    return sorties
