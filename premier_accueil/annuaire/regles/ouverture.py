"""Open now, until when, and when next: one answer for every screen, with what must be confirmed by a call.

Choices (trap T15):

- An exceptional closing beats every rule.
- Hours that say nothing of public holidays promise nothing on them: the answer is unknown, "à confirmer", at the hours
  of the rule, and that day is never announced as the next opening. Hours that say ``PH``, ``24/7`` or name the very
  date (``Jan 1``) are believed. The producers' files leave holidays out; sending somebody to a closed door on
  1 January costs them a day.
- ``SH`` (school holidays) is not known by the calendar used, and a fallback rule (``|| "appelez"``) is a question: both
  are "à confirmer".
- Unknown stays ``None``. No text, however broken, raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from opening_hours import OpeningHours, State

PARIS = ZoneInfo("Europe/Paris")
FUSEAUX = {
    "971": "America/Guadeloupe", "972": "America/Martinique", "973": "America/Cayenne", "974": "Indian/Reunion",
    "975": "America/Miquelon", "976": "Indian/Mayotte", "977": "America/St_Barthelemy", "978": "America/Marigot",
    "986": "Pacific/Wallis", "987": "Pacific/Tahiti", "988": "Pacific/Noumea",
}  # fmt: skip
# Subdivisions of the `holidays` package: local holidays set by law (Alsace-Moselle, abolition of slavery…).
REGIONS_FERIEES = {
    "57": "57", "67": "6AE", "68": "6AE", "971": "971", "972": "972", "973": "973", "974": "974", "976": "976",
    "977": "BL", "978": "MF", "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip
A_PART = frozenset(FUSEAUX) | frozenset(REGIONS_FERIEES)
"""Départements whose clock or holidays are their own: elsewhere the same hours say the same thing."""
HORIZON = timedelta(days=400)
"""How far the next opening is looked for: a yearly permanence is still found."""
LONGUEUR_MAX = 2000

MOIS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

FermetureExceptionnelle = tuple[date, date, str]


@dataclass(frozen=True)
class Ouverture:
    """What can be said of a permanence at one moment.

    ``ouvert``: yes, no, or ``None`` when unknown. ``prochaine``: next opening, only when not open. ``fermeture``: when
    it closes, only when open and known. ``a_confirmer``: say "à confirmer, appelez". ``motif``: of an exceptional
    closing.
    """

    ouvert: bool | None
    prochaine: datetime | None = None
    fermeture: datetime | None = None
    a_confirmer: bool = False
    motif: str = ""


INCONNUE = Ouverture(ouvert=None, a_confirmer=True)


@dataclass(frozen=True, eq=False)
class _Lus:
    """Hours already read: parsed once, asked many times, known by identity."""

    regle: OpeningHours
    dit_les_feries: bool
    a_confirmer: bool
    dates_dites: frozenset[tuple[int, int]]


@lru_cache(maxsize=8192)
def _lire(horaires: str, zone: ZoneInfo) -> _Lus | None:
    if not horaires.strip() or len(horaires) > LONGUEUR_MAX:
        return None
    try:
        regle = OpeningHours(horaires, timezone=zone, country="FR", max_interval_days=HORIZON.days)
        toujours = str(regle.normalize()) == "24/7"
    except Exception:  # the parser is foreign code fed with foreign text: a broken string is an unknown, never a crash
        return None
    sans_commentaire = re.sub(r'"[^"]*"', "", horaires)
    dites = re.findall(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{1,2})\b(?!:)", sans_commentaire)
    return _Lus(
        regle=regle,
        dit_les_feries=toujours or re.search(r"\bPH\b", sans_commentaire) is not None,
        a_confirmer=re.search(r"\bSH\b|\|\|", sans_commentaire) is not None,
        dates_dites=frozenset((MOIS.index(mois) + 1, int(jour)) for mois, jour in dites),
    )


def valables(horaires: str) -> bool:
    """Tell whether a text is a readable ``opening_hours`` string."""
    return _lire(horaires, PARIS) is not None


def lire_regle(horaires: str) -> OpeningHours | None:
    """Return hours already parsed, on the clock of Paris; ``None`` when they cannot be read."""
    lus = _lire(horaires, PARIS)
    return lus.regle if lus else None


def normaliser(horaires: str) -> str:
    """Rewrite hours so that no two rules speak of the same day; the same text when it cannot be done."""
    lus = _lire(horaires, PARIS)
    return str(lus.regle.normalize()) if lus else horaires


def feries(annee: int, departement: str = "") -> frozenset[date]:
    """Return the public holidays of a year, with those that only this département keeps."""
    return _feries(annee, REGIONS_FERIEES.get(departement))


@lru_cache(maxsize=256)
def _feries(annee: int, region: str | None) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", subdiv=region, years=annee))


def fuseau(departement: str) -> ZoneInfo:
    """Return the clock of a département: Paris, or the overseas one."""
    return _zone(FUSEAUX[departement]) if departement in FUSEAUX else PARIS


@lru_cache(maxsize=32)
def _zone(nom: str) -> ZoneInfo:
    return ZoneInfo(nom)


def ouverture(
    horaires: str,
    a: datetime,
    fermetures: Sequence[FermetureExceptionnelle] = (),
    *,
    departement: str = "",
) -> Ouverture:
    """Say whether a permanence is open, until when, or when it opens next.

    Args:
        horaires: OpenStreetMap ``opening_hours``; empty or unreadable means unknown.
        a: the moment, with its time zone.
        fermetures: exceptional closings, both days included, with their reason.
        departement: code used for the overseas clock and for local public holidays.

    Returns:
        the answer, its moments on the clock of the place; everything unknown when the hours are.

    Raises:
        ValueError: ``a`` has no time zone.
    """
    if a.tzinfo is None:
        raise ValueError("`a` must carry its time zone")
    zone = fuseau(departement)
    ici = a.astimezone(zone)
    lus = _lire(horaires, zone)
    motif = next((m for du, au, m in fermetures if du <= ici.date() <= au), None)
    if lus is None:
        # Even with unknown hours, a closing that somebody wrote down is known.
        return Ouverture(ouvert=False, a_confirmer=True, motif=motif) if motif is not None else INCONNUE
    prochaine: datetime | None = None
    commun = departement if departement in A_PART else ""
    for debut, fin, etat in _du_jour(lus, ici.date(), tuple(fermetures), commun):
        if fin <= ici:
            continue
        if debut <= ici:
            if etat == State.UNKNOWN:
                return Ouverture(ouvert=None, fermeture=None, a_confirmer=True)
            borne = fin if fin < ici + HORIZON - timedelta(days=1) else None
            return Ouverture(ouvert=True, fermeture=borne, a_confirmer=lus.a_confirmer)
        if etat == State.OPEN:
            prochaine = debut
            break
    if motif is not None:
        return Ouverture(ouvert=False, prochaine=prochaine, a_confirmer=lus.a_confirmer, motif=motif)
    if _ferie_tu(lus, ici.date(), departement) and lus.regle.state(ici)[0] != State.CLOSED:
        return Ouverture(ouvert=None, prochaine=prochaine, a_confirmer=True)
    return Ouverture(ouvert=False, prochaine=prochaine, a_confirmer=lus.a_confirmer)


def ouvert_a(
    horaires: str, a: datetime, fermetures: Sequence[FermetureExceptionnelle] = (), *, departement: str = ""
) -> bool | None:
    """Return ``ouverture(…).ouvert`` alone, many times faster: what a search asks of thousands of entries."""
    if not horaires and not fermetures:
        return None
    zone = fuseau(departement)
    ici = a.astimezone(zone)
    lus = _lire(horaires, zone)
    if any(du <= ici.date() <= au for du, au, _ in fermetures):
        return False
    if lus is None:
        return None
    etat, commentaire = lus.regle.state(ici)[:2]
    if etat == State.CLOSED:
        return False
    if etat == State.UNKNOWN or (lus.a_confirmer and commentaire) or _ferie_tu(lus, ici.date(), departement):
        return None
    return True


def recoit(horaires: str, jour: date, *, departement: str = "") -> bool | None:
    """Tell whether the usual hours open on a day, closings and holidays apart; ``None`` when they are unknown."""
    zone = fuseau(departement)
    lus = _lire(horaires, zone)
    if lus is None:
        return None
    debut = datetime.combine(jour, time(), zone)
    return any(etat != State.CLOSED for _, _, etat, _ in lus.regle.intervals(debut, debut + timedelta(days=1)))


def _ferie_tu(lus: _Lus, jour: date, departement: str) -> bool:
    """Tell whether a day is a public holiday the hours say nothing about."""
    if (jour.month, jour.day) in lus.dates_dites or jour not in feries(jour.year, departement):
        return False
    # "PH" in the hours is read with the national calendar: a local holiday stays unsaid.
    return not lus.dit_les_feries or (jour not in feries(jour.year) and str(lus.regle.normalize()) != "24/7")


@lru_cache(maxsize=4096)
def _du_jour(
    lus: _Lus, jour: date, fermetures: tuple[FermetureExceptionnelle, ...], departement: str
) -> tuple[tuple[datetime, datetime, State], ...]:
    """Return the stretches of a day that are not closed, and the first open one after it; read once a day."""
    debut_du_jour = datetime.combine(jour, time(), fuseau(departement))
    gardees: list[tuple[datetime, datetime, State]] = []
    for plage in _plages(lus, debut_du_jour, _coupures(lus, jour, fermetures, departement)):
        if plage[0].date() <= jour:
            gardees.append(plage)
        elif plage[2] == State.OPEN:
            return (*gardees, plage)
    return tuple(gardees)


def _coupures(
    lus: _Lus, jour: date, fermetures: Sequence[FermetureExceptionnelle], departement: str
) -> list[tuple[datetime, datetime]]:
    """Return the stretches when the rule is not believed, sorted, on the clock of the place."""
    fin = jour + HORIZON
    tues: tuple[tuple[datetime, datetime], ...] = ()
    if not lus.dit_les_feries or departement in REGIONS_FERIEES:
        tues = _feries_tus(lus, jour, fin, departement)
    fermees = [_jours(du, au, departement) for du, au, _ in fermetures if au >= jour and du <= fin]
    return sorted([*tues, *fermees])


def _jours(du: date, au: date, departement: str) -> tuple[datetime, datetime]:
    zone = fuseau(departement)
    return datetime.combine(du, time(), zone), datetime.combine(au + timedelta(days=1), time(), zone)


def _feries_tus(lus: _Lus, du: date, au: date, departement: str) -> tuple[tuple[datetime, datetime], ...]:
    """Return the public holidays that the hours say nothing about, between two days; the same all day long."""
    annees = range(du.year, au.year + 1)
    tous = (jour for annee in annees for jour in feries(annee, departement))
    tus = (jour for jour in tous if du <= jour <= au and _ferie_tu(lus, jour, departement))
    return tuple(_jours(jour, jour, departement) for jour in tus)


def _plages(
    lus: _Lus, depuis: datetime, coupures: list[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime, State]]:
    """Yield the stretches that are not closed, in order, adjacent ones of one state joined, cut by the closings."""
    garde: tuple[datetime, datetime, State] | None = None
    repli = lus.a_confirmer
    for debut, fin, etat_lu, commentaire in lus.regle.intervals(depuis, depuis + HORIZON):
        if etat_lu == State.CLOSED:
            continue
        # A fallback `|| "appelez"` comes out as open with a comment; the norm calls it unknown.
        etat = State.UNKNOWN if repli and commentaire else etat_lu
        for morceau_debut, morceau_fin in _retrancher(debut, fin, coupures):
            if garde and garde[1] == morceau_debut and garde[2] == etat:
                garde = (garde[0], morceau_fin, etat)
                continue
            if garde:
                yield garde
            garde = (morceau_debut, morceau_fin, etat)
    if garde:
        yield garde


def _retrancher(
    debut: datetime, fin: datetime, coupures: list[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    for coupe_debut, coupe_fin in coupures:
        if coupe_fin <= debut:
            continue
        if coupe_debut >= fin:
            break
        if coupe_debut > debut:
            yield debut, coupe_debut
        debut = max(debut, coupe_fin)
        if debut >= fin:
            return
    if debut < fin:
        yield debut, fin
