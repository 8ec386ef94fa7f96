"""What a *feuille de route* says. Pure values: no framework, no database, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from premier_accueil.accueil.feuille.neutralite import neutre, trahit

__all__ = ["TITRE", "VERSION", "Etape", "Feuille", "depuis_json", "en_json", "neutre", "trahit"]

TITRE = "Votre feuille de route"
VERSION = 1


@dataclass(frozen=True)
class Etape:
    """One thing to do: whom to call or where to go, when, with what.

    ``discret`` is set by who builds the sheet when the mere name of the place would betray the person's situation:
    only the telephone and the hours are then kept. ``coordonnees`` is (latitude, longitude) in degrees.
    """

    numero: int
    verbe: str
    nom: str
    structure: str = ""
    adresse: str = ""
    commune: str = ""
    telephone: str = ""
    horaires: tuple[str, ...] = ()
    prochaine_ouverture: str = ""
    trajet: str = ""
    a_confirmer: bool = False
    papiers: tuple[str, ...] = ()
    lien_plan: str = ""
    coordonnees: tuple[float, float] | None = None
    remarque: str = ""
    discret: bool = False


@dataclass(frozen=True)
class Feuille:
    """The whole sheet. ``agent`` is a name that the person may ask for; ``code`` is never part of ``adresse_web``."""

    titre: str
    date: date
    structure: str
    site_adresse: str = ""
    site_telephone: str = ""
    agent: str = ""
    etapes: tuple[Etape, ...] = ()
    papiers: tuple[str, ...] = ()
    note: str = ""
    reference: str = ""
    code: str = ""
    adresse_web: str = ""


def en_json(feuille: Feuille) -> dict[str, Any]:
    """Return the sheet as plain JSON values, with the version of its shape under ``version``."""
    brut: dict[str, Any] = {"version": VERSION, **asdict(feuille), "date": feuille.date.isoformat()}
    brut["papiers"] = list(feuille.papiers)
    for etape in brut["etapes"]:
        etape["horaires"], etape["papiers"] = list(etape["horaires"]), list(etape["papiers"])
        etape["coordonnees"] = list(etape["coordonnees"]) if etape["coordonnees"] else None
    brut["etapes"] = list(brut["etapes"])
    return brut


def depuis_json(brut: Mapping[str, Any]) -> Feuille:
    """Read a sheet written by ``en_json``, of this version or of another.

    A key that is unknown is left out and a key that is missing takes its default, so that an old sheet still opens.

    Raises:
        ValueError: there is no readable date, or the value is not a sheet at all.
    """
    if not isinstance(brut, Mapping) or not isinstance(brut.get("date"), str):
        raise ValueError("Cette feuille de route ne peut pas être relue.")
    valeurs = _connus(Feuille, brut)
    valeurs["date"] = date.fromisoformat(brut["date"])
    valeurs["etapes"] = tuple(_etape(rang, e) for rang, e in enumerate(brut.get("etapes") or (), start=1))
    valeurs["papiers"] = tuple(brut.get("papiers") or ())
    valeurs = {"titre": TITRE, "structure": "", **valeurs}
    return Feuille(**valeurs)


def _etape(rang: int, brut: Mapping[str, Any]) -> Etape:
    valeurs = {"numero": rang, "verbe": "", "nom": "", **_connus(Etape, brut)}
    point = valeurs.get("coordonnees")
    valeurs["coordonnees"] = (float(point[0]), float(point[1])) if point else None
    valeurs["horaires"] = tuple(valeurs.get("horaires") or ())
    valeurs["papiers"] = tuple(valeurs.get("papiers") or ())
    return Etape(**valeurs)


def _connus(forme: type, brut: Mapping[str, Any]) -> dict[str, Any]:
    noms = {champ.name for champ in fields(forme)}
    return {cle: valeur for cle, valeur in brut.items() if cle in noms and valeur is not None}
