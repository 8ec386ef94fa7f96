"""Whom to call, read in the directory at each display: a sheet never keeps a number that has changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from premier_accueil.annuaire.models import Permanence, Service
from premier_accueil.annuaire.requetes.fraicheur import service_a_confirmer
from premier_accueil.annuaire.requetes.vues import PermanenceVue, permanence_vue
from premier_accueil.reperes.requetes.vues import AAppeler

AU_PLUS = 8


def services_a_appeler(structures: Iterable[int], a: datetime) -> tuple[AAppeler, ...]:
    """Return the services of the structures that a sheet names, open ones first; three queries."""
    services = (
        Service.objects.filter(structure_id__in=set(structures)).select_related("structure")
        .order_by("structure__cle", "cle", "pk")[:AU_PLUS]
    )  # fmt: skip
    tenues: dict[int, list[PermanenceVue]] = {}
    permanences = (
        Permanence.objects.filter(service__in=[s.pk for s in services])
        .select_related("site__commune", "site__structure").defer("site__commune__contour", "site__commune__mairie")
        .prefetch_related("fermetures").order_by("pk")
    )  # fmt: skip
    for p in permanences:
        tenues.setdefault(p.service_id, []).append(permanence_vue(p, a))
    vus = [_vu(s, tenues.get(s.pk, []), a) for s in services]
    return tuple(sorted(vus, key=lambda v: not v.ouvert))


def _vu(s: Service, tenues: list[PermanenceVue], a: datetime) -> AAppeler:
    # What is open now is what one calls; else the first place.
    p = next((t for t in tenues if t.ouverture.ouvert), tenues[0] if tenues else None)
    lieu = p.lieu if p else None
    return AAppeler(
        service_id=s.pk, nom=s.nom, structure=s.structure.nom,
        telephone=s.telephone or (lieu.telephone if lieu else "") or s.structure.telephone,
        ou=f"{lieu.nom}, {lieu.commune}" if lieu else "", ouvert=p.ouverture.ouvert if p else None,
        quand=p.prochaine if p else "", exemple=s.structure.exemple,
        a_confirmer=p is None or p.ouverture.a_confirmer or p.ouverture.ouvert is None or service_a_confirmer(s, a),
    )  # fmt: skip
