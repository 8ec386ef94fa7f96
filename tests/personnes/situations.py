"""Situations around a person's file; each function names what it makes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes import actions
from premier_accueil.personnes.actions import Etat
from premier_accueil.personnes.regles import Naissance
from premier_accueil.socle.cloison import situer
from tests import fabriques as f

RUE = "14 rue des Lilas secrets"
NUMERO = "06 61 62 63 64"
PROCEDURE = "Ordonnance de protection"


def se_placer(role: Role) -> Role:
    """Tell the database that this role asks, as a page does."""
    situer(structure=role.structure_id, mission=role.mission_id)
    return role


def personne(role: Role, nom: str = "Martin", prenom: str = "Louise", annee: int | None = 1985, **champs: Any) -> int:
    se_placer(role)
    options = {c: champs.pop(c) for c in ("protegee", "procedure", "demande_id") if c in champs}
    naissance = champs.pop("naissance", Naissance(annee))
    etat = Etat(nom=nom, prenom=prenom, naissance=naissance, **champs)
    return actions.creer(etat, role=role, a=f.LUNDI_10H, **({"demande_id": uuid4()} | options)).personne_id


def protegee(role: Role, **champs: Any) -> int:
    """Return a person whose address is protected, kept for a procedure."""
    defauts = {"adresse": RUE, "telephone": NUMERO, "protegee": True, "procedure": PROCEDURE}
    return personne(role, **(defauts | champs))


def bloquer(personne_id: int, qui: Role, par: Role) -> None:
    actions.poser_un_blocage(personne_id, compte_id=qui.compte_id, motif="voisin", role=par, a=f.LUNDI_10H)
