"""Propose services, and places, that may be one; remember those that somebody said are two."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.doublons import PaireInconnue
from premier_accueil.annuaire.models import PaireDeDoublons, PaireDeParties
from premier_accueil.annuaire.regles.doublons import paires
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.requetes.cartes_de_parties import cartes_de
from premier_accueil.annuaire.requetes.doublons_de_parties import paire_de_parties_tenue

LOT = 500
PROPOSEE = PaireDeDoublons.Etat.PROPOSEE


def proposer_des_parties(departement: str, *, a: datetime) -> int:
    """Look for services, then places, that may be one in a département; those ruled out stay so.

    Returns:
        how many pairs wait for a decision and are new.
    """
    return sum(_proposer(objet, departement, a) for objet in (Objet.SERVICE, Objet.SITE))


@transaction.atomic
def _proposer(objet: Objet, departement: str, a: datetime) -> int:
    trouvees = {(une.id, autre.id): v for une, autre, v in paires(cartes_de(objet, departement), lambda *_: True)}
    connues = PaireDeParties.objects.filter(objet=objet.value, departements=[departement])
    deja = {(p.une_id, p.autre_id): p for p in connues.select_for_update().order_by("pk")}
    perdues = [p.pk for cle, p in deja.items() if cle not in trouvees and p.etat == PROPOSEE]
    PaireDeParties.objects.filter(pk__in=perdues).delete()
    neuves = [
        PaireDeParties(
            objet=objet.value, une_id=u, autre_id=w, score=v.score, raisons=v.raisons,
            departements=[departement], proposee_le=a,
        )
        for (u, w), v in trouvees.items() if (u, w) not in deja
    ]  # fmt: skip
    PaireDeParties.objects.bulk_create(neuves, batch_size=LOT, ignore_conflicts=True)
    return len(neuves)


@transaction.atomic
def ecarter_des_parties(paire_id: int, *, role: Role, a: datetime) -> None:
    """Say that a pair is two: it is not proposed again. A second time changes nothing.

    Raises:
        PaireInconnue: no such pair here.
    """
    paire = paire_de_parties_tenue(paire_id, role)
    if paire is None:
        raise PaireInconnue(paire_id)
    PaireDeParties.objects.filter(pk=paire.pk, etat=PROPOSEE).update(
        etat=PaireDeDoublons.Etat.ECARTEE, par_id=role.compte_id, le=a
    )
