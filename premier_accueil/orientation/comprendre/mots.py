"""From a text as typed to words: no accent, SMS spelling undone, elisions split, French stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from premier_accueil.orientation.comprendre.sms import COUPES, DE_DEUX, SMS, SMS_ACCENTUES, SUJETS

LONGUEUR_LUE = 6000
"""Characters read of a text; a counter note is far shorter, and time stays bounded."""

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "\u2019": "'", "\u2018": "'", "`": "'", "\u02bc": "'", "\u00b4": "'"}
_MOT = re.compile(r"[a-z0-9]+|[.!?;:,\n()/]")
_FINS = frozenset(".!?;\n")
_NOMS_EN_ENT = ("lent", "ient", "dent", "ment")
_A_ECRIRE = frozenset({*SMS, "2", "g", "ma", "hui"})
"""Forms that are not always written as they are."""
_COLLES = tuple(debut for debut, _ in COUPES)
_racineur = Stemmer.Stemmer("french", 20_000)


class Mot(NamedTuple):
    """One word: folded form, stem, and where it stands in the text as read.

    A boundary is a ``Mot`` whose form is ``"."`` (end of sentence) or ``","`` (pause).
    """

    forme: str
    racine: str
    debut: int
    fin: int


@lru_cache(maxsize=50_000)
def racine(forme: str) -> str:
    """Return the stem of a folded word: same for "loyer"/"loyers", "frappe"/"frapper"/"frappé"."""
    if len(forme) < 4 or not forme.isalpha():
        return forme
    stem = str(_racineur.stemWord(forme))
    if stem == forme and len(forme) > 6 and forme.endswith("ent") and not forme.endswith(_NOMS_EN_ENT):
        stem = forme[:-3]  # "frappent": the stemmer leaves third persons plural alone
    return stem[:-1] if len(stem) > 3 and stem.endswith("e") else stem


@lru_cache(maxsize=4096)
def _plier(caractere: str) -> str:
    remplace = _LIGATURES.get(caractere.lower())
    if remplace:
        return remplace
    if unicodedata.category(caractere).startswith("M"):
        return ""
    plat = unicodedata.normalize("NFKD", caractere)
    return "".join(c for c in plat if not unicodedata.combining(c)).lower() or " "


def lu(texte: str) -> str:
    """Return the part of a text that is read: all of it, or its head and tail when it is very long."""
    if len(texte) <= LONGUEUR_LUE:
        return texte
    return texte[: LONGUEUR_LUE - 1500] + "\n" + texte[-1499:]


_COURANTES = "àâäéèêëîïôöùûüçñ\u2019\u2018\u02bc\u00b4`"
_PLIEES = str.maketrans({c: _plier(c) for c in _COURANTES + _COURANTES.upper()})
_SIMPLE = re.compile(rf"[\x00-\x7f{_COURANTES}{_COURANTES.upper()}]*")


def _tout_plier(texte: str) -> tuple[str, Sequence[int]]:
    """Return a text folded, and the place in it of each folded letter; plain French letters are folded at once."""
    if _SIMPLE.fullmatch(texte):
        return texte.translate(_PLIEES).lower(), range(len(texte) + 1)
    plies: list[str] = []
    places: list[int] = []
    for place, caractere in enumerate(texte):
        for c in _plier(caractere):
            plies.append(c)
            places.append(place)
    places.append(len(texte))
    return "".join(plies), places


def decouper(texte: str) -> list[Mot]:
    """Split a text in words, with SMS spelling and stuck words written out.

    Args:
        texte: as typed; any Unicode, already cut by ``lu``.

    Returns:
        words and boundaries in order; positions point in ``texte``.
    """
    plies, places = _tout_plier(texte)
    mots: list[Mot] = []
    for trouve in _MOT.finditer(plies):
        debut, fin = places[trouve.start()], places[trouve.end() - 1] + 1
        forme = trouve.group()
        if not forme.isalnum():
            mots.append(Mot("." if forme in _FINS else ",", "." if forme in _FINS else ",", debut, fin))
            continue
        brut = texte[debut:fin].lower()
        if forme not in _A_ECRIRE and brut not in SMS_ACCENTUES and not forme.startswith(_COLLES):
            mots.append(Mot(forme, racine(forme), debut, fin))
            continue
        precedent = mots[-1].forme if mots else ""
        for ecrit in _ecrire(forme, brut, precedent):
            mots.append(Mot(ecrit, racine(ecrit), debut, fin))
    return mots


def _ecrire(forme: str, brut: str, precedent: str) -> tuple[str, ...]:
    if brut in SMS_ACCENTUES:
        return SMS_ACCENTUES[brut]
    if forme == "2" and precedent in DE_DEUX:
        return ("de",)
    if forme == "g" and precedent.isdigit():
        return ("g",)
    if forme == "ma" and precedent in SUJETS:
        return ("m", "a")
    if forme == "hui" and precedent == "aujourdhui":
        return ()
    if forme in SMS:
        return SMS[forme]
    for debut, ecrits in COUPES:
        if len(forme) > len(debut) + 2 and forme.startswith(debut) and forme[len(debut)] not in "aeiouyh":
            return (*ecrits, forme[len(debut) :])
    return (forme,)


def phrase(mots: Sequence[Mot], texte: str) -> str:
    """Write words back as a plain sentence for the encoder: accents kept where the person typed them."""
    sortie: list[str] = []
    fin = -1
    for mot in mots:
        if mot.forme in ".,":
            continue
        brut = texte[mot.debut : mot.fin].lower()
        ecrit = brut if plie(brut) == mot.forme else mot.forme
        colle = sortie and texte[fin : mot.debut] in {"'", "\u2019"}
        sortie.append(("'" if colle else " " if sortie else "") + ecrit)
        fin = mot.fin
    return "".join(sortie)


def plie(mot: str) -> str:
    """Return one word folded: no accent, lower case."""
    return "".join(_plier(c) for c in mot)
