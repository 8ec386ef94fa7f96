"""Withdraw an agreement: everything is cut in the same request (T1)."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.acces import accords_visibles
from premier_accueil.partage.actions.commun import inscrire, noter_ecriture
from premier_accueil.partage.models import Accord, Communication, LigneDeRegistre
from premier_accueil.partage.requetes import courriels_du_destinataire
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.declarations import coupures
from premier_accueil.socle.envoi import Canal, EnvoiImpossible, Message, envoyer


@transaction.atomic
def retirer_un_accord(accord_id: int, *, role: Role, a: datetime, liste: str = "") -> bool:
    """Withdraw an agreement and close its copy: pages and links refuse from the next request on.

    Nothing written in the registers changes: a line is added. Withdrawing again changes nothing. The recipient is told
    to stop in its list, and by a neutral e-mail where an address of it is known.

    Args:
        liste: address of the page where a recipient reads what it must stop using; empty leaves it out of the e-mail.

    Returns:
        whether this call withdrew it.

    Raises:
        Accord.DoesNotExist: not visible to this role.
    """
    accord = (
        Accord.objects.select_for_update(of=("self",)).select_related("destinataire")
        .filter(accords_visibles(role, a)).get(pk=accord_id)
    )  # fmt: skip
    return _retirer(accord, role, a, liste)


@transaction.atomic
def retirer_tous_les_accords(personne_id: int, *, role: Role, a: datetime, liste: str = "") -> int:
    """Withdraw every agreement of a person who objects (RGPD 21): whoever receives her may do it.

    Returns:
        how many this call withdrew.

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    personne = Personne.objects.get(personnes_visibles(role, a), pk=personne_id)
    accords = (
        Accord.objects.select_for_update(of=("self",)).select_related("destinataire")
        .filter(personne=personne, structure_id=role.structure_id, retire_le=None).order_by("pk")
    )  # fmt: skip
    return sum(_retirer(accord, role, a, liste) for accord in accords)


def _retirer(accord: Accord, role: Role, a: datetime, liste: str) -> bool:
    if not Accord.objects.filter(pk=accord.pk, retire_le=None).update(retire_le=a, retire_par_id=role.compte_id):
        return False
    # Seen by the recipient in its list, before everything else: it is told to stop.
    if Communication.objects.filter(accord_id=accord.pk, fermee_le=None).update(fermee_le=a):
        _dire_d_arreter(accord, liste, a)
    for couper in coupures():
        couper(accord.pk, role.compte_id, a)
    inscrire(accord, LigneDeRegistre.Geste.RETRAIT, list(accord.elements), role, a)
    noter_ecriture("retirer_un_accord", "ACCORD", accord.pk, role, a)
    return True


def _dire_d_arreter(accord: Accord, liste: str, a: datetime) -> None:
    """Send a neutral e-mail to whoever could have read: no name, no reason, no sender."""
    ou = f"Un accord a été retiré : ouvrez votre liste.\n{liste}".strip()
    texte = f"{ou}\n\nCessez d'utiliser ce que vous aviez reçu. Ce message ne dit rien d'autre : n'y répondez pas."
    for adresse in courriels_du_destinataire(accord.destinataire_id, Fonction(accord.fonction), a):
        with suppress(EnvoiImpossible):  # an address badly written in the directory: the list tells it anyway
            envoyer(Message(Canal.COURRIEL, adresse, texte, "Premier Accueil : votre liste a changé"))
