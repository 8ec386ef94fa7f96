"""The clock of a démarche in plain French. It never says that a person has a right, nor that she has not (T14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from premier_accueil.entretien.regles.demarches.dossier import Dossier, echeance
from premier_accueil.entretien.regles.demarches.etats import EtatDeDemarche, GenreDEcheance
from premier_accueil.entretien.regles.demarches.horloge import limite_du_recours
from premier_accueil.entretien.regles.demarches.procedures import PROCEDURES, VOIES, GenreDeVoie, Sens
from premier_accueil.personnes.regles.naissance import MOIS

E = EtatDeDemarche
CE_QUE_C_EST = {
    Sens.REJET: "c'est un refus",
    Sens.ACCEPTATION: "la demande est considérée comme acceptée",
    Sens.FORFAIT: "la demande est considérée comme accordée, au montant forfaitaire",
}


def le(jour: date) -> str:
    """Write a day.

    >>> le(date(2027, 3, 1))
    '1er mars 2027'
    """
    return f"{'1er' if jour.day == 1 else jour.day} {MOIS[jour.month - 1]} {jour.year}"


@dataclass(frozen=True)
class Qui:
    """Who the sentences speak of, with her verb: she had, she has, she will have."""

    avait: str
    a: str
    aura: str


ELLE = Qui("La personne avait", "La personne a", "La personne aura alors")
VOUS = Qui("Vous aviez", "Vous avez", "Vous aurez alors")


def expliquer(d: Dossier, aujourd_hui: date, qui: Qui = ELLE) -> tuple[str, ...]:
    """Return what the dates of a démarche mean, sentence by sentence.

    Args:
        d: the démarche.
        aujourd_hui: the local day.
        qui: ``ELLE`` for who follows it, ``VOUS`` for the person herself.
    """
    if d.etat == E.A_DEPOSER:
        return ("Elle n'est pas encore déposée : aucun délai ne court.",)
    if d.etat == E.CLOSE:
        return ("Elle est close.",)
    if d.etat in {E.DECIDEE, E.SILENCE}:
        return _de_la_decision(d, aujourd_hui, qui)
    if d.etat == E.RECOURS:
        return _du_recours(d, aujourd_hui)
    return (*_du_silence(d, aujourd_hui, qui), *_des_pieces(d))


def _du_silence(d: Dossier, aujourd_hui: date, qui: Qui) -> tuple[str, ...]:
    silence, tombe = PROCEDURES[d.procedure].silence, d.silence_le
    if tombe is None:
        return ("Le délai partira quand les pièces indispensables seront remises.",)
    if silence.sens is Sens.SANS_EFFET:
        verbe = "était" if tombe < aujourd_hui else "est"
        return (f"Une réponse {verbe} attendue pour le {le(tombe)}.", "Le silence ne décide rien ici : relancez.")
    sens = CE_QUE_C_EST[silence.sens]
    debut = f"Sans réponse depuis le {le(tombe)}" if tombe <= aujourd_hui else f"Sans réponse le {le(tombe)}"
    if silence.sens is Sens.ACCEPTATION:
        return (f"{debut}, {sens}.", "Demandez alors une attestation écrite (CRPA, L.232-3).")
    voies = PROCEDURES[d.procedure].voies(d.rang)
    if not voies:
        return (f"{debut}, {sens}.",)
    limite = limite_du_recours(tombe, voies[0])
    verbe = qui.a if tombe <= aujourd_hui else qui.aura
    return (
        f"{debut}, {sens}.",
        f"{verbe} jusqu'au {le(limite)} pour contester, auprès de : {voies[0].aupres}.",
    )


def _des_pieces(d: Dossier) -> tuple[str, ...]:
    if d.etat != E.PIECES_DEMANDEES or d.pieces_pour_le is None:
        return ()
    effet = (
        "Elles sont indispensables : le délai attend, au plus tard jusqu'à cette date pour un refus."
        if d.pieces_indispensables
        else "L'examen continue pendant ce temps (CRPA, L.114-5-1)."
    )
    return (f"Les pièces sont attendues pour le {le(d.pieces_pour_le)}. {effet}",)


def _de_la_decision(d: Dossier, aujourd_hui: date, qui: Qui) -> tuple[str, ...]:
    suivante = echeance(d)
    if suivante is None or suivante.genre is not GenreDEcheance.RECOURS or d.decidee_le is None:
        return ()
    voie = PROCEDURES[d.procedure].voies(d.rang)[0]
    passee = suivante.jour < aujourd_hui
    verbe = qui.avait if passee else qui.a
    phrases = [f"{verbe} jusqu'au {le(suivante.jour)} pour contester, auprès de : {voie.aupres}."]
    if voie.genre is GenreDeVoie.RAPO:
        phrases.append("Ce recours est obligatoire avant d'aller devant le juge.")
    if passee or d.accuse_le is None:
        phrases.append(
            "Si rien d'écrit ne disait comment contester, ce délai peut ne pas compter (CRPA, L.112-6 ; CJA, R.421-5) :"
            " demandez conseil vite."
        )
    return tuple(phrases)


def _du_recours(d: Dossier, aujourd_hui: date) -> tuple[str, ...]:
    voie, tombe = VOIES[d.voie], d.silence_le
    if tombe is None:
        return (f"La décision est contestée auprès de : {voie.aupres}. Aucune date ne vaut réponse.",)
    suite = PROCEDURES[d.procedure].voies(d.rang)
    debut = "Sans réponse depuis le" if tombe <= aujourd_hui else "Sans réponse le"
    phrase = f"{debut} {le(tombe)}, le recours est rejeté."
    if not suite:
        return (phrase,)
    limite = limite_du_recours(tombe, suite[0])
    return (phrase, f"Il reste alors jusqu'au {le(limite)} pour saisir : {suite[0].aupres}.")
