"""The sheet as one short, neutral SMS. Whoever reads the telephone learns nothing of why the person came."""

from __future__ import annotations

import unicodedata

from premier_accueil.accueil.feuille.contenu import Feuille
from premier_accueil.accueil.feuille.page import couper, neutraliser

MAXIMUM = 320
# 3GPP TS 23.038 (GSM 7-bit default alphabet, then its extension table, whose characters count twice).
GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_DOUBLE = frozenset("^{}\\[~]|€")
DROIT = str.maketrans({
    "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "\u2011": "-", "…": "...",
    "œ": "oe", "Œ": "OE", "\u00a0": " ", "\u202f": " ", "\n": " ", "\r": " ", "·": ".", "•": "-",
})  # fmt: skip


def en_gsm7(texte: str) -> str:
    """Return the text in the GSM 7-bit alphabet: straight quotes, accents it lacks taken off, the rest left out.

    >>> en_gsm7("L’accueil à Bâle : 9 h – 12 h 👋")
    "L'accueil à Bale : 9 h - 12 h"
    """
    sortie: list[str] = []
    for c in unicodedata.normalize("NFC", texte).translate(DROIT):
        if c in GSM7 or c in GSM7_DOUBLE:
            sortie.append(c)
        else:
            sortie += [s for s in unicodedata.normalize("NFKD", c) if s in GSM7]
    return " ".join("".join(sortie).split())


def longueur(texte: str) -> int:
    """Count a text in GSM 7-bit units (the extension table counts double)."""
    return sum(2 if c in GSM7_DOUBLE else 1 for c in texte)


def texte(feuille: Feuille) -> str:
    """Return the SMS of a sheet, at most 320 units of the GSM 7-bit alphabet.

    It says who wrote, the telephone and the next hours of the first step, and where the page is. It names no service,
    and never carries the code: the link alone opens nothing.
    """
    feuille = neutraliser(feuille)
    lien = en_gsm7(feuille.adresse_web)
    reference = _court(feuille.reference, 20)
    code = en_gsm7(feuille.code)
    if longueur(lien) > 120 or (code and code in lien):
        lien = ""
    if code and code in reference:
        reference = ""
    fin: list[str] = []
    if lien:
        fin.append(f"Votre page : {lien}")
    if reference:
        fin.append(f"Référence : {reference}.")
    if code and (lien or reference):
        fin.append("Code remis sur papier.")
    bas = " ".join(fin)
    haut = [f"{_court(feuille.structure, 60) or 'Accueil'} : votre feuille de route."]
    haut += _premiere_etape(feuille)
    # What is least needed goes first: the hours, then the step.
    while len(haut) > 1 and longueur(" ".join([*haut, bas])) > MAXIMUM:
        haut.pop()
    return " ".join([*haut, bas]).strip()


def _court(texte: str, maximum: int) -> str:
    return en_gsm7(couper(en_gsm7(texte), maximum))


def _premiere_etape(feuille: Feuille) -> list[str]:
    """Return the sentences of the first step that can be reached: its telephone, then its hours."""
    etape = next((e for e in feuille.etapes if e.telephone.strip()), None)
    if etape is None:
        numero = _court(feuille.site_telephone, 24)
        return [f"Téléphone : {numero}."] if numero else []
    phrases = [f"Appelez le {_court(etape.telephone, 24)}."]
    heures = _court(etape.prochaine_ouverture or next((h for h in etape.horaires if h.strip()), ""), 60)
    if heures:
        fin = " (à confirmer)" if etape.a_confirmer else ""
        phrases.append(f"{heures}{fin}.")
    return phrases
