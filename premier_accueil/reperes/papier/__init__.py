"""A sheet or a whole guide as one tagged PDF; what people wrote reaches typst as data only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from premier_accueil.reperes.regles import en_blocs
from premier_accueil.socle.pdf import compiler

MODELE = Path(__file__).with_name("guide.typ")


@dataclass(frozen=True)
class Contact:
    """Whom to call, as the directory said it on the day of the print."""

    nom: str
    structure: str
    telephone: str
    a_confirmer: bool


@dataclass(frozen=True)
class Regle:
    """One boundary rule between the welcome and the follow-up."""

    libelle: str
    vers: str
    raison: str
    source: str


@dataclass(frozen=True)
class Feuillet:
    """One sheet of the print; ``papiers`` are procedures with their papers."""

    titre: str
    numero: int
    etat: str
    exemple: bool
    a_revoir: bool
    decision: str
    numeros: tuple[tuple[str, str], ...]
    conduites: tuple[str, ...]
    conduite: str
    texte: str
    contacts: tuple[Contact, ...]
    papiers: tuple[tuple[str, tuple[str, ...]], ...]


def imprimer(
    titre: str, de: str, le: str, introduction: str, feuillets: Sequence[Feuillet], regles: Sequence[Regle]
) -> bytes:
    """Return the PDF of some sheets in their order.

    Args:
        titre: of the document; a single sheet has no cover of its own.
        de: who writes it.
        le: day of the print, in words.
        introduction: markdown.
        regles: boundary rules, printed last.

    Raises:
        ErreurDePdf: the template is wrong (never because of what was written).
    """
    return compiler(
        MODELE,
        {
            "titre": titre or "Fiche repère", "de": de, "le": le, "seul": len(feuillets) == 1 and not introduction,
            "introduction": en_blocs(introduction), "feuillets": [_feuillet(f) for f in feuillets],
            "regles": [vars(r) for r in regles],
        },
    )  # fmt: skip


def _feuillet(f: Feuillet) -> dict[str, object]:
    return {
        "titre": f.titre or "Sans titre", "numero": f.numero, "etat": f.etat, "exemple": f.exemple,
        "a_revoir": f.a_revoir, "decision": f.decision, "numeros": [list(n) for n in f.numeros],
        "conduites": list(f.conduites), "conduite": en_blocs(f.conduite), "texte": en_blocs(f.texte),
        "contacts": [vars(c) for c in f.contacts],
        "papiers": [{"libelle": libelle, "papiers": list(siens)} for libelle, siens in f.papiers],
    }  # fmt: skip
