"""After acceptance, two professionals talk: every message is a communication, through the same projection."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.actions import echanger
from premier_accueil.relais.actions.commun import Auteur, SaisieRefusee, auteur_de, tracer
from premier_accueil.relais.actions.gestes import Signature, auteur_par_le_lien, tenir, tenir_par_le_lien
from premier_accueil.relais.actions.liens import lien_vivant
from premier_accueil.relais.models import MessageDeRelais, Relais
from premier_accueil.relais.regles import OUVRENT_LE_FIL, GesteImpossible, Partie
from premier_accueil.socle.cloison import situation
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
    _ajouter(relais, element, texte, demande_id, auteur_de(relais, role), f"{role.compte}, {role.structure}", role, a)


def ecrire_par_le_lien(
    adresse: str, code: str, texte: str, signature: Signature, *, demande_id: UUID, a: datetime
) -> bool:
    """Add a message as a partner without account, who signs it; what was sent to them is then read.

    Args:
        adresse, code: what ``essayer_le_code`` accepted; checked again here, by the database.

    Returns:
        whether they open anything: ``False`` is the one answer to every refusal.

    Raises:
        SaisieRefusee, GesteImpossible, PartageRefuse: see ``ecrire``; a name and a function are asked.
    """
    with situation(jeton=adresse):
        if lien_vivant(adresse, a) is None:
            return False
    with situation(jeton=adresse + code):
        relais = tenir_par_le_lien()
        if relais is None:
            return False
        auteur = auteur_par_le_lien(relais, signature)
        _ajouter(relais, "NOTE", texte, demande_id, auteur, f"{auteur.signature}, {relais.destinataire.nom}", None, a)
    return True


def _ajouter(
    relais: Relais, element: str, texte: str, demande_id: UUID, auteur: Auteur, signature: str, role: Role | None,
    a: datetime,
) -> None:  # fmt: skip
    dit = propre(texte)[:LONGUEUR]
    if element not in ELEMENTS or not dit:
        raise SaisieRefusee("texte", "Écrivez votre message.")
    if MessageDeRelais.objects.filter(expediteur_id=auteur.structure_id, demande_id=demande_id).exists():
        return
    if relais.etat not in OUVRENT_LE_FIL or relais.communication_id is None:
        raise GesteImpossible("On s'écrit quand le relais est accepté, et jusqu'à sa fin. Votre texte est gardé ici.")
    retour = auteur.partie is Partie.DESTINATAIRE
    part = echanger(relais.communication_id, element, dit, retour=retour, role=role, a=a)
    with situation(structure=auteur.structure_id):
        MessageDeRelais.objects.create(
            structure_id=relais.structure_id if retour else relais.destinataire_id, expediteur_id=auteur.structure_id,
            relais=relais, demande_id=demande_id, element=element, texte=part, compte_id=auteur.compte_id,
            signature=signature[:160], envoye_le=a,
        )  # fmt: skip
        if role is None:
            _lire(relais.pk, auteur.structure_id, a)
    tracer("relais_ecrire", relais, auteur, a)


def lire_le_fil(relais_id: int, *, role: Role, a: datetime) -> None:
    """Say that what was received is read."""
    _lire(relais_id, role.structure_id, a)


def _lire(relais_id: int, structure_id: int, a: datetime) -> None:
    MessageDeRelais.objects.filter(relais_id=relais_id, structure_id=structure_id, lu_le=None).update(lu_le=a)
