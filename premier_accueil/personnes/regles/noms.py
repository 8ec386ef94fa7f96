"""Names: the words by which one is found, and how a person is called on a screen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from premier_accueil.personnes.regles.phonetique import phonetique
from premier_accueil.personnes.regles.vocabulaire import GenreDeMot
from premier_accueil.socle.texte import cle

MOTS_AU_PLUS = 6
LONGUEUR_D_UN_MOT = 120


def mots(texte: str) -> list[str]:
    """Return the folded words of a text; in another alphabet than ours, its words in small letters."""
    plies = cle(texte).split() or re.findall(r"\w+", texte.casefold())
    return [m[:LONGUEUR_D_UN_MOT] for m in plies]


def mots_de_nom(noms: Iterable[str]) -> set[tuple[GenreDeMot, str]]:
    """Return every (kind, word) by which these names are found: each word, a compound in one piece, and the sounds."""
    ecrits: set[str] = set()
    for nom in noms:
        siens = mots(nom)
        ecrits.update(siens)
        if len(siens) > 1:
            ecrits.add("".join(siens)[:LONGUEUR_D_UN_MOT])
    return {(GenreDeMot.NOM, m) for m in ecrits} | {(GenreDeMot.PHONETIQUE, phonetique(m)) for m in ecrits}


@dataclass(frozen=True)
class Recherche:
    """What was typed: words of a name, and a birth year if one was."""

    mots: tuple[str, ...]
    annee: int | None


def lire_recherche(texte: str, aujourd_hui: date) -> Recherche:
    """Read what was typed to find somebody: at most six different words; four digits that make a birth year are one."""
    vus = list(dict.fromkeys(mots(texte)))
    annees = [m for m in vus if re.fullmatch(r"\d{4}", m) and 1880 <= int(m) <= aujourd_hui.year]
    return Recherche(
        tuple(m for m in vus if m not in annees)[:MOTS_AU_PLUS], int(annees[0]) if annees else None
    )  # fmt: skip


def nom_affiche(*, prenom: str, nom: str, nom_usage: str, appellation: str) -> str:
    """Return how a person is called on a screen; identity is optional, so words always come."""
    dit = " ".join(filter(None, [prenom, nom_usage or nom]))
    if nom_usage and nom and nom_usage != nom:
        dit += f" (née ou né {nom})"
    return dit or appellation or "Personne qui n'a pas dit son nom"


def cle_de_nom(*, prenom: str, nom: str, nom_usage: str, appellation: str) -> str:
    """Return what sorts a person among others, without accents."""
    return " ".join(mots(" ".join([nom_usage or nom, prenom, appellation])))[:500]
