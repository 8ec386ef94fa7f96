"""Read a commune by its code, or those of a département."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

from django.db import connection

from premier_accueil.territoire.models import Commune

# A former commune often kept the code of the one that replaced it: the one in force wins. Written out because every
# orientation and every counter page asks it: the ORM takes four times longer to compose it than the database to answer.
PAR_CODE = """
SELECT c.id, c.code, c.nom, c.departement, c.epci_code, c.epci_nom, c.codes_postaux, c.population, c.population_annee,
       c.latitude, c.longitude, c.origine_du_point, c.mairie
  FROM territoire_commune dite
  JOIN territoire_commune c ON c.id = coalesce(dite.parente_id, dite.id)
 WHERE dite.code = %s
 ORDER BY (dite.genre = 'COM') DESC, dite.parente_id NULLS LAST, dite.genre
 LIMIT 1
"""


@dataclass(frozen=True)
class FicheCommune:
    """A commune in force. Points are WGS 84 degrees; ``None`` and empty mean unknown.

    Attributes:
        mairie: adresse, telephone, courriel, site, horaires (OSM), accessibilite; only what is known.
    """

    id: int
    code: str
    nom: str
    departement: str
    epci_code: str
    epci_nom: str
    codes_postaux: tuple[str, ...]
    population: int | None
    population_annee: int | None
    latitude: float | None
    longitude: float | None
    origine_du_point: str
    mairie: dict[str, str]


CHAMPS = tuple(champ.name for champ in fields(FicheCommune))


def commune_par_code(code: str) -> FicheCommune | None:
    """Return the commune in force of an INSEE code; an old code gives the commune that replaced it.

    Args:
        code: five characters, such as ``"44213"`` or ``"2A004"``; anything else gives ``None``.
    """
    if not (len(code) == 5 and code.isascii() and code.isalnum()):
        return None
    with connection.cursor() as curseur:
        curseur.execute(PAR_CODE, [code.upper()])
        rangee = curseur.fetchone()
    if rangee is None:
        return None
    lus = dict(zip(CHAMPS, rangee, strict=True))
    return FicheCommune(**lus | {"codes_postaux": tuple(lus["codes_postaux"]), "mairie": json.loads(lus["mairie"])})


def communes_de(departement: str) -> list[FicheCommune]:
    """Return the communes in force of a département such as ``"44"``, by name."""
    if not (departement.isascii() and departement.isalnum()):
        return []
    communes = Commune.objects.filter(genre=Commune.Genre.COM, departement=departement.upper()).defer("contour")
    return [_fiche(commune) for commune in communes.order_by("cle", "code")]


def _fiche(commune: Commune) -> FicheCommune:
    return FicheCommune(
        id=commune.pk, code=commune.code, nom=commune.nom, departement=commune.departement,
        epci_code=commune.epci_code, epci_nom=commune.epci_nom, codes_postaux=tuple(commune.codes_postaux),
        population=commune.population, population_annee=commune.population_annee, latitude=commune.latitude,
        longitude=commune.longitude, origine_du_point=commune.origine_du_point, mairie=dict(commune.mairie),
    )  # fmt: skip
