"""Withdraw an agreement: everything is cut in the same request (T1)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.acces import accords_visibles
from premier_accueil.partage.actions.commun import inscrire, noter_ecriture
from premier_accueil.partage.models import Accord, Communication, LigneDeRegistre
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne


@transaction.atomic
def retirer_un_accord(accord_id: int, *, role: Role, a: datetime) -> bool:
    """Withdraw an agreement and close its copy: pages and links refuse from the next request on.

    Nothing written in the registers changes: a line is added. Withdrawing again changes nothing.

    Returns:
        whether this call withdrew it.

    Raises:
        Accord.DoesNotExist: not visible to this role.
    """
    accord = (
        Accord.objects.select_for_update(of=("self",)).select_related("destinataire")
        .filter(accords_visibles(role, a)).get(pk=accord_id)
    )  # fmt: skip
    return _retirer(accord, role, a)


@transaction.atomic
def retirer_tous_les_accords(personne_id: int, *, role: Role, a: datetime) -> int:
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
    return sum(_retirer(accord, role, a) for accord in accords)


def _retirer(accord: Accord, role: Role, a: datetime) -> bool:
    if not Accord.objects.filter(pk=accord.pk, retire_le=None).update(retire_le=a, retire_par_id=role.compte_id):
        return False
    # Seen by the recipient in its list, before everything else: it is told to stop.
    Communication.objects.filter(accord_id=accord.pk, fermee_le=None).update(fermee_le=a)
    inscrire(accord, LigneDeRegistre.Geste.RETRAIT, list(accord.elements), role, a)
    noter_ecriture("retirer_un_accord", "ACCORD", accord.pk, role, a)
    return True
