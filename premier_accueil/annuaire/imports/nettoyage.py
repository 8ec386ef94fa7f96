"""Clean one value: phone, e-mail, text, number. A value that cannot be kept is reported, never guessed."""

from __future__ import annotations

import json
import math
import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from premier_accueil.annuaire.imports.bilan import BilanDImport, Origine
from premier_accueil.annuaire.regles.coordonnees import telephone

_INTERDITS = re.compile("[\x00\ud800-\udfff]")
# "et" and "ou" only between spaces: they also live inside addresses ("fontaine-et-lac@…").
_PLUSIEURS = re.compile(r"\s*(?:/|;|\||,|\n)\s*|\s+(?:ou|et|-)\s+")


def telephone_ou_rien(brut: object, champ: str, origine: Origine, bilan: BilanDImport) -> str:
    """Return the first good number of a text, warning when some of it was dropped."""
    texte = str(brut or "").strip()
    if not texte:
        return ""
    entier = telephone(texte)
    if entier is not None:
        return entier
    bons = [n for morceau in _PLUSIEURS.split(texte[:200]) if (n := telephone(morceau))]
    if not bons:
        bilan.avertir(origine, champ, "numéro de téléphone non reconnu, laissé vide", texte)
        return ""
    bilan.avertir(origine, champ, "plusieurs numéros : seul le premier est gardé", texte)
    return bons[0]


def courriel_ou_rien(brut: object, champ: str, origine: Origine, bilan: BilanDImport) -> str:
    """Return the first good e-mail address of a text, warning when some of it was dropped."""
    texte = str(brut or "").strip()
    if not texte:
        return ""
    bons = [m for morceau in _PLUSIEURS.split(texte[:600]) if _courriel(m := morceau.strip(" <>"))]
    if not bons:
        bilan.avertir(origine, champ, "adresse de courriel non reconnue, laissée vide", texte)
        return ""
    if len(bons) > 1 or bons[0] != texte:
        bilan.avertir(origine, champ, "une seule adresse de courriel est gardée", texte)
    return bons[0]


def _courriel(texte: str) -> bool:
    try:
        validate_email(texte)
    except ValidationError:
        return False
    return len(texte) <= 254


def texte_court(brut: object, longueur: int, champ: str, origine: Origine, bilan: BilanDImport) -> str:
    """Return a text on one line, cut (with a warning) at what its column holds."""
    propre = " ".join(str(brut if brut is not None else "").split())
    if len(propre) <= longueur:
        return propre
    bilan.avertir(origine, champ, f"texte trop long ({len(propre)} caractères), coupé à {longueur}", propre)
    return propre[: longueur - 1].rstrip() + "…"


def point(
    latitude: object, longitude: object, origine: Origine, bilan: BilanDImport
) -> tuple[float, float] | tuple[None, None]:
    """Return (latitude, longitude) in degrees, or nothing with a warning when it is nowhere on Earth."""
    if latitude in (None, "") and longitude in (None, ""):
        return None, None
    try:
        x, y = (float(str(v).replace(",", ".")) for v in (latitude, longitude))
    except ValueError:
        x = y = math.nan
    if not (abs(x) <= 90 and abs(y) <= 180):
        bilan.avertir(origine, "latitude", "point géographique impossible, laissé vide", f"{latitude}, {longitude}")
        return None, None
    return x, y


def liste(brut: object) -> list[object]:
    """Read a list written in one cell: JSON, ``{a,b}``, or values separated by ``|``, ``;`` or ``,``."""
    if isinstance(brut, (list, tuple, set, frozenset)):
        return list(brut)
    texte = str(brut).strip()
    if texte.startswith("["):
        try:
            lu = json.loads(texte)
        except (ValueError, RecursionError):
            lu = None
        if isinstance(lu, list):
            return list(lu)
        texte = texte.strip("[]")
    elif texte.startswith("{") and texte.endswith("}"):
        texte = texte[1:-1]
    separateur = next((s for s in "|;" if s in texte), ",")
    return [m for morceau in texte.split(separateur) if (m := morceau.strip().strip("\"'"))]


def caractere_interdit(valeurs: object, profondeur: int = 0) -> bool:
    """Tell whether some text inside holds a NUL or a half character, which no database column takes."""
    if isinstance(valeurs, str):
        return _INTERDITS.search(valeurs) is not None
    if profondeur > 20:
        return True
    if isinstance(valeurs, dict):
        plat = [v for v in valeurs.values() if isinstance(v, str)]
        if len(plat) == len(valeurs):  # a CSV line: one search instead of fifty
            return _INTERDITS.search("".join((*valeurs, *plat))) is not None
        return any(caractere_interdit(v, profondeur + 1) for paire in valeurs.items() for v in paire)
    if isinstance(valeurs, (list, tuple)):
        return any(caractere_interdit(v, profondeur + 1) for v in valeurs)
    return False
