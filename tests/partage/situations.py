"""Small situations of sharing: two houses, two people who work there, one person in the middle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from premier_accueil.acteurs.models import Engagement, Mission, Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.actions import Envoi, Recueil, demander_et_communiquer, ouvrir_une_communication
from premier_accueil.partage.requetes import Souhait, communication_recue
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.cloison import situer
from tests import fabriques as f

TEXTES = {
    "IDENTITE": "Ada Lovelace", "CONTACT": "06 11 22 33 44", "BESOIN": "Ne peut plus payer son loyer",
    "BUDGET": "RSA, deux mois de retard", "SANTE": "Fatiguée depuis l'hiver", "LOGEMENT": "Locataire du parc privé",
}  # fmt: skip


@dataclass
class Monde:
    """A sender, a recipient bound by secrecy, a person."""

    ici: Structure
    eux: Structure
    nous: Role
    lui: Role
    personne: Personne

    def souhait(self, **champs: Any) -> Souhait:
        return replace(
            Souhait(
                self.personne.pk, "ACCOMPAGNEMENT", "ACCORD", self.eux.pk, Fonction.TRAVAIL_SOCIAL, dict(TEXTES),
                suivie_ensemble=True, jours=90,
            ),
            **champs,
        )  # fmt: skip

    def envoyer(self, recueil: Recueil | None = None, *, lien: bool = False, a=f.LUNDI_10H, **champs: Any) -> Envoi:
        self.chez_nous()
        return demander_et_communiquer(
            self.souhait(**champs), recueil or oui(), lien=lien, role=self.nous, a=a,
        )  # fmt: skip

    def chez_nous(self) -> None:
        situer(structure=self.ici.pk, mission=self.nous.mission_id)

    def chez_eux(self) -> None:
        situer(structure=self.eux.pk, mission=self.lui.mission_id)


def lire(m: Monde, communication_id: int, a=f.LUNDI_10H + timedelta(hours=2)):
    """Open and read a copy as its recipient."""
    m.chez_eux()
    ouvrir_une_communication(communication_id, role=m.lui, a=a)
    return communication_recue(communication_id, m.lui, a)


def codes(lue) -> set[str]:
    return {ligne.code for ligne in lue.lignes}


def oui(**champs: Any) -> Recueil:
    return replace(
        Recueil(uuid4(), frozenset(TEXTES), "ORAL_DEVANT", frozenset({"SEULE"}), demande_a_la_personne=True), **champs
    )


def engager(structure: Structure) -> None:
    Engagement.objects.create(structure=structure, debut=date(2026, 1, 1), texte="Charte 2026")


def tenir_au_secret(role: Role) -> None:
    Mission.objects.filter(pk=role.mission_id).update(
        profession="ASSISTANT_SOCIAL", statut_de_secret="SECRET_PROFESSIONNEL", texte="CASF_L411_3"
    )


def personne(structure: Structure, **champs: Any) -> Personne:
    situer(structure=structure.pk)
    return Personne.objects.create(
        structure=structure, demande_id=uuid4(), cree_le=f.LUNDI_10H, dernier_contact_le=f.LUNDI_10H,
        **({"nom": "Lovelace", "prenom": "Ada", "cle": "lovelace ada"} | champs),
    )  # fmt: skip


def monde(ici: Structure | None = None, **champs: Any) -> Monde:
    ici = ici or f.structure()
    eux = f.structure("EDS d'Ancenis", "EDS")
    engager(eux)
    nous, lui = f.agent(ici, Fonction.TRAVAIL_SOCIAL, nom="Nadia"), f.agent(eux, Fonction.TRAVAIL_SOCIAL, nom="Sam")
    tenir_au_secret(lui)
    return Monde(ici, eux, nous, lui, personne(ici, **champs))
