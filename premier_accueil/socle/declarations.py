"""What each domain holds about people, declared once: destruction, export and withdrawal run over it, no signals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.db.models import Model
from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class Declaration:
    """One table and how its rows lead to a person, to their end and out of the house.

    Attributes:
        modele: ``"app.Model"``.
        libelle: what it is, in French, as the person reads it in her export.
        personne: ORM path to the person's key (``"personne"``, ``"accord__personne"``, ``"pk"``); empty: none known.
        date: field that dates rows without a person; they go when older than the retention. With ``personne`` as well,
            a person's rows follow her file and only those that know nobody end with their date.
        colonnes: fields given to the person in her export, with the words she reads.
        codes: words for the codes that these fields hold.
        decision: its fields are given only once the data-protection officer has answered the person's access request.
        tait: why some of it is not exported; printed in the export. Required when nothing is.
    """

    modele: str
    libelle: str
    personne: str = ""
    date: str = ""
    colonnes: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    tait: str = ""
    decision: bool = False

    def __post_init__(self) -> None:
        """Refuse a line that would leave rows behind or hide them without a word."""
        if not self.personne and not self.date:
            raise ValueError(f"{self.modele}: say either how it leads to a person or which date ends it.")
        if self.personne and (not self.colonnes or self.decision) and not self.tait:
            raise ValueError(f"{self.modele}: what is not exported must say why.")

    @property
    def classe(self) -> type[Model]:
        """Return the model."""
        return apps.get_model(self.modele)


Coupure = Callable[[int, int, datetime], None]
"""What a domain cuts, in the request that withdraws an agreement: its key, the account that withdraws, when (T1)."""

_declarees: dict[str, Declaration] = {}
_coupures: dict[str, Coupure] = {}


def declarer(*lignes: Declaration) -> None:
    """Add lines; a domain does it in its module ``declarations``."""
    _declarees.update({ligne.modele: ligne for ligne in lignes})


def declarations() -> tuple[Declaration, ...]:
    """Return every line, those that lead to a person first, the person herself last of them."""
    autodiscover_modules("declarations")
    return tuple(
        sorted(
            _declarees.values(),
            key=lambda d: (not d.personne, d.personne == "pk", -d.personne.count("__"), d.modele),
        )
    )


def couper_au_retrait(domaine: str, coupure: Coupure) -> None:
    """Declare what a domain cuts when an agreement is withdrawn; it does it in its module ``declarations``."""
    _coupures[domaine] = coupure


def coupures() -> tuple[Coupure, ...]:
    """Return what every domain cuts when an agreement is withdrawn."""
    autodiscover_modules("declarations")
    return tuple(_coupures.values())
