"""The places of the demonstration that a year of visits fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import RECOIVENT, Fonction
from premier_accueil.annuaire.models import Site
from premier_accueil.territoire.models import Commune

VOISINES = 12


@dataclass(frozen=True)
class Comptoir:
    """A place to fill.

    Attributes:
        accueil: accounts that receive at the first desk; ``travail_social`` at the second, the same when empty.
        communes: INSEE code and inhabitants, by key, of the communes people come from; the place's own first.
    """

    structure_id: int
    departement: str
    site_id: int
    accueil: tuple[int, ...]
    travail_social: tuple[int, ...]
    communes: Mapping[int, tuple[str, int | None]]


def comptoir_de(source_id: str) -> Comptoir | None:
    """Return an example place with who works there; ``None`` when it has no site or nobody receives.

    Args:
        source_id: of the structure in the demonstration's files.
    """
    ici = {"structure__source": "demonstration", "structure__source_id": source_id}
    site = Site.objects.filter(**ici).select_related("structure", "commune").order_by("pk").first()
    missions = list(Mission.objects.filter(**ici).order_by("pk").values_list("fonction", "compte_id"))
    accueil = [compte for fonction, compte in missions if Fonction(fonction) in RECOIVENT]
    if site is None or not accueil:
        return None
    voisines = (
        Commune.objects.filter(genre=Commune.Genre.COM, epci_code=site.commune.epci_code)
        .filter(departement=site.commune.departement)
        .exclude(pk=site.commune_id).order_by("-population", "pk")[:VOISINES]
    )  # fmt: skip
    return Comptoir(
        structure_id=site.structure_id, departement=site.structure.departement, site_id=site.pk,
        accueil=tuple(accueil),
        travail_social=tuple(compte for fonction, compte in missions if fonction == Fonction.TRAVAIL_SOCIAL.value),
        communes={c.pk: (c.code, c.population) for c in (site.commune, *voisines)},
    )  # fmt: skip
