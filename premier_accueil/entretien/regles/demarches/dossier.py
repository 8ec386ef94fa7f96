"""What each gesture changes in a démarche: the file comes in whole, goes out whole; undoing puts the old one back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from premier_accueil.entretien.regles.demarches.etats import (
    CONTESTABLES,
    ECRITES,
    GESTES_DE_DEMARCHE,
    Cloture,
    Decision,
    EtatDeDemarche,
    GenreDEcheance,
)
from premier_accueil.entretien.regles.demarches.horloge import (
    Echeance,
    Horloge,
    echeance_du_silence,
    jour_plus_tard,
    limite_du_recours,
)
from premier_accueil.entretien.regles.demarches.procedures import PROCEDURES, VOIES, Sens, regles

E, D, G = EtatDeDemarche, Decision, GenreDEcheance


class GesteRefuse(ValueError):
    """Something must be corrected before the gesture; ``champ`` names the field. Nothing was recorded."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(message)
        self.champ = champ


@dataclass(frozen=True)
class Saisie:
    """What a gesture says; each takes what it needs and leaves the rest."""

    jour: date | None = None
    aupres: str = ""
    reference: str = ""
    pieces: str = ""
    indispensables: bool = False
    pour_le: date | None = None
    prevenue: bool = False
    decision: str = ""
    voie: str = ""
    cloture: str = ""


@dataclass(frozen=True)
class Dossier:
    """A démarche as its rules see it; the table has the same columns."""

    procedure: str
    etat: str = E.A_DEPOSER
    aupres: str = ""
    deposee_le: date | None = None
    recue_le: date | None = None
    reference: str = ""
    accuse_le: date | None = None
    competente: str = ""
    competente_le: date | None = None
    prevenue: bool = False
    pieces: str = ""
    pieces_indispensables: bool = False
    pieces_demandees_le: date | None = None
    pieces_pour_le: date | None = None
    pieces_remises_le: date | None = None
    decision: str = ""
    decidee_le: date | None = None
    voie: str = ""
    recours_le: date | None = None
    rang: int = 0
    cloture: str = ""

    @property
    def horloge(self) -> Horloge:
        """Return the days that move the clock."""
        return Horloge(
            self.recue_le, self.competente_le, self.pieces_indispensables, self.pieces_demandees_le,
            self.pieces_pour_le, self.pieces_remises_le,
        )  # fmt: skip

    @property
    def silence_le(self) -> date | None:
        """Return when silence falls on what is under examination now: the request, or the way of contesting."""
        if self.recours_le and self.etat == E.RECOURS:
            mois = VOIES[self.voie].silence_mois
            return jour_plus_tard(self.recours_le, mois=mois) if mois else None
        return echeance_du_silence(self.horloge, PROCEDURES[self.procedure].silence)

    @property
    def contestable(self) -> bool:
        """Tell whether what was decided may be contested."""
        return self.decision in CONTESTABLES and bool(PROCEDURES[self.procedure].voies(self.rang))

    @property
    def dernier_fait(self) -> date:
        """Return the day before which nothing more can happen."""
        jours = (
            self.deposee_le, self.recue_le, self.competente_le, self.pieces_demandees_le, self.pieces_remises_le,
            self.recours_le,
        )  # fmt: skip
        return max((j for j in jours if j), default=date.min)


def echeance(d: Dossier) -> Echeance | None:
    """Return the next date of a démarche, and what it means; ``None`` when nothing is awaited.

    Passing it ends nothing: somebody looks, then acts (T11).
    """
    if d.etat in {E.CLOSE, E.A_DEPOSER}:
        return None
    if d.etat in {E.DECIDEE, E.SILENCE}:
        if not d.contestable or d.decidee_le is None:
            return None
        voie = PROCEDURES[d.procedure].voies(d.rang)[0]
        return Echeance(G.RECOURS, limite_du_recours(d.decidee_le, voie))
    silence = d.silence_le
    if d.etat == E.PIECES_DEMANDEES and d.pieces_pour_le and (silence is None or d.pieces_pour_le <= silence):
        return Echeance(G.PIECES, d.pieces_pour_le)
    if silence is None:
        return None
    attendue = d.etat != E.RECOURS and PROCEDURES[d.procedure].silence.sens is Sens.SANS_EFFET
    return Echeance(G.REPONSE if attendue else G.SILENCE, silence)


def apres(geste: str, d: Dossier, s: Saisie, aujourd_hui: date) -> Dossier:
    """Return the démarche after a gesture.

    Args:
        geste: a key of ``GESTES_DE_DEMARCHE``.
        d: as it stands.
        s: what is said of the gesture; without a day, today.
        aujourd_hui: the local day.

    Raises:
        GesteRefuse: the state does not allow it, or something must be corrected.
        KeyError: no such gesture.
    """
    regle = GESTES_DE_DEMARCHE[geste]
    if d.etat not in regle.depuis:
        raise GesteRefuse("", "Cette démarche a avancé entre-temps : ce geste n'est plus possible. Relisez-la.")
    jour = s.jour or aujourd_hui
    if jour > aujourd_hui:
        raise GesteRefuse("jour", "Cette date est dans le futur. Écrivez le jour où cela s'est passé.")
    # A decision born of silence is dated by the text, a late written answer may follow it: the request alone bounds it.
    if geste not in {"clore", "constater_le_silence"} and jour < d.dernier_fait:
        raise GesteRefuse("jour", "Cette date est avant ce qui est déjà noté. Vérifiez-la.")
    return replace(_EFFETS[geste](d, s, jour), etat=regle.vers)


def _deposer(d: Dossier, s: Saisie, jour: date) -> Dossier:
    if not s.aupres:
        raise GesteRefuse("aupres", "Écrivez auprès de qui elle est déposée.")
    return replace(d, aupres=s.aupres, reference=s.reference, deposee_le=jour, recue_le=jour)


def _accuser(d: Dossier, s: Saisie, jour: date) -> Dossier:
    # The receipt bears the day on which the request was received: by the right service once it was forwarded.
    d = replace(d, accuse_le=jour, reference=s.reference or d.reference)
    return replace(d, competente_le=jour) if d.competente_le else replace(d, recue_le=jour)


def _demander_des_pieces(d: Dossier, s: Saisie, jour: date) -> Dossier:
    if not s.pieces:
        raise GesteRefuse("pieces", "Écrivez les pièces demandées.")
    pour_le = s.pour_le or jour + timedelta(days=regles.duree_des_pieces_jours)
    if pour_le < jour:
        raise GesteRefuse("pour_le", "Le délai finit avant d'avoir commencé. Vérifiez cette date.")
    return replace(
        d, pieces=s.pieces, pieces_indispensables=s.indispensables, pieces_demandees_le=jour, pieces_pour_le=pour_le,
        pieces_remises_le=None,
    )  # fmt: skip


def _remettre_les_pieces(d: Dossier, s: Saisie, jour: date) -> Dossier:
    return replace(d, pieces_remises_le=jour)


def _transmettre(d: Dossier, s: Saisie, jour: date) -> Dossier:
    if not s.aupres:
        raise GesteRefuse("aupres", "Écrivez à quel service elle est transmise.")
    return replace(d, competente=s.aupres, competente_le=jour, prevenue=s.prevenue)


def _decider(d: Dossier, s: Saisie, jour: date) -> Dossier:
    if s.decision not in ECRITES:
        raise GesteRefuse("decision", "Dites ce qui est décidé.")
    return replace(d, decision=s.decision, decidee_le=jour)


def _constater_le_silence(d: Dossier, s: Saisie, jour: date) -> Dossier:
    tombe = d.silence_le
    if tombe is None:
        raise GesteRefuse("", "Le délai ne court pas : aucun silence ne peut être constaté pour le moment.")
    if jour < tombe:
        raise GesteRefuse("jour", "L'administration a encore du temps pour répondre : le silence n'a pas encore parlé.")
    sens = Sens.REJET if d.etat == E.RECOURS else PROCEDURES[d.procedure].silence.sens
    return replace(d, decision=D(f"SILENCE_{sens}"), decidee_le=tombe)


def _contester(d: Dossier, s: Saisie, jour: date) -> Dossier:
    voies = PROCEDURES[d.procedure].voies(d.rang)
    if not d.contestable:
        raise GesteRefuse("", "Rien ici ne se conteste : aucune décision défavorable n'est notée, ou aucune voie.")
    choisie = next((v for v in voies if v.code == s.voie), voies[0] if len(voies) == 1 and not s.voie else None)
    if choisie is None:
        raise GesteRefuse("voie", "Dites auprès de qui la décision est contestée.")
    rang = PROCEDURES[d.procedure].recours.index(choisie) + 1
    return replace(d, voie=choisie.code, recours_le=jour, rang=rang)


def _clore(d: Dossier, s: Saisie, jour: date) -> Dossier:
    if s.cloture not in set(Cloture):
        raise GesteRefuse("cloture", "Dites pourquoi elle est close.")
    return replace(d, cloture=s.cloture)


_EFFETS: dict[str, Callable[[Dossier, Saisie, date], Dossier]] = {
    "deposer": _deposer, "accuser": _accuser, "demander_des_pieces": _demander_des_pieces,
    "remettre_les_pieces": _remettre_les_pieces, "transmettre": _transmettre, "decider": _decider,
    "constater_le_silence": _constater_le_silence, "contester": _contester, "clore": _clore,
}  # fmt: skip
