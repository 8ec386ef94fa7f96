"""Sheets at each state; each function names what it makes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.reperes import actions
from premier_accueil.reperes.actions import Dit, Ecrit
from premier_accueil.reperes.models import VersionDeFiche
from tests import fabriques as f

A = f.LUNDI_10H
DECISION = Dit(decision="Adoptée sans changement.", par="Comité technique (exemple)", le=A.date())


def ecrit(**champs: Any) -> Ecrit:
    defauts: dict[str, Any] = {
        "titre": "Une panne de voiture", "conduite": "1. Écoutez.\n2. Appelez le **garage solidaire**.",
        "texte": "Le microcrédit peut aider.", "texte_public": "Votre voiture est en panne ? Venez.",
        "thematiques": (f.REPARER,), "urgences": ("SANS_ABRI",), "numeros": ("115",), "papiers": ("MICROCREDIT",),
        "appeler": (f.REPARER,),
    }  # fmt: skip
    return Ecrit(**(defauts | champs))


def brouillon(role: Role, **champs: Any) -> int:
    return actions.creer_une_fiche(ecrit(**champs), demande_id=uuid4(), role=role, a=A)


def coordination(departement: str = "44") -> Role:
    return f.agent(f.structure("EDS du département", "EDS", departement=departement), Fonction.COORDINATION, nom="Sacha")


def publiee(role: Role, decideur: Role | None = None, *, publique: bool = False, a: Any = A, **champs: Any) -> int:
    """Write, decide and publish a sheet, through the product's gestures."""
    fiche = brouillon(role, **champs)
    publier(fiche, 1, role, decideur or coordination(role.departement), publique=publique, a=a)
    return fiche


def publier(fiche: int, numero: int, role: Role, decideur: Role, *, publique: bool = False, a: Any = A) -> None:
    actions.agir(fiche, numero, "soumettre", Dit(), role=role, a=a)
    actions.agir(fiche, numero, "valider", DECISION, role=decideur, a=a)
    actions.agir(fiche, numero, "publier", Dit(publique=publique), role=decideur, a=a + timedelta(minutes=1))


def mettre(fiche: int, etat: str) -> VersionDeFiche:
    """Put the version of a sheet in a state, with what the table then demands."""
    version = VersionDeFiche.objects.get(fiche=fiche)
    version.etat, version.decision, version.decidee_par, version.decidee_le = etat, "oui", "comité", A.date()
    version.publiee_le = A
    version.save()
    return version
