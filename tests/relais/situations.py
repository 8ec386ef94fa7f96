"""Situations of a relay; each function names what it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.actions import ouvrir_une_communication
from premier_accueil.relais import actions
from premier_accueil.relais.actions import DemandeDeRelais, Dit, RendezVousVoulu
from premier_accueil.relais.models import Relais
from premier_accueil.relais.regles import EtatDeRelais, Mode
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.partage import situations as partage

A = f.LUNDI_10H
AU_TELEPHONE = RendezVousVoulu(
    Mode.TELEPHONE, quand=A + timedelta(days=8), lieu="EDS, 2 rue du Port", repondu_par="Mme Le Goff, secrétariat"
)


@dataclass
class Monde:
    """A sender, a recipient, a person; ``partage`` holds the two houses."""

    partage: partage.Monde

    @property
    def nous(self) -> Role:
        return self.partage.nous

    @property
    def lui(self) -> Role:
        return self.partage.lui

    def chez_nous(self) -> Role:
        return se_placer(self.nous)

    def chez_eux(self) -> Role:
        return se_placer(self.lui)

    def demande(self, **champs: Any) -> DemandeDeRelais:
        return replace(DemandeDeRelais(uuid4(), self.partage.souhait(), partage.oui(), AU_TELEPHONE), **champs)

    def proposer(self, a: datetime = A, **champs: Any) -> actions.Propose:
        return actions.proposer(self.demande(**champs), role=self.chez_nous(), a=a)

    def envoyer(self, a: datetime = A, **champs: Any) -> int:
        return self.proposer(a, **champs).relais_id

    def agir(self, relais_id: int, geste: str, a: datetime = A, *, eux: bool = False, **dit: Any) -> None:
        actions.agir(relais_id, geste, Dit(**dit), role=self.chez_eux() if eux else self.chez_nous(), a=a)

    def accepte(self, a: datetime = A, **champs: Any) -> int:
        cle = self.envoyer(a, **champs)
        self.agir(cle, "accepter", a, eux=True)
        return cle

    def relais(self, cle: int) -> Relais:
        self.chez_nous()
        return Relais.objects.get(pk=cle)

    def etat(self, cle: int) -> EtatDeRelais:
        return EtatDeRelais(self.relais(cle).etat)

    def ouvrir(self, cle: int) -> None:
        """Open what was told, as its recipient."""
        communication_id = self.relais(cle).communication_id
        ouvrir_une_communication(communication_id, role=self.chez_eux(), a=A)


def se_placer(role: Role) -> Role:
    situer(structure=role.structure_id, mission=role.mission_id)
    return role


def monde(**champs: Any) -> Monde:
    un = partage.monde(**champs)
    partage.engager(un.ici)
    un.ici.telephone = "+33240000001"
    un.ici.save(update_fields=["telephone"])
    return Monde(un)
