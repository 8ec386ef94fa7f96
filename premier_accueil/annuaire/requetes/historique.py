"""Read what became of the fields of an entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from premier_accueil.annuaire.models import Revision, Service
from premier_accueil.annuaire.regles.campagnes import Etat
from premier_accueil.annuaire.regles.declarations import CHAMPS_DITS
from premier_accueil.annuaire.regles.historique import A_LA_MAIN, FICHE, Objet, Origine

_MAIN = sorted(o.value for o in A_LA_MAIN)


def champs_humains(objet: Objet, ids: Iterable[int] | None = None) -> Mapping[int, frozenset[str]]:
    """Return the fields that an import never overwrites: those whose last standing word is a person's; one query.

    A correction that was undone no longer counts; an import that somebody undid counts as their word.

    Args:
        objet: kind of entry.
        ids: keys asked for; ``None`` for all.
    """
    lignes = Revision.objects.filter(objet=objet.value, annule_par=None)
    lignes = lignes.exclude(Q(origine=Origine.ANNULATION.value, annulees__origine__in=_MAIN))
    if ids is not None:
        lignes = lignes.filter(objet_id__in=list(ids))
    dernieres = lignes.order_by("objet_id", "champ", "-pk").distinct("objet_id", "champ")
    sortie: dict[int, set[str]] = defaultdict(set)
    for objet_id, champ, origine in dernieres.values_list("objet_id", "champ", "origine"):
        if origine in {*_MAIN, Origine.ANNULATION.value}:
            sortie[objet_id].add(champ)
    return {cle: frozenset(champs) for cle, champs in sortie.items()}


def retires_a_la_main(objet: Objet, services: Iterable[int]) -> Mapping[int, list[dict[str, Any]]]:
    """Return the rows that somebody took out of services, as they were: an import does not bring them back; one query.

    What was put back, or first added by hand, is not among them.

    Args:
        objet: PERMANENCE or INTERLOCUTEUR.
        services: keys.
    """
    lignes = Revision.objects.filter(
        objet=objet.value, dans__in=list(services), champ=FICHE, annule_par=None, origine__in=_MAIN
    )
    sortie: dict[int, list[dict[str, Any]]] = defaultdict(list)
    ajoutes: set[int] = set()
    for service, cle, avant in lignes.order_by("pk").values_list("dans", "objet_id", "avant"):
        if avant is None:
            ajoutes.add(cle)
        elif cle not in ajoutes and service is not None:
            sortie[service].append({"id": cle, **avant})
    return sortie


def en_doute(services: Iterable[int]) -> set[int]:
    """Return the services, among these, that nobody vouches for whatever a file says: closed, or said so; one query."""
    lignes = Service.objects.filter(pk__in=list(services)).filter(
        Q(ferme_le__isnull=False) | Q(corrections__etat=Etat.PROPOSEE.value, corrections__champ__in=CHAMPS_DITS)
    )
    return set(lignes.order_by().values_list("pk", flat=True))
