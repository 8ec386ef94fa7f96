"""Facts that the words suggest about the person: proposed to the agent, never used nor kept before she confirms."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from premier_accueil.orientation.comprendre.motifs import Motifs, compiler, ruban
from premier_accueil.orientation.comprendre.mots import Mot
from premier_accueil.orientation.comprendre.nombres import Nombre, nombres
from premier_accueil.orientation.comprendre.valeurs import FaitPropose
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml

MONTRES = 6
"""Facts proposed at most: more would hide the answer."""
GENRES = ("CONCERNE", "AGE", "ENFANTS", "GROSSESSE", "TRAVAIL", "LOGEMENT", "RESSOURCES", "DEPLACEMENT")
PLUS_AGE, PLUS_D_ENFANTS = 120, 15
ADULTE = 30
"""A child older than this, in years, makes nobody a family with children."""
_ANNEES, _MOIS = frozenset({"ans", "an"}), frozenset({"mois", "semaines"})
_DUREES = frozenset({
    "depuis", "pendant", "dans", "apres", "avant", "durant", "fait", "faisait", "tous", "les", "en", "sur", "pour", "y",
    "moins", "bail", "credit", "contrat",
})  # fmt: skip
_TOUS = frozenset({"enfants", "gosses", "gamins"})
_AVANT_UN_AGE = frozenset({"ai", "a", "aura", "aurai", "avoir", "age", "agee", "ages", "agees", "avait", "plus", "eu"})


@dataclass(frozen=True)
class Situation:
    """One proposable fact of ``donnees/faits_proposes.yaml``."""

    genre: str
    code: str
    libelle: str
    publics: tuple[str, ...]
    dit: Motifs
    sauf: Motifs


@dataclass(frozen=True)
class Reserve:
    """What ``donnees/faits_proposes.yaml`` says."""

    situations: tuple[Situation, ...]
    personnes: Mapping[str, str]
    concerne: Mapping[str, str]
    possessifs: frozenset[str]
    moi: frozenset[str]
    ages: tuple[tuple[int, int, tuple[str, ...]], ...]
    publics_des_enfants: tuple[str, ...]


@cache
def reserve() -> Reserve:
    """Return the reviewed turns of phrase, read once.

    Raises:
        FileNotFoundError: no such file.
        ValueError: a pattern is wrong.
    """
    brut: Any = lire_yaml(dossiers.donnees() / "faits_proposes.yaml")
    situations = [
        Situation(
            genre, str(s["code"]), str(s["libelle"]), tuple(s.get("publics", ())),
            compiler(s["dit"], {}), compiler(s.get("sauf", ()), {}),
        )
        for genre, liste in brut["situations"].items()
        for s in liste
    ]  # fmt: skip
    return Reserve(
        tuple(situations),
        {mot: qui for qui, liste in brut["personnes"].items() for mot in liste},
        brut["libelles_de_concerne"],
        frozenset(brut["possessifs"]),
        frozenset(brut["moi"]),
        tuple((int(a["de"]), int(a["a"]), tuple(a["publics"])) for a in brut["ages"]),
        tuple(brut["enfants"]["publics"]),
    )


def proposer(texte: str, mots: Sequence[Mot]) -> tuple[FaitPropose, ...]:
    """Return the facts that a text suggests, one a kind, with the words that told each.

    Args:
        texte: as typed (see ``mots.lu``).
        mots: its words, as ``mots.decouper`` returns them; spelling may be repaired, positions kept.

    Returns:
        at most ``MONTRES`` proposals. Unknown is never a no: what is not said is not proposed.
    """
    ages = list(_ages(mots))
    faits = [*_concerne(texte, mots), *_age(texte, mots, ages), *_enfants(texte, mots, ages)]
    faits += _situations(texte, mots)
    premiers = {fait.genre: fait for fait in reversed(faits)}
    return tuple(premiers[genre] for genre in GENRES if genre in premiers)[:MONTRES]


def confirme(code: str) -> FaitPropose | None:
    """Return the fact of a code sent back by the page, ``None`` when it is none of ours.

    Args:
        code: "AGE:34", "ENFANTS:2", "ENFANTS:2:3,7", "TRAVAIL:SANS_EMPLOI"…; anything is accepted.
    """
    genre, _, valeur = code.partition(":")
    if genre == "AGE" and _entier(valeur, PLUS_AGE):
        return _fait_age(int(valeur), ())
    if genre == "ENFANTS":
        combien, _, ages = valeur.partition(":")
        annees = ages.split(",") if ages else []
        if (combien == "OUI" or _entier(combien, PLUS_D_ENFANTS)) and all(_entier(a, PLUS_AGE) for a in annees):
            return _fait_enfants(combien, sorted(int(a) for a in annees[:PLUS_D_ENFANTS]), ())
    if genre == "CONCERNE" and valeur in reserve().concerne:
        return FaitPropose(genre, valeur, reserve().concerne[valeur])
    trouvees = (s for s in reserve().situations if (s.genre, s.code) == (genre, valeur))
    return next((FaitPropose(s.genre, s.code, s.libelle, (), s.publics) for s in trouvees), None)


def publics_confirmes(faits: Iterable[FaitPropose]) -> tuple[str, ...]:
    """Return the data·inclusion publics that confirmed facts indicate, in a fixed order."""
    return tuple(sorted({public for fait in faits for public in fait.publics}))


def _entier(texte: str, haut: int) -> bool:
    return texte.isascii() and texte.isdigit() and len(texte) <= 3 and int(texte) <= haut


def _dit(texte: str, mots: Sequence[Mot]) -> tuple[str, ...]:
    return (" ".join(texte[mots[0].debut : mots[-1].fin].split()),) if mots else ()


def _situations(texte: str, mots: Sequence[Mot]) -> Iterable[FaitPropose]:
    """Find the turns of phrase; the first of a kind that is told is proposed."""
    ecrits = [mot for mot in mots if mot.forme != ","]
    bande = ruban(mots)
    for situation in reserve().situations:
        places = situation.dit.places(bande)
        if places and not situation.sauf.places(bande):
            debut, fin = min(places)
            rangs = bande.texte.count(" ", 0, debut), bande.texte.count(" ", 0, fin)
            dits = _dit(texte, ecrits[rangs[0] : rangs[1]])
            yield FaitPropose(situation.genre, situation.code, situation.libelle, dits, situation.publics)


def _concerne(texte: str, mots: Sequence[Mot]) -> Iterable[FaitPropose]:
    """Find about whom it is: "pour ma mère", or a sentence whose subject is a relative and no object is "me"."""
    regles = reserve()
    for rang, (mot, suivant) in enumerate(itertools.pairwise(mots)):
        qui = regles.personnes.get(suivant.forme, "SOI")
        if qui == "SOI" or mot.forme not in {*regles.possessifs, "le", "la", "les", "un", "une", "l"}:
            continue
        avant = mots[rang - 1].forme if rang else "."
        a_lui = mot.forme in regles.possessifs or qui != "PROCHE"
        apres = {m.forme for m in itertools.takewhile(lambda m: m.forme not in ".,", mots[rang + 2 : rang + 9])}
        if avant in {"pour", "concernant"} or (avant in {".", "que"} and a_lui and not apres & regles.moi):
            yield FaitPropose("CONCERNE", qui, regles.concerne[qui], _dit(texte, mots[rang : rang + 2]))


@dataclass(frozen=True)
class _Age:
    nombre: Nombre
    annees: int
    qui: str
    debut: int


def _ages(mots: Sequence[Mot]) -> Iterable[_Age]:
    """Find ages and whose they are; a length of time ("depuis 3 ans", "il y a 12 ans") is none."""
    formes = [mot.forme for mot in mots]
    lus = list(nombres(formes))
    for place, nombre in enumerate(lus):
        suite = formes[nombre.fin : nombre.fin + 3]
        unite = "ans" if nombre.unite == "ans" else suite[0] if suite and not nombre.unite else nombre.unite
        apres = suite if nombre.unite else suite[1:]
        if unite not in _ANNEES | _MOIS or (apres and apres[0] in {"de", "d", "que"}):
            continue
        groupe = [nombre]
        for avant in reversed(lus[:place]):  # "3, 5 et 7 ans"
            entre = formes[avant.fin : groupe[0].debut]
            if entre not in (["et"], [","], ["ou"]) or avant.unite:
                break
            groupe.insert(0, avant)
        trouve = _a_qui(formes, groupe[0].debut)
        if trouve is not None:
            for un in groupe:
                annees = un.valeur if unite in _ANNEES else un.valeur // 12 if unite == "mois" else 0
                if annees <= PLUS_AGE:
                    yield _Age(un, annees, trouve[0], trouve[1])


def _a_qui(formes: Sequence[str], rang: int) -> tuple[str, int] | None:
    """Return whose age stands here and where that person is named, ``None`` when it is no age."""
    fenetre = list(itertools.takewhile(lambda f: f not in ".", reversed(formes[max(0, rang - 8) : rang])))
    proche = fenetre[:2]
    if not proche or _DUREES & {proche[0]} or proche == ["a", "y"]:
        return None
    personnes = reserve().personnes
    nomme = next((place for place, forme in enumerate(fenetre) if forme in personnes), None)
    if proche[0] == "ai":
        return "SOI", max(0, rang - 2)
    if nomme is None:
        return ("SOI", rang - 1) if proche[0] in {"a", "ai", "age", "agee"} or proche[:2] == ["de", "agee"] else None
    dit = proche[0] in _AVANT_UN_AGE or nomme <= 1 or (proche[0] in {"de", ","} and nomme <= 3)
    return (personnes[fenetre[nomme]], rang - 1 - nomme) if dit else None


def _fait_age(annees: int, dits: tuple[str, ...]) -> FaitPropose:
    publics = tuple(p for de, a, liste in reserve().ages if de <= annees <= a for p in liste)
    return FaitPropose("AGE", str(annees), f"{annees} ans", dits, publics)


def _age(texte: str, mots: Sequence[Mot], ages: Sequence[_Age]) -> Iterable[FaitPropose]:
    """Propose the age of the person concerned: her own, else that of the adult she comes for."""
    for qui in ("SOI", "PROCHE", "AUTRE"):
        for age in ages:
            if age.qui == qui and age.annees >= 1:
                yield _fait_age(age.annees, _dit(texte, mots[age.debut : age.nombre.fin + (not age.nombre.unite)]))


def _fait_enfants(combien: str, ages: list[int], dits: tuple[str, ...]) -> FaitPropose:
    nombre = {"OUI": "a des enfants", "1": "un enfant"}.get(combien, f"{combien} enfants")
    dit = " et ".join([", ".join(map(str, ages[:-1])), str(ages[-1])] if len(ages) > 1 else map(str, ages))
    unite = "ans" if ages and max(ages) > 1 else "an"
    libelle = f"{nombre} ({'moins d’un an' if ages == [0] else f'{dit} {unite}'})" if ages else nombre
    valeur = f"{combien}:{','.join(map(str, ages))}" if ages else combien
    grands = bool(ages) and min(ages) > ADULTE
    return FaitPropose("ENFANTS", valeur, libelle, dits, () if grands else reserve().publics_des_enfants)


def _enfants(texte: str, mots: Sequence[Mot], ages: Sequence[_Age]) -> Iterable[FaitPropose]:
    """Propose how many children are told, with their ages."""
    regles = reserve()
    formes = [mot.forme for mot in mots]
    les_ages = [age for age in ages if age.qui == "ENFANT"]
    annees = sorted(age.annees for age in les_ages)
    comptes = list(_comptes(formes))
    en_tout = [c for c in comptes if c[2] in _TOUS][:1] or comptes
    if en_tout:
        combien = min(sum(nombre.valeur for nombre, _, _ in en_tout), PLUS_D_ENFANTS)
        debut, fin = en_tout[0][0].debut, en_tout[0][1]
        yield _fait_enfants(str(max(combien, len(annees))), annees, _dit(texte, mots[debut : fin + 1]))
    if les_ages:
        premier = les_ages[0]
        fin = premier.nombre.fin + (not premier.nombre.unite)
        yield _fait_enfants(str(len(annees)), annees, _dit(texte, mots[premier.debut : fin]))
    for rang, (a_moi, nom) in enumerate(itertools.pairwise(formes)):
        suivant = formes[rang + 2 : rang + 3]
        if a_moi in regles.possessifs and regles.personnes.get(nom) == "ENFANT" and suivant != ["enfants"]:
            plusieurs = a_moi in {"mes", "nos", "ses"}
            yield _fait_enfants("OUI" if plusieurs else "1", [], _dit(texte, mots[rang : rang + 2]))


def _comptes(formes: Sequence[str]) -> Iterable[tuple[Nombre, int, str]]:
    """Find children that are counted: the number, the rank of the noun, the noun. Grandchildren are left out."""
    for nombre in nombres(formes):
        fin = nombre.fin
        petits = list(formes[fin : fin + 2])
        if petits == ["petits", "enfants"] or nombre.unite or not 1 <= nombre.valeur <= PLUS_D_ENFANTS:
            continue
        if petits[:1] in (["petits"], ["jeunes"]) and reserve().personnes.get(petits[-1]) == "ENFANT":
            fin += 1
        if fin < len(formes) and reserve().personnes.get(formes[fin]) == "ENFANT":
            yield nombre, fin, formes[fin]
