"""May a reminder leave, by which way, with which words. When in doubt nothing leaves and a person calls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from premier_accueil.agenda.regles.reglages import reglages
from premier_accueil.agenda.regles.vocabulaire import JOURS, ModeDeRappel
from premier_accueil.socle.calendrier import PARIS
from premier_accueil.socle.texte import cle

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
MATIN, APRES_MIDI = (time(8), time(12)), (time(14), time(18))


class Suite(StrEnum):
    """What becomes of a reminder."""

    ENVOYE = "ENVOYE"
    ATTEND = "ATTEND"
    SILENCE = "SILENCE"
    PROTEGEE = "PROTEGEE"
    SANS_REGLE = "SANS_REGLE"
    HEURES = "HEURES"
    IMPOSSIBLE = "IMPOSSIBLE"


SUITES = [
    (Suite.ENVOYE, "rappel envoyé"),
    (Suite.ATTEND, "plus tard, aux heures permises"),
    (Suite.SILENCE, "on ne lui écrit plus"),
    (Suite.PROTEGEE, "adresse protégée : pas de rappel automatique"),
    (Suite.SANS_REGLE, "elle n'a pas dit comment la joindre par ce moyen"),
    (Suite.HEURES, "ses heures sont écrites avec des mots : à appeler vous-même"),
    (Suite.IMPOSSIBLE, "le numéro ou l'adresse ne marche pas"),
]


@dataclass(frozen=True)
class AJoindre:
    """How somebody may be reached, as she said it.

    Attributes:
        mode: what she chose for this appointment.
        joindre: number or address given for this appointment, when nobody's file is attached.
        connue: a file is attached: only her contact rule counts.
        silence: nothing is sent by itself any more (T20).
        protegee: her address is protected: no e-mail, and her safe number only.
    """

    mode: ModeDeRappel
    joindre: str = ""
    connue: bool = False
    silence: bool = False
    protegee: bool = False
    numero: str = ""
    sms: bool = False
    courriel: str = ""
    heures: str = ""


def suite(qui: AJoindre, a: datetime) -> tuple[Suite, str]:
    """Return what to do now, and the number or address to write to when it leaves.

    Args:
        qui: how she may be reached.
        a: now; nothing leaves outside the hours of ``donnees/agenda.yaml``, nor outside hers.
    """
    if qui.silence:
        return Suite.SILENCE, ""
    if qui.protegee and qui.mode is ModeDeRappel.COURRIEL:
        return Suite.PROTEGEE, ""
    vers = qui.joindre
    if qui.connue:
        vers = qui.courriel if qui.mode is ModeDeRappel.COURRIEL else qui.numero if qui.sms else ""
    if not vers or qui.mode is ModeDeRappel.AUCUN:
        return Suite.SANS_REGLE, ""
    fenetre = heures_dites(qui.heures)
    if fenetre is None:
        return Suite.HEURES, ""
    la = a.astimezone(PARIS).time()
    r = reglages()
    permis = max(fenetre[0], time(r.rappel_de)) <= la < min(fenetre[1], time(r.rappel_a))
    return (Suite.ENVOYE, vers) if permis else (Suite.ATTEND, "")


def heures_dites(texte: str) -> tuple[time, time] | None:
    """Return the hours that somebody wrote with her words; ``None`` when a machine cannot be sure.

    >>> heures_dites("entre 9h30 et 12 h")
    (datetime.time(9, 30), datetime.time(12, 0))
    >>> heures_dites("quand mon mari n'est pas là") is None
    True
    """
    dit = cle(texte)
    if not dit:
        return time.min, time.max
    if dit in {"matin", "le matin"}:
        return MATIN
    if dit in {"apres midi", "l apres midi"}:
        return APRES_MIDI
    trouve = re.fullmatch(
        r"(?:entre |de )?(\d{1,2}) ?(?:h|heures?) ?(\d{2})? ?(?:et|a|)? ?(\d{1,2}) ?(?:h|heures?) ?(\d{2})?", dit
    )
    if trouve is None:
        return None
    de_h, de_m, a_h, a_m = (int(n or 0) for n in trouve.groups())
    if de_h > 23 or a_h > 23 or de_m > 59 or a_m > 59 or (de_h, de_m) >= (a_h, a_m):
        return None
    return time(de_h, de_m), time(a_h, a_m)


def date_en_mots(quand: datetime) -> str:
    """Return a day and an hour as one says them: « lundi 23 novembre à 10 h », « … à 9 h 05 »."""
    la = quand.astimezone(PARIS)
    jour = "1er" if la.day == 1 else str(la.day)
    minutes = f" {la.minute:02}" if la.minute else ""
    return f"{JOURS[la.weekday()][1]} {jour} {MOIS[la.month - 1]} à {la.hour} h{minutes}"


def texte_du_rappel(debut: datetime, telephone: str) -> str:
    """Return the neutral words of a reminder: no name, no place, no reason (T22).

    >>> from datetime import UTC
    >>> texte_du_rappel(datetime(2026, 11, 25, 9, tzinfo=UTC), "02 61 91 00 01")
    'Rendez-vous le mercredi 25 novembre à 10 h. Pour déplacer : 02 61 91 00 01.'
    """
    suite_ = f" Pour déplacer : {telephone}." if telephone else ""
    return f"Rendez-vous le {date_en_mots(debut)}.{suite_}"
