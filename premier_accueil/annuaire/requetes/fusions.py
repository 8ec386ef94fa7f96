"""Where an entry that was merged stands now: what its old address, or its source, still means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.models import AliasDeSource, FusionDeFiches, FusionDeParties
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.regles.sources import prefixe_des_lieux
from premier_accueil.socle.identifiants import identifiant
from premier_accueil.socle.index import Identifiant


def service_garde(service_id: int) -> int | None:
    """Return the service that took this one in, or ``None``; one query."""
    lignes = FusionDeParties.objects.filter(objet=Objet.SERVICE.value, absorbee_id=service_id, annulee_le=None)
    return lignes.values_list("gardee_id", flat=True).first()


def structure_gardee(structure_id: int) -> int | None:
    """Return the structure that took this one in, or ``None``; one query."""
    lignes = FusionDeFiches.objects.filter(absorbee_id=structure_id, annulee_le=None).order_by("-pk")
    return lignes.values_list("gardee_id", flat=True).first()


def service_de_l_identifiant(cle: UUID) -> int | None:
    """Return the service that took in the one of this open identifier, or ``None``; one query."""
    lignes = FusionDeParties.objects.filter(objet=Objet.SERVICE.value, annulee_le=None)
    marquees = lignes.annotate(cle_ouverte=Identifiant("source", "source_id", genre="service"))
    return marquees.filter(cle_ouverte=cle).order_by("pk").values_list("gardee_id", flat=True).first()


def services_absorbes_entre(du: UUID, au: UUID) -> list[tuple[int, UUID]]:
    """Return, for open identifiers of merged services in this range, who took each in and its own; one query."""
    lignes = FusionDeParties.objects.filter(objet=Objet.SERVICE.value, annulee_le=None)
    marquees = lignes.annotate(cle_ouverte=Identifiant("source", "source_id", genre="service"))
    trouvees = marquees.filter(cle_ouverte__gte=du, cle_ouverte__lte=au).order_by("pk")
    return list(trouvees.values_list("gardee_id", "cle_ouverte")[:5])


def identifiants_absorbes(sites: Iterable[int]) -> Mapping[int, Sequence[UUID]]:
    """Return the open identifiers of the places that each of these took in, by key; two queries."""
    lignes = FusionDeParties.objects.filter(objet=Objet.SITE.value, annulee_le=None, gardee_id__in=set(sites))
    venus = list(lignes.order_by("pk").values_list("gardee_id", "chez", "source_id"))
    chez = Structure.objects.filter(pk__in={v[1] for v in venus}).values_list("pk", "source", "source_id")
    sources = {cle: siennes for cle, *siennes in chez} if venus else {}
    sortie: dict[int, list[UUID]] = {}
    for garde, structure, nom in venus:
        if structure in sources:
            sortie.setdefault(garde, []).append(identifiant("site", *sources[structure], nom))
    return sortie


def structure_de_l_identifiant(cle: UUID) -> int | None:
    """Return the structure that took in the one of this open identifier, or ``None``; one query."""
    marquees = AliasDeSource.objects.annotate(cle_ouverte=Identifiant("source", "source_id", genre="structure"))
    return marquees.filter(cle_ouverte=cle).order_by("pk").values_list("structure_id", flat=True).first()


def services_absorbes(cles: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return, among (source, identifier), those of services that were merged into another; one query."""
    cherchees = set(cles)
    lignes = FusionDeParties.objects.filter(
        objet=Objet.SERVICE.value, annulee_le=None, source_id__in={i for _, i in cherchees}
    )
    return cherchees & set(lignes.order_by().values_list("source", "source_id"))


def lieux_absorbes(structures: Iterable[int]) -> Mapping[tuple[int, str], int]:
    """Return the place kept by (structure, identifier) of each merged place of these structures; two queries.

    A structure that was merged too is known by the one that took it in, its places by their prefix.
    """
    ici = set(structures)
    allees = FusionDeFiches.objects.filter(gardee__in=ici, annulee_le=None).order_by("pk")
    venues = {f.absorbee_id: f for f in allees.only("gardee", "absorbee_id", "absorbee")}
    lignes = FusionDeParties.objects.filter(objet=Objet.SITE.value, annulee_le=None, chez__in=ici | venues.keys())
    menent: dict[tuple[int, str], int] = {}
    for chez, nom, garde in lignes.order_by().values_list("chez", "source_id", "gardee_id"):
        venue = venues.get(chez)
        if venue is None:
            menent[chez, nom] = garde
        else:
            photo = venue.absorbee["fields"]
            prefixe = prefixe_des_lieux(photo["source"], photo["source_id"])
            menent[venue.gardee_id, (prefixe + nom)[:200]] = garde
    return menent
