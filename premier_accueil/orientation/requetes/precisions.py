"""What may be asked or confirmed above the suggestions: facts proposed, the place named, one question, ten doors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from premier_accueil.orientation.requetes.vocabulaire import familles, libelles
from premier_accueil.orientation.requetes.vues import Famille
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml
from premier_accueil.territoire.requetes import CommuneTrouvee, communes_nommees

if TYPE_CHECKING:
    from premier_accueil.orientation.comprendre.questions import QuestionPosee
    from premier_accueil.orientation.comprendre.valeurs import FaitPropose


@dataclass(frozen=True)
class Precisions:
    """What the agent may touch: nothing of it counts before she does.

    Attributes:
        proposes: facts that the words suggest and that are not confirmed yet.
        confirmes: facts she confirmed, whatever the words became since.
        commune: the commune named by the words, ``None`` when none is, or when it is already the one of the form.
        question: the one that separates two close needs.
    """

    proposes: tuple[FaitPropose, ...]
    confirmes: tuple[FaitPropose, ...]
    commune: CommuneTrouvee | None
    question: QuestionPosee | None


def faits_confirmes(codes: Iterable[str]) -> tuple[FaitPropose, ...]:
    """Return the facts of the codes sent by the page, one a kind; what is not ours is left out."""
    from premier_accueil.orientation.comprendre import faits

    lus = {fait.genre: fait for code in codes if (fait := faits.confirme(code)) is not None}
    return tuple(lus[genre] for genre in faits.GENRES if genre in lus)


def publics_confirmes(confirmes: Iterable[FaitPropose]) -> tuple[str, ...]:
    """Return the publics that confirmed facts indicate."""
    from premier_accueil.orientation.comprendre import faits

    return faits.publics_confirmes(confirmes)


def precisions(
    situation: str,
    *,
    scores: Mapping[str, float],
    confirmes: tuple[FaitPropose, ...] = (),
    commune: str | None = None,
    departement: str = "",
) -> Precisions:
    """Return what to propose above the suggestions. One query when the words name a place, none otherwise.

    Args:
        situation: the words; never logged nor kept.
        scores: need → score in 0..1, as heard, without those the agent ticked or unticked.
        commune: INSEE code of the form's commune.
        departement: of the counter: between two communes of one name, its own.
    """
    from premier_accueil.orientation.comprendre import faits, lieux, mots, questions

    texte = mots.lu(situation)
    deja = {fait.genre for fait in confirmes}
    vus = faits.proposer(texte, mots.decouper(texte))
    noms = lieux.lieux(texte)
    nommee = communes_nommees(noms, departement=departement) if noms else None
    return Precisions(
        tuple(fait for fait in vus if fait.genre not in deja),
        confirmes,
        nommee if nommee and nommee.code != commune else None,
        questions.question_utile(scores, questions.questions()),
    )


@cache
def portes() -> tuple[Famille, ...]:
    """Return the ten doors shown when nothing is understood, each with its needs (``donnees/portes.yaml``).

    Raises:
        ValueError: a need is behind no door, or behind two.
    """
    brut: Any = lire_yaml(dossiers.donnees() / "portes.yaml")
    par_famille = {f.code: f.thematiques for f in familles()}
    dix = tuple(
        Famille(
            f"porte-{rang}", str(porte["nom"]), tuple(paire for vers in porte["vers"] for paire in par_famille[vers])
        )
        for rang, porte in enumerate(brut["portes"], 1)
    )
    derriere = [code for porte in dix for code, _ in porte.thematiques]
    if sorted(derriere) != sorted(libelles()):
        raise ValueError("portes.yaml: each need is behind one door and one only.")
    return dix
