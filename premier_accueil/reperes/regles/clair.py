"""Plain language as advice: long sentences, heavy words, letters nobody explained. Never a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from premier_accueil.reperes.regles.reglages import Reglages, reglages
from premier_accueil.socle.texte import cle

SIGLE = re.compile(r"\b[A-ZÀÂÉÈÊÎÔÛ]{2,7}\b")
MOT = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
FIN_DE_PHRASE = re.compile(r"(?<=[.!?…;:])\s+|\n+")
BALISES = re.compile(r"^\s*(?:#{1,6}|[-*+]|\d+[.)]|>)\s+|[*_`]|\]\([^)]*\)|\[|\]", re.MULTILINE)
EXTRAIT = 90


@dataclass(frozen=True)
class Conseil:
    """One piece of advice.

    Attributes:
        genre: ``PHRASE``, ``MOT`` or ``SIGLE``.
        extrait: the words it is about.
        dit: what one can do.
    """

    genre: str
    extrait: str
    dit: str


def conseils(texte: str) -> tuple[Conseil, ...]:
    """Return what would make a text easier to read, each thing once, at most ``conseils_au_plus``.

    Args:
        texte: markdown, as typed.
    """
    r = reglages()
    nu = BALISES.sub(" ", texte)
    vus = {(c.genre, cle(c.extrait)): c for c in (*_phrases(nu, r), *_sigles(nu, r), *_mots(nu, r))}
    return tuple(vus.values())[: r.conseils_au_plus]


def _phrases(texte: str, r: Reglages) -> Iterator[Conseil]:
    for phrase in FIN_DE_PHRASE.split(texte):
        combien = len(MOT.findall(phrase))
        if combien > r.mots_par_phrase:
            yield Conseil("PHRASE", _court(phrase), f"{combien} mots : coupez-la en deux phrases.")


def _sigles(texte: str, r: Reglages) -> Iterator[Conseil]:
    plat = cle(texte)
    for sigle in dict.fromkeys(SIGLE.findall(texte)):
        veut_dire = r.sigles.get(sigle, "")
        explique = f"({sigle})" in texte or re.search(rf"\b{sigle}\s*\(", texte) or (
            veut_dire and cle(veut_dire) in plat
        )  # fmt: skip
        if explique or sigle in r.sigles_connus:
            continue
        yield Conseil("SIGLE", sigle, f"Dites-le en entier une fois : {veut_dire}." if veut_dire else
                      "Dites en entier, une fois, ce que ces lettres veulent dire.")  # fmt: skip


def _mots(texte: str, r: Reglages) -> Iterator[Conseil]:
    plat = f" {cle(texte)} "
    for lourd in _lourds().findall(plat):
        yield Conseil("MOT", lourd, f"Plus simple : {r.mots_lourds[lourd]}.")
    for mot in MOT.findall(texte):
        if len(mot) > r.lettres_par_mot and "-" not in mot:
            yield Conseil("MOT", mot, "Mot très long : y en a-t-il un plus court ?")


@cache
def _lourds() -> re.Pattern[str]:
    # The longest first: "pieces justificatives" is one thing, not two.
    mots = sorted(reglages().mots_lourds, key=len, reverse=True)
    return re.compile(r"(?<= )(" + "|".join(map(re.escape, mots)) + r")(?= )")


def _court(phrase: str) -> str:
    phrase = " ".join(phrase.split())
    return phrase if len(phrase) <= EXTRAIT else phrase[:EXTRAIT].rsplit(" ", 1)[0] + "…"
