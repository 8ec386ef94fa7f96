"""The clock of a démarche: when silence falls, until when one may contest. Days in, days out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from premier_accueil.annuaire.regles.horaires import feries
from premier_accueil.entretien.regles.demarches.etats import GenreDEcheance
from premier_accueil.entretien.regles.demarches.procedures import Depart, Sens, Silence, Voie
from premier_accueil.socle.calendrier import PARIS, plus_tard

SAMEDI = 5


@dataclass(frozen=True)
class Horloge:
    """The days that move the clock.

    Attributes:
        recue_le: received by the first administration.
        competente_le: received by the right one; ``None`` when it is the first.
        pieces_indispensables: whether the missing papers are required by a text and indispensable; otherwise they
            change nothing (CRPA L.114-5-1).
        pieces_pour_le: end of the delay given to bring them.
    """

    recue_le: date | None
    competente_le: date | None = None
    pieces_indispensables: bool = False
    pieces_demandees_le: date | None = None
    pieces_pour_le: date | None = None
    pieces_remises_le: date | None = None


@dataclass(frozen=True)
class Echeance:
    """The next date of a démarche."""

    genre: GenreDEcheance
    jour: date


def jour_plus_tard(jour: date, *, mois: int = 0, jours: int = 0) -> date:
    """Return the same day some months later, the last day of a shorter month, then some days later (T11)."""
    return plus_tard(datetime.combine(jour, time(12), PARIS), mois=mois).date() + timedelta(days=jours)


def echeance_du_silence(horloge: Horloge, silence: Silence) -> date | None:
    """Return the day on which silence becomes what the text says; ``None`` while the clock has not started.

    A rejection counts from the first administration and is only suspended by indispensable papers, for the delay
    given at most; an acceptance counts from the right administration, and from the papers when some are indispensable
    (CRPA L.114-3 and L.114-5). No text carries this day over a weekend.

    Args:
        horloge: the days known so far.
        silence: what the text says.
    """
    h = horloge
    if h.recue_le is None:
        return None
    rejette = silence.sens is Sens.REJET and silence.depart is Depart.DEPOT
    attend = silence.sens is Sens.SANS_EFFET
    depart = h.recue_le if rejette else h.competente_le or h.recue_le
    fin = jour_plus_tard(depart, mois=silence.mois, jours=silence.jours)
    demandees = h.pieces_demandees_le
    # Asked for after the decision was born, papers move nothing.
    if not h.pieces_indispensables or demandees is None or demandees >= fin or attend:
        return fin
    if not rejette:
        remises = h.pieces_remises_le
        return jour_plus_tard(max(depart, remises), mois=silence.mois, jours=silence.jours) if remises else None
    reprise = min((d for d in (h.pieces_remises_le, h.pieces_pour_le) if d), default=demandees)
    return fin + max(reprise - demandees, timedelta(0))


def limite_du_recours(depart: date, voie: Voie) -> date:
    """Return the last day to contest.

    Before a civil court a delay that ends on a Saturday, a Sunday or a public holiday goes to the next working day
    (CPC 642). Elsewhere the nearest date is kept, never a later one: the day that administrative judges add (délai
    franc) is left as a margin.

    Args:
        depart: day of the notification, or of the silence.
        voie: before whom.
    """
    jour = jour_plus_tard(depart, mois=voie.mois, jours=voie.jours)
    while voie.report and (jour.weekday() >= SAMEDI or jour in feries(jour.year)):
        jour += timedelta(days=1)
    return jour
