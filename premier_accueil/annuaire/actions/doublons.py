"""Propose the entries that may be one, and remember those that somebody said are two."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.acces import structures_tenues
from premier_accueil.annuaire.models import PaireDeDoublons
from premier_accueil.annuaire.regles.doublons import paires
from premier_accueil.annuaire.requetes.cartes import cartes

LOT = 500


class PaireInconnue(LookupError):
    """No such pair among those this role may decide."""


def proposer_des_doublons(*, a: datetime, sources: Collection[str] = (), departement: str = "") -> int:
    """Look for pairs that may be one entry; those ruled out stay so, those that no longer look alike go.

    Args:
        a: the moment.
        sources: one of the two comes from one of these; any by default.
        departement: both are there; anywhere by default.

    Returns:
        how many pairs wait for a decision and are new.
    """
    toutes = cartes(Q(departement=departement) if departement else None)
    trouvees = {
        (une.id, autre.id): verdict
        for une, autre, verdict in paires(
            toutes, lambda une, autre: not sources or une.source in sources or autre.source in sources
        )
    }
    with transaction.atomic():
        connues = _dans_le_champ(sources, departement)
        deja = {(p.une_id, p.autre_id): p for p in connues.select_for_update().order_by("pk")}
        perdues = [
            p.pk for cle, p in deja.items() if cle not in trouvees and p.etat == PaireDeDoublons.Etat.PROPOSEE
        ]
        PaireDeDoublons.objects.filter(pk__in=perdues).delete()
        for cle, paire in deja.items():
            verdict = trouvees.get(cle)
            if verdict and paire.score != verdict.score:
                PaireDeDoublons.objects.filter(pk=paire.pk).update(score=verdict.score, raisons=verdict.raisons)
        neuves = [
            PaireDeDoublons(une_id=u, autre_id=v, score=verdict.score, raisons=verdict.raisons, proposee_le=a)
            for (u, v), verdict in trouvees.items() if (u, v) not in deja
        ]  # fmt: skip
        PaireDeDoublons.objects.bulk_create(neuves, batch_size=LOT, ignore_conflicts=True)
    return len(neuves)


def _dans_le_champ(sources: Collection[str], departement: str):  # type: ignore[no-untyped-def]
    connues = PaireDeDoublons.objects.all()
    if sources:
        connues = connues.filter(Q(une__source__in=sources) | Q(autre__source__in=sources))
    if departement:
        connues = connues.filter(une__departement=departement, autre__departement=departement)
    return connues


@transaction.atomic
def ecarter(paire_id: int, *, role: Role, a: datetime) -> None:
    """Say that a pair is two entries: it is not proposed again. A second time changes nothing.

    Raises:
        PaireInconnue: no such pair here.
    """
    paire = paire_tenue(paire_id, role)
    PaireDeDoublons.objects.filter(pk=paire.pk, etat=PaireDeDoublons.Etat.PROPOSEE).update(
        etat=PaireDeDoublons.Etat.ECARTEE, par_id=role.compte_id, le=a
    )


def paire_tenue(paire_id: int, role: Role) -> PaireDeDoublons:
    """Return a pair that this role may decide: it keeps both entries.

    Raises:
        PaireInconnue: otherwise.
    """
    tenues = Structure.objects.filter(structures_tenues(role)).order_by()
    paire = PaireDeDoublons.objects.filter(pk=paire_id, une__in=tenues, autre__in=tenues).first()
    if paire is None:
        raise PaireInconnue(paire_id)
    return paire
