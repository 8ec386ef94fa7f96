"""Opening hours of a mairie, from the shape of the public directory to the shape of OpenStreetMap."""

from __future__ import annotations

import json
import re
from functools import lru_cache

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SIGLES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HEURE = re.compile(r"([01]\d|2[0-4]):([0-5]\d)(:[0-5]\d)?")

Plage = tuple[str, str]

# Caches below: the 35,000 mairies share some hundreds of slots, and remembering them halves the time of a load.


@lru_cache(16384)
def horaires_osm(texte: str) -> str:
    """Return the OSM ``opening_hours`` of a mairie, empty when unknown.

    Args:
        texte: JSON list of [first day, last day, [[opens, closes]…]], days in French, hours "09:00:00". A missing
            last day means one day; a slot that closes before it opens says nothing; slots that overlap are joined.

    Returns:
        for instance ``"Mo-Th 09:00-12:00,14:00-17:00; Sa 09:00-12:00"``. Public holidays are not in the source: they
        stay unsaid.
    """
    semaine = [_reunir(tuple(plages)) for plages in _par_jour(texte)]
    regles = []
    vues: set[tuple[Plage, ...]] = {()}
    for plages in semaine:
        if plages not in vues:
            vues.add(plages)
            jours = _jours(tuple(autre == plages for autre in semaine))
            regles.append(f"{jours} {','.join(f'{debut}-{fin}' for debut, fin in plages)}")
    return "; ".join(regles)


def _par_jour(texte: str) -> list[list[Plage]]:
    semaine: list[list[Plage]] = [[] for _ in JOURS]
    if texte == "[]":
        return semaine
    try:
        lignes = json.loads(texte)
        for debut, fin, plages in lignes:
            premier = JOURS.index(debut)
            dernier = JOURS.index(fin) if fin else premier
            lues = [plage for ouvre, ferme in plages if (plage := _plage(ouvre, ferme))]
            for jour in range(premier, dernier + 1):
                semaine[jour] += lues
    except (ValueError, TypeError):
        # Half-read hours would send somebody to a closed door: unknown is better.
        return [[] for _ in JOURS]
    return semaine


@lru_cache(4096)
def _plage(ouvre: str, ferme: str) -> Plage | None:
    if not (HEURE.fullmatch(ouvre) and HEURE.fullmatch(ferme)):
        raise ValueError("not an hour")
    debut, fin = ouvre[:5], ferme[:5]
    return (debut, fin) if debut < fin <= "24:00" else None


@lru_cache(4096)
def _reunir(plages: tuple[Plage, ...]) -> tuple[Plage, ...]:
    reunies: list[Plage] = []
    for debut, fin in sorted(plages):
        if reunies and debut <= reunies[-1][1]:
            reunies[-1] = (reunies[-1][0], max(fin, reunies[-1][1]))
        else:
            reunies.append((debut, fin))
    return tuple(reunies)


@lru_cache(128)
def _jours(ouverts: tuple[bool, ...]) -> str:
    suites: list[list[int]] = []
    for jour in (i for i, ouvert in enumerate(ouverts) if ouvert):
        if suites and suites[-1][-1] == jour - 1:
            suites[-1].append(jour)
        else:
            suites.append([jour])
    return ",".join(SIGLES[s[0]] if len(s) == 1 else f"{SIGLES[s[0]]}-{SIGLES[s[-1]]}" for s in suites)
