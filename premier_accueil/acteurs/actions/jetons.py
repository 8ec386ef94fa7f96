"""Tokens of the open interface: made and stopped by an administrator, shown once, known by their fingerprint only."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from premier_accueil.acteurs.models import Compte, JetonDApi, Mission
from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role, role_de
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.empreinte import empreinte
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.texte import propre

JOURS = 365
PREFIXE = "pa_"


class JetonRefuse(ValueError):
    """The token cannot be made; ``champ`` names the field, the message says what to do."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(message)
        self.champ = champ


@transaction.atomic
def creer_un_jeton(mission_id: int, nom: str, *, role: Role, a: datetime) -> str:
    """Make a token that stands for a mission of one's structure; return its secret, shown once.

    Raises:
        JetonRefuse: no name, or a mission that does not run here today.
        PermissionError: the role administers nothing.
    """
    _administre(role)
    dit = propre(nom)[:80]
    if not dit:
        raise JetonRefuse("nom", "Écrivez quel logiciel s'en servira.")
    if not Mission.objects.en_cours(a).filter(pk=mission_id, structure_id=role.structure_id).exists():
        raise JetonRefuse("mission", "Choisissez une mission en cours de votre structure.")
    secret = PREFIXE + secrets.token_urlsafe(32)
    jeton = JetonDApi.objects.create(
        structure_id=role.structure_id, mission_id=mission_id, nom=dit, condense=empreinte(secret),
        cree_par_id=role.compte_id, cree_le=a, expire_le=a + timedelta(days=JOURS),
    )  # fmt: skip
    _noter("creer_un_jeton", jeton.pk, role, a)
    return secret


@transaction.atomic
def revoquer_un_jeton(jeton_id: int, *, role: Role, a: datetime) -> None:
    """Stop a token at once.

    Raises:
        JetonDApi.DoesNotExist: not of this structure.
        PermissionError: the role administers nothing.
    """
    _administre(role)
    jeton = JetonDApi.objects.get(pk=jeton_id, structure_id=role.structure_id)
    JetonDApi.objects.filter(pk=jeton.pk, revoque_le=None).update(revoque_le=a)
    _noter("revoquer_un_jeton", jeton.pk, role, a)


def servir_le_jeton(secret: str, *, a: datetime) -> Role | None:
    """Return the role that a token stands for today; ``None`` is the one answer to every refusal.

    The day of its last use is kept, no more often than once a day.
    """
    if not secret.startswith(PREFIXE) or len(secret) > 80 or not secret.isascii():
        return None
    with situation(jeton=secret):
        jeton = (
            JetonDApi.objects.select_related("mission__compte")
            .filter(condense=empreinte(secret), revoque_le=None, expire_le__gt=a).first()
        )  # fmt: skip
        if jeton is None:
            return None
        compte: Compte = jeton.mission.compte
        role = role_de(compte, jeton.mission_id, a) if compte.is_active else None
        if role is None or role.mission_id != jeton.mission_id:
            return None
        if jeton.servi_le is None or (a - jeton.servi_le).days:
            JetonDApi.objects.filter(pk=jeton.pk).update(servi_le=a)
    return role


def _administre(role: Role) -> None:
    if not peut(role.fonction, Droit.ADMINISTRER):
        raise PermissionError


def _noter(action: str, jeton_id: int, role: Role, a: datetime) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action,
        objet="JETON_D_API", objet_id=jeton_id, a=a,
    )  # fmt: skip
