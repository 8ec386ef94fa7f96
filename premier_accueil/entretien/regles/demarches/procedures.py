"""What the texts say of each procedure, read from ``donnees/demarches.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml
from premier_accueil.socle.texte import cle


class Sens(StrEnum):
    """What silence means."""

    REJET = "REJET"
    ACCEPTATION = "ACCEPTATION"
    FORFAIT = "FORFAIT"
    SANS_EFFET = "SANS_EFFET"


class Depart(StrEnum):
    """What makes the clock start: the request, or the complete file."""

    DEPOT = "DEPOT"
    COMPLET = "COMPLET"


class GenreDeVoie(StrEnum):
    """How a decision is contested."""

    RAPO = "RAPO"
    GRACIEUX = "GRACIEUX"
    JUGE = "JUGE"


@dataclass(frozen=True)
class Silence:
    """When silence falls and what it means; one of ``mois`` and ``jours`` is zero."""

    sens: Sens
    depart: Depart
    mois: int
    jours: int
    source: str
    a_confirmer: bool


@dataclass(frozen=True)
class Voie:
    """A way to contest.

    Attributes:
        silence_mois: after how many months silence rejects it; 0 before a judge.
        report: the last day goes to the next working day (CPC, 642).
    """

    code: str
    genre: GenreDeVoie
    aupres: str
    mois: int
    jours: int
    silence_mois: int
    report: bool
    source: str
    a_confirmer: bool


@dataclass(frozen=True)
class Procedure:
    """A dated procedure and its texts; ``tue``: a fact does not name it, it would tell too much."""

    code: str
    libelle: str
    domaine: str
    depot: str
    silence: Silence
    recours: tuple[Voie, ...]
    cherchable: str
    source: str
    a_confirmer: bool
    tue: bool

    @property
    def guichet_unique(self) -> str:
        """Return with whom it is filed when there is no choice, else nothing: the worker then writes where."""
        au_choix = "," in self.depot or " ou " in self.depot or self.domaine == regles.domaines["AUTRE"]
        return "" if au_choix else self.depot

    def voies(self, deja: int) -> tuple[Voie, ...]:
        """Return the ways open after some were used: a compulsory one closes the next, a gracious one does not."""
        restent = self.recours[deja:]
        return restent[: 2 if restent and restent[0].genre is GenreDeVoie.GRACIEUX else 1]


@dataclass(frozen=True)
class Regles:
    """The numbers and sentences common to every procedure."""

    date: str
    textes: Mapping[str, str]
    annulation_minutes: int
    veille_jours: int
    duree_des_pieces_jours: int
    domaines: Mapping[str, str]


def _lire() -> tuple[Regles, dict[str, Procedure], dict[str, Voie]]:
    brut: Any = lire_yaml(dossiers.donnees() / "demarches.yaml")
    silences = {
        code: Silence(
            Sens(s["sens"]), Depart(s["depart"]), int(s.get("mois", 0)), int(s.get("jours", 0)), s["source"],
            s.get("a_confirmer", False),
        )
        for code, s in brut["silences"].items()
    }  # fmt: skip
    voies = {
        code: Voie(
            code, GenreDeVoie(v["genre"]), v["aupres"], int(v.get("mois", 0)), int(v.get("jours", 0)),
            int(v.get("silence_mois", 0)), v.get("report", False), v["source"], v.get("a_confirmer", False),
        )
        for code, v in brut["voies"].items()
    }  # fmt: skip
    domaines = dict(brut["domaines"])
    procedures = {
        code: Procedure(
            code, p["libelle"], domaines[p["domaine"]], p["depot"], silences[p["silence"]],
            tuple(voies[v] for v in p["recours"]), cle(f"{p['libelle']} {p['mots']} {code}"), p["source"],
            p.get("a_confirmer", False), p["domaine"] in brut["domaines_tus"],
        )
        for code, p in brut["procedures"].items()
    }  # fmt: skip
    communes = Regles(
        str(brut["date"]), dict(brut["regles"]), int(brut["annulation_minutes"]), int(brut["veille_jours"]),
        int(brut["duree_des_pieces_jours"]), domaines,
    )  # fmt: skip
    return communes, procedures, voies


regles, PROCEDURES, VOIES = _lire()


def chercher_une_procedure(texte: str) -> tuple[Procedure, ...]:
    """Return the procedures whose words begin with every word typed; all of them, in order, for no word.

    Args:
        texte: as typed, with or without accents.
    """
    dits = cle(texte).split()
    return tuple(
        p for p in PROCEDURES.values() if all(any(m.startswith(d) for m in p.cherchable.split()) for d in dits)
    )
