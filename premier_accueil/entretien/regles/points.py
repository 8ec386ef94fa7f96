"""Points de situation: three then six months after, on a day when the same worker receives (S4, T11)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from premier_accueil.annuaire.regles.horaires import feries
from premier_accueil.entretien.regles.domaines import reglages
from premier_accueil.socle.calendrier import PARIS, plus_tard

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
AU_PLUS = 92  # days looked at after the due day: an absence of three months is found its end


@dataclass(frozen=True)
class Proposition:
    """When to meet again.

    Attributes:
        quand: local day and hour.
        raisons: why it is not the exact day, in French; empty when it is.
        avec_un_autre: the same worker will not be there any more: name a colleague, and tell the person before.
    """

    quand: datetime
    raisons: tuple[str, ...] = ()
    avec_un_autre: bool = False


def proposer(
    *,
    premier: datetime,
    rang: int,
    a: datetime,
    departement: str = "",
    absences: Callable[[date], bool] = lambda jour: False,
    fin_de_mission: date | None = None,
) -> Proposition:
    """Return when the second or third meeting should be held.

    Months are counted from the first meeting, at the same hour on the wall: 30 November and three months give the
    last day of February. A closed day, a public holiday or an absence leads to the next open day.

    Args:
        premier: the first meeting, aware.
        rang: 2 (three months) or 3 (six months).
        a: now: the proposal is never past.
        departement: for the holidays that only some keep.
        absences: tells whether the worker is away on a day.
        fin_de_mission: last day of the worker's mission; ``None`` when open.

    Raises:
        KeyError: no such rank.
    """
    voulu = _reel(plus_tard(premier, mois=reglages().mois[rang]))
    demain = _reel(a.astimezone(PARIS) + timedelta(days=1))
    raisons = []
    if voulu < demain:
        raisons.append(f"le {voulu:%d/%m/%Y} est passé")
        voulu = _reel(datetime.combine(demain.date(), voulu.timetz()))
    quand = voulu
    for _ in range(AU_PLUS):
        ferme = pourquoi_ferme(quand.date(), departement=departement)
        if not ferme and absences(quand.date()):
            ferme = f"le {quand:%d/%m/%Y} tombe pendant une absence"
        if not ferme:
            break
        raisons.append(ferme)
        quand = _reel(quand + timedelta(days=1))
    partie = fin_de_mission is not None and quand.date() > fin_de_mission
    if partie:
        raisons.append(f"la mission se termine le {fin_de_mission:%d/%m/%Y}")
    return Proposition(quand, tuple(raisons), avec_un_autre=partie)


def heure_d_accueil(quand: datetime) -> datetime:
    """Return the same day at an hour one would say aloud: the half hour, or the usual one out of reception hours.

    Args:
        quand: local.
    """
    ouverture, fermeture = reglages().accueil
    ronde = quand.replace(minute=quand.minute // 30 * 30, second=0, microsecond=0)
    if ouverture <= ronde.time() < fermeture:
        return ronde
    return ronde.replace(hour=reglages().heure.hour, minute=reglages().heure.minute)


def pourquoi_ferme(jour: date, *, departement: str = "") -> str:
    """Say in French why nobody receives on a day: weekend or public holiday; empty when one does.

    Args:
        jour: local day.
        departement: code; some keep holidays of their own.
    """
    if jour in feries(jour.year, departement):
        return f"le {jour:%d/%m/%Y} est férié"
    if jour.weekday() in reglages().jours_fermes:
        return f"le {jour:%d/%m/%Y} est un {JOURS[jour.weekday()]}"
    return ""


def a_replacer(*, jour: date, debut: date | None, fin: date | None) -> bool:
    """Tell whether a meeting is planned with somebody who will not be there: no mission, or one that ends before.

    Args:
        jour: of the meeting.
        debut, fin: of the worker's last mission in the structure; ``debut`` is ``None`` when there is none.
    """
    return debut is None or jour < debut or (fin is not None and fin < jour)


class Rencontres(StrEnum):
    """What some meetings with one person amount to."""

    ACCUEIL = "ACCUEIL"
    A_DECIDER = "A_DECIDER"
    ACCOMPAGNEMENT = "ACCOMPAGNEMENT"


def genre_des_rencontres(*, rencontres: int, offre_acceptee: bool) -> Rencontres:
    """Say how meetings count: two or three are welcome, never an accompaniment (S4).

    An accompaniment begins with an offer that the person accepted, and with nothing else; past three meetings without
    one, it is to be decided with her, and is still counted as welcome.

    Args:
        rencontres: how many, the current one included.
        offre_acceptee: she accepted an offer of support (a référent is named).
    """
    if offre_acceptee:
        return Rencontres.ACCOMPAGNEMENT
    if rencontres > reglages().rencontres_au_plus:
        return Rencontres.A_DECIDER
    return Rencontres.ACCUEIL


def c_est_le_moment_de_decider(*, rencontres: int, offre_acceptee: bool) -> bool:
    """Tell whether the screen asks: accompaniment, relay or close — from the third meeting on (S4)."""
    return not offre_acceptee and rencontres >= reglages().rencontres_au_plus


def _reel(quand: datetime) -> datetime:
    """Return a moment that exists: an hour skipped in March becomes the next one."""
    return quand.astimezone(UTC).astimezone(PARIS)
