"""Words of a person's file: codes and what screens say; and the tables of gestures."""

from __future__ import annotations

from enum import StrEnum

from premier_accueil.socle.etats import Transition, transition

LONGUEUR_DE_LA_RAISON = 20
"""Characters that the reason of an exceptional opening needs at least."""


class GenreDeMot(StrEnum):
    """How a word of a name is compared: as written (folded), or as heard."""

    NOM = "NOM"
    PHONETIQUE = "PHONETIQUE"


class GenreDeMesure(StrEnum):
    """Legal protection of an adult (code civil, articles 433, 440 and 494-1)."""

    SAUVEGARDE = "SAUVEGARDE"
    CURATELLE = "CURATELLE"
    TUTELLE = "TUTELLE"
    HABILITATION_FAMILIALE = "HABILITATION_FAMILIALE"


MESURES = [
    (GenreDeMesure.SAUVEGARDE.value, "Sauvegarde de justice"),
    (GenreDeMesure.CURATELLE.value, "Curatelle"),
    (GenreDeMesure.TUTELLE.value, "Tutelle"),
    (GenreDeMesure.HABILITATION_FAMILIALE.value, "Habilitation familiale"),
]


class EtatDeFusion(StrEnum):
    """Where the merge of two files stands."""

    PROPOSEE = "PROPOSEE"
    FAITE = "FAITE"
    REFUSEE = "REFUSEE"
    DEFAITE = "DEFAITE"


ETATS_DE_FUSION = [
    (EtatDeFusion.PROPOSEE.value, "à valider par une autre personne"),
    (EtatDeFusion.FAITE.value, "faite"),
    (EtatDeFusion.REFUSEE.value, "refusée"),
    (EtatDeFusion.DEFAITE.value, "défaite"),
]

RAISONS_DE_FUSION = [
    ("DIT", "La personne le dit"),
    ("PAPIER", "Un papier montré le prouve"),
    ("SAISIE", "La même fiche a été saisie deux fois"),
]
"""What shows that two files are one person. The name, even with the birth date, is no reason (T6)."""

GESTES: dict[str, Transition[EtatDeFusion]] = {
    "valider": transition("Valider", EtatDeFusion.FAITE, EtatDeFusion.PROPOSEE),
    "refuser": transition("Refuser", EtatDeFusion.REFUSEE, EtatDeFusion.PROPOSEE),
    "defaire": transition("Défaire", EtatDeFusion.DEFAITE, EtatDeFusion.FAITE),
}
"""Gestures on a proposed merge: from which states, to which. "proposer" creates it PROPOSEE."""


def apres(geste: str, etat: str, *, propose_par: int, par: int) -> EtatDeFusion:
    """Return the state that follows a gesture.

    Args:
        geste: a key of ``GESTES``.
        etat: where the merge stands.
        propose_par: account that proposed it.
        par: account that acts now.

    Raises:
        ValueError: the gesture is not possible from there, or one person would validate what they proposed (T6).
    """
    regle = GESTES[geste]
    if etat not in regle.depuis:
        raise ValueError("Ce rapprochement a déjà avancé : rechargez la page.")
    if geste == "valider" and par == propose_par:
        raise ValueError("Une autre personne que vous doit valider : deux regards valent mieux qu'un.")
    return regle.vers
