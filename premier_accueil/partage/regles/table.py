"""What may leave, for whom, on which basis: the dated table of ``donnees/partage.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from premier_accueil.acteurs.regles import Fonction, GenreDeStructure, Profession, StatutDeSecret
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


@dataclass(frozen=True)
class GenreDElement:
    """A kind of thing that may be told of a person.

    Attributes:
        sante: health: only to the care team, bound by secrecy.
        adresse: a place of living: never when protected.
        impose: the only text it may bear, whatever was written; empty when free.
    """

    code: str
    libelle: str
    sante: bool = False
    adresse: bool = False
    impose: str = ""


@dataclass(frozen=True)
class But:
    """A purpose: what moves the case for it (second criterion of S1).

    Attributes:
        dit: how it is said aloud to the person.
        seul: the agreement is asked alone (T21).
        texte_seul: never proposed to the person: a legal basis brings it.
    """

    code: str
    libelle: str
    dit: str
    elements: frozenset[str]
    seul: bool = False
    texte_seul: bool = False


@dataclass(frozen=True)
class Regime:
    """A legal basis and its conditions.

    Attributes:
        accord: the agreement of the person is necessary.
        genres, statuts: kinds of recipients and secrecy it asks for; empty means any.
        elements: the only things it lets out; empty means what the rest of the table allows.
        depuis: since when this reading of it is used here.
        a_confirmer: a data protection officer must confirm it before real use.
        conditions: what who sends attests, one by one, by code.
        expediteurs: how who sends must be bound; empty means any.
        raisons: the only reasons allowed, by code; empty means one sentence.
        pas_informee: why the person may not know yet, by code; empty means that she knows.
        but: the purpose it stands for, when no agreement names one.
        refus: why the product sends nothing on it; empty when it does.
        pourquoi_accord: why the agreement is asked although the text may not; empty when nothing is to be said.
        cede_au_refus: an agreement that was withdrawn, or an objection, stops it.
        taire: she may not be told at the moment of sending.
    """

    code: str
    article: str
    dit: str
    accord: bool
    genres: frozenset[GenreDeStructure]
    statuts: frozenset[StatutDeSecret]
    elements: frozenset[str]
    depuis: date
    a_confirmer: bool
    source: str
    conditions: Mapping[str, str] = field(default_factory=dict)
    expediteurs: frozenset[StatutDeSecret] = frozenset()
    raisons: Mapping[str, str] = field(default_factory=dict)
    pas_informee: Mapping[str, str] = field(default_factory=dict)
    but: str = ""
    refus: str = ""
    pourquoi_accord: str = ""
    cede_au_refus: bool = False
    taire: bool = False

    @property
    def sans_accord(self) -> bool:
        """Tell whether the product sends on this text without an agreement."""
        return not self.accord and not self.refus


@dataclass(frozen=True)
class CodeParSms:
    """How an agreement is given by a code: digits, minutes, tries, messages an hour."""

    chiffres: int
    minutes: int
    essais: int
    envois_par_heure_et_personne: int
    envois_par_heure_et_agent: int


@dataclass(frozen=True)
class Present:
    """Somebody who was there when the agreement was asked.

    Attributes:
        discret: may be there even where violence is a theme (T21).
        refus: why the agreement cannot be taken so; empty when it can.
    """

    code: str
    libelle: str
    discret: bool = False
    refus: str = ""


@dataclass(frozen=True)
class TableDePartage:
    """The whole file, read once."""

    elements: dict[str, GenreDElement]
    buts: dict[str, But]
    themes_seul_a_seul: frozenset[str]
    mots_seul_a_seul: re.Pattern[str]
    genres: dict[GenreDeStructure, frozenset[str]]
    fonctions: dict[Fonction, frozenset[str]]
    genres_de_soins: frozenset[GenreDeStructure]
    professions_de_soins: frozenset[Profession]
    bases: dict[str, Regime]
    obtentions: dict[str, str]
    presents: dict[str, Present]
    duree_par_defaut: int
    duree_au_plus: int
    duree_du_lien: int
    code: CodeParSms

    def attendus(self, genre: GenreDeStructure, fonction: Fonction) -> frozenset[str]:
        """Return what enters the mission of a recipient (third criterion of S1); nothing when it is not written."""
        return self.genres.get(genre, frozenset()) & self.fonctions.get(fonction, frozenset())


@cache
def table_de_partage() -> TableDePartage:
    """Return the table of ``donnees/partage.yaml``.

    Raises:
        ValueError, KeyError: the file is wrong.
    """
    brut: Any = lire_yaml(dossiers.donnees() / "partage.yaml")
    elements = {
        code: GenreDElement(code, e["libelle"], e.get("sante", False), e.get("adresse", False), e.get("texte", ""))
        for code, e in brut["elements"].items()
    }

    def codes(liste: list[str]) -> frozenset[str]:
        inconnus = set(liste) - set(elements)
        if inconnus:
            raise ValueError(f"donnees/partage.yaml: unknown elements {sorted(inconnus)}")
        return frozenset(liste)

    soins, duree = brut["equipe_de_soins"], brut["duree_de_l_accord_jours"]
    return TableDePartage(
        elements=elements,
        buts={
            code: But(
                code, b["libelle"], b["dit"], codes(b["elements"]), b.get("seul", False), b.get("texte_seul", False)
            )
            for code, b in brut["buts"].items()
        },
        themes_seul_a_seul=frozenset(brut["themes_seul_a_seul"]),
        mots_seul_a_seul=re.compile(r"\b(?:" + "|".join(brut["mots_seul_a_seul"]) + r")\b"),
        genres={GenreDeStructure(g): codes(liste) for g, liste in brut["genres"].items()},
        fonctions={Fonction(f): codes(liste) for f, liste in brut["fonctions"].items()},
        genres_de_soins=frozenset(map(GenreDeStructure, soins["genres"])),
        professions_de_soins=frozenset(map(Profession, soins["professions"])),
        bases={
            code: Regime(
                code, b["article"], b["dit"], b["accord"], frozenset(map(GenreDeStructure, b.get("genres", ()))),
                frozenset(map(StatutDeSecret, b.get("statuts", ()))), codes(b.get("elements", [])), b["depuis"],
                b.get("a_confirmer", False), b["source"], b.get("conditions", {}),
                frozenset(map(StatutDeSecret, b.get("expediteurs", ()))), b.get("raisons", {}),
                b.get("pas_informee", {}), b.get("but", ""), b.get("refus", ""), b.get("pourquoi_accord", ""),
                b.get("cede_au_refus", False), b.get("taire", False),
            )
            for code, b in brut["bases"].items()
        },
        obtentions=dict(brut["obtentions"]),
        presents={
            code: Present(code, p["libelle"], p.get("discret", False), p.get("refus", ""))
            for code, p in brut["presents"].items()
        },
        duree_par_defaut=duree["defaut"],
        duree_au_plus=duree["au_plus"],
        duree_du_lien=brut["duree_du_lien_jours"],
        code=CodeParSms(**brut["code_d_accord"]),
    )  # fmt: skip
