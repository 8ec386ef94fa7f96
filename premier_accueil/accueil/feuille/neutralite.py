"""Neutral words: what others may read on the sheet, screen or SMS never tells why the person came (T22)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from premier_accueil.socle.texte import cle

FICHIER = Path(__file__).with_name("mots_discrets.yaml")
NOM_NEUTRE = "Rendez-vous"
PAPIER_NEUTRE = "Le document vu ensemble à l'accueil"
VOIE = re.compile(
    r"\b(?:rue|avenue|av|bd|boulevard|place|quai|impasse|allees?|chemin|route|square|cours|passage)"
    r"(?: (?:de|du|des|la|le|les|l|d))* \w+"
)


@cache
def _motifs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    listes = yaml.safe_load(FICHIER.read_text(encoding="utf-8"))
    sans_danger = listes.pop("sans_danger")
    debuts = [mot for nom, mots in listes.items() if nom not in {"source", "revue"} for mot in mots]
    formes = (re.escape(m[:-1]) + r"\b" if m.endswith("$") else re.escape(m) for m in debuts)
    return (
        re.compile(r"\b(?:" + "|".join(formes) + ")"),
        re.compile(r"\b(?:" + "|".join(re.escape(m) for m in sans_danger) + r")\b"),
    )


def trahit(texte: str) -> bool:
    """Tell whether a text holds a word that would betray a theme (violence, debts, health, justice, residence).

    >>> trahit("Permanence Violences conjugales"), trahit("Maison des associations")
    (True, False)
    """
    interdits, sans_danger = _motifs()
    return bool(interdits.search(sans_danger.sub(" ", cle(texte))))


def neutre(texte: str, sinon: str = NOM_NEUTRE) -> str:
    """Return the text when its words are neutral, else the neutral wording ``sinon``."""
    return sinon if trahit(texte) else texte


def adresse_neutre(adresse: str) -> str:
    """Return an address without the parts that betray; the name of a street betrays nobody ("rue de la Santé")."""
    morceaux = (m.strip() for m in adresse.split(","))
    return ", ".join(m for m in morceaux if m and not trahit(VOIE.sub(" ", cle(m))))


def phrases_neutres(texte: str) -> str:
    """Return the sentences of a free text that betray nothing."""
    return " ".join(p for p in re.split(r"(?<=[.!?…;\n])\s+", texte.strip()) if p and not trahit(p))
