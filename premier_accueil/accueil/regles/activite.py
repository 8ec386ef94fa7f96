"""A plausible year at a counter, drawn from a seed: what the demonstration and the load tests are filled with."""

from __future__ import annotations

import math
import random
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Any

from premier_accueil.socle.calendrier import PARIS

DISPERSION = 0.6
"""Spread of the logarithm of the waits (hypothesis): most are short, a few are long."""
JOURS_OUVRES = range(5)


@dataclass(frozen=True)
class Station:
    """One desk of a visit: when she came to it, was called (or left before), ended; empty ``fin``: nobody wrote it."""

    arrivee: datetime
    appel: datetime | None
    fin: datetime | None
    prioritaire: bool = False


@dataclass(frozen=True)
class Visite:
    """One visit as the tables will hold it; codes are those of the welcome."""

    a: datetime
    canal: str
    concerne: str
    deplacement: str
    commune: int
    prenom: str
    mots: str
    besoins: tuple[str, ...]
    reponse: str
    accueil: Station | None = None
    travail_social: Station | None = None
    numero: int = 0


@dataclass(frozen=True)
class Modele:
    """What ``donnees/demonstration/activite.yaml`` says, ready to draw from."""

    tirer: Mapping[str, Callable[[random.Random], str]]
    mois: Mapping[int, float]
    demi_journees: Sequence[tuple[int, int]]
    passe: float
    attente_moyenne: float
    partis: float
    fins_non_notees: float
    prioritaires: float
    nommes: float
    prenoms: Sequence[str]
    phrases: Sequence[tuple[str, tuple[str, ...]]]
    lieux: Mapping[str, float] = field(default_factory=dict)


def modele(brut: Mapping[str, Any]) -> Modele:
    """Read the file of a year.

    Raises:
        KeyError: a part of the file is missing.
    """
    return Modele(
        tirer={nom: _tirage(brut[nom]) for nom in ("canaux", "concerne", "deplacements", "reponses")},
        mois={int(m): float(p) for m, p in brut["mois"].items()},
        demi_journees=[(int(d), int(f)) for d, f in brut["demi_journees"]],
        passe=float(brut["recus_aussitot"]["valeur"]),
        attente_moyenne=float(brut["attente_moyenne_min"]["valeur"]),
        partis=float(brut["partis_sans_etre_recus"]),
        fins_non_notees=float(brut["fins_non_notees"]),
        prioritaires=float(brut["prioritaires"]),
        nommes=float(brut["avec_un_nom"]),
        prenoms=tuple(brut["prenoms"]),
        phrases=tuple((phrase[0], tuple(phrase[1:])) for phrase in brut["phrases"]),
        lieux={lieu: float(part) for lieu, part in brut["lieux"].items()},
    )


def annee(
    modele: Modele, combien: int, *, jusqu_a: date, communes: Sequence[int], feries: frozenset[date], graine: int
) -> Iterator[Visite]:
    """Draw a year of visits of one place, day after day, in order of arrival.

    Args:
        modele: the file of a year.
        combien: visits of the year.
        jusqu_a: the last day, excluded; the year before it is filled, Saturdays, Sundays and ``feries`` left out.
        communes: keys of the communes people come from; the first half of the draws fall on the first one.
        feries: public holidays.
        graine: the same seed gives the same year.
    """
    hasard = random.Random(graine)  # noqa: S311 - a make-believe year, not a secret
    jours = [jusqu_a - timedelta(days=n) for n in range(365, 0, -1)]
    jours = [jour for jour in jours if jour.weekday() in JOURS_OUVRES and jour not in feries]
    cumul = list(accumulate(modele.mois[jour.month] for jour in jours))
    par_jour = [0] * len(jours)
    for _ in range(combien):
        par_jour[bisect(cumul, hasard.random() * cumul[-1])] += 1
    for jour, nombre in zip(jours, par_jour, strict=True):
        yield from _journee(modele, jour, nombre, communes, hasard)


def _journee(
    modele: Modele, jour: date, combien: int, communes: Sequence[int], hasard: random.Random
) -> Iterator[Visite]:
    plages = [hasard.choice(modele.demi_journees) for _ in range(combien)]
    minutes = sorted(hasard.uniform(debut, fin) for debut, fin in plages)
    minuit = datetime.combine(jour, time(), PARIS)
    for numero, minute in enumerate(minutes, start=1):
        a = minuit + timedelta(seconds=int(minute * 60))
        yield _visite(modele, a, numero, communes, hasard)


def _visite(modele: Modele, a: datetime, numero: int, communes: Sequence[int], hasard: random.Random) -> Visite:
    mots, besoins = hasard.choice(modele.phrases)
    canal = modele.tirer["canaux"](hasard)
    accueil = travail_social = None
    reponse = modele.tirer["reponses"](hasard)
    if canal == "GUICHET":
        accueil = _etape(modele, a, modele.attente_moyenne / 3, 6, hasard)
        if accueil.appel and accueil.fin and hasard.random() < modele.passe:
            reponse = "TRAVAILLEUR_SOCIAL"
            travail_social = _etape(modele, accueil.fin, modele.attente_moyenne * 2 / 3, 35, hasard)
    return Visite(
        a=a, canal=canal, concerne=modele.tirer["concerne"](hasard), deplacement=modele.tirer["deplacements"](hasard),
        commune=communes[0] if hasard.random() < 0.5 else hasard.choice(communes),
        prenom=hasard.choice(modele.prenoms) if hasard.random() < modele.nommes else "",
        mots=mots, besoins=besoins, reponse=reponse, accueil=accueil, travail_social=travail_social, numero=numero,
    )  # fmt: skip


def _etape(modele: Modele, arrivee: datetime, attente: float, duree: float, hasard: random.Random) -> Station:
    """Draw one step whose wait has the given mean, in minutes; some leave before, some ends are never written."""
    prioritaire = hasard.random() < modele.prioritaires
    attendu = _minutes(attente / (4 if prioritaire else 1), hasard)
    if hasard.random() < modele.partis:
        return Station(arrivee, None, arrivee + attendu, prioritaire)
    appel = arrivee + attendu
    fin = None if hasard.random() < modele.fins_non_notees else appel + _minutes(duree, hasard)
    return Station(arrivee, appel, fin, prioritaire)


def _minutes(moyenne: float, hasard: random.Random) -> timedelta:
    """Return a duration of that mean, in minutes: lognormal, its median lower than its mean."""
    tire = hasard.lognormvariate(math.log(moyenne) - DISPERSION**2 / 2, DISPERSION)
    return timedelta(seconds=int(tire * 60))


def _tirage(parts: Mapping[str, float]) -> Callable[[random.Random], str]:
    noms, cumul = list(parts), list(accumulate(float(p) for p in parts.values()))
    return lambda hasard: noms[bisect(cumul, hasard.random() * cumul[-1])]
