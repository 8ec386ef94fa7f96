"""Why an appointment already taken can no longer be held: nothing moves alone, somebody tells the person (T11)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from premier_accueil.agenda.regles.plages import Plage
from premier_accueil.agenda.regles.vocabulaire import GenreDException


class Motif(StrEnum):
    """Why an appointment must be moved."""

    PARTI = "PARTI"
    FINIE = "FINIE"
    LIEU_FERME = "LIEU_FERME"
    JOUR_FERME = "JOUR_FERME"


MOTIFS = [
    (Motif.PARTI, "qui devait recevoir n'est plus là"),
    (Motif.FINIE, "la plage s'arrête avant ce jour"),
    (Motif.LIEU_FERME, "le lieu est fermé ce jour-là"),
    (Motif.JOUR_FERME, "on ne reçoit pas ce jour-là"),
]


def pourquoi_deplacer(plage: Plage | None, jour: date) -> Motif | None:
    """Return why nobody receives on a day under a rule; ``None`` when one does.

    Args:
        plage: the rule as it stands now; ``None`` when its worker has left.
        jour: local day of the appointment.
    """
    if plage is None:
        return Motif.PARTI
    if any(e.genre is GenreDException.EN_PLUS and e.du == jour for e in plage.exceptions):
        return None
    if plage.fin is not None and jour > plage.fin:
        return Motif.FINIE
    if jour in plage.fermes:
        return Motif.LIEU_FERME
    ferme = any(e.genre is GenreDException.FERME and e.du <= jour <= e.au for e in plage.exceptions)
    return Motif.JOUR_FERME if ferme else None
