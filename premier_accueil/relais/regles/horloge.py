"""When somebody must have acted: working days of the place, from the state alone. Pure: the present is handed down."""

from __future__ import annotations

from datetime import datetime, timedelta

from premier_accueil.annuaire.regles.horaires import feries
from premier_accueil.relais.regles.etats import ETATS, EtatDeRelais
from premier_accueil.relais.regles.reglages import reglages
from premier_accueil.socle.calendrier import PARIS

SAMEDI = 5


def jours_ouvres_apres(depart: datetime, jours: int, departement: str = "") -> datetime:
    """Return the same hour on the wall, some working days later (code du travail, L.3133-1 for the holidays).

    Args:
        depart: aware.
        jours: working days, Saturdays, Sundays and public holidays left out.
        departement: for the holidays that only some keep.
    """
    quand = depart.astimezone(PARIS)
    while jours > 0:
        quand += timedelta(days=1)
        ouvre = quand.weekday() < SAMEDI and quand.date() not in feries(quand.year, departement)
        jours -= ouvre
    return quand


def jours_ouvres_entre(debut: datetime, fin: datetime, departement: str = "") -> int:
    """Return how many working days passed from one instant to another, the first day left out; 0 the same day."""
    jour, dernier, compte = debut.astimezone(PARIS).date(), fin.astimezone(PARIS).date(), 0
    while jour < dernier:
        jour += timedelta(days=1)
        compte += jour.weekday() < SAMEDI and jour not in feries(jour.year, departement)
    return compte


def echeance(
    etat: EtatDeRelais, *, a: datetime, envoye_le: datetime | None = None, rendez_vous: datetime | None = None,
    reponse_jours: int | None = None, departement: str = "",
) -> datetime | None:  # fmt: skip
    """Return by when who must act has to have acted; ``None`` when the clock is stopped.

    Args:
        etat: the state just reached.
        a: when it was reached.
        envoye_le: when it left; the alert counts from there, whatever the reminder (T12).
        rendez_vous: the appointment given, when there is one.
        reponse_jours: the delay of answer that a convention agreed; ``None``: the network's.
        departement: of the recipient.
    """
    regle, delais = ETATS[etat], reglages().delais
    if not regle.delai:
        return None
    jours, depuis = delais[regle.delai], a
    if etat is EtatDeRelais.ENVOYE and reponse_jours is not None:
        jours = reponse_jours
    if etat is EtatDeRelais.RELANCE:
        depuis = envoye_le or a
        # A convention that leaves more than a week to answer moves the alert too: never before the reminder itself.
        jours = max(jours, (reponse_jours or 0) + delais["alerte"] - delais["reponse"])
    if regle.depuis_le_rendez_vous and rendez_vous is not None:
        depuis = max(rendez_vous, a)
    return max(jours_ouvres_apres(depuis, jours, departement), a)
