"""From rules to slots: values in, slots out. Hours are those of the clock on the wall, whatever the season.

Slots are computed, never stored: a rule that changes tomorrow leaves no row behind, and what is taken is an
appointment, held by the constraints of the database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from dateutil.rrule import MO, MONTHLY, WEEKLY, rrule, weekdays
from holidays import country_holidays

from premier_accueil.agenda.regles.vocabulaire import GenreDException, Rythme
from premier_accueil.socle.calendrier import PARIS

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Exceptionnel:
    """A closing (days ``du`` to ``au``), or hours added on the day ``du``."""

    genre: GenreDException
    du: date
    au: date
    heure_debut: time | None = None
    heure_fin: time | None = None


@dataclass(frozen=True)
class Plage:
    """A recurring rule: which days, from when to when, cut in slots of how many minutes, for how many people at once.

    Attributes:
        jours: days of the week, Monday is 0.
        rang: for a monthly rule, which of the month's days (1 to 4, -1 the last); 0 otherwise.
        debut: first day; it also says which weeks a fortnightly rule takes.
        fin: last day, included.
        feries: whether one receives on public holidays.
        agent_id, bureau: who and at which desk; neither serves two people at once under two rules.
        fermes: days when the directory says that nobody receives there.
    """

    id: int
    rythme: Rythme
    jours: tuple[int, ...]
    rang: int
    heure_debut: time
    heure_fin: time
    duree_minutes: int
    capacite: int
    debut: date
    fin: date | None = None
    feries: bool = False
    agent_id: int | None = None
    bureau: tuple[int, str] | None = None
    exceptions: tuple[Exceptionnel, ...] = field(default=())
    fermes: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Creneau:
    """A slot: aware instants, and how many people may still take it."""

    plage_id: int
    debut: datetime
    fin: datetime
    restent: int


@dataclass(frozen=True)
class Occupation:
    """A time already taken: by which rule, which worker, which desk. It says nothing of whom."""

    plage_id: int
    agent_id: int | None
    bureau: tuple[int, str] | None
    debut: datetime
    fin: datetime


@cache
def feries(annee: int) -> frozenset[date]:
    """Return the public holidays of a year in metropolitan France (code du travail, L.3133-1)."""
    return frozenset(country_holidays("FR", years=annee))


def jours_de(plage: Plage, du: date, au: date) -> list[date]:
    """Return the days on which a rule receives, from ``du`` to ``au`` included, closings and holidays applied."""
    dernier = min(au, plage.fin) if plage.fin else au
    if dernier < plage.debut or dernier < du:
        reguliers: list[date] = []
    else:
        reguliers = [
            j for j in _reguliers(plage, max(du, plage.debut), dernier)
            if (plage.feries or j not in feries(j.year)) and j not in plage.fermes
        ]  # fmt: skip
    fermes = [e for e in plage.exceptions if e.genre is GenreDException.FERME]
    return [j for j in reguliers if not any(e.du <= j <= e.au for e in fermes)]


def _reguliers(plage: Plage, du: date, au: date) -> Iterator[date]:
    mensuel = plage.rythme is Rythme.MOIS
    jours = [weekdays[j](plage.rang) if mensuel else weekdays[j] for j in plage.jours]
    regle = rrule(
        MONTHLY if mensuel else WEEKLY, dtstart=datetime.combine(plage.debut, time.min), byweekday=jours, wkst=MO,
        interval=2 if plage.rythme is Rythme.QUINZAINE else 1, until=datetime.combine(au, time.min),
    )  # fmt: skip
    return (quand.date() for quand in regle.xafter(datetime.combine(du, time.min), inc=True))


def creneaux(plage: Plage, du: date, au: date) -> list[Creneau]:
    """Return every slot of a rule from ``du`` to ``au`` included, in order, taken or not.

    Args:
        du, au: local days.

    An hour that the clock skips in spring has no slot; two slots never overlap, whatever the clock does. Hours added
    on a day win over its closing, and over a holiday.
    """
    heures = {(jour, plage.heure_debut, plage.heure_fin) for jour in jours_de(plage, du, au)}
    heures |= {
        (e.du, e.heure_debut, e.heure_fin)
        for e in plage.exceptions
        if e.genre is GenreDException.EN_PLUS and du <= e.du <= au and e.heure_debut and e.heure_fin
    }
    sortie: list[Creneau] = []
    for debut, fin in sorted({c for jour, de, a in heures for c in _couper(jour, de, a, plage.duree_minutes)}):
        if not sortie or debut >= sortie[-1].fin:
            sortie.append(Creneau(plage.id, debut, fin, plage.capacite))
    return sortie


def _couper(jour: date, de: time, a: time, duree: int) -> Iterator[tuple[datetime, datetime]]:
    pas, mural, limite = duree * MINUTE, datetime.combine(jour, de), datetime.combine(jour, a)
    while mural + pas <= limite:
        debut = instant(mural)
        if debut is not None:
            yield debut, debut + pas
        mural += pas


def instant(mural: datetime) -> datetime | None:
    """Return the instant (UTC) of an hour on the wall in France; ``None`` when the clock skips it that day."""
    la = mural.replace(tzinfo=PARIS).astimezone(UTC)
    return la if la.astimezone(PARIS).replace(tzinfo=None) == mural else None


def libres(
    plages: Iterable[Plage], occupations: Collection[Occupation], *, du: date, au: date, des: datetime
) -> list[Creneau]:
    """Return the slots that somebody may still take, the earliest first.

    Args:
        plages: the rules to look at.
        occupations: what is taken, by any rule that shares a worker or a desk with them.
        du, au: local days, included.
        des: no slot begins before.
    """
    trouves: list[Creneau] = []
    for plage in plages:
        siennes = [o for o in occupations if _partage(plage, o)]
        for c in creneaux(plage, du, au):
            if c.debut < des:
                continue
            sur = [o for o in siennes if o.debut < c.fin and c.debut < o.fin]
            restent = 0 if any(o.plage_id != plage.id for o in sur) else plage.capacite - len(sur)
            if restent > 0:
                trouves.append(Creneau(c.plage_id, c.debut, c.fin, restent))
    return sorted(trouves, key=lambda c: (c.debut, c.plage_id))


def _partage(plage: Plage, o: Occupation) -> bool:
    return (
        o.plage_id == plage.id
        or (plage.agent_id is not None and o.agent_id == plage.agent_id)
        or (plage.bureau is not None and o.bureau == plage.bureau)
    )
