"""Open a file, correct it, note a contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.actions.adresse import adresse_entiere, garder_a_part
from premier_accueil.personnes.actions.commun import SaisieRefusee, refuser_le_nir, tenir, tracer
from premier_accueil.personnes.actions.contact import refuser_ce_qui_est_protege
from premier_accueil.personnes.models import MotDeNom, Personne
from premier_accueil.personnes.regles import Naissance, cle_de_nom, mots_de_nom
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import propre

TEXTES = ("nom", "prenom", "nom_usage", "appellation", "adresse", "telephone", "courriel")


INCONNUE = Naissance()


@dataclass(frozen=True)
class Etat:
    """What the identity page sends; nothing is required of the person."""

    nom: str = ""
    prenom: str = ""
    nom_usage: str = ""
    appellation: str = ""
    naissance: Naissance = INCONNUE
    adresse: str = ""
    commune_id: int | None = None
    telephone: str = ""
    courriel: str = ""

    @property
    def textes(self) -> dict[str, str]:
        """Return the typed texts by column, cleaned of what a database cannot hold."""
        return {champ: propre(getattr(self, champ)) for champ in TEXTES}


@dataclass(frozen=True)
class Cree:
    """The file, and whether it was already there (double click)."""

    personne_id: int
    deja: bool


class DossierModifie(ValueError):
    """Somebody else changed the file meanwhile: nothing was recorded.

    Attributes:
        version: the version to confirm with.
        actuel: what the file says now.
    """

    def __init__(self, version: int, actuel: Etat) -> None:
        super().__init__("Quelqu'un a modifié ce dossier pendant votre saisie, qui est gardée. Comparez, puis validez.")
        self.version = version
        self.actuel = actuel


@transaction.atomic
def creer(
    etat: Etat, *, demande_id: UUID, role: Role, a: datetime, protegee: bool = False, procedure: str = ""
) -> Cree:
    """Open a person's file in the structure of the role.

    Args:
        etat: what she says; may be empty.
        demande_id: drawn by the page: a second call changes nothing.
        role: who opens it.
        a: when; also the last contact with her.
        protegee: she says that her address is protected: her word is enough.
        procedure: what needs the protected address; empty, the address is not kept at all.

    Raises:
        SaisieRefusee: a field must be corrected.
    """
    textes = _verifier(etat, a, procedure=procedure)
    a_part = {c: textes[c] for c in ("adresse", "telephone")} if protegee else {}
    textes |= dict.fromkeys(a_part, "")
    p, cree = Personne.objects.get_or_create(
        structure_id=role.structure_id,
        demande_id=demande_id,
        defaults={
            **textes, **_naissance(etat.naissance), "cle": _cle(textes), "adresse_protegee": protegee,
            "commune_id": None if protegee else etat.commune_id, "cree_le": a, "dernier_contact_le": a,
        },
    )  # fmt: skip
    if not cree:
        return Cree(p.pk, deja=True)
    if protegee:
        a_part["adresse"] = adresse_entiere(a_part["adresse"], etat.commune_id)
        garder_a_part(p, **a_part, procedure=procedure, role=role, a=a)
    _poser_les_mots(p)
    tracer("creer", role, a, p.pk)
    return Cree(p.pk, deja=False)


@transaction.atomic
def modifier(personne_id: int, etat: Etat, *, version: int, role: Role, a: datetime) -> None:
    """Correct a file, unless somebody did meanwhile.

    Args:
        personne_id: her key.
        etat: what it must say; address, commune and telephone are left alone when they are protected.
        version: the version that the page showed.
        role: who corrects.
        a: when; correcting is not a contact with her.

    Raises:
        DossierModifie: another version is recorded now; it comes with the error.
        SaisieRefusee: a field must be corrected.
        Personne.DoesNotExist: not visible to this role.
    """
    p = tenir(personne_id, role, a)
    textes = _verifier(etat, a)
    if p.version != version:
        raise DossierModifie(p.version, _etat_de(p))
    if p.adresse_protegee:
        if textes["adresse"] or textes["telephone"] or etat.commune_id:
            raise SaisieRefusee("adresse", "Son adresse est protégée : elle ne s'écrit pas ici.")
        refuser_ce_qui_est_protege(p, textes)
    else:
        p.commune_id = etat.commune_id
    for champ, valeur in (textes | _naissance(etat.naissance)).items():
        setattr(p, champ, valeur)
    p.cle = _cle(textes)
    p.version += 1
    p.save()
    _poser_les_mots(p)
    tracer("modifier", role, a, p.pk)


@transaction.atomic
def noter_un_contact(personne_id: int, *, role: Role, a: datetime) -> None:
    """Note that one was in contact with the person: only this restarts the time her file is kept.

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    p = tenir(personne_id, role, a)
    Personne.objects.filter(pk=p.pk).update(dernier_contact_le=Greatest(F("dernier_contact_le"), a))
    tracer("noter_un_contact", role, a, p.pk)


def _verifier(etat: Etat, a: datetime, **autres: str) -> dict[str, str]:
    textes = etat.textes
    refuser_le_nir(textes | autres)
    refus = etat.naissance.refus(jour_local(a))
    if refus:
        raise SaisieRefusee("annee", refus)
    return textes


def _naissance(n: Naissance) -> dict[str, int | bool | None]:
    return {
        "naissance_annee": n.annee, "naissance_mois": n.mois, "naissance_jour": n.jour,
        "naissance_approximative": n.approximative,
    }  # fmt: skip


def _cle(textes: dict[str, str]) -> str:
    return cle_de_nom(**{c: textes[c] for c in ("prenom", "nom", "nom_usage", "appellation")})


def _poser_les_mots(p: Personne) -> None:
    voulus = mots_de_nom([p.nom, p.prenom, p.nom_usage, p.appellation])
    siens = {(m.genre, m.mot): m.pk for m in MotDeNom.objects.filter(personne=p).order_by("pk")}
    MotDeNom.objects.filter(pk__in=[cle for mot, cle in siens.items() if mot not in voulus]).delete()
    MotDeNom.objects.bulk_create(
        MotDeNom(structure_id=p.structure_id, personne=p, genre=genre, mot=mot)
        for genre, mot in sorted(voulus - siens.keys())
    )


def _etat_de(p: Personne) -> Etat:
    return Etat(
        **{c: getattr(p, c) for c in TEXTES}, commune_id=p.commune_id,
        naissance=Naissance(p.naissance_annee, p.naissance_mois, p.naissance_jour, p.naissance_approximative),
    )  # fmt: skip
