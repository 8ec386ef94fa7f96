"""What keeping an entry true leaves behind: a change, a proposed correction, a campaign and its link."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from uuid import uuid4

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire.actions import campagnes, modifier
from premier_accueil.annuaire.actions.corrections import Proposee, proposer_une_correction
from premier_accueil.annuaire.models import Interlocuteur, LienDeFiche, Permanence, Service
from premier_accueil.annuaire.regles.campagnes import Quoi
from premier_accueil.annuaire.regles.historique import Objet, Origine
from tests import fabriques as f

PAGE = "https://exemple.test/f/{}/"
_jours = count(5)


def campagne(service: Service, **champs) -> LienDeFiche:
    """A campaign, and the link of the structure that holds a service."""
    role = f.agent(service.structure, Fonction.COORDINATION, nom="Claude")
    comite = f.LUNDI_10H.date() + timedelta(days=next(_jours) % 150)
    demande = campagnes.Demande(comite, Quoi.TOUTES, "", "", PAGE)
    ouverte = campagnes.ouvrir_une_campagne(demande, role=role, a=f.LUNDI_10H)
    return LienDeFiche.objects.get(campagne=ouverte, structure=service.structure)


def tout(service: Service) -> dict[str, int]:
    """One of each, for the addresses of the pages."""
    lien = campagne(service)
    role = f.agent(service.structure, Fonction.PARTENAIRE, nom="Sam")
    revision = modifier(
        Objet.SERVICE, service.pk, {"frais_precisions": "5 €"}, origine=Origine.HUMAIN, auteur=role.compte_id, a=f.LUNDI_10H
    )[0]
    permanence = Permanence.objects.filter(service=service).order_by("pk")[0]
    dite = Proposee(Objet.SERVICE, service.pk, "conditions_acces", "Sur adhésion", "Lu sur la porte", uuid4())
    correction = proposer_une_correction(dite, role=role, a=f.LUNDI_10H)
    return {
        "revision_id": revision.pk, "correction_id": correction.pk, "campagne_id": lien.campagne_id,
        "lien_de_fiche_id": lien.pk, "permanence_id": permanence.pk, "site_id": permanence.site_id,
        "contact_id": Interlocuteur.objects.create(service=service, nom="Mme Exemple").pk,
    }  # fmt: skip
