"""Situations of an agenda; each function names what it makes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda import actions
from premier_accueil.agenda.actions import Coordonnees, PlageDite
from premier_accueil.agenda.models import ExceptionDAgenda, RendezVous
from premier_accueil.agenda.regles import Canal, GenreDException, Ouverture
from premier_accueil.agenda.requetes import creneaux_libres
from premier_accueil.socle.cloison import situer
from tests import fabriques as f

A = f.LUNDI_10H
TOUS = (Ouverture.ACCUEIL, Ouverture.HEBERGEUR, Ouverture.RELAIS)


def se_placer(role: Role) -> Role:
    situer(structure=role.structure_id, mission=role.mission_id)
    return role


def plage(role: Role, site_id: int | None, **champs: Any) -> int:
    """Make a rule: every Tuesday from 9 to 12, half an hour each, open to all."""
    se_placer(role)
    defauts = {
        "nom": "Permanence sociale", "canal": Canal.GUICHET, "jours": (1,), "heure_debut": time(9),
        "heure_fin": time(12), "duree_minutes": 30, "debut": date(2026, 1, 1), "site_id": site_id,
        "ouverte_a": TOUS,
    }  # fmt: skip
    return actions.creer_une_plage(PlageDite(**(defauts | champs)), demande_id=uuid4(), role=role, a=A)


def premier(role: Role, plage_id: int, a: datetime = A) -> datetime:
    return creneaux_libres(role, a, plage_id=plage_id)[0].debut


def prendre(role: Role, plage_id: int, *, a: datetime = A, debut: datetime | None = None, **dit: Any) -> int:
    """Take the first free slot of a rule."""
    personne_id = dit.pop("personne_id", None)
    quand = debut or premier(role, plage_id, a)
    return actions.prendre(
        plage_id, quand, Coordonnees(**dit), demande_id=uuid4(), role=role, a=a, personne_id=personne_id
    ).rendez_vous_id


def etat(cle: int) -> str:
    return RendezVous.objects.values_list("etat", flat=True).get(pk=cle)


def demain(n: int = 1) -> datetime:
    return A + timedelta(days=n)


def tout(role: Role, site_id: int) -> dict[str, int]:
    """Make a rule with one closed day and one appointment; return their keys, as addresses name them."""
    cle = plage(role, site_id, agent_id=role.compte_id)
    jour = date(2026, 12, 1)
    actions.ajouter_une_exception(
        cle, GenreDException.FERME, du=jour, au=None, heure_debut=None, heure_fin=None, role=role, a=A
    )
    exception = ExceptionDAgenda.objects.get(plage_id=cle)
    return {"plage_id": cle, "exception_id": exception.pk, "rendez_vous_id": prendre(role, cle, nom="Madame au chien")}
