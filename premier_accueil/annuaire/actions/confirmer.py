"""Say that an entry is still true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.modifier import FicheRefusee
from premier_accueil.annuaire.models import Confirmation, Service
from premier_accueil.annuaire.regles.historique import Moyen, Objet
from premier_accueil.annuaire.requetes.campagnes import declarations_en_attente
from premier_accueil.annuaire.requetes.tenue import tient
from premier_accueil.socle.horloge import jour_local

DIT_FERME = "Ce service est fermé, ou quelqu'un le dit : répondez d'abord dans « Corrections »."
DEUX_FOIS = timedelta(minutes=10)
"""A second touch within this time is the same one."""


@transaction.atomic
def confirmer(
    structure_id: int, services: Iterable[int], *, moyen: Moyen, par: int | None, par_dit: str, a: datetime
) -> int:
    """Confirm services of a structure, and its own entry with them; a double click counts once.

    Args:
        structure_id: who holds them.
        services: keys; those of another structure, closed, or said to be, are left aside.
        par: account, ``None`` by link.
        par_dit: name and function, as signed.

    Returns:
        how many services stand confirmed.
    """
    lignes = Service.objects.filter(structure_id=structure_id, pk__in=set(services), ferme_le=None)
    siens = set(lignes.exclude(corrections__in=declarations_en_attente()).values_list("pk", flat=True))
    objets = [(Objet.STRUCTURE, structure_id), *((Objet.SERVICE, cle) for cle in sorted(siens))]
    deja = set(
        Confirmation.objects.filter(le__gt=a - DEUX_FOIS, le__lte=a, par=par, par_dit=par_dit, moyen=moyen.value)
        .order_by().values_list("objet", "objet_id")
    )  # fmt: skip
    Confirmation.objects.bulk_create(
        Confirmation(objet=o.value, objet_id=cle, le=a, par_id=par, par_dit=par_dit[:200], moyen=moyen.value)
        for o, cle in objets
        if (o.value, cle) not in deja
    )
    jour = jour_local(a)
    Service.objects.filter(pk__in=siens).exclude(confirme_le=jour).update(confirme_le=jour)
    return len(siens)


def confirmer_ici(
    structure_id: int, services: Iterable[int], *, role: Role, moyen: Moyen = Moyen.ICI, a: datetime
) -> int:
    """Confirm as somebody signed in: an agent of the structure, or the coordination that called it.

    Raises:
        FicheRefusee: this role does not keep the entry, or somebody says that it closed.
    """
    if not tient(role, structure_id):
        raise FicheRefusee({"": "Cette fiche n'est pas tenue par votre structure."})
    dit, demandes = f"{role.compte}, {role.structure}", set(services)
    confirmes = confirmer(structure_id, demandes, moyen=moyen, par=role.compte_id, par_dit=dit, a=a)
    if demandes and not confirmes:
        raise FicheRefusee({"": DIT_FERME})
    return confirmes
