"""After acceptance, two professionals talk: every message is a communication, through the same projection."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.actions import echanger
from premier_accueil.relais.actions.commun import SaisieRefusee, auteur_de, tracer
from premier_accueil.relais.actions.gestes import tenir
from premier_accueil.relais.models import MessageDeRelais
from premier_accueil.relais.regles import OUVRENT_LE_FIL, GesteImpossible, Partie
from premier_accueil.socle.texte import propre

ELEMENTS = ("NOTE", "RENDEZ_VOUS")
LONGUEUR = 2000


@transaction.atomic
def ecrire(relais_id: int, element: str, texte: str, *, demande_id: UUID, role: Role, a: datetime) -> None:
    """Add a message to the thread, as the agreement allows it; a double click writes once.

    Args:
        element: what it is about: a note, or the appointment.

    Raises:
        SaisieRefusee: nothing was written.
        GesteImpossible: the relay is not accepted yet, or is over.
        PartageRefuse: these words may not leave; says why.
        Relais.DoesNotExist: not visible to this role.
    """
    relais = tenir(relais_id, role, a)
    dit = propre(texte)[:LONGUEUR]
    if element not in ELEMENTS or not dit:
        raise SaisieRefusee("texte", "Écrivez votre message.")
    if MessageDeRelais.objects.filter(expediteur_id=role.structure_id, demande_id=demande_id).exists():
        return
    if relais.etat not in OUVRENT_LE_FIL or relais.communication_id is None:
        raise GesteImpossible("On s'écrit quand le relais est accepté, et jusqu'à sa fin. Votre texte est gardé ici.")
    auteur = auteur_de(relais, role)
    retour = auteur.partie is Partie.DESTINATAIRE
    part = echanger(relais.communication_id, element, dit, retour=retour, role=role, a=a)
    MessageDeRelais.objects.create(
        structure_id=relais.structure_id if retour else relais.destinataire_id, expediteur_id=role.structure_id,
        relais=relais, demande_id=demande_id, element=element, texte=part, compte_id=role.compte_id,
        signature=f"{role.compte}, {role.structure}"[:160], envoye_le=a,
    )  # fmt: skip
    tracer("relais_ecrire", relais, auteur, a)


def lire_le_fil(relais_id: int, *, role: Role, a: datetime) -> None:
    """Say that what was received is read."""
    MessageDeRelais.objects.filter(relais_id=relais_id, structure_id=role.structure_id, lu_le=None).update(lu_le=a)
