"""A version of a sheet as a table: who may do what, from which state, and what each gesture asks.

One table for the actions, the buttons, the work lists and the page of the guide. Nothing is published that nobody
decided by name (S0: the committee keeps the sheets up to date).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from premier_accueil.socle.etats import Transition


class EtatDeFiche(StrEnum):
    """Where a version stands."""

    BROUILLON = "BROUILLON"
    EN_RELECTURE = "EN_RELECTURE"
    VALIDEE = "VALIDEE"
    PUBLIEE = "PUBLIEE"
    A_REVOIR = "A_REVOIR"
    REMPLACEE = "REMPLACEE"
    RETIREE = "RETIREE"
    ABANDONNEE = "ABANDONNEE"


class Partie(StrEnum):
    """Who makes a gesture."""

    REDACTION = "REDACTION"
    DECISION = "DECISION"
    HORLOGE = "HORLOGE"


PARTIES = {
    Partie.REDACTION: "une structure qui écrit la fiche",
    Partie.DECISION: "la coordination, ou le référent d'une structure qui écrit la fiche",
    Partie.HORLOGE: "le rappel automatique",
}

_E, _P = EtatDeFiche, Partie
ETATS: Mapping[EtatDeFiche, str] = {
    _E.BROUILLON: "brouillon",
    _E.EN_RELECTURE: "en relecture",
    _E.VALIDEE: "validée, à publier",
    _E.PUBLIEE: "publiée",
    _E.A_REVOIR: "à revoir",
    _E.REMPLACEE: "remplacée",
    _E.RETIREE: "retirée",
    _E.ABANDONNEE: "abandonnée",
}
ETATS_DE_FICHE = [(code.value, libelle) for code, libelle in ETATS.items()]
EN_PREPARATION = frozenset({_E.BROUILLON, _E.EN_RELECTURE, _E.VALIDEE})
"""Written, not yet in force: at most one version of a sheet at a time."""
EN_VIGUEUR = frozenset({_E.PUBLIEE, _E.A_REVOIR})
"""What the counters see: at most one version of a sheet at a time. A sheet to review still serves, and says so."""


@dataclass(frozen=True)
class Geste(Transition[EtatDeFiche]):
    """A line of the table.

    Attributes:
        par: who may.
        decision: it asks for the text of a decision, its date and who took it.
        mot: it asks why, in a few words.
        revoir: it asks by when the sheet is reviewed.
        aide: what it does, in plain words.
    """

    par: frozenset[Partie] = frozenset()
    decision: bool = False
    mot: bool = False
    revoir: bool = False
    aide: str = ""


def _geste(
    libelle: str, vers: EtatDeFiche, depuis: set[EtatDeFiche] | frozenset[EtatDeFiche], *par: Partie, aide: str = "",
    decision: bool = False, mot: bool = False, revoir: bool = False,
) -> Geste:  # fmt: skip
    return Geste(libelle, vers, frozenset(depuis), frozenset(par), decision, mot, revoir, aide)


GESTES: Mapping[str, Geste] = {
    "soumettre": _geste(
        "Envoyer en relecture", _E.EN_RELECTURE, {_E.BROUILLON}, _P.REDACTION,
        aide="Le texte ne bouge plus ; ceux qui décident le lisent.",
    ),
    "reprendre": _geste(
        "Demander des changements", _E.BROUILLON, {_E.EN_RELECTURE, _E.VALIDEE}, _P.REDACTION, _P.DECISION, mot=True,
        aide="La fiche redevient un brouillon : dites ce qu'il faut changer.",
    ),
    "valider": _geste(
        "Noter la décision qui valide", _E.VALIDEE, {_E.EN_RELECTURE}, _P.DECISION, decision=True,
        aide="Qui a décidé, quel jour, et ce qui a été décidé.",
    ),
    "publier": _geste(
        "Publier", _E.PUBLIEE, {_E.VALIDEE}, _P.REDACTION, _P.DECISION, revoir=True,
        aide="Elle remplace la version d'avant, et chacun est invité à la lire.",
    ),
    "signaler": _geste(
        "Dire qu'elle est à revoir", _E.A_REVOIR, {_E.PUBLIEE}, _P.REDACTION, _P.DECISION, _P.HORLOGE, mot=True,
        aide="Elle reste visible, avec « à revoir ».",
    ),
    "confirmer": _geste(
        "Relue : rien ne change", _E.PUBLIEE, {_E.A_REVOIR}, _P.DECISION, decision=True, revoir=True,
        aide="La décision est notée et la prochaine relecture fixée.",
    ),
    "remplacer": _geste("Remplacer par la suivante", _E.REMPLACEE, EN_VIGUEUR, _P.HORLOGE),
    "retirer": _geste(
        "Retirer la fiche", _E.RETIREE, EN_VIGUEUR, _P.DECISION, mot=True,
        aide="Elle n'apparaît plus à l'accueil. Ses versions restent lisibles par celles qui l'ont écrite.",
    ),
    "abandonner": _geste(
        "Abandonner cette version", _E.ABANDONNEE, EN_PREPARATION, _P.REDACTION, mot=True,
        aide="La version en vigueur, s'il y en a une, ne change pas.",
    ),
}  # fmt: skip
"""Every gesture; ``remplacer`` comes with the publication of the next version, in the same transaction."""


class GesteImpossible(ValueError):
    """The version moved meanwhile, or this is not theirs to do; the message says what happened."""


def verifier(nom: str, etat: EtatDeFiche, parties: frozenset[Partie]) -> Geste:
    """Return a line of the table when one of these parties may make this gesture now.

    Raises:
        GesteImpossible: none may; says what happened meanwhile, or whose it is.
        KeyError: no such gesture.
    """
    geste = GESTES[nom]
    if not geste.par & parties:
        raise GesteImpossible(f"« {geste.libelle} » : c'est à {' ou à '.join(PARTIES[p] for p in sorted(geste.par))}.")
    if etat not in geste.depuis:
        raise GesteImpossible(f"Entre-temps, cette version est devenue « {ETATS[etat]} ». Rien n'a changé.")
    return geste


def gestes_de(etat: EtatDeFiche, parties: frozenset[Partie]) -> dict[str, Geste]:
    """Return what these parties may do from a state, in the order of the table."""
    return {nom: g for nom, g in GESTES.items() if etat in g.depuis and g.par & parties}
