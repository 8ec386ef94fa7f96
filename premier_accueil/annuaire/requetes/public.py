"""What anyone may know: where, and open when. Asked by the locked counter screen too; no named contact comes out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, FloatField, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from premier_accueil.annuaire.models import Permanence
from premier_accueil.annuaire.requetes.fraicheur import service_a_confirmer
from premier_accueil.annuaire.requetes.vues import PermanenceVue, permanence_vue
from premier_accueil.socle.texte import cle
from premier_accueil.territoire.models import Commune

MOTS_MAX = 8
LIMITE_MAX = 50
# Said by everybody, held by no name.
MOTS_VIDES = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "pour"}
    | {"quand", "est", "ouvert", "ouverte", "ouverts", "ouvertes", "ouvre", "horaire", "horaires"}
)


@dataclass(frozen=True)
class LieuOuvert:
    """A service at a place, as the public may know it; ``a_confirmer``: nobody vouched for it lately (T15)."""

    service_id: int
    service: str
    structure: str
    exemple: bool
    telephone: str
    permanence: PermanenceVue
    a_confirmer: bool = False


def chercher_public(texte: str, commune: str | None, a: datetime, limite: int = 10) -> tuple[LieuOuvert, ...]:
    """Find where and when, nearest first: the public directory only.

    Args:
        texte: words of a name of service, structure or commune; each must be found. Empty: everything near.
        commune: INSEE code to measure from; unknown or ``None``: sorted by name.
        a: the moment.
        limite: how many answers at most, 50 or fewer.

    Returns:
        services at their places, with words for their hours; four queries whatever the size.
    """
    mots = [m for m in cle(texte[:200]).split() if m not in MOTS_VIDES][:MOTS_MAX]
    lignes = Permanence.objects.exclude(site=None)
    for mot in mots:
        lignes = lignes.filter(
            Q(service__cle__contains=mot)
            | Q(service__structure__cle__contains=mot)
            | Q(site__commune__in=Commune.objects.filter(cle__contains=mot))
        )
    ordre: list[str | OrderBy] = ["service__structure__cle", "service__cle", "pk"]
    depuis = Commune.objects.filter(code=commune).order_by("genre").only("latitude", "longitude").first()
    if depuis and depuis.latitude is not None and depuis.longitude is not None:
        # Flat distance, good enough to sort near places; a point outside its commune is not believed.
        largeur = math.cos(math.radians(depuis.latitude))
        nord = _sure("latitude") - Value(depuis.latitude)
        est = (_sure("longitude") - Value(depuis.longitude)) * Value(largeur)
        lignes = lignes.annotate(ecart=nord * nord + est * est)
        ordre.insert(0, F("ecart").asc(nulls_last=True))
    # Ids first: sorting thousands of narrow rows is several times faster than whole ones.
    trouvees = list(lignes.order_by(*ordre).values_list("pk", flat=True)[: max(0, min(limite, LIMITE_MAX))])
    entieres = (
        Permanence.objects.select_related("service__structure", "site__commune", "site__structure")
        .defer("site__commune__contour", "site__commune__mairie")
        .prefetch_related("fermetures")
        .in_bulk(trouvees)
    )
    return tuple(
        LieuOuvert(
            service_id=p.service_id,
            service=p.service.nom,
            structure=p.service.structure.nom,
            exemple=p.service.structure.exemple,
            telephone=p.service.telephone or p.service.structure.telephone,
            permanence=permanence_vue(p, a),
            a_confirmer=service_a_confirmer(p.service, a),
        )
        for p in map(entieres.__getitem__, trouvees)
    )


def _sure(coordonnee: str) -> Coalesce:
    # The commune is looked up only for the few places without a sure point: joining 37,000 communes cost 40 ms.
    commune = Commune.objects.filter(pk=OuterRef("site__commune")).values(coordonnee)[:1]
    du_site = Case(When(site__point_verifie=False, then=None), default=F(f"site__{coordonnee}"))
    return Coalesce(du_site, Subquery(commune), output_field=FloatField())
