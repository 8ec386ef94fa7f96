"""Somebody who holds interviews, somebody who is received, and an interview well written."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from premier_accueil.accueil import actions as accueil
from premier_accueil.accueil.models import Besoin
from premier_accueil.accueil.regles import Canal, Nature
from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.entretien import actions
from premier_accueil.entretien.models import Promesse
from premier_accueil.entretien.requetes import Ecrit
from tests import fabriques as f

DEMANDE = UUID("00000000-0000-4000-8000-000000000001")
DIT = Ecrit(diagnostic="Loyer impayé depuis deux mois.", natures=("INFORMATION",))


def travailleuse(chez: Structure | None = None, nom: str = "Camille") -> Role:
    """Make a social worker, in a structure that has a place."""
    if chez is None:
        chez = f.site(f.structure()).structure
    return f.agent(chez, Fonction.TRAVAIL_SOCIAL, nom=nom)


def passage(role: Role, *, a: datetime = f.LUNDI_10H, **champs: object) -> int:
    """Let reception pass somebody to the social worker; return the passage."""
    lieu = Site.objects.filter(structure_id=role.structure_id).order_by("pk")[0]
    voulu = {"nature": Nature.TRAVAILLEUR_SOCIAL, "mots": "Je ne paie plus mon loyer", "nom": "Alix"} | champs
    return accueil.accueillir(f.demande(**voulu), role=role, site_id=lieu.pk, a=a).passage_id


def entretien(role: Role, *, a: datetime = f.LUNDI_10H, personne_id: int | None = None) -> int:
    """Open an interview directly; return its key."""
    lieu = Site.objects.filter(structure_id=role.structure_id).order_by("pk")[0]
    return actions.recevoir(
        demande_id=uuid4(), site_id=lieu.pk, canal=Canal.GUICHET, role=role, a=a, personne_id=personne_id
    )  # fmt: skip


def clos(role: Role, *, a: datetime = f.LUNDI_10H, ecrit: Ecrit = DIT, personne_id: int | None = None) -> int:
    """Hold an interview from end to end; return its key."""
    cle = entretien(role, a=a, personne_id=personne_id)
    actions.clore(cle, ecrit, version=1, role=role, a=a)
    return cle


def tout(role: Role, personne_id: int) -> dict[str, int]:
    """Make one of each object of the room for a person; return their keys, by name in an address."""
    cle = entretien(role, personne_id=personne_id)
    actions.enregistrer(cle, DIT, version=1, role=role, a=f.LUNDI_10H)
    actions.ajouter_un_besoin(cle, f.REPARER, role=role, a=f.LUNDI_10H)
    jour = f.LUNDI_10H + timedelta(days=1)
    actions.promettre(cle, "Appeler le bailleur", jour.date(), demande_id=uuid4(), role=role, a=f.LUNDI_10H)
    point = {"rang": 2, "quand": f.LUNDI_10H + timedelta(days=92), "compte_id": role.compte_id}
    accord = {"acceptee": True, "demande_id": uuid4()}
    return {
        "entretien_id": cle,
        "besoin_id": Besoin.objects.get(passage__entretien=cle).pk,
        "promesse_id": Promesse.objects.get(entretien=cle).pk,
        "point_id": actions.prevoir(cle, **point, demande_id=uuid4(), role=role, a=f.LUNDI_10H),
        "referent_id": actions.nommer_referent(personne_id, role.compte_id, **accord, role=role, a=f.LUNDI_10H),
        "conseil_id": actions.demander_conseil(
            "Comment aider sans dire qui ?", relu=True, demande_id=uuid4(), role=role, a=f.LUNDI_10H
        ),
    }  # fmt: skip
