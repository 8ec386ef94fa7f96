"""Frozen values of the sheets, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from premier_accueil.reperes.regles import EtatDeFiche, Geste, NumeroUtile


@dataclass(frozen=True)
class FicheCourte:
    """A sheet in force, as a link from a need or an urgency."""

    id: int
    titre: str
    slug: str
    thematiques: tuple[str, ...]
    urgences: tuple[str, ...]
    exemple: bool
    a_revoir: bool
    publique: bool


@dataclass(frozen=True)
class LigneDeFiche:
    """One line of a list of sheets.

    Attributes:
        etat, libelle: of the version that the list is about.
        lue: the reader said that they read it.
        en_preparation: another version is being written (owners and deciders only).
    """

    id: int
    titre: str
    etat: EtatDeFiche
    libelle: str
    numero: int
    exemple: bool
    proprietaires: tuple[str, ...]
    urgences: tuple[str, ...]
    revoir_le: date | None
    a_revoir: bool
    lue: bool


@dataclass(frozen=True)
class Liste:
    """One page of a list; ``total`` counts them all, ``a_lire`` those in force that the reader has not read."""

    lignes: tuple[LigneDeFiche, ...]
    total: int
    page: int
    pages: int
    a_lire: int


@dataclass(frozen=True)
class VersionVue:
    """What a version says."""

    id: int
    numero: int
    etat: EtatDeFiche
    libelle: str
    revision: int
    exemple: bool
    titre: str
    conduite: str
    texte: str
    titre_public: str
    texte_public: str
    thematiques: tuple[str, ...]
    urgences: tuple[str, ...]
    codes_des_numeros: tuple[str, ...]
    papiers: tuple[str, ...]
    appeler: tuple[str, ...]
    structures: tuple[tuple[int, str], ...]
    ecrit_par: str
    ecrit_le: datetime
    decision: str
    decidee_par: str
    decidee_le: date | None
    publiee_le: datetime | None
    publique: bool
    numeros: tuple[NumeroUtile, ...]


@dataclass(frozen=True)
class PasVu:
    """One gesture of the history."""

    libelle: str
    numero: int
    apres: str
    mot: str
    par: str
    le: datetime


@dataclass(frozen=True)
class FicheVue:
    """A sheet as somebody sees it: one version of it, the others, what may be done.

    Attributes:
        version: the one asked for; by default the one in force, else the latest that this role reads.
        versions: number, state and day of every version this role reads, the latest first.
        en_preparation: number of the version being prepared, when this role sees it.
        gestes: what this role may do on the version shown.
        ecrit: the role's structure writes it.
        lue: this person read the version shown, here.
    """

    id: int
    slug: str
    departement: str
    proprietaires: tuple[tuple[int, str], ...]
    revoir_le: date | None
    a_revoir: bool
    version: VersionVue
    versions: tuple[tuple[int, str, datetime], ...]
    en_preparation: int | None
    en_vigueur: int | None
    gestes: Mapping[str, Geste]
    ecrit: bool
    lue: bool


@dataclass(frozen=True)
class FichePublique:
    """What anybody may read of a sheet: nothing internal. The page adds the numbers of its ``urgences``."""

    titre: str
    slug: str
    texte: str
    urgences: tuple[str, ...]
    numeros: tuple[NumeroUtile, ...]
    exemple: bool
    publiee_le: datetime
    proprietaires: tuple[str, ...]


@dataclass(frozen=True)
class AAppeler:
    """A service of a structure that the sheet names, as the directory says it now."""

    service_id: int
    nom: str
    structure: str
    telephone: str
    ou: str
    ouvert: bool | None
    quand: str
    a_confirmer: bool
    exemple: bool
