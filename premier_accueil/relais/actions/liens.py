"""The link of a partner without account: an address, and a code said apart; together they open one relay.

The database knows fingerprints only, and shows nothing to who holds one of the two. Nothing of the person is in the
address nor in the e-mail; the link may be revoked, and ends with the relay.
"""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.actions import lier
from premier_accueil.partage.models import LienDeCommunication
from premier_accueil.partage.requetes import courriels_du_destinataire
from premier_accueil.relais.acces import relais_envoyes
from premier_accueil.relais.actions.commun import SaisieRefusee, auteur_de, tracer
from premier_accueil.relais.models import LienDeRelais, Relais
from premier_accueil.relais.regles import FINIS, reglages
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.empreinte import empreinte
from premier_accueil.socle.envoi import Canal, EnvoiImpossible, Message, envoyer

ADRESSE = re.compile(r"[A-Za-z0-9_-]{20,50}")
OCTETS = 24
OBJET = "Premier Accueil : une page vous attend"


@dataclass(frozen=True)
class Lien:
    """Shown once: the end of the address, and the code to say apart (on the telephone, by SMS)."""

    adresse: str
    code: str


@transaction.atomic
def ouvrir_un_lien(relais_id: int, *, role: Role, a: datetime) -> Lien:
    """Make the link of a relay and its code; the ones before stop working.

    Raises:
        SaisieRefusee: it was not sent, or it is over.
        Relais.DoesNotExist: not visible to this role.
    """
    relais = Relais.objects.get(relais_envoyes(role, a), pk=relais_id)
    if relais.communication_id is None or relais.etat in FINIS:
        raise SaisieRefusee("lien", "Ce relais n'est pas en cours : il n'a pas de lien.")
    revoquer_les_liens(relais, a)
    regle = reglages().lien
    adresse = secrets.token_urlsafe(OCTETS)
    code = f"{secrets.randbelow(10**regle.chiffres_du_code):0{regle.chiffres_du_code}d}"
    expire_le = a + timedelta(days=regle.jours)
    LienDeRelais.objects.create(
        structure_id=relais.structure_id, relais=relais, condense=empreinte(adresse),
        lien=lier(relais.communication_id, adresse + code, expire_le=expire_le, a=a), cree_le=a, expire_le=expire_le,
    )  # fmt: skip
    tracer("relais_ouvrir_un_lien", relais, auteur_de(relais, role), a)
    return Lien(adresse, code)


@transaction.atomic
def envoyer_l_adresse(relais_id: int, adresse: str, page: str, *, role: Role, a: datetime) -> int:
    """E-mail the address of a living link to its recipient, in neutral words; never its code, told on the telephone.

    Args:
        adresse: end of the address, as its page showed it once.
        page: the whole address.

    Returns:
        how many e-mails left.

    Raises:
        SaisieRefusee: this link no longer opens this relay, or the recipient has no known address.
        Relais.DoesNotExist: not visible to this role.
    """
    relais = Relais.objects.select_related("structure").get(relais_envoyes(role, a), pk=relais_id)
    lien = lien_vivant(adresse, a)
    if lien is None or lien.relais_id != relais.pk:
        raise SaisieRefusee("lien", "Ce lien ne s'ouvre plus. Faites-en un autre, puis envoyez-le.")
    ici = relais.structure
    appel = f" Téléphone : {ici.telephone}." if ici.telephone else ""
    texte = f"{ici.nom} vous écrit. La page s'ouvre avec un code, dit de vive voix, jamais par courriel.{appel}\n{page}"
    partis = 0
    for vers in courriels_du_destinataire(relais.destinataire_id, Fonction(relais.fonction), a):
        with suppress(EnvoiImpossible):
            envoyer(Message(Canal.COURRIEL, vers, texte, OBJET))
            partis += 1
    if not partis:
        raise SaisieRefusee("lien", "Aucune adresse de courriel connue pour ce service. Copiez le lien ci-dessous.")
    tracer("relais_envoyer_l_adresse", relais, auteur_de(relais, role), a)
    return partis


@transaction.atomic
def revoquer_le_lien(relais_id: int, *, role: Role, a: datetime) -> None:
    """Stop the link of a relay: it answers like an address that never was.

    Raises:
        Relais.DoesNotExist: not visible to this role.
    """
    relais = Relais.objects.get(relais_envoyes(role, a), pk=relais_id)
    revoquer_les_liens(relais, a)
    tracer("relais_revoquer_le_lien", relais, auteur_de(relais, role), a)


def revoquer_les_liens(relais: Relais, a: datetime) -> None:
    """Stop every link of a relay, the secret that reads its copy included."""
    for vivant in LienDeRelais.objects.filter(relais=relais, revoque_le=None).select_related("lien"):
        LienDeRelais.objects.filter(pk=vivant.pk).update(revoque_le=a)
        vivant.lien.expire_le = max(a, vivant.lien.cree_le + timedelta(microseconds=1))
        vivant.lien.save(update_fields=["expire_le"])


def essayer_le_code(adresse: str, code: str, *, a: datetime) -> bool:
    """Say whether a code opens a link; a wrong one counts, and after some of them the link is dead.

    Each try is written in its own transaction, whatever follows it.

    Args:
        adresse: end of the address.
        code: digits as typed; spaces do not matter.
    """
    chiffres = "".join(c for c in code if c.isdigit() and c.isascii())
    with situation(jeton=adresse):
        lien = lien_vivant(adresse, a, tenir=True)
        if lien is None or lien.essais >= reglages().lien.essais:
            return False
        if _ouvre(lien, adresse + chiffres, a):
            LienDeRelais.objects.filter(pk=lien.pk, ouvert_le=None).update(ouvert_le=a)
            return True
        LienDeRelais.objects.filter(pk=lien.pk).update(essais=F("essais") + 1)
        return False


def lien_vivant(adresse: str, a: datetime, *, tenir: bool = False) -> LienDeRelais | None:
    """Return the link of an address while it holds; ``None`` is the one answer to every refusal."""
    if not ADRESSE.fullmatch(adresse):
        return None
    liens = LienDeRelais.objects.filter(condense=empreinte(adresse), revoque_le=None, expire_le__gt=a)
    if tenir:
        liens = liens.select_for_update(of=("self",))
    return liens.first()


def _ouvre(lien: LienDeRelais, secret: str, a: datetime) -> bool:
    with situation(jeton=secret):
        return LienDeCommunication.objects.filter(pk=lien.lien_id, expire_le__gt=a).exists()
