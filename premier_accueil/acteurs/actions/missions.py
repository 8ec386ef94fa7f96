"""Give and end missions: by the administrator of the structure, never to oneself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from premier_accueil.acteurs.actions.comptes import fin_prevue
from premier_accueil.acteurs.models import Compte, Mission
from premier_accueil.acteurs.regles import FINISSENT, Droit, Fonction, Profession, StatutDeSecret, peut, refus
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.texte import propre

MOTS_DE_PASSE = 4
LETTRES = "abcdefghjkmnpqrstuvwxyz23456789"


class MissionRefusee(ValueError):
    """The mission cannot be given; ``champ`` names the field, the message says what to do."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(message)
        self.champ = champ


@dataclass(frozen=True)
class NouvelleMission:
    """What an administrator decides. ``nom`` is needed only when the account does not exist yet."""

    identifiant: str
    fonction: Fonction
    debut: date
    fin: date | None = None
    profession: Profession = Profession.AUTRE
    statut: StatutDeSecret = StatutDeSecret.AUCUN
    texte: str = ""
    nom: str = ""


@transaction.atomic
def confier_mission(nouvelle: NouvelleMission, *, role: Role, a: datetime) -> str:
    """Give a mission in the role's structure, with its secrecy and the text that binds.

    Args:
        nouvelle: what is decided.
        role: an administrator of the structure.
        a: when.

    Returns:
        the first password of an account made on this occasion, to be handed over once; else an empty text.

    Raises:
        MissionRefusee: a field must be corrected; nothing was recorded.
        PermissionError: the role administers nothing.
    """
    _administre(role)
    fin = nouvelle.fin or fin_prevue(nouvelle.fonction, nouvelle.debut)
    if nouvelle.profession is Profession.STAGIAIRE and fin is None:
        raise MissionRefusee("fin", "Un stage finit : écrivez sa date de fin.")
    if fin is not None and fin < nouvelle.debut:
        raise MissionRefusee("fin", "La fin est avant le début.")
    if nouvelle.fonction in FINISSENT and nouvelle.statut is not StatutDeSecret.AUCUN and not nouvelle.texte:
        raise MissionRefusee("texte", "Citez le texte qui tient cette personne au secret.")
    if raison := refus(statut=nouvelle.statut, texte=nouvelle.texte, profession=nouvelle.profession):
        raise MissionRefusee("texte", raison)
    compte, mot_de_passe = _compte(nouvelle)
    if compte.pk == role.compte_id:
        raise MissionRefusee("identifiant", "Personne ne se donne une mission : demandez à un autre administrateur.")
    try:
        with transaction.atomic():
            mission = Mission.objects.create(
                compte=compte, structure_id=role.structure_id, fonction=nouvelle.fonction.value, debut=nouvelle.debut,
                fin=fin, profession=nouvelle.profession.value, statut_de_secret=nouvelle.statut.value,
                texte=nouvelle.texte, posee_par_id=role.compte_id,
            )  # fmt: skip
    except IntegrityError as erreur:
        raise MissionRefusee("identifiant", "Cette mission existe déjà, avec la même date de début.") from erreur
    _tracer("confier_mission", mission, role, a)
    return mot_de_passe


@transaction.atomic
def terminer_mission(mission_id: int, *, role: Role, a: datetime) -> None:
    """End a mission of the structure today: what it opened closes at the next page.

    Raises:
        Mission.DoesNotExist: not a running mission of this structure.
        MissionRefusee: one's own.
        PermissionError: the role administers nothing.
    """
    _administre(role)
    mission = Mission.objects.en_cours(a).select_for_update().get(pk=mission_id, structure_id=role.structure_id)
    if mission.compte_id == role.compte_id:
        raise MissionRefusee("mission", "Vous ne pouvez pas terminer votre propre mission.")
    # The day before: a mission holds until the end of its last day, and this one must hold no more.
    hier = date.fromordinal(jour_local(a).toordinal() - 1)
    mission.debut = min(mission.debut, hier)
    mission.fin = hier
    mission.save(update_fields=["debut", "fin"])
    _tracer("terminer_mission", mission, role, a)


def _administre(role: Role) -> None:
    if not peut(role.fonction, Droit.ADMINISTRER):
        raise PermissionError("Only an administrator of the structure gives missions.")


def _compte(nouvelle: NouvelleMission) -> tuple[Compte, str]:
    identifiant = propre(nouvelle.identifiant).strip().lower()[:150]
    if not identifiant:
        raise MissionRefusee("identifiant", "Écrivez l'identifiant de la personne, souvent son adresse de courriel.")
    compte = Compte.objects.filter(identifiant=identifiant).first()
    if compte is not None:
        return compte, ""
    nom = propre(nouvelle.nom).strip()[:120]
    if not nom:
        raise MissionRefusee("nom", "Ce compte n'existe pas encore : écrivez le nom de la personne pour le créer.")
    mot_de_passe = "-".join("".join(secrets.choice(LETTRES) for _ in range(4)) for _ in range(MOTS_DE_PASSE))
    return Compte.objects.create_user(identifiant, nom, mot_de_passe), mot_de_passe


def _tracer(action: str, mission: Mission, role: Role, a: datetime) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action,
        objet="MISSION", objet_id=mission.pk, a=a,
    )  # fmt: skip
