"""Entries ready to be written: what a producer says, cleaned, whatever the format of its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from premier_accueil.annuaire.imports.bilan import Origine
from premier_accueil.annuaire.regles import Diffusion, Forme

PRINCIPAL = "principal"
"""Identifier, within a structure, of the place at its own address."""


@dataclass(frozen=True)
class Lieu:
    """An address.

    Attributes:
        hote: identifier of the structure that keeps the place, ``None`` for the one at hand.
        cle: identifier of the place within that structure, when the file is our own export.
        faits: what is known of its access and rooms (``regles.lieux.FAITS_DU_LIEU``).
    """

    nom: str = ""
    adresse: str = ""
    complement: str = ""
    code_insee: str = ""
    code_postal: str = ""
    commune: str = ""
    latitude: float | None = None
    longitude: float | None = None
    telephone: str = ""
    hote: str | None = None
    cle: str = ""
    faits: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class FermetureVoulue:
    """An exceptional closing, both days included."""

    du: date
    au: date
    motif: str = ""


@dataclass(frozen=True)
class PermanenceVoulue:
    """When and where. ``lieu`` is ``None`` for the main place of the structure (or none, by phone and at home)."""

    lieu: Lieu | None
    forme: Forme
    horaires: str = ""
    horaires_texte: str = ""
    sur_rendez_vous: bool | None = None
    precision: str = ""
    fermetures: tuple[FermetureVoulue, ...] = ()

    @property
    def sans_lieu(self) -> bool:
        """Tell whether it is held nowhere: by phone, or at the person's home."""
        return self.lieu is None and self.forme in {Forme.TELEPHONE, Forme.A_DOMICILE}


@dataclass(frozen=True)
class InterlocuteurVoulu:
    """A named contact."""

    nom: str
    fonction: str = ""
    telephone: str = ""
    courriel: str = ""
    diffusion: Diffusion = Diffusion.RESEAU


@dataclass(frozen=True)
class FicheStructure:
    """A structure. ``champs`` hold only what the producer masters: the rest of the row is left alone."""

    origine: Origine
    source: str
    source_id: str
    champs: dict[str, Any]
    lieu: Lieu | None = None


@dataclass(frozen=True)
class FicheService:
    """A service, its permanences and its contacts."""

    origine: Origine
    source: str
    source_id: str
    structure_source_id: str
    champs: dict[str, Any]
    permanences: tuple[PermanenceVoulue, ...] = ()
    interlocuteurs: tuple[InterlocuteurVoulu, ...] = field(default=())
