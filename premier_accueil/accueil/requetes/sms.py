"""May a paper leave by SMS: what its page offers, or why it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from premier_accueil.accueil.models import BulletinDePieces, FeuilleDeRoute
from premier_accueil.accueil.regles.sms import refus_du_sms
from premier_accueil.agenda.regles import AJoindre, ModeDeRappel, Suite, suite
from premier_accueil.agenda.requetes import a_joindre
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.envoi import Canal, envoi_possible

A_TAPER = "…"


@dataclass(frozen=True)
class EnvoiParSms:
    """What the page offers.

    Attributes:
        possible: messages really leave this installation; else only the text to copy is shown.
        connue: a file is attached: its contact rule decides, and no number is typed.
        refus: why nothing may leave to her now; empty when it may.
        envoye_le: the last time it left.
    """

    possible: bool
    connue: bool
    refus: str
    envoye_le: datetime | None


def envoi_du_bulletin(bulletin_id: int, a: datetime) -> EnvoiParSms:
    """Return how a slip that one already sees may leave by SMS; at most three queries, and no number comes out."""
    return _envoi(*BulletinDePieces.objects.values_list("passage__personne_id", "sms_le").get(pk=bulletin_id), a)


def envoi_de_la_feuille(passage_id: int, a: datetime) -> EnvoiParSms:
    """Return how a sheet that one already sees may leave by SMS; at most three queries, and no number comes out."""
    feuilles = FeuilleDeRoute.objects.values_list("passage__personne_id", "sms_le")
    return _envoi(*feuilles.get(passage_id=passage_id), a)


def _envoi(personne_id: int | None, envoye_le: datetime | None, a: datetime) -> EnvoiParSms:
    if not envoi_possible(Canal.SMS):
        return EnvoiParSms(False, personne_id is not None, "", envoye_le)
    # Without a file, the number is typed after: only the hour may refuse now.
    _, refus = verdict_du_sms(personne_id, "" if personne_id else A_TAPER, a)
    return EnvoiParSms(True, personne_id is not None, refus, envoye_le)


def verdict_du_sms(personne_id: int | None, numero: str, a: datetime) -> tuple[str, str]:
    """Return the number to write to, and why nothing may leave (empty when it may).

    Args:
        personne_id: whose file is attached: only her contact rule counts then (T3, T20).
        numero: typed for this sending, when nobody's file is.
        a: now.
    """
    p = Personne.objects.select_related("regle_de_contact").get(pk=personne_id) if personne_id else None
    qui: AJoindre = a_joindre(p, ModeDeRappel.SMS, numero)
    verdict, vers = suite(qui, a) if envoi_possible(Canal.SMS) else (Suite.IMPOSSIBLE, "")
    return vers, refus_du_sms(verdict, qui)
