"""A second ear for urgencies: sentences that resemble the examples of a sheet, whatever their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from premier_accueil.orientation.comprendre import modele
from premier_accueil.orientation.comprendre.lexique import Entree
from premier_accueil.orientation.comprendre.mots import Mot, decouper
from premier_accueil.orientation.comprendre.urgences import Veille
from premier_accueil.orientation.comprendre.valeurs import Niveau, Urgence
from premier_accueil.orientation.comprendre.vecteurs import Matrice

SEUILS: dict[Niveau, float] = {"VITALE": 0.26, "IMMEDIATE": 0.33, "ELEVEE": 0.3}
"""Answer from which a sentence resembles an urgency enough to be shown: sooner when a life is at stake."""
TROP_PROCHE = 0.7
"""An entry of a need that urgencies open, this close to an example, may be an urgency: it teaches nothing."""
VOISINES = 2000
"""Phrases of the lexicon, the nearest to the examples, learnt as harmless beside them."""


def phrases(veille: Veille) -> list[str]:
    """Return the examples of every sheet, then the harmless sentences: the order ``apprendre`` expects."""
    return [dit for fiche in veille.fiches for dit in fiche.exemples] + list(veille.anodins)


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
    return {"alerte_rangs": rangs_appris, "alerte_poids": modele.apprendre(sens, traits, cibles)}


def entendre(
    veille: Veille, mots: Sequence[Mot], noyau: Matrice, appris: Mapping[str, NDArray[Any]]
) -> tuple[Urgence, ...]:
    """Return the urgency that a text resembles, none or one.

    Args:
        noyau: how much the text and its clauses resemble each phrase learnt (see ``modele.ressembler``).
    """
    notes = (noyau[:, appris["alerte_rangs"]] @ appris["alerte_poids"]).max(axis=0)
    for rang in np.argsort(-notes, kind="stable")[:2]:
        fiche = veille.fiches[int(rang)]
        if notes[rang] >= SEUILS[fiche.urgence.niveau] and not veille.ecarte(mots, fiche):
            return (fiche.urgence,)
    return ()
