"""Rules of the domiciliation, for the body that grants it: states, dates, contacts, absences. Pure; the day comes in.

The software proposes dates and lists; each refusal and each end is decided and written by somebody (CASF, L.264-4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from premier_accueil.entretien.regles.demarches.horloge import jour_plus_tard
from premier_accueil.socle import dossiers
from premier_accueil.socle.etats import Transition, transition
from premier_accueil.socle.fichiers import lire_yaml


class EtatDeDomiciliation(StrEnum):
    """Where a domiciliation stands."""

    DEMANDEE = "DEMANDEE"
    ENTRETIEN = "ENTRETIEN"
    ACCORDEE = "ACCORDEE"
    REFUSEE = "REFUSEE"
    RADIEE = "RADIEE"
    SANS_SUITE = "SANS_SUITE"


E = EtatDeDomiciliation
ETATS_DE_DOMICILIATION = [
    (E.DEMANDEE.value, "demandée"),
    (E.ENTRETIEN.value, "entretien fait"),
    (E.ACCORDEE.value, "accordée"),
    (E.REFUSEE.value, "refusée"),
    (E.RADIEE.value, "terminée"),
    (E.SANS_SUITE.value, "sans suite"),
]
GESTES_DE_DOMICILIATION: dict[str, Transition[EtatDeDomiciliation]] = {
    "entretenir": transition("L'entretien a eu lieu", E.ENTRETIEN, E.DEMANDEE),
    "accorder": transition("Accorder", E.ACCORDEE, E.ENTRETIEN),
    "refuser": transition("Refuser, par écrit", E.REFUSEE, E.ENTRETIEN),
    "radier": transition("Mettre fin, par écrit", E.RADIEE, E.ACCORDEE),
    "laisser": transition("La personne retire sa demande", E.SANS_SUITE, E.DEMANDEE, E.ENTRETIEN),
}
"""No decision without the interview (CASF, D.264-2): the table has no other way."""


@dataclass(frozen=True)
class Regles:
    """The numbers and lists of ``donnees/domiciliation.yaml``."""

    mois_pour_repondre: int
    mois_de_l_attestation: int
    rappel_jours: int
    mois_d_absence: int
    excuses: Mapping[str, str]
    hors_du_texte: frozenset[str]
    contacts: Mapping[str, str]
    refus: Mapping[str, str]
    fins: Mapping[str, str]
    soutien: Mapping[str, str]
    sources: Mapping[str, str]


def _lire() -> Regles:
    b: Any = lire_yaml(dossiers.donnees() / "domiciliation.yaml")
    soutien = {code: dit for code, dit in b["soutien"].items() if code != "source"}
    return Regles(
        int(b["reponse"]["mois"]), int(b["attestation"]["mois"]), int(b["attestation"]["rappel_jours"]),
        int(b["absence"]["mois"]), {c: e["libelle"] for c, e in b["excuses"].items()},
        frozenset(c for c, e in b["excuses"].items() if not e["dans_le_texte"]), dict(b["contacts"]),
        {c: r["libelle"] for c, r in b["refus_possibles"].items()}, dict(b["fins"]), soutien,
        {nom: b[nom]["source"] for nom in ("reponse", "entretien", "attestation", "refus", "absence", "soutien")},
    )  # fmt: skip


DOMICILIATION = _lire()


@dataclass(frozen=True)
class Excuse:
    """An absence that the person, or somebody for her, explained; without end, it lasts."""

    motif: str
    du: date
    au: date | None


def reponse_due(demandee_le: date) -> date:
    """Return the day by which the request must be answered (CASF, D.264-1: two months)."""
    return jour_plus_tard(demandee_le, mois=DOMICILIATION.mois_pour_repondre)


def fin_de_l_attestation(debut: date) -> date:
    """Return the end of an attestation (CASF, D.264-1: one year, renewable); nothing happens by itself that day."""
    return jour_plus_tard(debut, mois=DOMICILIATION.mois_de_l_attestation)


def sans_nouvelles_depuis(debut: date, contacts: Iterable[date], excuses: Iterable[Excuse], jour: date) -> date | None:
    """Return since when nothing was heard of a person, once that is more than three months; ``None`` otherwise.

    A call counts as a visit; time explained by health, prison or another reason she gave does not count.

    Args:
        debut: first day of the domiciliation.
        contacts: days on which she came, called, wrote or took her mail.
        excuses: absences explained.
        jour: the local day.
    """
    # An absence still explained today stops the count; ended, it starts it again: doubt benefits the person.
    expliquees = (min(e.au or jour, jour) for e in excuses if e.du <= jour)
    depuis = max([debut, *(c for c in contacts if c <= jour), *expliquees])
    return depuis if jour > jour_plus_tard(depuis, mois=DOMICILIATION.mois_d_absence) else None
