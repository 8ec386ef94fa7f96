"""Many persons at once, made up from lists of names: for a wall that must hold and an index that must serve."""

from __future__ import annotations

import random
from datetime import datetime
from uuid import UUID

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
PAR_FOIS = 5_000


def remplir(structure_id: int, combien: int, a: datetime, graine: int = 1) -> int:
    """Insert persons and their search words by COPY; the caller has told the database who asks.

    Args:
        structure_id: who owns them.
        combien: how many.
        a: their creation and last contact.
        graine: same seed, same persons.

    Returns:
        how many words were written.
    """
    hasard = random.Random(graine)
    mots_poses = 0
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT setval(pg_get_serial_sequence('personnes_personne', 'id'),"
            " nextval(pg_get_serial_sequence('personnes_personne', 'id')) + %s)",
            [combien],
        )
        premiere = curseur.fetchone()[0] - combien
        for debut in range(premiere, premiere + combien, PAR_FOIS):
            lot = [_noms(hasard) for _ in range(debut, min(debut + PAR_FOIS, premiere + combien))]
            with curseur.copy(
                "COPY personnes_personne (id, structure_id, demande_id, nom, prenom, nom_usage, appellation, cle,"
                " naissance_annee, naissance_approximative, adresse, telephone, courriel, adresse_protegee, cree_le,"
                " dernier_contact_le, version) FROM STDIN"
            ) as copie:
                for cle, (prenom, nom) in enumerate(lot, debut):
                    tri = cle_de_nom(prenom=prenom, nom=nom, nom_usage="", appellation="")
                    copie.write_row((
                        cle, structure_id, str(UUID(int=hasard.getrandbits(128))), nom, prenom, "", "", tri,
                        hasard.randint(1930, 2020), False, "", "", "", False, a, a, 1,
                    ))  # fmt: skip
            with curseur.copy("COPY personnes_motdenom (structure_id, personne_id, genre, mot) FROM STDIN") as copie:
                for cle, noms in enumerate(lot, debut):
                    for genre, mot in mots_de_nom(noms):
                        copie.write_row((structure_id, cle, genre.value, mot))
                        mots_poses += 1
    return mots_poses


def _noms(hasard: random.Random) -> tuple[str, str]:
    nom = (
        hasard.choice(DEBUTS)
        + hasard.choice(MILIEUX)
        + hasard.choice(["", hasard.choice(MILIEUX)])
        + hasard.choice(FINS)
    )
    return hasard.choice(PRENOMS), nom
