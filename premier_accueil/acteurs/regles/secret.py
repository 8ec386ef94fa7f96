"""Secrecy: who is bound, by which text (person × structure × mission). Being bound is not being allowed to receive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


class StatutDeSecret(Enum):
    """How a mission is bound (code pénal 226-13; CGFP L.121-6)."""

    SECRET_PROFESSIONNEL = "SECRET_PROFESSIONNEL"  # noqa: S105 - a status, not a password
    DISCRETION = "DISCRETION"
    AUCUN = "AUCUN"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return LIBELLES_DE_SECRET[self]


LIBELLES_DE_SECRET = {
    StatutDeSecret.SECRET_PROFESSIONNEL: "Tenu au secret professionnel",
    StatutDeSecret.DISCRETION: "Tenu à la discrétion professionnelle",
    StatutDeSecret.AUCUN: "Non tenu au secret",
}


class Profession(Enum):
    """A profession or a quality that a text names."""

    ASSISTANT_SOCIAL = "ASSISTANT_SOCIAL"
    CESF = "CESF"
    EDUCATEUR = "EDUCATEUR"
    AGENT_PUBLIC = "AGENT_PUBLIC"
    MEMBRE_DU_CCAS = "MEMBRE_DU_CCAS"
    SANTE = "SANTE"
    STAGIAIRE = "STAGIAIRE"
    AUTRE = "AUTRE"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return LIBELLES_DE_PROFESSION[self]


LIBELLES_DE_PROFESSION = {
    Profession.ASSISTANT_SOCIAL: "Assistant de service social",
    Profession.CESF: "Conseiller en économie sociale familiale",
    Profession.EDUCATEUR: "Éducateur",
    Profession.AGENT_PUBLIC: "Agent public",
    Profession.MEMBRE_DU_CCAS: "Membre ou agent du CCAS chargé des admissions",
    Profession.SANTE: "Professionnel de santé",
    Profession.STAGIAIRE: "Stagiaire",
    Profession.AUTRE: "Autre",
}


@dataclass(frozen=True)
class TexteDeSecret:
    """A text that binds.

    Attributes:
        statut: what it makes of the mission.
        professions: those it names; empty when the administrator judges.
        depuis: since when this reading of it is used here.
    """

    code: str
    article: str
    dit: str
    statut: StatutDeSecret
    professions: frozenset[Profession]
    depuis: date


@cache
def textes_de_secret() -> dict[str, TexteDeSecret]:
    """Return the texts of ``donnees/secret.yaml`` by code.

    Raises:
        ValueError, KeyError: the file is wrong.
    """
    brut: Any = lire_yaml(dossiers.donnees() / "secret.yaml")
    return {
        code: TexteDeSecret(
            code, t["article"], t["dit"], StatutDeSecret(t["statut"]),
            frozenset(Profession(p) for p in t.get("professions", ())), t["depuis"],
        )
        for code, t in brut["textes"].items()
    }  # fmt: skip


def refus(*, statut: StatutDeSecret, texte: str, profession: Profession) -> str:
    """Say in French why a status cannot be set with this text; empty when it can.

    A status other than "none" needs a text that gives it, and that names the profession when it names some.
    """
    if statut is StatutDeSecret.AUCUN:
        return "" if not texte else "Un texte est cité, mais le statut dit « non tenu au secret »."
    cite = textes_de_secret().get(texte)
    if cite is None:
        return "Citez le texte qui tient cette personne au secret."
    if cite.statut is not statut:
        return f"{cite.article} ne donne pas ce statut."
    if cite.professions and profession not in cite.professions:
        return f"{cite.article} ne vise pas cette profession."
    return ""
