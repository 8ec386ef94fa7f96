"""Rules of the papers: what may be asked, what may not, until when, and what a missing one changes. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from premier_accueil.annuaire.regles.horaires import feries
from premier_accueil.socle import dossiers
from premier_accueil.socle.calendrier import PARIS, plus_tard
from premier_accueil.socle.fichiers import lire_yaml

DIMANCHE = 6
LONGUEUR = 60  # what a line of the slip holds


class Retour(StrEnum):
    """Where somebody comes back with the papers, as facts say it."""

    MEME_LIEU = "MEME_LIEU"
    AUTRE_LIEU = "AUTRE_LIEU"


class ListeRefusee(ValueError):
    """The checklist says something that the law or the house forbids; the message names the paper."""


@dataclass(frozen=True)
class Papier:
    """One paper of a procedure.

    Attributes:
        libelle: words for the person.
        sur_le_bulletin: neutral words for what others may read (T22).
        texte: the text that requires it (CRPA L.114-5).
        indispensable: without it the request cannot be examined (CRPA L.114-5-1); the default is no.
        detenue_par: an administration holds it already: it is never asked (CRPA L.113-12). Empty otherwise.
        a_defaut: what replaces it.
    """

    code: str
    libelle: str
    sur_le_bulletin: str
    texte: str
    a_confirmer: bool = False
    indispensable: bool = False
    detenue_par: str = ""
    a_defaut: str = ""


@dataclass(frozen=True)
class Procedure:
    """A procedure and its papers: those that may be asked, those that may not.

    Attributes:
        sensible: it tells of health or residence: no counted fact names it (T3).
    """

    code: str
    libelle: str
    texte: str
    rappel: str
    papiers: tuple[Papier, ...]
    sensible: bool = False

    @property
    def demandables(self) -> tuple[Papier, ...]:
        """Return what a text lets one ask."""
        return tuple(p for p in self.papiers if not p.detenue_par)

    @property
    def interdits(self) -> tuple[Papier, ...]:
        """Return what an administration holds: never asked (CRPA L.113-12)."""
        return tuple(p for p in self.papiers if p.detenue_par)


@dataclass(frozen=True)
class Listes:
    """The whole of ``donnees/pieces.yaml``.

    Attributes:
        mois: length of the delay, in months.
        jours_apres: days after the deadline during which the code still opens the slip.
        minutes_gagnees: what another place must save, wait and travel together, to be offered.
    """

    date: date
    mois: int
    jours_apres: int
    minutes_gagnees: int
    procedures: Mapping[str, Procedure]


@dataclass(frozen=True)
class Examen:
    """What missing papers change: never the welcome (T13), and the examination only when one is indispensable."""

    manquent: int
    bloquants: tuple[str, ...]

    @property
    def suspendu(self) -> bool:
        """Tell whether the examination of the right waits (CRPA L.114-5-1, third paragraph)."""
        return bool(self.bloquants)


@cache
def listes() -> Listes:
    """Return the dated checklists of ``donnees/pieces.yaml``.

    Raises:
        ListeRefusee: see ``lire``.
    """
    return lire(dossiers.donnees() / "pieces.yaml")


def lire(fichier: Path) -> Listes:
    """Read checklists and refuse what may not be asked.

    Raises:
        ListeRefusee: a paper without a text, held by an administration and yet indispensable, or a social
            security number.
    """
    brut: Any = lire_yaml(fichier)
    procedures = {
        code: Procedure(
            code, p["libelle"], p["texte"], p.get("rappel", ""),
            tuple(_papier(f"{code}.{sien}", sien, b) for sien, b in p["papiers"].items()),
            bool(p.get("sensible", False)),
        )
        for code, p in brut["procedures"].items()
    }  # fmt: skip
    return Listes(
        brut["date"], int(brut["delai"]["mois"]), int(brut["bulletin"]["jours_apres_l_echeance"]),
        int(brut["autre_lieu"]["minutes_gagnees"]), procedures,
    )  # fmt: skip


def _papier(lieu: str, code: str, brut: Mapping[str, Any]) -> Papier:
    libelle = str(brut["libelle"])
    papier = Papier(
        code=code, libelle=libelle, sur_le_bulletin=str(brut.get("sur_le_bulletin", libelle)),
        texte=str(brut.get("texte", "")).strip(), a_confirmer=bool(brut.get("a_confirmer", False)),
        indispensable=bool(brut.get("indispensable", False)), detenue_par=str(brut.get("detenue_par", "")),
        a_defaut=str(brut.get("a_defaut", "")),
    )  # fmt: skip
    if not papier.texte:
        raise ListeRefusee(f"{lieu}: no text requires it (CRPA L.114-5).")
    if papier.detenue_par and papier.indispensable:
        raise ListeRefusee(f"{lieu}: what an administration holds is never asked (CRPA L.113-12).")
    mots = f"{libelle} {papier.sur_le_bulletin} {papier.a_defaut}".lower()
    if "numéro de sécurité sociale" in mots or "nir" in mots.split() or "carte vitale" in mots:
        raise ListeRefusee(f"{lieu}: no social security number at the first welcome.")
    return papier


def echeance(a: datetime, *, departement: str = "") -> date:
    """Return the day by which the papers are awaited: never a Sunday nor a public holiday.

    The length is the one of ``donnees/pieces.yaml`` (CRPA L.114-5 asks for a delay without giving its length). Passing
    it closes nothing: no right ends by a timer (T11).

    Args:
        a: when the slip is made.
        departement: local public holidays count.
    """
    jour = plus_tard(a, mois=listes().mois).date()
    while jour.weekday() == DIMANCHE or jour in feries(jour.year, departement):
        jour += timedelta(days=1)
    return jour


def fin_du_code(jusqu_au: date, a: datetime) -> datetime:
    """Return when the code of a slip stops opening it: some weeks after its deadline."""
    return a + (jusqu_au - a.astimezone(PARIS).date()) + timedelta(days=listes().jours_apres)


def examen(pieces: Iterable[tuple[str, bool, bool]]) -> Examen:
    """Say what the missing papers change (CRPA L.114-5-1, T13).

    Args:
        pieces: for each paper asked: its words, whether it is indispensable, whether it was brought.
    """
    manquent = [(libelle, indispensable) for libelle, indispensable, apportee in pieces if not apportee]
    return Examen(len(manquent), tuple(libelle for libelle, indispensable in manquent if indispensable))
