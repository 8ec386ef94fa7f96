"""The vocabularies of data·inclusion v1, as HSDS taxonomies: their terms, and which field of a service holds them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from uuid import UUID

from data_inclusion.schema import v1

from premier_accueil.socle.identifiants import identifiant
from premier_accueil.socle.texte import cle as replier

VERSION = "1"
ORIGINE = "https://data-inclusion.github.io/data-inclusion-schema/v1/"


@dataclass(frozen=True)
class Vocabulaire:
    """A vocabulary: its code is the ``link_type`` of attributes, ``champ`` the field of ``Service`` that holds it."""

    code: str
    nom: str
    description: str
    champ: str
    mots: type[Enum]
    parents: type[Enum] | None = None

    @property
    def cle(self) -> UUID:
        """Return its identifier."""
        return identifiant("taxonomie", self.code)


VOCABULAIRES = (
    Vocabulaire(
        "thematique", "Thématiques", "Ce dont une personne a besoin, par famille.", "thematiques", v1.Thematique,
        v1.Categorie,
    ),
    Vocabulaire("public", "Publics", "À qui le service s'adresse.", "publics", v1.Public),
    Vocabulaire("type", "Types de service", "Ce que fait le service.", "type", v1.TypeService),
    Vocabulaire("mode-accueil", "Modes d'accueil", "Sur place ou à distance.", "modes_accueil", v1.ModeAccueil),
    Vocabulaire(
        "mode-mobilisation", "Modes de mobilisation", "Comment joindre le service.", "modes_mobilisation",
        v1.ModeMobilisation,
    ),
    Vocabulaire(
        "personne-mobilisatrice", "Qui peut mobiliser", "La personne elle-même, un professionnel.", "mobilisable_par",
        v1.PersonneMobilisatrice,
    ),
)  # fmt: skip


@cache
def taxonomies() -> dict[UUID, dict[str, object]]:
    """Return the taxonomies by identifier, in their order; treat the dict as read-only."""
    return {
        v.cle: {
            "id": v.cle, "name": v.nom, "description": v.description, "uri": ORIGINE, "version": VERSION,
        }
        for v in VOCABULAIRES
    }  # fmt: skip


@cache
def termes() -> dict[UUID, dict[str, object]]:
    """Return the terms of all taxonomies by identifier, in their order; treat the dict as read-only."""
    sortie: dict[UUID, dict[str, object]] = {}
    for v in VOCABULAIRES:
        for mot in (*(v.parents or ()), *v.mots):
            cle = identifiant("terme", v.code, str(mot.value))
            sortie[cle] = {
                "id": cle, "code": str(mot.value), "name": _libelle(mot), "description": _description(mot),
                "taxonomy": v.nom, "taxonomy_id": v.cle, "language": "fr",
            }  # fmt: skip
            famille = str(mot.value).split("--", maxsplit=1)[0]
            if v.parents and famille != mot.value:
                sortie[cle]["parent_id"] = identifiant("terme", v.code, famille)
    return sortie


@cache
def tenus() -> dict[UUID, tuple[str, tuple[str, ...]]]:
    """Return, for each term, the field of ``Service`` that holds it and its codes: a family holds all of its own."""
    sortie: dict[UUID, tuple[str, tuple[str, ...]]] = {}
    for v in VOCABULAIRES:
        for mot in v.mots:
            sortie[identifiant("terme", v.code, str(mot.value))] = (v.champ, (str(mot.value),))
        for famille in v.parents or ():
            siens = tuple(str(m.value) for m in v.mots if str(m.value).startswith(f"{famille.value}--"))
            sortie[identifiant("terme", v.code, str(famille.value))] = (v.champ, siens)
    return sortie


def _libelle(mot: Enum) -> str:
    return str(getattr(mot, "label", None) or mot.value)


def _description(mot: Enum) -> str:
    return str(getattr(mot, "description", None) or _libelle(mot))


def chercher(table: dict[UUID, dict[str, object]], texte: str) -> list[dict[str, object]]:
    """Return the lines of a table whose name or description holds every word."""
    mots = replier(texte).split()
    return [x for x in table.values() if all(m in replier(f"{x['name']} {x['description']}") for m in mots)]
