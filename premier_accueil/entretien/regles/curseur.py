"""The boundary between welcome and follow-up: dated rules that suggest with their reason, and never block (S4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml
from premier_accueil.socle.texte import cle


@dataclass(frozen=True)
class Situation:
    """What the rules look at: words written, life domains opened, needs still open, meetings so far."""

    mots: str
    domaines: int
    besoins_ouverts: int
    rencontres: int


@dataclass(frozen=True)
class Suggestion:
    """What one rule suggests (``propose`` is a code of ``regles.etats.Suite``), to whom, and why."""

    code: str
    libelle: str
    propose: str
    vers: str
    raison: str
    source: str


@dataclass(frozen=True)
class _Regle:
    suggestion: Suggestion
    depuis: date
    jusqu_a: date | None
    motifs: tuple[re.Pattern[str], ...]
    domaines: int
    besoins: int
    rencontres: int

    def parle(self, s: Situation, plat: str) -> bool:
        """Tell whether every sign of the rule is there."""
        return (
            s.domaines >= self.domaines
            and s.besoins_ouverts >= self.besoins
            and s.rencontres >= self.rencontres
            and all(motif.search(plat) for motif in self.motifs)
        )


@cache
def _regles() -> tuple[_Regle, ...]:
    brut: Any = lire_yaml(dossiers.donnees() / "curseur.yaml")
    return tuple(
        _Regle(
            Suggestion(code, r["libelle"], r["propose"], r["vers"], r["raison"], r["source"]),
            r["depuis"], r.get("jusqu_a"),
            tuple(_un_de(r[nom]) for nom in ("mots", "avec_mots") if r.get(nom)),
            int(r.get("domaines", 0)), int(r.get("besoins", 0)), int(r.get("rencontres", 0)),
        )
        for code, r in brut["regles"].items()
    )  # fmt: skip


def suggerer(situation: Situation, jour: date) -> tuple[Suggestion, ...]:
    """Return what the rules in force on a day suggest, in the order of the file; nothing is ever imposed.

    Args:
        situation: what they look at.
        jour: local day; a rule holds from its date on.
    """
    plat = cle(situation.mots)
    return tuple(
        r.suggestion
        for r in _regles()
        if r.depuis <= jour and (r.jusqu_a is None or jour <= r.jusqu_a) and r.parle(situation, plat)
    )


def en_vigueur(jour: date) -> tuple[Suggestion, ...]:
    """Return every boundary rule in force on a day, in the order of the file: what an operational guide prints (S4)."""
    return tuple(r.suggestion for r in _regles() if r.depuis <= jour and (r.jusqu_a is None or jour <= r.jusqu_a))


@dataclass(frozen=True)
class Avertissement:
    """Something that could tell who it is, in a text that must not (T2)."""

    code: str
    mots: str
    conseil: str


def reconnaissable(texte: str, petites_communes: tuple[str, ...] = ()) -> tuple[Avertissement, ...]:
    """Return what could tell a person in a text without identity: names, places, dates, numbers, rare combination.

    Args:
        texte: as typed.
        petites_communes: names of communes of fewer inhabitants than ``faits.regles.reserve`` found in the text.
    """
    brut: Any = lire_yaml(dossiers.donnees() / "curseur.yaml")["vignettes"]
    vus = [
        Avertissement(code, trouve.group().strip(), famille["conseil"])
        for code, famille in brut["familles"].items()
        if (trouve := re.search(famille["motif"], texte))
    ]
    if petites_communes:
        vus.insert(0, Avertissement("COMMUNE", ", ".join(petites_communes), brut["commune"]))
    details = sum(len(re.findall(motif, cle(texte))) > 0 for motif in brut["combinaison"]["motifs"])
    if details >= brut["combinaison"]["a_partir_de"]:
        vus.append(Avertissement("COMBINAISON", f"{details} précisions", brut["combinaison"]["conseil"]))
    return tuple(vus)


def _un_de(motifs: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(f"(?:{m})" for m in motifs) + r")\b")
