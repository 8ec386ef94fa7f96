"""Turn hours written as a French sentence into ``opening_hours``, only where the meaning is certain.

What is not certain stays in words: a wrong door costs a day to who travels. A sentence is certain when every word of it
is understood and no day is said twice with different hours.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from premier_accueil.annuaire.regles.conversion import (
    JOURS,
    LONGUEUR_MAX,
    HorairesLus,
    Plage,
    plage_osm,
    plages_du_jour,
)
from premier_accueil.annuaire.regles.ouverture import MOIS, valables

_MOIS_FR = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
_JOURS_FR = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
_RANGS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4, "dernier": -1}
_M = "|".join(_MOIS_FR)
_H = r"(?:\d{1,2}\s*(?:h|heures?|:)\s*(?:\d{2})?|midi|minuit)"
_MOTIFS = (
    ("TOUJOURS", r"24\s*h?\s*/\s*24(?:\s*(?:et|,)?\s*7\s*j?(?:ours)?\s*/\s*7)?|24/7"),
    ("PLAGE", rf"(?:de\s+)?(?:\d{{1,2}}|{_H})\s*(?:-|–|—|a)\s*{_H}"),
    ("PERIODE", rf"du\s+(\d{{1,2}})(?:er)?(?:\s+({_M}))?\s+au\s+(\d{{1,2}})(?:er)?\s+({_M})"),
    ("DATE", rf"le\s+(\d{{1,2}})(?:er)?\s+({_M})"),
    ("MOIS", rf"(?:en|au\s+mois\s+d[e'’]\s*)\s*({_M})|(?:de|d[’'])\s*({_M})\s+a\s+({_M})"),
    ("RANG", rf"(\d)\s*(?:ere?|e|eme|nde?)s?\b|({'|'.join(_RANGS)})s?\b"),
    ("SEMAINE", r"(?:les\s+)?semaines?\s+(impaire|paire)s?"),
    ("FERIES", r"(?:les\s+)?jours?\s+feries?"),
    ("VACANCES", r"(?:les\s+|pendant\s+les\s+)?vacances(?:\s+scolaires)?"),
    ("SAUF", r"sauf|hors|ferme(?:e|s|es)?\b|excepte"),
    ("TOUS", r"(?:tous\s+les\s+jours|7\s*j(?:ours)?\s*(?:/|sur)\s*7)"),
    ("JOUR", r"(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\b|(lun|mer|jeu|ven|sam|dim)\b\.?"),
    ("NOTE", r"(?:uniquement\s+)?(?:avec\s+ou\s+sans|sur|avec|sans)\s+(?:rendez[\s-]*vous|rdv)"),
    ("JUSQU", r"(?:au|a)\b|-|–"),
    ("MENSUEL", r"du\s+mois|de\s+chaque\s+mois"),
    ("COUPE", r";|\.(?=\s|$)|\n"),
    ("VIDE", r"et\b|puis\b|ainsi\s+que|,|/|:|\(|\)|les?\b|la\b|du\b|de\b|d['’]|des\b|chaque\b|tous\b|toutes\b"
             r"|ouverte?s?\b|accueil\b|horaires\b|permanences?\b|matin\b|apres[\s-]*midi\b"),
)  # fmt: skip
_LEXIQUE = re.compile(rf"\s*(?:{'|'.join(f'(?P<{nom}>{motif})' for nom, motif in _MOTIFS)})\s*")


class _Incertain(ValueError):
    """Something of the sentence is not understood for sure."""


@dataclass
class _Regle:
    """One rule being read: which days, when, closed or not."""

    jours: list[str] = field(default_factory=list)
    rangs: list[int] = field(default_factory=list)
    semaine: str = ""
    dates: list[str] = field(default_factory=list)
    plages: list[Plage] = field(default_factory=list)
    ferme: bool = False
    jusqu: bool = False

    @property
    def vide(self) -> bool:
        return not (self.jours or self.rangs or self.dates or self.plages or self.semaine or self.ferme)

    def cles(self) -> frozenset[tuple[str, int, str]]:
        """Return which (day, rank, parity) it speaks of, to see whether two rules meet."""
        return frozenset((j, r, self.semaine) for j in self.jours or JOURS for r in self.rangs or [0])

    def osm(self) -> str:
        semaine = {"paire": "week 2-53/2", "impaire": "week 1-53/2", "": ""}[self.semaine]
        rangs = f"[{','.join(map(str, sorted(self.rangs, key=lambda r: (r < 0, r))))}]" if self.rangs else ""
        jours = ",".join(f"{j}{rangs}" for j in self.jours) if rangs else _suites(self.jours)
        heures = "off" if self.ferme else ",".join(plage_osm(p) for p in sorted(self.plages))
        return " ".join(m for m in (semaine, ",".join(self.dates), jours, heures) if m)


@lru_cache(maxsize=2048)
def lire_phrase(texte: str) -> HorairesLus:
    """Read hours written as a sentence.

    Args:
        texte: such as ``"du lundi au vendredi de 9h à 12h, fermé en août"``, ``"1er mardi du mois 14h-17h"``, ``"2e et
            4e jeudis 9h-12h"``, ``"mardi 14h-17h semaines paires"``. OpenStreetMap syntax is kept as it is.

    Returns:
        ``horaires`` when all of it is certain; ``texte`` keeps what the syntax cannot say ("sur rendez-vous"), or the
        whole sentence when a part of it is not certain.

    >>> lire_phrase("1er mardi du mois de 14h à 17h").horaires
    'Tu[1] 14:00-17:00'
    >>> lire_phrase("un lundi sur deux, le matin").texte
    'un lundi sur deux, le matin'
    """
    entier = " ".join(texte.replace("\xa0", " ").split())
    if len(entier) > LONGUEUR_MAX or not entier:  # the end of a sentence that is cut might say "except…"
        return HorairesLus("", entier[:LONGUEUR_MAX])
    if valables(entier):
        return HorairesLus(entier, "")
    try:
        horaires, notes = _composer(_plat(entier), entier)
    except _Incertain:
        return HorairesLus("", entier)
    if not horaires or len(horaires) > LONGUEUR_MAX or not valables(horaires):
        return HorairesLus("", entier)
    return HorairesLus(horaires, notes)


def _plat(texte: str) -> str:
    """Fold accents and case, letter for letter: the words keep their place in the sentence."""
    lettres = (unicodedata.normalize("NFKD", c)[0] for c in texte)
    return "".join(lettres).lower()


def _mots(plat: str) -> Iterator[tuple[str, re.Match[str]]]:
    ici = 0
    while ici < len(plat):
        trouve = _LEXIQUE.match(plat, ici)
        if trouve is None or trouve.end() == ici:
            raise _Incertain(plat[ici:])
        ici = trouve.end()
        yield str(trouve.lastgroup and next(nom for nom, _ in _MOTIFS if trouve[nom] is not None)), trouve


def _composer(plat: str, entier: str) -> tuple[str, str]:
    regles: list[_Regle] = [_Regle()]
    notes: list[str] = []
    for nom, mot in _mots(plat):
        if nom == "NOTE":
            notes.append(entier[mot.start(nom) : mot.end(nom)])
        elif nom == "TOUJOURS":
            if regles[-1].plages or regles[-1].jours:
                raise _Incertain(plat)
            regles[-1].plages = [(0, 24 * 60)]
        elif nom != "VIDE":
            _suivre(regles, nom, mot[nom])
    dites = [_finie(r) for r in regles if not r.vide]
    ouvertes, fermees = _joindre([r for r in dites if not r.ferme]), [r for r in dites if r.ferme]
    if not ouvertes:
        raise _Incertain(plat)
    if len(ouvertes) == 1 and ouvertes[0].plages == [(0, 24 * 60)] and not ouvertes[0].jours and not fermees:
        return "24/7", " ; ".join(notes)
    # Which of several rules a note speaks of is not said by its place: the whole sentence stays beside the hours.
    dit = entier if notes and len(ouvertes) > 1 else " ; ".join(notes)
    return "; ".join(r.osm() for r in ouvertes + fermees), dit


def _suivre(regles: list[_Regle], nom: str, mot: str) -> None:
    if nom in {"COUPE", "SAUF"}:
        if not regles[-1].vide:
            regles.append(_Regle())
        regles[-1].ferme = nom == "SAUF"
        return
    neuve = nom in {"PERIODE", "DATE", "MOIS", "TOUS", "RANG", "JOUR"}
    if neuve and regles[-1].plages:  # a new day after hours begins another rule
        regles.append(_Regle())
    r = regles[-1]
    if nom == "PLAGE":
        r.plages += _plages(mot)
    elif nom == "SEMAINE":
        r.semaine = "impaire" if "impaire" in mot else "paire"
    elif nom in {"PERIODE", "DATE", "MOIS"}:
        r.dates.append(_date(nom, mot))
    elif neuve:
        _jour(r, nom, mot)
    else:
        _attacher(r, nom, mot)


def _attacher(r: _Regle, nom: str, mot: str) -> None:
    # Opening on holidays may be meant in too many ways; a dash, in only one.
    certain = {"FERIES": r.ferme, "VACANCES": r.ferme, "MENSUEL": bool(r.rangs)}
    if not certain.get(nom, bool(r.jours and not r.plages and not r.rangs)):
        raise _Incertain(mot)
    if nom == "JUSQU":
        r.jusqu = True
    elif nom != "MENSUEL":
        r.jours.append("PH" if nom == "FERIES" else "SH")


def _jour(r: _Regle, nom: str, mot: str) -> None:
    if nom == "TOUS":
        r.jours += JOURS
    elif nom == "RANG":
        if r.jours:
            raise _Incertain(mot)
        rang = int(mot[0]) if mot[0].isdigit() else _RANGS[mot.rstrip("s")]
        if not -1 <= rang <= 5 or rang == 0:
            raise _Incertain(mot)
        r.rangs.append(rang)
    else:
        jour = _JOURS_FR.index(mot[:3])
        if r.jusqu:
            debut = JOURS.index(r.jours[-1])
            if jour <= debut:
                raise _Incertain(mot)
            r.jours += JOURS[debut + 1 : jour + 1]
            r.jusqu = False
        else:
            r.jours.append(JOURS[jour])


def _plages(mot: str) -> list[Plage]:
    dite = re.sub(r"^de\s+", "", mot).replace("midi", "12h").replace("minuit", "24h").replace(":", "h")
    lues = plages_du_jour(dite)
    if not lues:
        raise _Incertain(mot)
    return list(lues)


def _date(nom: str, mot: str) -> str:
    mois = [MOIS[_MOIS_FR.index(m)] for m in re.findall(_M, mot)]
    jours = [int(j) for j in re.findall(r"\d+", mot)]
    if any(not 1 <= j <= 31 for j in jours):
        raise _Incertain(mot)
    if nom == "DATE":
        return f"{mois[0]} {jours[0]:02}"
    if nom == "PERIODE":
        debut, fin = mois[0], mois[-1]
        if debut == fin and jours[1] <= jours[0]:
            raise _Incertain(mot)
        return f"{debut} {jours[0]:02}-{fin} {jours[1]:02}"
    return mois[0] if len(mois) == 1 else f"{mois[0]}-{mois[1]}"


def _finie(r: _Regle) -> _Regle:
    """Return a rule that is whole: hours with days or dates, or a closing that says when."""
    if r.jusqu or (r.rangs and not r.jours) or (r.rangs and r.semaine):
        raise _Incertain(r.osm())
    if r.ferme and (r.plages or not (r.jours or r.dates)):
        raise _Incertain(r.osm())
    toujours = r.plages == [(0, 24 * 60)]
    if not r.ferme and (not r.plages or not (r.jours or r.dates or toujours)):
        raise _Incertain(r.osm())
    return r


def _joindre(ouvertes: list[_Regle]) -> list[_Regle]:
    """Put together the hours of the same days; refuse days said twice otherwise."""
    jointes: list[_Regle] = []
    for r in ouvertes:
        meme = next((j for j in jointes if (j.cles(), j.dates) == (r.cles(), r.dates)), None)
        if meme is not None:
            meme.plages += r.plages
        else:
            if any(_se_croisent(j, r) for j in jointes):
                raise _Incertain(r.osm())
            jointes.append(r)
    for j in jointes:
        ordre = sorted(j.plages)
        if any(suivante[0] < avant[1] for avant, suivante in itertools.pairwise(ordre)):
            raise _Incertain(j.osm())
    return jointes


def _se_croisent(une: _Regle, autre: _Regle) -> bool:
    """Tell whether two rules may fall on the same day: the later would replace the former."""
    if not set(une.jours or JOURS) & set(autre.jours or JOURS):
        return False
    if {une.semaine, autre.semaine} == {"paire", "impaire"}:
        return False
    rangs = set(une.rangs) | set(autre.rangs)
    # The last one may be the fourth or the fifth.
    apart = une.rangs and autre.rangs and not set(une.rangs) & set(autre.rangs) and -1 not in rangs
    return not apart


def _suites(jours: list[str]) -> str:
    semaine = sorted({JOURS.index(j) for j in jours if j in JOURS})
    if len(semaine) == 7:
        return "Mo-Su"
    suites: list[list[int]] = []
    for j in semaine:
        if suites and j == suites[-1][-1] + 1:
            suites[-1].append(j)
        else:
            suites.append([j])
    noms = [f"{JOURS[s[0]]}-{JOURS[s[-1]]}" if len(s) > 2 else ",".join(JOURS[j] for j in s) for s in suites]
    return ",".join(noms + [j for j in jours if j not in JOURS])
