"""Who cannot receive any more: left the network, or closed for longer than one waits for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from premier_accueil.acteurs.models import Engagement
from premier_accueil.annuaire.models import Fermeture, Permanence
from premier_accueil.relais.regles import jours_ouvres_apres, reglages
from premier_accueil.socle.horloge import jour_local


def destinataires_fermes(structures: Iterable[int], a: datetime) -> frozenset[int]:
    """Return those that cannot receive: no commitment today, or every permanence closed until the alert; two queries.

    A structure whose permanences are unknown is believed open: what is not known closes nothing.
    """
    demandees = set(structures)
    if not demandees:
        return frozenset()
    jour, fin = jour_local(a), jour_local(jours_ouvres_apres(a, reglages().delais["alerte"]))
    engagees = Engagement.objects.filter(Q(fin=None) | Q(fin__gte=jour), debut__lte=jour, structure_id__in=demandees)
    fermees = Fermeture.objects.filter(permanence=OuterRef("pk"), du__lte=jour, au__gte=fin)
    tenues = (
        Permanence.objects.filter(service__structure_id__in=demandees).annotate(fermee=Exists(fermees))
        .order_by("pk").values_list("service__structure_id", "fermee")
    )  # fmt: skip
    etats: dict[int, set[bool]] = {}
    for structure_id, fermee in tenues:
        etats.setdefault(structure_id, set()).add(fermee)
    toutes = {structure_id for structure_id, vus in etats.items() if vus == {True}}
    return frozenset((demandees - set(engagees.values_list("structure_id", flat=True))) | toutes)
