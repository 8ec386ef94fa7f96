"""Tell a structure's own software that a relay moved: a key and a state, signed; never a word (ADR 0012)."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.relais.actions.commun import SaisieRefusee
from premier_accueil.relais.models import Abonnement, Relais
from premier_accueil.relais.regles import ECHECS_AU_PLUS
from premier_accueil.socle.adresse_web import refus_d_adresse
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.journal import Geste, noter

PATIENCE_S = 10


class AvertissementPerdu(Exception):
    """A software did not answer: the queue tries again. Bears no address."""


@transaction.atomic
def s_abonner(adresse: str, *, role: Role, a: datetime) -> str:
    """Subscribe the structure's software; return the secret that signs, shown once.

    Raises:
        SaisieRefusee: the address is not one that may be called.
        PermissionError: the role administers nothing.
    """
    _administre(role)
    if refus := refus_d_adresse(adresse):
        raise SaisieRefusee("adresse", refus)
    secret = secrets.token_hex(32)
    abonnement, nouveau = Abonnement.objects.get_or_create(
        structure_id=role.structure_id, adresse=adresse, arrete_le=None,
        defaults={"secret": secret, "cree_par_id": role.compte_id, "cree_le": a},
    )  # fmt: skip
    if not nouveau:
        raise SaisieRefusee("adresse", "Cette adresse est déjà prévenue. Arrêtez-la pour changer de secret.")
    _noter("s_abonner", abonnement.pk, role, a)
    return secret


@transaction.atomic
def se_desabonner(abonnement_id: int, *, role: Role, a: datetime) -> None:
    """Stop telling an address.

    Raises:
        Abonnement.DoesNotExist: not of this structure.
        PermissionError: the role administers nothing.
    """
    _administre(role)
    abonnement = Abonnement.objects.get(pk=abonnement_id, structure_id=role.structure_id)
    Abonnement.objects.filter(pk=abonnement.pk, arrete_le=None).update(arrete_le=a)
    _noter("se_desabonner", abonnement.pk, role, a)


def avertir(*, a: datetime, relais_id: int) -> str:
    """Tell both sides' software that a relay moved; run by the worker, safe to run twice.

    Raises:
        AvertissementPerdu: one of them did not answer.
    """
    with situation(tache="relais"):
        relais = Relais.objects.filter(pk=relais_id).values("pk", "etat", "bouge_le", "structure_id", "destinataire_id")
        r = relais.first()
        if r is None:
            return "Relais détruit : personne n'est prévenu."
        cotes = Q(structure_id=r["structure_id"]) | Q(structure_id=r["destinataire_id"])
        abonnes = list(Abonnement.objects.filter(cotes, arrete_le=None, echecs__lt=ECHECS_AU_PLUS).order_by("pk"))
    corps = json.dumps({"relais": r["pk"], "etat": r["etat"], "le": r["bouge_le"].isoformat()}).encode()
    perdus = 0
    for abonne in abonnes:
        passe = _poster(abonne, corps)
        with situation(structure=abonne.structure_id):
            Abonnement.objects.filter(pk=abonne.pk).update(echecs=0 if passe else F("echecs") + 1)
        perdus += not passe
    if perdus:
        raise AvertissementPerdu(f"{perdus} of {len(abonnes)}")
    return f"{len(abonnes)} logiciel(s) prévenu(s)."


def _poster(abonne: Abonnement, corps: bytes) -> bool:
    import requests  # heavy, and only the worker needs it

    signature = hmac.new(abonne.secret.encode(), corps, hashlib.sha256).hexdigest()
    entetes = {"Content-Type": "application/json", "X-Premier-Accueil-Signature": f"sha256={signature}"}
    if refus_d_adresse(abonne.adresse):  # a name may lead elsewhere since
        return False
    try:
        reponse = requests.post(
            abonne.adresse, data=corps, headers=entetes, timeout=PATIENCE_S, allow_redirects=False
        )
    except requests.RequestException:
        return False
    return 200 <= reponse.status_code < 300


def _administre(role: Role) -> None:
    if not peut(role.fonction, Droit.ADMINISTRER):
        raise PermissionError


def _noter(action: str, abonnement_id: int, role: Role, a: datetime) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action,
        objet="ABONNEMENT", objet_id=abonnement_id, a=a,
    )  # fmt: skip
