"""Hours as recurrences that other software understands (RFC 5545 days, schema.org): all of them, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from premier_accueil.annuaire.regles.conversion import JOURS
from premier_accueil.annuaire.regles.en_clair import _JOURS, _REGLE, _etendre, _se_recouvrent
from premier_accueil.annuaire.regles.ouverture import normaliser

_RANG = re.compile(r"^([A-Z][a-z])\[([-\d,]+)\]$")
_HEURE = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)$")


@dataclass(frozen=True)
class Recurrence:
    """The same hours on the same days: ``jours`` such as ``("MO", "TU")``, or ``("1WE",)`` when ``freq`` is monthly."""

    freq: str
    jours: tuple[str, ...]
    ouvre: str
    ferme: str


@lru_cache(maxsize=4096)
def recurrences(horaires: str) -> tuple[Recurrence, ...]:
    """Return the recurrences of an ``opening_hours`` string; none as soon as one rule says more than they can.

    Closings on public and school holidays are left out: the words that go along (``en_clair``) say them. Weeks, months,
    years, nights and whole days are beyond: half of the truth would send somebody to a closed door.

    >>> recurrences("We[1] 09:30-12:00; PH off")
    (Recurrence(freq='MONTHLY', jours=('1WE',), ouvre='09:30', ferme='12:00'),)
    """
    brut = " ".join(horaires.split())
    if brut and _se_recouvrent(brut):
        brut = normaliser(brut)
    trouvees: list[Recurrence] = []
    for regle in filter(None, (r.strip() for r in brut.split(";"))):
        lues = _regle(regle)
        if lues is None:
            return ()
        trouvees += lues
    return tuple(trouvees)


def _regle(regle: str) -> list[Recurrence] | None:
    lue = _REGLE.match(regle)
    if lue is None or lue["mois"] or lue["semaine"] or lue["annee"]:
        return None
    morceaux = re.findall(_JOURS, lue["jours"] or "Mo-Su")
    if lue["etat"] in {"off", "closed"} and not lue["temps"] and set(morceaux) <= {"PH", "SH"}:
        return []
    if lue["etat"] or not lue["temps"] or lue["note"]:
        return None
    semaine = [j.upper() for m in morceaux if "[" not in m for j in _etendre(m) if j in JOURS]
    mois = [f"{rang}{jour.upper()}" for m in morceaux for jour, rangs in _RANG.findall(m) for rang in rangs.split(",")]
    if any("-" in rang[1:-2] for rang in mois):
        return None
    sortie = []
    for plage in lue["temps"].split(","):
        bornes = [_HEURE.match(h.strip()) for h in plage.split("-")]
        if len(bornes) != 2 or None in bornes:
            return None
        ouvre, ferme = (f"{int(h[1]):02}:{h[2]}" for h in bornes if h)
        if ferme <= ouvre:
            return None
        sortie += [Recurrence("WEEKLY", tuple(semaine), ouvre, ferme)] if semaine else []
        sortie += [Recurrence("MONTHLY", tuple(mois), ouvre, ferme)] if mois else []
    return sortie
