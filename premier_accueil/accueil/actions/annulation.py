"""Undo a passage recorded by mistake."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from premier_accueil.accueil.acces import passages_visibles
from premier_accueil.accueil.actions.attente import bouger
from premier_accueil.accueil.actions.faits import retirer_le_passage
from premier_accueil.accueil.actions.pieces import retirer_les_bulletins
from premier_accueil.accueil.models import FeuilleDeRoute, Passage
from premier_accueil.accueil.regles import DELAI_D_ANNULATION, EtatDAttente
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle.journal import Geste, noter

APPELEE = "La personne a déjà été appelée : ce passage ne peut plus être annulé."


class AnnulationImpossible(ValueError):
    """It is too late to undo, or the passage already went on."""


@transaction.atomic
def annuler(passage_id: int, *, role: Role, a: datetime) -> None:
    """Undo a passage recorded by mistake: its words, needs and sheet are erased, the line stays in the journal.

    Raises:
        AnnulationImpossible: more than 15 minutes ago, by somebody else, or the person was called meanwhile.
        Passage.DoesNotExist: not visible to this role.
    """
    passage = Passage.objects.select_for_update().get(passages_visibles(role), pk=passage_id)
    if passage.auteur_id != role.compte_id:
        raise AnnulationImpossible("Seule la personne qui a enregistré ce passage peut l'annuler.")
    if a - passage.arrive_le > DELAI_D_ANNULATION:
        raise AnnulationImpossible("Ce passage date de plus de 15 minutes : il ne peut plus être annulé.")
    effacer(passage, role=role, a=a)


def effacer(passage: Passage, *, role: Role, a: datetime) -> None:
    """Erase a passage that is locked, with the tickets it gave.

    Raises:
        AnnulationImpossible: the person was called meanwhile.
    """
    donnes = passage.attentes.filter(arrive_le__gte=passage.arrive_le)
    if donnes.exclude(etat=EtatDAttente.EN_ATTENTE).exists():
        raise AnnulationImpossible(APPELEE)
    retirer_le_passage(passage, role=role, a=passage.arrive_le)
    retirer_les_bulletins(passage, role=role)
    for liste in (donnes, passage.orientations, passage.reponses, passage.besoins):
        liste.all().delete()
    # The ticket that came before the passage is called again: the person is still there.
    passage.attentes.filter(etat=EtatDAttente.TERMINE, fini_le=passage.arrive_le).update(
        etat=EtatDAttente.APPELE, fini_le=None
    )
    passage.attentes.update(passage=None)
    bouger(passage.site_id)
    FeuilleDeRoute.objects.filter(passage=passage).delete()
    Passage.objects.filter(pk=passage.pk).update(annule_le=a, mots="", nom="", commune=None, personne=None)
    noter(
        structure_id=passage.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action="annuler",
        objet="PASSAGE", objet_id=passage.pk, a=a,
    )  # fmt: skip
