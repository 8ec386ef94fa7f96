"""Read the lexicon: what people say, and the needs it means."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from data_inclusion.schema import v1

_Chargeur: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

CODES = frozenset(str(t.value) for t in v1.Thematique)
LIBELLES = {str(t.value): str(t.label) for t in v1.Thematique}
POIDS_VERS = (1.0, 0.6, 0.4)
"""Share of the first, second and third need of an entry."""


@dataclass(frozen=True)
class Entree:
    """One way of saying: the words, the needs with their share, whether its presence decides alone."""

    dit: str
    vers: tuple[str, ...]
    fort: bool = False
    libelle: bool = False


@dataclass(frozen=True)
class Lexique:
    """All entries, official labels included, and a fingerprint of what was read."""

    entrees: tuple[Entree, ...]
    empreinte: str


def lire(dossier: Path, ajouts: Iterable[Entree] = ()) -> Lexique:
    """Read every ``*.yaml`` of a folder, in the order of their names, then what completes them.

    Args:
        ajouts: entries published elsewhere than in files; their order changes neither the answer nor the fingerprint.

    Raises:
        ValueError: an entry names an unknown need, has no words, or more than three needs.
    """
    entrees = [Entree(LIBELLES[code], (code,), libelle=True) for code in sorted(LIBELLES)]
    somme = hashlib.sha256()
    for fichier in sorted(dossier.glob("*.yaml")) if dossier.is_dir() else []:
        octets = fichier.read_bytes()
        somme.update(octets)
        brut = yaml.load(octets, Loader=_Chargeur) or {}  # noqa: S506 - safe loader
        if not isinstance(brut, dict):
            raise ValueError(f"{fichier.name}: a lexicon file starts with 'entrees:'.")
        for rang, entree in enumerate(brut.get("entrees") or (), 1):
            entrees += _entrees(entree, f"{fichier.name}, entrée {rang}")
    complements = sorted(ajouts, key=lambda e: (e.dit, e.vers, e.fort))
    if complements:
        somme.update(repr([(e.dit, e.vers, e.fort) for e in complements]).encode())
        entrees += complements
    return Lexique(tuple(entrees), somme.hexdigest())


def _entrees(brut: dict[str, Any], ou: str) -> list[Entree]:
    vers = tuple(str(code) for code in brut.get("vers") or ())
    inconnus = set(vers) - CODES
    if inconnus or not 1 <= len(vers) <= len(POIDS_VERS):
        raise ValueError(f"{ou}: need one to three known thématiques, got {sorted(inconnus) or len(vers)}.")
    dits = [str(dit) for dit in brut.get("dit") or () if str(dit).strip()]
    if not dits:
        raise ValueError(f"{ou}: no words.")
    return [Entree(dit, vers, bool(brut.get("fort", False))) for dit in dits]
