"""Hours that suit somebody who works, read from the hours themselves: nobody has to tick them, nobody lets them age."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache

from opening_hours import State

from premier_accueil.annuaire.regles.ouverture import PARIS, lire_regle

SEMAINES_LUES = 5
"""Weeks looked at: the first Tuesday of a month and both parities fall inside."""


class Moment(Enum):
    """When somebody who works can come (S2: hours compatible with a job)."""

    AVANT_9H = "AVANT_9H"
    MIDI = "MIDI"
    APRES_17H30 = "APRES_17H30"
    SAMEDI = "SAMEDI"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {"AVANT_9H": "avant 9 h", "MIDI": "à midi", "APRES_17H30": "après 17 h 30", "SAMEDI": "le samedi"}[
            self.value
        ]


# Half an hour is what a visit takes: a door that closes at 17:31 is not open after 17:30 for anybody.
_SUFFIT = timedelta(minutes=30)
_BORNES = {
    Moment.AVANT_9H: (time(6), time(9)),
    Moment.MIDI: (time(12), time(14)),
    Moment.APRES_17H30: (time(17, 30), time(22)),
}


@lru_cache(maxsize=65_536)
def moments_d_emploi(horaires: str, lundi: date) -> frozenset[Moment]:
    """Return the moments compatible with a job that these hours offer, half an hour at least.

    Args:
        horaires: ``opening_hours``; unreadable or empty gives nothing: unknown is not promised.
        lundi: a Monday; the five weeks from it are read, closings and holidays apart.

    >>> sorted(m.value for m in moments_d_emploi("Mo-Fr 08:00-12:00; Th 13:00-18:30", date(2026, 11, 23)))
    ['APRES_17H30', 'AVANT_9H', 'MIDI']
    """
    regle = lire_regle(horaires)
    if regle is None:
        return frozenset()
    debut = datetime.combine(lundi, time(), PARIS)
    trouves: set[Moment] = set()
    for ouvre, ferme, etat, _ in regle.intervals(debut, debut + timedelta(weeks=SEMAINES_LUES)):
        if etat == State.OPEN:
            trouves |= _moments(ouvre, ferme)
            if len(trouves) == len(Moment):
                break
    return frozenset(trouves)


def _moments(ouvre: datetime, ferme: datetime) -> set[Moment]:
    trouves: set[Moment] = set()
    jour = ouvre.date()
    while datetime.combine(jour, time(), PARIS) < ferme and jour <= ouvre.date() + timedelta(days=7):
        if jour.weekday() == 5 and _chevauche(ouvre, ferme, jour, time(6), time(22)):
            trouves.add(Moment.SAMEDI)
        if jour.weekday() < 5:
            trouves |= {m for m, (de, a) in _BORNES.items() if _chevauche(ouvre, ferme, jour, de, a)}
        jour += timedelta(days=1)
    return trouves


def _chevauche(ouvre: datetime, ferme: datetime, jour: date, de: time, a: time) -> bool:
    debut, fin = datetime.combine(jour, de, PARIS), datetime.combine(jour, a, PARIS)
    return min(ferme, fin) - max(ouvre, debut) >= _SUFFIT
