"""Open what was received: by its recipient, or by whoever holds the link."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.acces import communications_recues
from premier_accueil.partage.actions.commun import noter_ecriture
from premier_accueil.partage.models import Communication, LienDeCommunication
from premier_accueil.partage.requetes import CommunicationLue, communication_recue
from premier_accueil.partage.requetes.destinataires import lecteur_par_lien
from premier_accueil.partage.requetes.reception import lire
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.empreinte import empreinte
from premier_accueil.socle.journal import Geste, noter

SECRET = re.compile(r"[A-Za-z0-9_-]{20,64}")


@transaction.atomic
def ouvrir_une_communication(communication_id: int, *, role: Role, a: datetime) -> bool:
    """Say that a copy is being read, the first time; the sender sees when, and by whom.

    Returns:
        whether this call opened it.

    Raises:
        Communication.DoesNotExist: not his.
    """
    if not communication_recue(communication_id, role, a).a_ouvrir:
        return False
    siennes = Communication.objects.filter(communications_recues(role), pk=communication_id, lue_le=None)
    if not siennes.update(lue_le=a, lue_par_id=role.compte_id):
        return False
    noter_ecriture("ouvrir_une_communication", "COMMUNICATION", communication_id, role, a)
    return True


def ouvrir_le_lien(secret: str, *, a: datetime) -> CommunicationLue | None:
    """Open a copy for whoever holds its link; ``None`` is the one answer to every refusal.

    The validity comes from the agreement as it stands at this very moment, not from what the link knew.

    Args:
        secret: from the link; 32 bytes of chance, kept nowhere.
        a: when.
    """
    if not SECRET.fullmatch(secret):
        return None
    with situation(jeton=secret):
        condense = empreinte(secret)
        lien = (
            LienDeCommunication.objects.select_related(
                "communication", "communication__expediteur", "communication__auteur"
            ).filter(condense=condense).first()
        )  # fmt: skip
        if lien is None or a >= lien.expire_le:
            return None
        c = lien.communication
        try:
            lue = lire(c, lecteur_par_lien(c.structure_id, Fonction(c.fonction), a), a, ouverte=True)
        except Communication.DoesNotExist:
            return None
        if not lue.message:
            LienDeCommunication.objects.filter(pk=lien.pk, ouvert_le=None).update(ouvert_le=a)
        noter(
            structure_id=c.structure_id, compte_id=None, geste=Geste.LECTURE, action="ouvrir_le_lien",
            objet="COMMUNICATION", objet_id=c.pk, a=a,
        )  # fmt: skip
        return lue
