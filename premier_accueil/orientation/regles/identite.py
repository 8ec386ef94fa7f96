"""A phrase offered to the lexicon names nobody: what may point at somebody is refused, and says what to take out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from premier_accueil.personnes.regles import REFUS_DU_NIR, sans_nir
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml
from premier_accueil.socle.texte import cle

MOT = re.compile(r"[^\W\d_]+")
FIN = re.compile(r"[.!?…:;«\"“(]\s*$")
CIVILITES = frozenset({"m", "mr", "mme", "mlle", "dr"})
SIGLE = 4
"""Letters of an acronym that nobody has to know: "AGLS", "CESU"."""


@dataclass(frozen=True)
class _Lecture:
    refus: tuple[tuple[re.Pattern[str], str], ...]
    prenoms: frozenset[str]
    majuscule: str
    prenom: str


@cache
def _lecture() -> _Lecture:
    brut: Any = lire_yaml(dossiers.donnees() / "lexique_identite.yaml")
    refus = tuple((re.compile("|".join(r["motifs"]), re.IGNORECASE), str(r["phrase"])) for r in brut["refus"])
    return _Lecture(refus, frozenset(brut["prenoms"].split()), str(brut["majuscule"]), str(brut["prenom"]))


def designe(texte: str, connu: Callable[[str], bool]) -> tuple[str, ...]:
    """Return why a phrase may point at somebody, in plain French; nothing when no sign of it was seen.

    Source: RGPD, articles 4 and 25. A machine does not see everything: somebody of the committee reads each phrase.

    Args:
        texte: the phrase as typed.
        connu: tells whether a folded word stands in the lexicon; a capital letter is then no name.
    """
    lu = _lecture()
    trouves = [phrase for motif, phrase in lu.refus if motif.search(texte)]
    if sans_nir(texte)[1]:
        trouves.insert(0, REFUS_DU_NIR)
    crie = not any(c.islower() for c in texte)
    for mot in MOT.finditer(texte):
        dit = mot.group()
        if cle(dit) in lu.prenoms:
            trouves.append(lu.prenom.format(mot=dit))
        elif not (crie or dit[0].islower() or _debut(texte[: mot.start()]) or _ordinaire(dit, connu)):
            trouves.append(lu.majuscule.format(mot=dit))
    return tuple(dict.fromkeys(trouves))


def _debut(avant: str) -> bool:
    return not avant.strip() or bool(FIN.search(avant))


def _ordinaire(mot: str, connu: Callable[[str], bool]) -> bool:
    return (len(mot) <= SIGLE and mot.isupper()) or cle(mot) in CIVILITES or connu(cle(mot))
