"""Send the slip of papers by SMS, as the person said; a number typed for it is kept nowhere else than the message."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from premier_accueil.accueil.acces import bulletins_visibles
from premier_accueil.accueil.actions.pieces import tracer
from premier_accueil.accueil.feuille.bulletin import sms
from premier_accueil.accueil.models import BulletinDePieces
from premier_accueil.accueil.requetes.pieces_bulletin import bulletin_a_imprimer
from premier_accueil.accueil.requetes.pieces_sms import verdict_du_sms
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle.envoi import Canal, EnvoiImpossible, Message, envoyer
from premier_accueil.socle.texte import propre

ENTRE_DEUX = timedelta(minutes=2)
RISQUE = "Demandez-lui d'abord si ce SMS est sans risque pour elle, puis cochez la case."


class SmsRefuse(ValueError):
    """Nothing was sent; the message says why and what to do."""


@transaction.atomic
def envoyer_par_sms(
    bulletin_id: int, *, numero: str, sans_risque: bool, adresse: str, role: Role, a: datetime
) -> bool:
    """Send a slip by SMS: neutral words, never a paper, the procedure nor the code (T22).

    Args:
        bulletin_id: the slip.
        numero: typed for this sending only; unused when a file is attached: its contact rule decides.
        sans_risque: she says that a message on this number harms her in no way; unused with a file.
        adresse: web address of the product's page of slips.
        role: who sends.
        a: when.

    Returns:
        whether it was sent; a second click within two minutes sends nothing more.

    Raises:
        SmsRefuse: it may not leave, or cannot; nothing was sent.
        BulletinDePieces.DoesNotExist: not visible to this role.
    """
    b = BulletinDePieces.objects.select_related("passage").get(bulletins_visibles(role), pk=bulletin_id)
    if b.complet_le is not None:
        raise SmsRefuse("Tout est là : il n'y a plus rien à rapporter.")
    personne_id = b.passage.personne_id if b.passage else None
    vers, refus = verdict_du_sms(personne_id, propre(numero)[:60], a)
    if refus or not (personne_id or sans_risque):
        raise SmsRefuse(refus or RISQUE)
    libre = Q(sms_le=None) | Q(sms_le__lte=a - ENTRE_DEUX)
    if not BulletinDePieces.objects.filter(libre, pk=b.pk).update(sms_le=a):
        return False
    texte = sms(bulletin_a_imprimer(b.pk, adresse=adresse, role=role, a=a))
    try:
        envoyer(Message(Canal.SMS, vers, texte))
    except EnvoiImpossible as refuse:
        raise SmsRefuse(str(refuse)) from refuse
    tracer("envoyer_par_sms", b.pk, role, a)
    return True
