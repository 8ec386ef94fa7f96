"""A second ear for urgencies: sentences that resemble the examples of a sheet, whatever their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from premier_accueil.orientation.comprendre import modele
from premier_accueil.orientation.comprendre.lexique import Entree
from premier_accueil.orientation.comprendre.mots import Mot, decouper
from premier_accueil.orientation.comprendre.urgences import Veille
from premier_accueil.orientation.comprendre.valeurs import Niveau, Urgence
from premier_accueil.orientation.comprendre.vecteurs import Matrice

SEUILS: dict[Niveau, float] = {"VITALE": 0.41, "IMMEDIATE": 0.34, "ELEVEE": 0.32}
"""Note (see ``_note``) from which a sentence resembles an urgency enough to be shown. Chosen with ``ECARTEE``: what
hears most at a precision of .8 on each file of measures but ``temoin.tsv``. Patterns hear most of the gravest already.
At the same recall, the sum of all sheets' answers gives half the false alarms of the best sheet alone."""
SUR = 0.55
"""Note below which a resemblance is only to be checked by talking ("ELEVEE")."""
ECARTEE = 0.5
"""Note from which a sentence is to be checked although one of its turns of phrase is harmless."""
ANODIN = 0.16
"""Note below which a trigger heard by the patterns is one of the harmless sentences learnt: of the 480 urgent sentences
of ``urgences.tsv`` and of the files of measures that the patterns hear, none is below .2."""
MOTS_JUGES = 16
"""Words beyond which that note silences nothing: in a long text without stops, what is harmless around the trigger
drowns it (of 380 urgent sentences that patterns hear, 86 were silenced after eighty dictated words of other things).
Judging the trigger with a few words on either side silences too many urgencies, or hardly anything, as one chooses."""
PART_CLAUSE = 0.6
"""What a clause alone weighs against the whole text: alone it resembles many things."""
TROP_PROCHE = 0.7
"""An entry of a need that urgencies open, this close to an example, may be an urgency: it teaches nothing."""
ADOUCI = 0.5
"""Ridge penalty of an example where it teaches needs: they are those of its whole sheet. Without the examples, what is
urgent is answered four points worse; believed as much as the lexicon, they cost one point of what is not."""
VOISINES = 8000
"""Phrases of the lexicon, the nearest to the examples, learnt as harmless beside them."""


def phrases(veille: Veille) -> list[str]:
    """Return the examples of every sheet, then the harmless sentences: the order ``apprendre`` expects."""
    return [dit for fiche in veille.fiches for dit in fiche.exemples] + list(veille.anodins)


def ouvertes(veille: Veille) -> list[tuple[str, ...]]:
    """Return the needs that each example opens, those of its sheet, in the order of ``phrases``."""
    return [fiche.urgence.thematiques for fiche in veille.fiches for _ in fiche.exemples]


def apprendre(
    veille: Veille,
    propres: tuple[Matrice, Matrice],
    entrees: Sequence[Entree],
    lexique: tuple[Matrice, Matrice],
) -> dict[str, NDArray[Any]]:
    """Learn the second ear.

    Args:
        propres: encoder vectors and words' side of ``phrases(veille)``.
        entrees: the lexicon: an entry that rings becomes an example, one of a need that no urgency opens becomes a
            harmless sentence, doubtful ones are left out.
        lexique: encoder vectors and words' side of ``entrees``.

    Returns:
        "alerte_rangs", the phrases learnt (those of the lexicon come first, then ``phrases(veille)``), and
        "alerte_poids", the say of each in each sheet.
    """
    (sens, traits), (sens_lexique, traits_lexique) = propres, lexique
    rangs = {fiche.urgence.motif: rang for rang, fiche in enumerate(veille.fiches)}
    ouvertes = {code for fiche in veille.fiches for code in fiche.urgence.thematiques}
    cibles = np.zeros((len(sens), len(rangs)), dtype=np.float32)
    exemples = [rangs[fiche.urgence.motif] for fiche in veille.fiches for _ in fiche.exemples]
    cibles[np.arange(len(exemples)), exemples] = 1.0
    proches = (sens_lexique @ sens[: len(exemples)].T).max(axis=1)
    gardes: list[int] = []
    ajouts: list[NDArray[np.float32]] = []
    for rang in np.argsort(-proches, kind="stable")[: 2 * VOISINES]:
        entree = entrees[int(rang)]
        vues = veille.reperer(decouper(entree.dit))
        if not vues and proches[rang] > TROP_PROCHE and set(entree.vers) & ouvertes:
            continue
        ligne = np.zeros(len(rangs), dtype=np.float32)
        for vue in vues[:1]:
            ligne[rangs[vue.motif]] = 1.0 if vue.niveau != "ELEVEE" else 0.5
        gardes.append(int(rang))
        ajouts.append(ligne)
        if len(gardes) == VOISINES:
            break
    if gardes:
        sens = np.vstack([sens, sens_lexique[gardes]])
        traits = np.vstack([traits, traits_lexique[gardes]])
        cibles = np.vstack([cibles, np.stack(ajouts)])
    rangs_appris = np.array([*range(len(entrees), len(entrees) + len(propres[0])), *gardes])
    poids = np.ascontiguousarray(modele.apprendre(sens, traits, cibles).T)
    return {"alerte_rangs": rangs_appris, "alerte_poids": poids}


@dataclass(frozen=True)
class Ecoute:
    """What the second ear heard: the urgency that a text resembles, and its note."""

    urgence: Urgence | None
    note: float

    @property
    def sure(self) -> bool:
        """Tell whether the resemblance is more than something to be checked."""
        return self.urgence is not None and self.note >= SUR and self.urgence.niveau != "ELEVEE"


def entendre(
    veille: Veille, mots: Sequence[Mot], noyau: Matrice, appris: Mapping[str, NDArray[Any]]
) -> Ecoute:
    """Return the urgency that a text resembles, if any; one that is not sure is lowered to "ELEVEE".

    Args:
        noyau: how much the text, then its clauses, resemble each phrase learnt (see ``modele.ressembler``).
    """
    reponses = modele.repondre(noyau[:, appris["alerte_rangs"]], appris["alerte_poids"])
    notes = _note(reponses) * np.array([1.0, *[PART_CLAUSE] * (len(reponses) - 1)])
    fiche = veille.fiches[int(np.argmax(reponses[int(np.argmax(notes))]))]
    note = float(np.max(notes))
    ecartee = veille.ecarte(mots, fiche)
    if veille.ancienne(mots, fiche) or note < (ECARTEE if ecartee else SEUILS[fiche.urgence.niveau]):
        return Ecoute(None, note)
    sure = note >= SUR and not ecartee and not veille.adoucie(mots, fiche)
    return Ecoute(fiche.urgence if sure else replace(fiche.urgence, niveau="ELEVEE"), note)


def _note(notes: Matrice) -> Matrice:
    """Return for each row of answers, one a sheet, how much it resembles an urgency: half what, half which."""
    return np.asarray((notes.sum(axis=1) + notes.max(axis=1)) / 2, dtype=np.float32)
