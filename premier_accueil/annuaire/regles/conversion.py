"""Turn hours as producers write them, one text per weekday, into one OpenStreetMap ``opening_hours`` string."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

JOURS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
JOURS_EN_CLAIR = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
LONGUEUR_MAX = 500

_HEURE = r"(\d{1,2})\s*(?:[:hH.]\s*(\d{2})?|heures?)?"
_PLAGE = re.compile(rf"^{_HEURE}\s*(?:-|–|—|à|a)\s*{_HEURE}$")
_ENTRE = re.compile(r"\s*(?:/|,|;|\bet\b|\bpuis\b|\n)\s*")
_FERME = re.compile(r"^(?:ferm[ée]e?s?|clos|néant|neant|-|–|\.|x)?$", re.IGNORECASE)
# The form of the France services file writes an empty line as midnight to midnight.
_VIDE = (0, 0)

Plage = tuple[int, int]


@dataclass(frozen=True)
class HorairesLus:
    """Hours of a week: what the syntax can say, and in words what it cannot."""

    horaires: str
    texte: str


@lru_cache(maxsize=4096)
def plages_du_jour(texte: str) -> tuple[Plage, ...] | None:
    """Read the hours of one day.

    Args:
        texte: such as ``"09:00 - 12:00 / 13:30 - 17:00"``, ``"9h-12h et 14h-17h"``, ``"fermé"`` or ``""``.

    Returns:
        sorted, disjoint (start, end) pairs in minutes from midnight, empty when closed; ``None`` when the text cannot
        be understood or contradicts itself: two ranges that overlap may be two places or a mistake, and opening at
        lunch time must not be guessed.
    """
    plat = " ".join(texte.replace("\xa0", " ").split())
    if _FERME.match(plat):
        return ()
    plages: set[Plage] = set()
    for morceau in _ENTRE.split(plat):
        trouve = _PLAGE.match(morceau)
        if trouve is None:
            return None
        debut, fin = _minutes(trouve[1], trouve[2]), _minutes(trouve[3], trouve[4])
        if debut is None or fin is None:
            return None
        if (debut, fin) == _VIDE:
            continue
        if fin <= debut:
            return None
        plages.add((debut, fin))
    return _joindre(sorted(plages))


def _minutes(heures: str, minutes: str | None) -> int | None:
    total = int(heures) * 60 + int(minutes or 0)
    return total if int(minutes or 0) < 60 and total <= 24 * 60 else None


def _joindre(plages: list[Plage]) -> tuple[Plage, ...] | None:
    jointes: list[Plage] = []
    for debut, fin in plages:
        if jointes and debut < jointes[-1][1]:
            return None
        if jointes and debut == jointes[-1][1]:
            jointes[-1] = (jointes[-1][0], fin)
        else:
            jointes.append((debut, fin))
    return tuple(jointes)


def convertir_semaine(textes: Sequence[str]) -> HorairesLus:
    """Make one ``opening_hours`` string of up to seven texts, Monday first.

    A day that cannot be understood becomes ``unknown`` in the string and is kept in words, so that the other days still
    answer. Public holidays are not said by such a file: nothing is invented about them (see ``ouverture``).

    >>> convertir_semaine(["09:00 - 12:00 / 13:30 - 17:00"] * 5).horaires
    'Mo-Fr 09:00-12:00,13:30-17:00'
    """
    par_plages: dict[tuple[Plage, ...], list[int]] = {}
    inconnus: list[int] = []
    for jour, texte in enumerate(textes[:7]):
        plages = plages_du_jour(texte)
        if plages is None:
            inconnus.append(jour)
        elif plages:
            par_plages.setdefault(plages, []).append(jour)
    regles = [f"{_jours(jours)} {','.join(map(plage_osm, plages))}" for plages, jours in par_plages.items()]
    if inconnus and regles:
        regles.append(f"{_jours(inconnus)} unknown")
    horaires = "; ".join(regles)
    texte = " ; ".join(f"{JOURS_EN_CLAIR[j]} : {' '.join(textes[j].split())}" for j in inconnus)
    if len(horaires) > LONGUEUR_MAX:
        horaires, texte = "", " ; ".join(f"{JOURS_EN_CLAIR[j]} : {t}" for j, t in enumerate(textes[:7]) if t)
    return HorairesLus(horaires, texte[:LONGUEUR_MAX])


def plage_osm(plage: Plage) -> str:
    """Write one range of hours in the syntax: ``"09:00-12:00"``."""
    debut, fin = plage
    return f"{debut // 60:02}:{debut % 60:02}-{fin // 60:02}:{fin % 60:02}"


def _jours(jours: list[int]) -> str:
    suites: list[list[int]] = []
    for jour in jours:
        if suites and jour == suites[-1][-1] + 1:
            suites[-1].append(jour)
        else:
            suites.append([jour])
    return ",".join(
        f"{JOURS[s[0]]}-{JOURS[s[-1]]}" if len(s) > 2 else ",".join(JOURS[j] for j in s) for s in suites
    )
