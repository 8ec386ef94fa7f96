"""Send a paper by SMS, as the person said; a number typed for it is kept nowhere else than the message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from premier_accueil.accueil.acces import bulletins_visibles, passages_visibles
from premier_accueil.accueil.feuille import bulletin, sms
from premier_accueil.accueil.models import BulletinDePieces, FeuilleDeRoute, Passage
from premier_accueil.accueil.requetes.feuille import feuille_du_passage
from premier_accueil.accueil.requetes.pieces_bulletin import bulletin_a_imprimer
from premier_accueil.accueil.requetes.sms import verdict_du_sms
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle.envoi import Canal, EnvoiImpossible, Message, envoyer
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.texte import propre

ENTRE_DEUX = timedelta(minutes=2)
RISQUE = "Demandez-lui d'abord si ce SMS est sans risque pour elle, puis cochez la case."
FINIE = "La page de cette feuille n'est plus ouverte : préparez de nouveau la feuille de route."


class SmsRefuse(ValueError):
    """Nothing was sent; the message says why and what to do."""


@dataclass(frozen=True)
class Destinataire:
    """To whom it leaves.

    Attributes:
        numero: typed for this sending only; unused when a file is attached: its contact rule decides.
        sans_risque: she says that a message on this number harms her in no way; unused with a file.
    """

    numero: str
    sans_risque: bool


@transaction.atomic
def envoyer_le_bulletin(bulletin_id: int, vers: Destinataire, *, adresse: str, role: Role, a: datetime) -> bool:
    """Send a slip of papers by SMS: neutral words, never a paper, the procedure nor the code (T22).

    Args:
        bulletin_id: the slip.
        vers: to whom.
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
    return _envoyer(
        b, personne_id, vers, role, a,
        lambda: bulletin.sms(bulletin_a_imprimer(b.pk, adresse=adresse, role=role, a=a)),
    )  # fmt: skip


@transaction.atomic
def envoyer_la_feuille(passage_id: int, vers: Destinataire, *, role: Role, a: datetime) -> bool:
    """Send the *feuille de route* of a passage by SMS: neutral words, no service's name, never the code.

    Args, returns: see ``envoyer_le_bulletin``.

    Raises:
        SmsRefuse: it may not leave, or cannot; nothing was sent.
        FeuilleDeRoute.DoesNotExist: none was made, or the passage is not visible to this role.
    """
    visibles = Passage.objects.filter(passages_visibles(role), pk=passage_id, annule_le=None)
    f = FeuilleDeRoute.objects.select_related("passage").get(passage__in=visibles)
    if f.expire_le < a:
        raise SmsRefuse(FINIE)
    return _envoyer(
        f, f.passage.personne_id, vers, role, a, lambda: sms.texte(feuille_du_passage(passage_id, role=role, a=a))
    )


def _envoyer(
    papier: BulletinDePieces | FeuilleDeRoute, personne_id: int | None, vers: Destinataire, role: Role, a: datetime,
    texte: Callable[[], str],
) -> bool:  # fmt: skip
    numero, refus = verdict_du_sms(personne_id, propre(vers.numero)[:60], a)
    if refus or not (personne_id or vers.sans_risque):
        raise SmsRefuse(refus or RISQUE)
    libre = Q(sms_le=None) | Q(sms_le__lte=a - ENTRE_DEUX)
    if not type(papier)._default_manager.filter(libre, pk=papier.pk).update(sms_le=a):
        return False
    try:
        envoyer(Message(Canal.SMS, numero, texte()))
    except EnvoiImpossible as refuse:
        raise SmsRefuse(str(refuse)) from refuse
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action="envoyer_par_sms",
        objet="BULLETIN" if isinstance(papier, BulletinDePieces) else "FEUILLE", objet_id=papier.pk, a=a,
    )  # fmt: skip
    return True
