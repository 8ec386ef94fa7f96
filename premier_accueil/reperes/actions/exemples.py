"""Sheets written by us, to begin from: never more than a draft, flagged until a committee validates it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from premier_accueil.reperes.actions.commun import Ecrit
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


@dataclass(frozen=True)
class Exemple:
    """One example: its code, its title, what it says."""

    code: str
    titre: str
    ecrit: Ecrit


@cache
def exemples() -> tuple[Exemple, ...]:
    """Return the examples of ``donnees/demonstration/reperes``, by file name; none when the folder is not there."""
    fichiers = sorted((dossiers.donnees() / "demonstration" / "reperes").glob("fiche-*.yaml"))
    return tuple(_lire(f.stem.removeprefix("fiche-"), lire_yaml(f)) for f in fichiers)


def exemple(code: str) -> Ecrit | None:
    """Return what an example says, ``None`` when there is none of this code."""
    return next((e.ecrit for e in exemples() if e.code == code), None)


def _lire(code: str, brut: Any) -> Exemple:
    def codes(nom: str) -> tuple[str, ...]:
        return tuple(map(str, brut.get(nom, ())))

    ecrit = Ecrit(
        titre=brut["titre"], conduite=brut["conduite"], texte=brut["texte"],
        titre_public=brut.get("titre_public", ""), texte_public=brut.get("texte_public", ""),
        thematiques=codes("thematiques"), urgences=codes("urgences"), numeros=codes("numeros"),
        papiers=codes("papiers"), appeler=codes("appeler"),
    )  # fmt: skip
    return Exemple(code, brut["titre"], ecrit)
