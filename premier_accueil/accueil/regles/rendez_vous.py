"""Somebody comes to her appointment: does she take a place in a queue, in which one, and since when does she wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from premier_accueil.accueil.regles.file import Etape


def prend_place(
    *, file_ouverte_aux_rendez_vous: bool, au_guichet: bool, recoit_elle_meme: bool, du_jour: bool
) -> bool:
    """Tell whether who comes to an appointment gets a number; else only her coming is noted.

    Args:
        file_ouverte_aux_rendez_vous: what the structure chose.
        au_guichet: she comes to a place where the structure receives; nobody waits on the telephone.
        recoit_elle_meme: who notes it is who receives: they already face each other.
        du_jour: the appointment is today; another day's coming is written afterwards, and nobody waits any more.
    """
    return file_ouverte_aux_rendez_vous and au_guichet and not recoit_elle_meme and du_jour


def etape_du_rendez_vous(*, s_entretient: bool, etapes: Sequence[Etape]) -> Etape:
    """Return the queue of the worker she comes to see; the first one where the structure has no other.

    Args:
        s_entretient: this worker holds interviews, or nobody is named.
        etapes: the queues of the structure, the first one first.
    """
    voulue = Etape.TRAVAIL_SOCIAL if s_entretient else Etape.ACCUEIL
    return voulue if voulue in etapes else etapes[0]


def debut_de_l_attente(arrive_le: datetime, rendez_vous_le: datetime | None) -> datetime:
    """Return since when somebody waits: from the appointed hour when she came early, else from her arrival.

    Coming early is her choice, and the service owes nothing before the hour it gave; coming late, she waits from her
    arrival, as anybody does.
    """
    return arrive_le if rendez_vous_le is None else max(arrive_le, rendez_vous_le)
