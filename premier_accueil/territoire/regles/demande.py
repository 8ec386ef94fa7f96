"""Read what somebody types to name a commune."""

from __future__ import annotations

import re
from dataclasses import dataclass

from premier_accueil.socle.texte import cle

LONGUEUR_LUE = 80  # the longest name has 45 letters; the rest of a pasted page is not read
FLECHE = "→"
ABREGES = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
AU_MILIEU = {"s": "sur", "ss": "sous"}  # "vitry s/ seine"
ARTICLE = re.compile(r"^(?:le|la|les|l|aux|las|los) (?=.)")
CODE = re.compile(r"\d{5}|2[ab]\d{3}")
DEBUT_DE_CODE = re.compile(r"\d{2,4}|2[ab]\d{0,2}")
RANG = re.compile(r"\d+(?:er|re|e|eme|nd|nde)?")
A_ARRONDISSEMENTS = {"paris", "lyon", "marseille"}


@dataclass(frozen=True)
class LieuCherche:
    """What was understood of a typed place.

    Attributes:
        nom: folded name, abbreviations said in full; empty when only digits were typed.
        code: full postal or INSEE code, upper case; empty when none.
        debut: first digits of a postal code, or a département; empty when none.
    """

    nom: str = ""
    code: str = ""
    debut: str = ""

    @property
    def departement(self) -> str:
        """Return the département that the first digits name, empty when they name none."""
        return self.debut if len(self.debut) == 2 or re.fullmatch(r"97\d", self.debut) else ""


def comprendre(texte: str) -> LieuCherche:
    """Split a typed place into a name, a code and a département.

    Args:
        texte: anything a person or a program may send.

    Returns:
        an empty ``LieuCherche`` when nothing can be searched.
    """
    mots = _sans_cedex(cle(texte[:LONGUEUR_LUE]).split())
    code = next((m for m in mots if CODE.fullmatch(m)), "")
    debut = next((m for m in mots if DEBUT_DE_CODE.fullmatch(m)), "")
    if FLECHE in texte:  # our own wording, "Varades → Loireauxence (44370)", sent back: the old name is what was chosen
        mots = cle(texte.partition(FLECHE)[0][:LONGUEUR_LUE]).split()
    noms = [m for m in mots if not (CODE.fullmatch(m) or DEBUT_DE_CODE.fullmatch(m) or RANG.fullmatch(m))]
    nom = " ".join(
        AU_MILIEU.get(m, m) if 0 < i < len(noms) - 1 else ABREGES.get(m, m)
        for i, m in enumerate(ABREGES.get(m, m) for m in noms)
    )
    if nom in A_ARRONDISSEMENTS and debut.isdigit() and int(debut) <= 20:
        debut = ""  # "paris 12" asks for Paris, not for the Aveyron
    return LieuCherche(nom, code.upper(), debut.upper())


def sans_article(nom: str) -> str:
    """Return a folded name without its leading article: "le havre" gives "havre"."""
    return ARTICLE.sub("", nom)


def _sans_cedex(mots: list[str]) -> list[str]:
    if "cedex" not in mots:
        return mots
    ici = mots.index("cedex")
    suite = mots[ici + 1 :]
    return mots[:ici] + (suite[1:] if suite and re.fullmatch(r"\d{1,2}", suite[0]) else suite)
