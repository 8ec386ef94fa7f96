"""An agreement given by a code received on the person's telephone: sent, tried, spent once."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.actions.commun import PartageRefuse, noter_ecriture
from premier_accueil.partage.models import CodeDAccord
from premier_accueil.partage.regles import table_de_partage
from premier_accueil.partage.requetes import Souhait
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne, RegleDeContact
from premier_accueil.socle.envoi import Canal, EnvoiImpossible, Message, envoi_possible, envoyer, numero_de_sms

HEURE = timedelta(hours=1)
SEL = "partage.code-d-accord"


@transaction.atomic
def envoyer_un_code(
    souhait: Souhait, demande_id: UUID, *, numero: str, sans_risque: bool, role: Role, a: datetime
) -> str:
    """Send a code to the person's telephone, for this very communication; the message says nothing of why.

    Args:
        souhait: what was read to her; the code gives this and nothing else.
        demande_id: of the page; a newer code replaces the one before.
        numero: the number she gives now, kept nowhere; empty for the one of her contact rule, when it allows SMS.
        sans_risque: she says that this message harms her in no way.

    Returns:
        the two last digits of the number.

    Raises:
        PartageRefuse: nothing was sent; the text says why.
        Personne.DoesNotExist: not visible to this role.
    """
    # Held: two tabs that ask at once are counted one after the other.
    personne = Personne.objects.select_for_update().get(personnes_visibles(role, a), pk=souhait.personne_id)
    if not envoi_possible(Canal.SMS):
        raise PartageRefuse("L'envoi de SMS n'est pas réglé ici : demandez l'accord de vive voix ou par écrit.")
    if not sans_risque:
        raise PartageRefuse("Demandez-lui d'abord si ce SMS est sans risque pour elle, puis cochez la case.")
    _compter(personne, role, a)
    vers, regle = _numero(personne, numero), table_de_partage().code
    code = f"{secrets.randbelow(10**regle.chiffres):0{regle.chiffres}d}"
    CodeDAccord.objects.filter(structure_id=role.structure_id, cree_le__lt=a - timedelta(days=1)).delete()
    ligne = CodeDAccord.objects.create(
        structure_id=role.structure_id, personne=personne, compte_id=role.compte_id, demande_id=demande_id,
        portee=portee(souhait), condense=_condense(demande_id, code), cree_le=a,
        expire_le=a + timedelta(minutes=regle.minutes),
    )  # fmt: skip
    envoyer(Message(Canal.SMS, vers, f"Votre code : {code}. Il dure {regle.minutes} minutes."))
    noter_ecriture("envoyer_un_code", "CODE_D_ACCORD", ligne.pk, role, a)
    return vers[-2:]


@transaction.atomic
def essayer_un_code(demande_id: UUID, code: str, *, role: Role, a: datetime) -> str:
    """Try the code she reads aloud; a try counts even when what follows is refused.

    Returns:
        why it does not hold, in French; empty when it does.
    """
    ligne = _dernier(demande_id, role)
    if ligne is None:
        return "Envoyez d'abord un code à la personne."
    if ligne.consomme_le is not None:
        return ""  # spent with its agreement: the same request again finds that agreement, and gives no other
    # Counted before it is compared, by the database: as many tabs as one likes share the same tries.
    vivants = CodeDAccord.objects.filter(
        pk=ligne.pk, essais__lt=table_de_partage().code.essais, expire_le__gt=a, consomme_le=None
    )
    if not vivants.update(essais=F("essais") + 1):
        return _mort(ligne, a)
    noter_ecriture("essayer_un_code", "CODE_D_ACCORD", ligne.pk, role, a)
    chiffres = "".join(c for c in code if c.isdigit())
    if not constant_time_compare(ligne.condense, _condense(demande_id, chiffres)):
        reste = table_de_partage().code.essais - ligne.essais - 1
        suite = f"Il reste {reste} essai{'s' * (reste > 1)}." if reste else "Envoyez un nouveau code."
        return f"Ce n'est pas ce code. {suite}"
    vivants.model.objects.filter(pk=ligne.pk).update(confirme_le=a)
    return ""


def depenser_le_code(souhait: Souhait, demande_id: UUID, *, role: Role, a: datetime) -> str:
    """Spend the code that was tried: once, for what was read to her; inside the transaction of the agreement.

    Returns:
        why it cannot be, in French; empty when it was spent.
    """
    ligne = _dernier(demande_id, role)
    if ligne is None or ligne.confirme_le is None:
        return "Tapez le code que la personne a reçu."
    if ligne.personne_id != souhait.personne_id or not constant_time_compare(ligne.portee, portee(souhait)):
        return "Ce qui partirait a changé depuis l'envoi du code : relisez-lui, puis envoyez un nouveau code."
    if not CodeDAccord.objects.filter(pk=ligne.pk, consomme_le=None, expire_le__gt=a).update(consomme_le=a):
        return _mort(ligne, a)
    return ""


def portee(souhait: Souhait) -> str:
    """Return the fingerprint of what a code agrees to: purpose, basis, recipient, items, words, length."""
    dit = [
        souhait.personne_id, souhait.but, souhait.base, souhait.destinataire_id, souhait.fonction.value,
        sorted(souhait.textes.items()), souhait.jours,
    ]  # fmt: skip
    return salted_hmac(SEL, json.dumps(dit), algorithm="sha256").hexdigest()


def _condense(demande_id: UUID, code: str) -> str:
    return salted_hmac(SEL, f"{demande_id}:{code}", algorithm="sha256").hexdigest()


def _dernier(demande_id: UUID, role: Role) -> CodeDAccord | None:
    codes = CodeDAccord.objects.filter(
        structure_id=role.structure_id, compte_id=role.compte_id, demande_id=demande_id
    )
    return codes.order_by("-cree_le", "-pk").first()


def _mort(ligne: CodeDAccord, a: datetime) -> str:
    if a >= ligne.expire_le:
        return "Ce code est trop vieux. Envoyez un nouveau code."
    return "Trop d'essais avec ce code. Envoyez un nouveau code."


def _compter(personne: Personne, role: Role, a: datetime) -> None:
    regle = table_de_partage().code
    recents = CodeDAccord.objects.filter(structure_id=role.structure_id, cree_le__gt=a - HEURE)
    if recents.filter(personne=personne).count() >= regle.envois_par_heure_et_personne:
        raise PartageRefuse("Plusieurs codes lui sont déjà partis : attendez une heure, ou demandez de vive voix.")
    if recents.filter(compte_id=role.compte_id).count() >= regle.envois_par_heure_et_agent:
        raise PartageRefuse("Vous avez envoyé beaucoup de codes : attendez une heure, ou demandez de vive voix.")


def _numero(personne: Personne, numero: str) -> str:
    if not numero.strip():
        regle = RegleDeContact.objects.filter(personne=personne, sms=True).first()
        numero = regle.numero if regle else ""
    if not numero.strip():
        raise PartageRefuse("Écrivez le numéro que la personne donne pour ce code. Il n'est pas gardé.")
    try:
        return numero_de_sms(numero)
    except EnvoiImpossible as refus:
        raise PartageRefuse(str(refus)) from refus
