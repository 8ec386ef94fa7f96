"""The words and numbers of ``donnees/relais.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml

REPONDU, OUVERT = "REPONDU", "OUVERT"
"""What becomes of the sender's need."""
ECHECS_AU_PLUS = 30
"""Messages lost in a row after which a software is no longer told."""


@dataclass(frozen=True)
class Issue:
    """What the recipient did.

    Attributes:
        besoin: what it proposes for the sender's need, who alone decides.
        reponse: the first answer that then closes it, a code of the counter.
    """

    code: str
    libelle: str
    besoin: str
    reponse: str = "ORIENTATION"


@dataclass(frozen=True)
class Lien:
    """The link of a partner without account: days, digits of its code, tries, minutes once opened."""

    jours: int
    chiffres_du_code: int
    essais: int
    session_minutes: int


@dataclass(frozen=True)
class Reglages:
    """The whole file.

    Attributes:
        delais: working days, by name.
        reponses_au_moins, reponses_jours: from how many relays, over how many days, a response time is shown.
    """

    delais: Mapping[str, int]
    reponses_au_moins: int
    reponses_jours: int
    lien: Lien
    accord_jours: int
    motifs: Mapping[str, str]
    issues: Mapping[str, Issue]
    clotures: Mapping[str, str]
    annulations: Mapping[str, str]


@cache
def reglages() -> Reglages:
    """Return what ``donnees/relais.yaml`` says.

    Raises:
        KeyError, ValueError: the file is wrong.
    """
    brut: Any = lire_yaml(dossiers.donnees() / "relais.yaml")
    issues = {code: Issue(code, **i) for code, i in brut["issues"].items()}
    if fautives := [i.code for i in issues.values() if i.besoin not in (REPONDU, OUVERT)]:
        raise ValueError(f"donnees/relais.yaml: unknown effect on the need: {fautives}")
    return Reglages(
        {nom: int(jours) for nom, jours in brut["delais_jours_ouvres"].items()},
        int(brut["temps_de_reponse"]["au_moins"]), int(brut["temps_de_reponse"]["jours"]), Lien(**brut["lien"]),
        int(brut["accord_jours"]), {code: m["libelle"] for code, m in brut["motifs_de_refus"].items()}, issues,
        dict(brut["clotures"]), dict(brut["annulations"]),
    )  # fmt: skip
