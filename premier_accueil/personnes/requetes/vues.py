"""What screens and other rooms receive of a person: frozen values, never a protected address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Identite:
    """Who the person is, as far as she says."""

    nom_affiche: str
    nom: str
    prenom: str
    nom_usage: str
    appellation: str
    naissance: str
    annee: int | None
    mois: int | None
    jour: int | None
    approximative: bool


@dataclass(frozen=True)
class Contact:
    """How to reach her; empty where she declared her address protected, her safe number apart.

    Attributes:
        regle: whether she said how she may be reached safely; without it, nothing is allowed but her ordinary number.
        numero: the number she gives for that purpose.
    """

    protegee: bool
    adresse: str
    commune_id: int | None
    commune: str
    commune_code: str
    telephone: str
    courriel: str
    regle: bool
    numero: str
    heures: str
    messagerie: bool
    sms: bool
    langue: str
    interprete: bool
    precisions: str


@dataclass(frozen=True)
class Membre:
    """Somebody who lives with her: a name and a word, no address.

    ``finie``: the link was noted while one of them was a minor, and she is 18 now: it is asked again.
    """

    id: int
    personne_id: int
    nom: str
    naissance: str
    lien: str
    depuis: date | None
    finie: bool = False


@dataclass(frozen=True)
class Mesure:
    """A legal protection. Agreement is asked of the person (code civil, 459); the protector is no reader."""

    id: int
    genre: str
    libelle: str
    debut: date
    fin: date | None
    protecteur: str
    joindre: str
    en_cours: bool


@dataclass(frozen=True)
class Blocage:
    """An account that does not see this person."""

    id: int
    compte_id: int
    compte: str
    motif: str
    pose_par: str
    pose_le: datetime


@dataclass(frozen=True)
class Ecartee:
    """A structure that never receives anything of this person."""

    id: int
    structure_id: int
    nom: str
    motif: str
    pose_par: str
    pose_le: datetime


@dataclass(frozen=True)
class Entete:
    """The head of every page about a person."""

    id: int
    nom: str
    naissance: str
    adresse_protegee: bool


@dataclass(frozen=True)
class DossierVu:
    """A person's file, whole, for who keeps it.

    Attributes:
        adresse_gardee: whether a protected address is kept for a procedure (the reveal screen shows it).
        exceptionnel: opened by an exceptional opening, until when.
    """

    id: int
    version: int
    identite: Identite
    contact: Contact
    foyer: tuple[Membre, ...]
    mesures: tuple[Mesure, ...]
    blocages: tuple[Blocage, ...]
    ecartees: tuple[Ecartee, ...]
    adresse_gardee: bool
    exceptionnel: datetime | None
    cree_le: datetime
    dernier_contact_le: datetime

    @property
    def entete(self) -> Entete:
        """Return what heads the pages about her, without reading her again."""
        return Entete(self.id, self.identite.nom_affiche, self.identite.naissance, self.contact.protegee)


@dataclass(frozen=True)
class IdentiteProjetable:
    """What another room may project of a person, item by item: never a protected address nor telephone (T3)."""

    personne_id: int
    structure_id: int
    identite: Identite
    contact: Contact
    foyer: tuple[Membre, ...]
    mesure: Mesure | None
