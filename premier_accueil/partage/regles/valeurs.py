"""The frozen values a projection looks at, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from premier_accueil.acteurs.regles import Fonction, GenreDeStructure, Profession, StatutDeSecret


@dataclass(frozen=True)
class Element:
    """Something the file holds: a code of the table, its words, the themes it touches."""

    code: str
    texte: str
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Dossier:
    """What a structure holds of a person at the moment of communicating.

    Attributes:
        suivie_avec: structures known — by the person's word, never by a search (T7) — to follow her too, or to be
            awaiting her.
        adresse_protegee: on her word alone (T3).
        mots_proteges: words that must appear in nothing that leaves (the protected address itself, when it is held).
        mesure: protection measure, dated; it changes neither who is asked nor who reads (T9).
        structures_ecartees, comptes_ecartes: named blocks (T4).
    """

    structure_id: int
    personne_id: int
    elements: tuple[Element, ...]
    suivie_avec: frozenset[int] = frozenset()
    adresse_protegee: bool = False
    mots_proteges: frozenset[str] = frozenset()
    mesure: str = ""
    structures_ecartees: frozenset[int] = frozenset()
    comptes_ecartes: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Destinataire:
    """Who would receive, as known today; what is unknown is told by the poorest value.

    Attributes:
        compte_id: ``None`` when the copy goes to a whole unit or by a link.
        en_mission: somebody runs this function there today.
        engage: the structure is committed to the network today.
    """

    structure_id: int
    nom: str
    genre: GenreDeStructure
    fonction: Fonction
    profession: Profession = Profession.AUTRE
    statut: StatutDeSecret = StatutDeSecret.AUCUN
    compte_id: int | None = None
    en_mission: bool = False
    engage: bool = False


@dataclass(frozen=True)
class AccordVu:
    """An agreement to one communication: purpose × recipient × items × period.

    Attributes:
        elements: codes the person said yes to.
        debut, fin: from when, until when (excluded).
        presents: who was there, codes of the table.
        demande_a_la_personne: asked of her, never of a protector alone (code civil 459, T9).
    """

    structure_id: int
    personne_id: int
    but: str
    destinataire_id: int
    fonction: Fonction
    elements: frozenset[str]
    debut: datetime
    fin: datetime
    obtention: str
    presents: frozenset[str]
    demande_a_la_personne: bool
    retire_le: datetime | None = None


@dataclass(frozen=True)
class Ligne:
    """One item: leaves or stays, and why. The words are there only when it leaves."""

    code: str
    libelle: str
    part: bool
    raison: str
    texte: str = ""


@dataclass(frozen=True)
class Projection:
    """What leaves and what stays, for one recipient."""

    lignes: tuple[Ligne, ...]

    @property
    def partent(self) -> tuple[Ligne, ...]:
        """Return what leaves."""
        return tuple(ligne for ligne in self.lignes if ligne.part)

    @property
    def restent(self) -> tuple[Ligne, ...]:
        """Return what stays."""
        return tuple(ligne for ligne in self.lignes if not ligne.part)
