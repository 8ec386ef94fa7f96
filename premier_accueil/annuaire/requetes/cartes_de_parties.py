"""Read services, and places, as they are compared to find duplicates."""

from __future__ import annotations

from premier_accueil.annuaire.models import Permanence, Service, Site
from premier_accueil.annuaire.regles.doublons import Carte
from premier_accueil.annuaire.regles.historique import Objet

DU_LIEU = ("commune_id", "commune__nom", "adresse", "latitude", "longitude", "point_verifie")


def cartes_de(objet: Objet, departement: str) -> list[Carte]:
    """Return the services that are held, or the places, of the structures of a département; two queries at most.

    Places are told apart by their address rather than by their name: one door often has several names.
    """
    return _services(departement) if objet is Objet.SERVICE else _lieux(departement)


def _services(departement: str) -> list[Carte]:
    chez: dict[int, tuple[object, ...]] = {}
    tenues = Permanence.objects.filter(service__structure__departement=departement).exclude(site=None)
    for service, *lieu in tenues.order_by("pk").values_list("service_id", *(f"site__{c}" for c in DU_LIEU)):
        chez.setdefault(service, tuple(lieu))
    lignes = Service.objects.filter(structure__departement=departement, ferme_le=None).order_by("pk")
    champs = ("pk", "source", "nom", "telephone", "courriel")
    return [
        _carte(pk, source, nom, telephone, courriel, chez[pk])
        for pk, source, nom, telephone, courriel in lignes.values_list(*champs) if pk in chez
    ]  # fmt: skip


def _lieux(departement: str) -> list[Carte]:
    lignes = Site.objects.filter(structure__departement=departement).order_by("pk")
    return [
        _carte(pk, f"{structure}", lieu[2] or nom, telephone, "", tuple(lieu))
        for pk, structure, nom, telephone, *lieu in lignes.values_list(
            "pk", "structure_id", "nom", "telephone", *DU_LIEU
        )
    ]


def _carte(pk: int, source: str, nom: str, telephone: str, courriel: str, lieu: tuple[object, ...]) -> Carte:
    commune_id, commune, adresse, latitude, longitude, sur = lieu
    if sur is False:
        latitude = longitude = None
    return Carte(
        pk, source, nom, telephone=telephone, courriel=courriel, commune_id=commune_id, commune=str(commune),  # type: ignore[arg-type]
        adresse=str(adresse), latitude=latitude, longitude=longitude,  # type: ignore[arg-type]
    )  # fmt: skip
