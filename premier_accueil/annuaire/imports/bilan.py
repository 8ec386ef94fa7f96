"""What an import did, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from enum import IntEnum
from typing import Any

VALEUR_MAX = 80


@dataclass(frozen=True)
class Refus:
    """A line that was not imported, and why, in French. ``ligne`` counts from 1, headings included in a CSV."""

    fichier: str
    ligne: int
    identifiant: str
    champ: str
    motif: str
    valeur: str = ""


@dataclass(frozen=True)
class Avertissement(Refus):
    """A line that was imported without one of its values, or with a doubt."""


class Sort(IntEnum):
    """What became of a line; the strongest wins when several rows come of it."""

    INCHANGE = 0
    MODIFIE = 1
    CREE = 2


@dataclass
class BilanDImport:
    """Counts and remarks of one import.

    ``lus`` counts lines; each is created, modified, unchanged or refused. ``absents`` counts the entries of the same
    sources that the new files no longer hold: they are left as they are.
    """

    lus: int = 0
    absents: int = 0
    refus: list[Refus] = field(default_factory=list)
    avertissements: list[Avertissement] = field(default_factory=list)
    _sorts: dict[tuple[str, int], Sort] = field(default_factory=dict, repr=False)
    _refusees: set[tuple[str, int]] = field(default_factory=set, repr=False)

    def __str__(self) -> str:
        """Say the counts in one French sentence, without a final point."""
        return (
            f"{self.lus} lignes lues : {self.crees} créées, {self.modifies} modifiées, "
            f"{self.inchanges} inchangées, {self.refuses} refusées"
        )

    @property
    def crees(self) -> int:
        """Lines that made a new entry."""
        return self._compter(Sort.CREE)

    @property
    def modifies(self) -> int:
        """Lines that changed an entry."""
        return self._compter(Sort.MODIFIE)

    @property
    def inchanges(self) -> int:
        """Lines that said what was known."""
        return self._compter(Sort.INCHANGE)

    @property
    def refuses(self) -> int:
        """Lines refused; each has its reason in ``refus``."""
        return len(self._refusees)

    def _compter(self, sort: Sort) -> int:
        return sum(s == sort for cle, s in self._sorts.items() if cle not in self._refusees)

    def refuser(self, origine: Origine, champ: str, motif: str, valeur: object = "") -> None:
        """Refuse a line."""
        self._refusees.add((origine.fichier, origine.ligne))
        self.refus.append(
            Refus(origine.fichier, origine.ligne, origine.identifiant[:160], champ, motif, extrait(valeur))
        )

    def ajouter(self, autre: BilanDImport) -> None:
        """Add the counts and remarks of another import, of other files."""
        self.lus += autre.lus
        self.absents += autre.absents
        self.refus += autre.refus
        self.avertissements += autre.avertissements
        for cle, sort in autre._sorts.items():
            self._sorts[cle] = max(sort, self._sorts.get(cle, Sort.INCHANGE))
        self._refusees |= autre._refusees

    def en_json(self) -> dict[str, Any]:
        """Return everything but ``lus`` and ``absents``, as JSON holds it (see ``de_json``)."""
        sorts: dict[str, dict[str, list[int]]] = {}
        for (fichier, ligne), sort in self._sorts.items():
            sorts.setdefault(fichier, {}).setdefault(sort.name, []).append(ligne)
        return {
            "sorts": sorts,
            "refus": [list(astuple(r)) for r in self.refus],
            "avertissements": [list(astuple(r)) for r in self.avertissements],
        }

    @classmethod
    def de_json(cls, ecrit: Mapping[str, Any]) -> BilanDImport:
        """Return what ``en_json`` wrote."""
        bilan = cls(
            refus=[Refus(*r) for r in ecrit["refus"]],
            avertissements=[Avertissement(*r) for r in ecrit["avertissements"]],
        )
        for fichier, par_sort in ecrit["sorts"].items():
            bilan._sorts |= {(fichier, ligne): Sort[nom] for nom, lignes in par_sort.items() for ligne in lignes}
        bilan._refusees = {(r.fichier, r.ligne) for r in bilan.refus}
        return bilan

    def est_refusee(self, origine: Origine) -> bool:
        """Tell whether a line was already refused."""
        return (origine.fichier, origine.ligne) in self._refusees

    def avertir(self, origine: Origine, champ: str, motif: str, valeur: object = "") -> None:
        """Keep a line but say what was dropped or doubted."""
        self.avertissements.append(
            Avertissement(origine.fichier, origine.ligne, origine.identifiant[:160], champ, motif, extrait(valeur))
        )

    def noter(self, origine: Origine, sort: Sort) -> None:
        """Record what became of a line."""
        cle = (origine.fichier, origine.ligne)
        self._sorts[cle] = max(sort, self._sorts.get(cle, Sort.INCHANGE))


@dataclass(frozen=True)
class Origine:
    """Where an entry comes from."""

    fichier: str
    ligne: int
    identifiant: str


def extrait(valeur: object) -> str:
    """Shorten a value for a report; control characters and line ends become spaces."""
    texte = str(valeur)[: VALEUR_MAX * 2]
    propre = "".join(c if c.isprintable() else " " for c in texte)
    return propre if len(propre) <= VALEUR_MAX else propre[: VALEUR_MAX - 1] + "…"
