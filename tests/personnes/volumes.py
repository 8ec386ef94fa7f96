"""Many persons at once, made up from lists of names: for a wall that must hold and an index that must serve."""

from __future__ import annotations

import random
from datetime import datetime

from django.db import connection

from premier_accueil.personnes.regles import cle_de_nom, mots_de_nom

PRENOMS = [
    "Louise", "Emma", "Jade", "Alice", "Inès", "Fatima", "Aminata", "Chloé", "Zoé", "Léa", "Rose", "Anna", "Jeanne", "Marie",
    "Nathalie", "Isabelle", "Sylvie", "Catherine", "Martine", "Nadia", "Samira", "Olena", "Gabriel", "Léo", "Raphaël", "Louis",
    "Adam", "Jules", "Hugo", "Arthur", "Mohamed", "Ibrahim", "Karim", "Philippe", "Michel", "Alain", "Patrick", "Nicolas",
    "Christophe", "Thierry", "Stéphane", "David", "Sébastien", "Mamadou", "Ali", "Vasyl", "Jean-Pierre", "Jean-Luc",
]  # fmt: skip
DEBUTS = [
    "Mar",
    "Ber",
    "Du",
    "La",
    "Le",
    "Gar",
    "Mo",
    "Ro",
    "Pe",
    "Gi",
    "Fa",
    "Che",
    "Bou",
    "Ba",
    "Di",
    "Tra",
    "Ke",
    "Sau",
    "Vi",
    "No",
]
MILIEUX = [
    "ti",
    "na",
    "ra",
    "lo",
    "re",
    "chi",
    "van",
    "le",
    "mou",
    "ga",
    "be",
    "dou",
    "ri",
    "so",
    "que",
    "llo",
    "nne",
    "ssa",
]
FINS = [
    "n",
    "rd",
    "nt",
    "u",
    "l",
    "is",
    "t",
    "y",
    "x",
    "r",
    "s",
    "ne",
    "lle",
    "ska",
    "di",
    "ré",
    "ou",
    "on",
    "in",
    "ault",
]
PAR_FOIS = 10_000
PERSONNES = """
    INSERT INTO personnes_personne (structure_id, demande_id, nom_usage, appellation, naissance_approximative, adresse,
        telephone, courriel, adresse_protegee, cree_le, dernier_contact_le, version, nom, prenom, cle, naissance_annee)
    SELECT %s, gen_random_uuid(), '', '', false, '', '', '', false, %s, %s, 1, nom, prenom, cle, annee
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[]) AS lot (nom, prenom, cle, annee)
    RETURNING id
"""
MOTS = """
    INSERT INTO personnes_motdenom (structure_id, personne_id, genre, mot)
    SELECT %s, * FROM unnest(%s::bigint[], %s::text[], %s::text[])
"""


def remplir(structure_id: int, combien: int, a: datetime, graine: int = 1) -> int:
    """Insert persons and their search words, by blocks; the caller has told the database who asks.

    COPY is refused to the plain role on a table with row-level security: arrays are unfolded instead.

    Args:
        structure_id: who owns them.
        combien: how many.
        a: their creation and last contact.
        graine: same seed, same persons.

    Returns:
        how many words were written.
    """
    hasard = random.Random(graine)
    possibles, mots_poses = _tirer(hasard), 0
    with connection.cursor() as curseur:
        for debut in range(0, combien, PAR_FOIS):
            lot = hasard.choices(possibles, k=min(PAR_FOIS, combien - debut))
            annees = [hasard.randint(1930, 2020) for _ in lot]
            colonnes = ([q.nom for q in lot], [q.prenom for q in lot], [q.cle for q in lot], annees)
            curseur.execute(PERSONNES, [structure_id, a, a, *colonnes])
            cles = [cle for (cle,) in curseur.fetchall()]
            poses = [(cle, *mot) for cle, qui in zip(cles, lot, strict=True) for mot in qui.mots]
            curseur.execute(MOTS, [structure_id, *map(list, zip(*poses, strict=True))])
            mots_poses += len(poses)
    return mots_poses


def _tirer(hasard: random.Random) -> list[Qui]:
    """Return some thousands of different people, from whom each is drawn: a village has its Martins too."""
    noms = {_nom(hasard) for _ in range(2_500)}
    return [Qui(prenom, nom) for nom in sorted(noms) for prenom in hasard.sample(PRENOMS, 4)]


def _nom(hasard: random.Random) -> str:
    milieu = hasard.choice(MILIEUX) + hasard.choice(["", hasard.choice(MILIEUX)])
    return hasard.choice(DEBUTS) + milieu + hasard.choice(FINS)


class Qui:
    """A name, its sort key and its words."""

    def __init__(self, prenom: str, nom: str) -> None:
        self.prenom, self.nom = prenom, nom
        self.cle = cle_de_nom(prenom=prenom, nom=nom, nom_usage="", appellation="")
        self.mots = [(genre.value, mot) for genre, mot in mots_de_nom((prenom, nom))]
