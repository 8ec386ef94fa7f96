"""Read what somebody wrote in one field of an entry: the value to keep, or a sentence that says what is expected.

Values are those that JSON holds (text, number, yes/no, list), so that a change is kept and undone as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from premier_accueil.annuaire.regles.coordonnees import telephone
from premier_accueil.annuaire.regles.horaires import en_clair, valables
from premier_accueil.annuaire.regles.phrases import lire_phrase
from premier_accueil.socle.texte import propre

Lecture = Callable[[object], object]

COURRIEL = re.compile(r"^[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]{2,}$")
ZONE = re.compile(r"^(?:[0-9AB]{2}[0-9]{3}|[0-9]{9}|[0-9AB]{2,3}|france)$")
ELEMENTS_MAX = 60


class ValeurRefusee(ValueError):
    """A value that cannot be kept; its text is a plain French sentence."""


def texte(longueur: int, *, requis: bool = False, une_ligne: bool = True) -> Lecture:
    """Read a text of at most so many characters."""

    def lire(brut: object) -> str:
        dit = propre(str(brut if brut is not None else ""))
        dit = " ".join(dit.split()) if une_ligne else dit
        if requis and not dit:
            raise ValeurRefusee("Ce champ ne peut pas rester vide.")
        if len(dit) > longueur:
            raise ValeurRefusee(f"C'est trop long : {len(dit)} caractères, {longueur} au plus.")
        return dit

    return lire


def numero(brut: object) -> str:
    """Read a phone number."""
    dit = propre(str(brut or ""))
    lu = telephone(dit) if dit else ""
    if lu is None:
        raise ValeurRefusee("Ce numéro n'est pas reconnu. Exemple : 02 40 00 00 00, ou 3949.")
    return lu


def courriel(brut: object) -> str:
    """Read an e-mail address."""
    dit = propre(str(brut or ""))
    if dit and (len(dit) > 254 or not COURRIEL.match(dit)):
        raise ValeurRefusee("Cette adresse de courriel n'est pas reconnue. Exemple : accueil@exemple.fr.")
    return dit


def adresse_web(brut: object) -> str:
    """Read a web address; ``https://`` is added when nothing is written."""
    dit = propre(str(brut or ""))
    if dit and "://" not in dit:
        dit = f"https://{dit}"
    if dit and (len(dit) > 500 or not re.match(r"^https?://[^\s<>\"']+\.[^\s<>\"']+$", dit)):
        raise ValeurRefusee("Cette adresse web n'est pas reconnue. Exemple : https://www.exemple.fr.")
    return dit


def choix(valeurs: Mapping[str, str], *, vide: bool = True) -> Lecture:
    """Read one code among some; empty means unknown."""

    def lire(brut: object) -> str:
        dit = str(brut or "")
        if dit not in valeurs and not (vide and not dit):
            raise ValeurRefusee("Ce choix n'existe pas dans la liste.")
        return dit

    return lire


def codes(valeurs: Mapping[str, str]) -> Lecture:
    """Read several codes among some, in the order of the vocabulary."""

    def lire(brut: object) -> list[str]:
        dits = {str(v) for v in suite(brut)}
        if dits - valeurs.keys():
            raise ValeurRefusee("Un de ces choix n'existe pas dans la liste.")
        return [code for code in valeurs if code in dits]

    return lire


def lignes(longueur: int) -> Lecture:
    """Read a list written one element a line."""

    def lire(brut: object) -> list[str]:
        dites = brut.splitlines() if isinstance(brut, str) else [str(v) for v in suite(brut)]
        gardees = list(dict.fromkeys(d for ligne in dites if (d := " ".join(propre(ligne).split()))))
        if len(gardees) > ELEMENTS_MAX or any(len(ligne) > longueur for ligne in gardees):
            raise ValeurRefusee(f"Au plus {ELEMENTS_MAX} lignes de {longueur} caractères.")
        return gardees

    return lire


def zone(brut: object) -> list[str]:
    """Read the codes of the places that a service covers: commune, EPCI, département or « france »."""
    dites = re.split(r"[\s,;]+", brut) if isinstance(brut, str) else [str(v) for v in suite(brut)]
    gardees = list(dict.fromkeys(d for d in (propre(x) for x in dites) if d))
    if any(not ZONE.match(code) for code in gardees) or len(gardees) > 2000:
        raise ValeurRefusee("On attend des codes de commune, d'intercommunalité ou de département, ou « france ».")
    return gardees


def horaires(brut: object) -> str:
    """Read hours in the syntax of OpenStreetMap, or said in French when the sentence is certain."""
    dit = " ".join(propre(str(brut or "")).split())
    if dit and len(dit) <= 500 and not valables(dit):
        lus = lire_phrase(dit)
        dit = lus.horaires if lus.horaires and not lus.texte else dit
    if len(dit) > 500 or (dit and not valables(dit)):
        raise ValeurRefusee(
            "Ces horaires ne sont pas lisibles par le calendrier. Exemple : lundi à vendredi : 9 h–12 h et 14 h–17 h. "
            "Sinon, écrivez-les avec vos mots dans « Horaires, avec des mots »."
        )
    return dit


def horaires_a_ecrire(connus: str) -> str:
    """Return hours as somebody may write them again: in French when it reads back the same, else as they are."""
    dits = " ; ".join(en_clair(connus))
    lus = lire_phrase(dits) if dits and dits != connus else None
    return dits if lus and lus.horaires == connus and not lus.texte else connus


def oui_non(brut: object) -> bool | None:
    """Read yes, no, or nothing when it is not known."""
    connus: dict[object, bool | None] = {
        None: None, "": None, "INCONNU": None, True: True, "OUI": True, False: False, "NON": False,
    }  # fmt: skip
    if (not isinstance(brut, (str, bool)) and brut is not None) or brut not in connus:
        raise ValeurRefusee("On attend oui, non, ou « je ne sais pas ».")
    return connus[brut]


def entier(plus_grand: int) -> Lecture:
    """Read a whole number from 0 on; empty means unknown."""

    def lire(brut: object) -> int | None:
        dit = str(brut if brut is not None else "").strip()
        if not dit:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", dit) or int(dit) > plus_grand:
            raise ValeurRefusee(f"On attend un nombre entier, de 0 à {plus_grand}.")
        return int(dit)

    return lire


def decimal(plus_grand: float) -> Lecture:
    """Read a number of degrees; empty means unknown."""

    def lire(brut: object) -> float | None:
        dit = str(brut if brut is not None else "").strip().replace(",", ".")
        if not dit:
            return None
        try:
            lu = float(dit)
        except ValueError:
            lu = plus_grand + 1
        if not abs(lu) <= plus_grand:
            raise ValeurRefusee(f"On attend un nombre entre -{plus_grand:g} et {plus_grand:g}.")
        return lu

    return lire


def jour(brut: object) -> str:
    """Read a date; return it as ``AAAA-MM-JJ``."""
    try:
        return (brut if isinstance(brut, date) else date.fromisoformat(str(brut).strip())).isoformat()
    except ValueError:
        raise ValeurRefusee("Cette date n'est pas reconnue : jour, mois et année.") from None


def jour_ou_rien(brut: object) -> str | None:
    """Read a date that may stay unknown."""
    return jour(brut) if brut else None


def fermetures(brut: object) -> list[list[str]]:
    """Read exceptional closings: (first day, last day, reason) each; sorted, each period once."""
    lues: dict[tuple[str, str], str] = {}
    for element in suite(brut):
        du, au, motif = (*suite(element), "")[:3]
        premier, dernier = jour(du), jour(au or du)
        if dernier < premier:
            raise ValeurRefusee("La fermeture finit avant de commencer : vérifiez les deux dates.")
        lues[premier, dernier] = str(texte(200)(motif))
    if len(lues) > ELEMENTS_MAX:
        raise ValeurRefusee(f"Au plus {ELEMENTS_MAX} fermetures.")
    return [[du, au, motif] for (du, au), motif in sorted(lues.items())]


def suite(brut: object) -> Sequence[object]:
    """Return the elements of a list; nothing for nothing, one for a single text."""
    if brut is None or brut == "":
        return ()
    if isinstance(brut, (list, tuple, set, frozenset)):
        return sorted(brut, key=str) if isinstance(brut, (set, frozenset)) else list(brut)
    return (brut,)
