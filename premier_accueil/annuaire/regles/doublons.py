"""Whether two entries may be one: what brings them together and apart, in points (``annuaire_doublons.yaml``)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml
from premier_accueil.socle.texte import cle
from premier_accueil.territoire.regles.geometrie import distance_km

LIBELLES = {
    "siret": "même SIRET", "siret_different": "SIRET différents", "telephone": "même téléphone",
    "courriel": "même courriel", "nom": "noms proches", "nom_different": "noms différents",
    "adresse": "même adresse", "tout_pres": "au même endroit", "pres": "tout près", "loin": "loin l'une de l'autre",
    "genre": "même genre de structure", "genre_different": "genres de structure différents",
    "commune_differente": "communes différentes", "meme_source": "même source",
}  # fmt: skip
"""What each criterion is called on screens."""


@cache
def reglage() -> dict[str, Any]:
    """Return the weights and the threshold, read once."""
    lu = lire_yaml(dossiers.donnees() / "annuaire_doublons.yaml")
    assert isinstance(lu, dict)
    if lu["points"].keys() != LIBELLES.keys():
        raise ValueError("annuaire_doublons.yaml: the points must be those of the known criteria.")
    return lu


@dataclass(frozen=True)
class Carte:
    """What two entries are compared by. Empty or ``None``: unknown."""

    id: int
    source: str
    nom: str
    genre: str = ""
    siret: str = ""
    telephone: str = ""
    courriel: str = ""
    commune_id: int | None = None
    commune: str = ""
    adresse: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @cached_property
    def mots(self) -> frozenset[str]:
        """Return the words of the name that tell it apart: no small word, nor the name of its commune."""
        dits = synonymes(cle(self.nom)).split()
        vides = {*reglage()["mots_vides"], *cle(self.commune).split()}
        return frozenset(m for m in dits if m not in vides) or frozenset(dits)

    @cached_property
    def rue(self) -> str:
        """Return the address in comparable words; empty without one."""
        mots = re.sub(r"\b(?:bp|cs) ?\d+\b|\bcedex\b", " ", cle(self.adresse)).split()
        longs: Mapping[str, str] = reglage()["mots_d_adresse"]
        return " ".join(longs.get(m, m) for m in mots)

    @cached_property
    def numero(self) -> str:
        """Return the figures of the phone number; empty for a short one, which many share."""
        chiffres = re.sub(r"\D", "", self.telephone.replace("+33", "0"))
        return chiffres if len(chiffres) >= 9 else ""


@dataclass(frozen=True)
class Verdict:
    """How much two entries look alike, out of 100, and why: (criterion, points), heaviest first."""

    score: int
    raisons: tuple[tuple[str, int], ...]


def synonymes(nom: str) -> str:
    """Write the same kind of place in the same words."""
    return _synonymes().sub(lambda m: str(reglage()["synonymes"][m[0]]), nom)


@cache
def _synonymes() -> re.Pattern[str]:
    longs = sorted(reglage()["synonymes"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longs))})\b")


def comparer(une: Carte, autre: Carte) -> Verdict:
    """Compare two entries; the order of the two does not matter.

    What is unknown on either side brings nothing: an entry without a point or a phone is judged on the rest.
    """
    points: Mapping[str, int] = reglage()["points"]
    vus: dict[str, int] = {}

    def voir(critere: str, part: float = 1.0) -> None:
        if round(points[critere] * part):
            vus[critere] = round(points[critere] * part)

    if une.siret and autre.siret:
        voir("siret" if une.siret == autre.siret else "siret_different")
    if une.numero and une.numero == autre.numero:
        voir("telephone")
    if une.courriel and une.courriel.lower() == autre.courriel.lower():
        voir("courriel")
    _voir_le_nom(une, autre, voir)
    memes = une.commune_id is not None and une.commune_id == autre.commune_id
    if memes and une.rue and autre.rue:
        voir("adresse", _part(fuzz.token_sort_ratio(une.rue, autre.rue), reglage()["ressemblance"]["adresse"]))
    elif not memes and None not in (une.commune_id, autre.commune_id):
        voir("commune_differente")
    _voir_la_distance(une, autre, voir)
    if "AUTRE" not in (une.genre, autre.genre) and une.genre and autre.genre:
        voir("genre" if une.genre == autre.genre else "genre_different")
    if une.source == autre.source:
        voir("meme_source")
    raisons = tuple(sorted(vus.items(), key=lambda v: (-abs(v[1]), v[0])))
    return Verdict(max(0, min(100, sum(vus.values()))), raisons)


def _voir_le_nom(une: Carte, autre: Carte, voir: Callable[..., None]) -> None:
    reglages = reglage()["ressemblance"]
    # The words in order, whole: "mairie" alone is not "mairie annexe de Belle-Beille".
    ressemblance = fuzz.token_sort_ratio(" ".join(sorted(une.mots)), " ".join(sorted(autre.mots)))
    if ressemblance < reglages["nom_different"]:
        voir("nom_different")
    else:
        voir("nom", _part(ressemblance, reglages["nom"]))


def _voir_la_distance(une: Carte, autre: Carte, voir: Callable[..., None]) -> None:
    if une.latitude is None or une.longitude is None or autre.latitude is None or autre.longitude is None:
        return
    metres = 1000 * distance_km(une.latitude, une.longitude, autre.latitude, autre.longitude)
    bornes = reglage()["distances_metres"]
    if metres > bornes["loin"]:
        voir("loin")
    elif metres <= bornes["tout_pres"]:
        voir("tout_pres")
    elif metres <= bornes["pres"]:
        voir("pres")


def _part(ressemblance: float, bornes: Sequence[int]) -> float:
    bas, haut = bornes
    return max(0.0, min(1.0, (ressemblance - bas) / (haut - bas)))


def a_comparer(cartes: Iterable[Carte]) -> Iterator[tuple[Carte, Carte]]:
    """Return the pairs worth comparing, each once: those that share a number, an address, or a word in a commune.

    What too many entries share brings nobody together, so that the work stays near the number of entries.
    """
    au_plus: Mapping[str, int] = reglage()["au_plus_par_cle"]
    groupes: dict[tuple[str, Any], list[Carte]] = defaultdict(list)
    for carte in cartes:
        for nom, valeur in _cles(carte):
            groupes[nom, valeur].append(carte)
    vues: set[tuple[int, int]] = set()
    for (nom, _), groupe in groupes.items():
        if not 2 <= len(groupe) <= au_plus[nom]:
            continue
        for une, autre in combinations(groupe, 2):
            paire = (min(une.id, autre.id), max(une.id, autre.id))
            if une.id != autre.id and paire not in vues:
                vues.add(paire)
                yield (une, autre) if une.id < autre.id else (autre, une)


def _cles(carte: Carte) -> Iterator[tuple[str, Any]]:
    if carte.siret:
        yield "siret", carte.siret
    if carte.numero:
        yield "telephone", carte.numero
    if carte.courriel:
        yield "courriel", carte.courriel.lower()
    if carte.commune_id is not None:
        if carte.rue:
            yield "adresse", (carte.commune_id, carte.rue)
        for mot in carte.mots:
            yield "mot", (carte.commune_id, mot)


def paires(cartes: Iterable[Carte], garder: Callable[[Carte, Carte], bool]) -> Iterator[tuple[Carte, Carte, Verdict]]:
    """Return the pairs that reach the threshold.

    Args:
        cartes: every entry.
        garder: which pairs are asked for (one of them is of the import at hand).
    """
    seuil = reglage()["seuil"]
    for une, autre in a_comparer(cartes):
        if garder(une, autre) and (verdict := comparer(une, autre)).score >= seuil:
            yield une, autre, verdict
