"""What a passage makes known without saying who: its channel, its needs, its first answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from premier_accueil.accueil.models import Passage
from premier_accueil.acteurs.requetes import Role
from premier_accueil.faits.actions import noter_faits
from premier_accueil.territoire.models import Commune


def noter_le_passage(
    passage: Passage, besoins: Iterable[str], reponses: Iterable[str], *, role: Role, a: datetime
) -> None:
    """Write the facts of a passage: itself, one for each recognised need, one for each first answer."""
    _noter(passage, [("PASSAGE", {"canal": passage.canal, "concerne": passage.concerne})], besoins, reponses, role, a)


def noter_la_reponse(passage: Passage, reponse: str, *, role: Role, a: datetime) -> None:
    """Write the fact of one more first answer."""
    _noter(passage, [], (), (reponse,), role, a)


def retirer_le_passage(passage: Passage, *, role: Role, a: datetime) -> None:
    """Undo the facts of a passage recorded by mistake; call it before its needs and answers are erased."""
    besoins = passage.besoins.values_list("thematique", flat=True)
    reponses = passage.reponses.values_list("nature", flat=True)
    dit = [("PASSAGE", {"canal": passage.canal, "concerne": passage.concerne})]
    _noter(passage, dit, besoins, reponses, role, a, annule=True)


def _noter(
    passage: Passage, dits: list[tuple[str, dict[str, str]]], besoins: Iterable[str], reponses: Iterable[str],
    role: Role, a: datetime, *, annule: bool = False,
) -> None:  # fmt: skip
    code, population = "", None
    if passage.commune_id is not None:
        code, population = Commune.objects.values_list("code", "population").get(pk=passage.commune_id)
    noter_faits(
        [
            *dits,
            *(("BESOIN", {"thematique": besoin}) for besoin in besoins if besoin),
            *(("REPONSE", {"nature": reponse}) for reponse in reponses),
        ],
        structure_id=role.structure_id, departement=role.departement, a=a, commune=code, population=population,
        annule=annule,
    )  # fmt: skip
