"""The relay as a table: who may do what, from which state; who must act next, by when; what the person is told.

One table for the actions, the buttons, the work lists and the page of the guide. Silence is a state (T12).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from premier_accueil.socle.etats import Transition


class EtatDeRelais(StrEnum):
    """Where a relay stands."""

    BROUILLON = "BROUILLON"
    ACCORD_DONNE = "ACCORD_DONNE"
    ENVOYE = "ENVOYE"
    RELANCE = "RELANCE"
    SANS_REPONSE = "SANS_REPONSE"
    AUTRE_DATE = "AUTRE_DATE"
    ACCEPTE = "ACCEPTE"
    REFUSE = "REFUSE"
    NON_VENU = "NON_VENU"
    RENCONTRE = "RENCONTRE"
    ISSUE = "ISSUE"
    CLOS = "CLOS"
    ANNULE = "ANNULE"
    RETIRE = "RETIRE"
    REBONDI = "REBONDI"


class Partie(StrEnum):
    """Who makes a gesture."""

    EXPEDITEUR = "EXPEDITEUR"
    DESTINATAIRE = "DESTINATAIRE"
    PERSONNE = "PERSONNE"
    HORLOGE = "HORLOGE"


PARTIES = {
    Partie.EXPEDITEUR: "qui envoie",
    Partie.DESTINATAIRE: "qui reçoit",
    Partie.PERSONNE: "la personne",
    Partie.HORLOGE: "le rappel automatique",
}


@dataclass(frozen=True)
class Etat:
    """A state.

    Attributes:
        libelle: French words of the lists.
        agit: who must act next; ``None`` when nobody has to any more.
        attend: what is waited from them.
        delai: name of the delay (``donnees/relais.yaml``); empty: the clock is stopped.
        depuis_le_rendez_vous: the delay runs from the appointment, when there is one.
    """

    libelle: str
    agit: Partie | None
    attend: str = ""
    delai: str = ""
    depuis_le_rendez_vous: bool = False


_E, _P = EtatDeRelais, Partie
ETATS: Mapping[EtatDeRelais, Etat] = {
    _E.BROUILLON: Etat("à finir", _P.EXPEDITEUR, "demander l'accord de la personne", "envoi"),
    _E.ACCORD_DONNE: Etat("accord donné, à envoyer", _P.EXPEDITEUR, "envoyer", "envoi"),
    _E.ENVOYE: Etat("envoyé", _P.DESTINATAIRE, "répondre", "reponse"),
    _E.RELANCE: Etat("envoyé, relancé", _P.DESTINATAIRE, "répondre", "alerte"),
    _E.SANS_REPONSE: Etat("sans réponse", _P.EXPEDITEUR, "appeler, ou passer à un autre service", "insistance"),
    _E.AUTRE_DATE: Etat("autre date proposée", _P.EXPEDITEUR, "demander à la personne si la date lui va", "autre_date"),
    _E.ACCEPTE: Etat("accepté", _P.DESTINATAIRE, "recevoir la personne et dire si elle est venue", "rencontre", True),
    _E.REFUSE: Etat("refusé", _P.EXPEDITEUR, "proposer autre chose à la personne", "rebond"),
    _E.NON_VENU: Etat("pas venue", _P.EXPEDITEUR, "rappeler la personne, une fois, comme elle l'a choisi", "rappel"),
    _E.RENCONTRE: Etat("rencontrée", _P.DESTINATAIRE, "dire ce qui a été fait", "compte_rendu"),
    _E.ISSUE: Etat("issue connue", _P.EXPEDITEUR, "dire si le besoin a sa réponse", "cloture"),
    _E.CLOS: Etat("clos", None),
    _E.ANNULE: Etat("annulé", None),
    _E.RETIRE: Etat("accord retiré", None),
    _E.REBONDI: Etat("repris vers un autre service", None),
}
ETATS_DE_RELAIS = [(code.value, etat.libelle) for code, etat in ETATS.items()]
FINIS = frozenset(code for code, etat in ETATS.items() if etat.agit is None)
"""States where nobody has to act any more: the recipient's access ended with them."""
AVANT_L_ENVOI = frozenset({_E.BROUILLON, _E.ACCORD_DONNE})
SANS_REPONSE = frozenset({_E.ENVOYE, _E.RELANCE, _E.SANS_REPONSE})
"""Sent, and nobody there said anything yet: the sender is responsible (T12)."""
OUVRENT_LE_FIL = frozenset({_E.ACCEPTE, _E.AUTRE_DATE, _E.NON_VENU, _E.RENCONTRE, _E.ISSUE})
"""States where the two talk; before, nobody there said that they take it."""


@dataclass(frozen=True)
class Geste(Transition[EtatDeRelais]):
    """A line of the table.

    Attributes:
        par: who may.
        dit: what the person is told, in plain words; empty when nothing changes for her.
        motifs: which list of codes it asks for (``motifs``, ``issues``, ``clotures``, ``annulations``); empty: none.
        date: it gives a date.
    """

    par: frozenset[Partie] = frozenset()
    dit: str = ""
    motifs: str = ""
    date: bool = False


def _geste(
    libelle: str, vers: EtatDeRelais, depuis: frozenset[EtatDeRelais] | set[EtatDeRelais], *par: Partie, dit: str = "",
    motifs: str = "", date: bool = False,
) -> Geste:  # fmt: skip
    return Geste(libelle, vers, frozenset(depuis), frozenset(par), dit, motifs, date)


OUVERTS = frozenset(EtatDeRelais) - FINIS
CHEZ_EUX = SANS_REPONSE | {_E.AUTRE_DATE, _E.ACCEPTE, _E.NON_VENU}
GESTES: Mapping[str, Geste] = {
    "recueillir_l_accord": _geste("Elle est d'accord", _E.ACCORD_DONNE, {_E.BROUILLON}, _P.EXPEDITEUR),
    "envoyer": _geste(
        "Envoyer", _E.ENVOYE, {_E.ACCORD_DONNE}, _P.EXPEDITEUR, dit="Nous avons écrit pour vous. On vous attend là-bas."
    ),
    "relancer": _geste("Relancer", _E.RELANCE, {_E.ENVOYE}, _P.EXPEDITEUR, _P.HORLOGE),
    "constater_le_silence": _geste(
        "Constater le silence", _E.SANS_REPONSE, {_E.RELANCE}, _P.HORLOGE,
        dit="Nous n'avons pas encore de réponse : nous nous en occupons.",
    ),
    "accepter": _geste(
        "Accepter", _E.ACCEPTE, SANS_REPONSE, _P.DESTINATAIRE, dit="Votre rendez-vous est confirmé."
    ),
    "refuser": _geste(
        "Ne pas pouvoir accepter", _E.REFUSE, CHEZ_EUX, _P.DESTINATAIRE, motifs="motifs",
        dit="Ce service ne peut pas vous recevoir : nous cherchons autre chose avec vous.",
    ),
    "rendre": _geste(
        "Structure fermée : le relais revient", _E.REFUSE, CHEZ_EUX, _P.HORLOGE, motifs="motifs",
        dit="Ce service est fermé : nous cherchons autre chose avec vous.",
    ),
    "proposer_une_date": _geste(
        "Proposer une autre date", _E.AUTRE_DATE, SANS_REPONSE | {_E.ACCEPTE, _E.NON_VENU}, _P.DESTINATAIRE, date=True,
        dit="Le service propose une autre date. Vous convient-elle ?",
    ),
    "convenir": _geste(
        "La date lui va", _E.ACCEPTE, {_E.AUTRE_DATE}, _P.EXPEDITEUR, dit="La nouvelle date est confirmée."
    ),
    "decliner_la_date": _geste("La date ne lui va pas", _E.ENVOYE, {_E.AUTRE_DATE}, _P.EXPEDITEUR),
    "constater_l_absence": _geste("Elle n'est pas venue", _E.NON_VENU, {_E.ACCEPTE}, _P.DESTINATAIRE),
    "redonner_une_date": _geste(
        "Redonner une date", _E.ACCEPTE, {_E.NON_VENU, _E.ACCEPTE}, _P.EXPEDITEUR, _P.DESTINATAIRE, date=True,
        dit="Vous avez une nouvelle date.",
    ),
    "rencontrer": _geste("Elle est venue", _E.RENCONTRE, {_E.ACCEPTE, _E.NON_VENU}, _P.DESTINATAIRE),
    "rendre_compte": _geste(
        "Dire ce qui a été fait", _E.ISSUE, {_E.ACCEPTE, _E.RENCONTRE}, _P.DESTINATAIRE, motifs="issues"
    ),
    "clore": _geste("Clore", _E.CLOS, {_E.ISSUE, _E.REFUSE, _E.NON_VENU}, _P.EXPEDITEUR, motifs="clotures"),
    "rebondir": _geste(
        "Passer à un autre service", _E.REBONDI, SANS_REPONSE | {_E.REFUSE, _E.NON_VENU, _E.ISSUE}, _P.EXPEDITEUR,
        dit="Nous écrivons à un autre service, avec votre accord.",
    ),
    "annuler": _geste(
        "Annuler", _E.ANNULE, AVANT_L_ENVOI | CHEZ_EUX | {_E.REFUSE}, _P.EXPEDITEUR, motifs="annulations",
        dit="C'est annulé : le service ne lit plus rien de vous.",
    ),
    "retirer": _geste(
        "L'accord est retiré", _E.RETIRE, OUVERTS, _P.PERSONNE, dit="C'est fait : le service ne lit plus rien de vous."
    ),
}  # fmt: skip
"""Every gesture. A no-show is not a closure: after it, the sender calls back, gives a date, or says why it stops."""


class GesteImpossible(ValueError):
    """The relay moved meanwhile, or this is not theirs to do; the message says what happened."""


def verifier(nom: str, etat: EtatDeRelais, partie: Partie) -> Geste:
    """Return a line of the table when a party may make this gesture now.

    Raises:
        GesteImpossible: it may not; says what happened meanwhile.
        KeyError: no such gesture.
    """
    geste = GESTES[nom]
    if partie not in geste.par:
        raise GesteImpossible(f"« {geste.libelle} » : c'est à {' ou '.join(PARTIES[p] for p in sorted(geste.par))}.")
    if etat not in geste.depuis:
        raise GesteImpossible(f"Entre-temps, ce relais est devenu « {ETATS[etat].libelle} ». Rien n'a changé.")
    return geste


def gestes_de(etat: EtatDeRelais, partie: Partie) -> dict[str, Geste]:
    """Return what a party may do from a state, in the order of the table."""
    return {nom: g for nom, g in GESTES.items() if etat in g.depuis and partie in g.par}
