"""Somebody who holds interviews, somebody who is received, and an interview well written."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from premier_accueil.accueil import actions as accueil
from premier_accueil.accueil.regles import Canal, Nature
from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.entretien import actions
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
