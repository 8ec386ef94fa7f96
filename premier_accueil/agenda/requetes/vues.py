"""What screens and other rooms receive of the agenda: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True)
class CreneauLibre:
    """A slot that may still be taken.

    Attributes:
        code: what a form sends back (``lire_creneau``).
        chez: name of the structure, when it is another one.
    """

    code: str
    plage_id: int
    debut: datetime
    fin: datetime
    restent: int
    nom: str
    agent_id: int | None
    agent: str
    site: str
    canal: str
    langue: str
    chez: str


@dataclass(frozen=True)
class LigneDAgenda:
    """One line of a day.

    Attributes:
        nom: who comes, if known; empty when anonymous.
        chez: the structure that receives, when it is another one; ``pris_par``: the one that booked, likewise.
        gestes: what may be done now: (name, words of the button).
        rappel: what became of the reminder, in words; empty when none is wanted.
    """

    id: int
    debut: datetime
    fin: datetime
    etat: str
    etat_libelle: str
    nom: str
    personne_id: int | None
    quoi: str
    canal: str
    agent_id: int | None
    agent: str
    site: str
    bureau: str
    chez: str
    pris_par: str
    gestes: tuple[tuple[str, str], ...]
    rappel: str


@dataclass(frozen=True)
class RendezVousVu:
    """One appointment, whole.

    Attributes:
        ligne: as in a day.
        plage_id: its rule; ``autre``: it is held by another structure.
        creneau: code of its slot; ``demande_id``: what the page that holds it sends again.
        remplace_id, remplacant_id: the one that was moved, the one that replaces it.
        a_deplacer: why nobody receives then any more, in words; empty when it holds.
        reste_chez: the structure that it may be moved within, when something was said of who comes; else any.
    """

    ligne: LigneDAgenda
    plage_id: int
    autre: bool
    creneau: str
    demande_id: str
    tient_jusqu_a: datetime | None
    telephone: str
    remplace_id: int | None
    remplacant_id: int | None
    a_deplacer: str
    reste_chez: int | None


@dataclass(frozen=True)
class ExceptionVue:
    """Days when a rule does not hold, or hours added."""

    id: int
    genre: str
    libelle: str
    du: date
    au: date
    heure_debut: time | None
    heure_fin: time | None


@dataclass(frozen=True)
class PlageVue:
    """A rule as its structure reads it.

    Attributes:
        quand: days and hours in words.
        a_deplacer: appointments already taken on days that are now closed.
    """

    id: int
    version: int
    nom: str
    quand: str
    agent: str
    agent_parti: bool
    site: str
    service: str
    canal: str
    langue: str
    duree: int
    capacite: int
    debut: date
    fin: date | None
    ouverte_a: tuple[str, ...]
    exceptions: tuple[ExceptionVue, ...]
    a_deplacer: tuple[tuple[int, datetime], ...]
