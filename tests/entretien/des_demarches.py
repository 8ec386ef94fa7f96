"""Situations around démarches and domiciliations; each function names what it makes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.actions import demarches as actions
from premier_accueil.entretien.actions import domiciliation as domicilier
from premier_accueil.entretien.actions.domiciliation import Decision
from premier_accueil.entretien.models import Demarche, Domiciliation
from premier_accueil.entretien.regles.demarches import Saisie
from tests import fabriques as f

LUNDI = f.LUNDI_10H.date()


def ouverte(role: Role, procedure: str = "RSA", **champs: Any) -> int:
    """Return a démarche not filed yet."""
    a = champs.pop("a", f.LUNDI_10H)
    options = {"demande_id": uuid4()} | champs
    return actions.ouvrir(procedure, role=role, a=a, **options).demarche_id


def geste(role: Role, demarche_id: int, nom: str, a: datetime = f.LUNDI_10H, **saisie: Any) -> bool:
    """Make a gesture on the latest version."""
    version = Demarche.objects.get(pk=demarche_id).version
    return actions.faire(
        nom, demarche_id, Saisie(**saisie), demande_id=uuid4(), version=version, role=role, a=a
    )  # fmt: skip


def deposee(role: Role, procedure: str = "RSA", le: date = LUNDI, **champs: Any) -> int:
    """Return a démarche filed on a day."""
    cle = ouverte(role, procedure, **champs)
    geste(role, cle, "deposer", jour=le, aupres="CAF de Loire-Atlantique", a=champs.get("a", f.LUNDI_10H))
    return cle


def demandee(role: Role, personne_id: int, le: date = LUNDI, a: datetime = f.LUNDI_10H) -> int:
    """Return a domiciliation just asked."""
    return domicilier.demander(personne_id, demande_id=uuid4(), jour=le, role=role, a=a)


def decider(role: Role, cle: int, nom: str, a: datetime = f.LUNDI_10H, **dit: Any) -> None:
    """Make a gesture on the latest version of a domiciliation."""
    version = Domiciliation.objects.get(pk=cle).version
    domicilier.faire(nom, cle, Decision(**dit), version=version, role=role, a=a)


def accordee(role: Role, personne_id: int, le: date = LUNDI, a: datetime = f.LUNDI_10H) -> int:
    """Return a domiciliation granted on a day, after its interview."""
    cle = demandee(role, personne_id, le, a)
    for nom in ("entretenir", "accorder"):
        decider(role, cle, nom, a, jour=le)
    return cle
