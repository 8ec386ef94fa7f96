"""Whether a structure's own door is open at a place: what a queue needs to close gracefully."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from premier_accueil.annuaire.models import Permanence
from premier_accueil.annuaire.regles.horaires import Ouverture, ouverture
from premier_accueil.annuaire.regles.ouverture import FermetureExceptionnelle
from premier_accueil.annuaire.requetes.edition import edition
from premier_accueil.annuaire.requetes.fermetures import Ici

PORTES_GARDEES = 1024


@dataclass(frozen=True)
class _Porte:
    """The hours of one permanence, as the directory writes them."""

    horaires: str
    fermetures: tuple[FermetureExceptionnelle, ...]
    departement: str


def porte(ici: Ici, a: datetime) -> Ouverture | None:
    """Return whether one is received there now, and until when: the last of its permanences to close speaks.

    A structure without permanence at that place follows those of who holds it. The hours are read once an edition of
    the directory: one short query, two more when it changed.

    Returns:
        ``None`` when no hours are known there.
    """
    vues = [ouverture(p.horaires, a, p.fermetures, departement=p.departement) for p in _portes(edition(), ici)]
    ouvertes = [v for v in vues if v.ouvert]
    sans_fin = next((v for v in ouvertes if v.fermeture is None), None)
    return sans_fin or max(ouvertes, key=lambda v: v.fermeture or a, default=vues[0] if vues else None)


@lru_cache(maxsize=PORTES_GARDEES)
def _portes(_edition: tuple[str, int, int], ici: Ici) -> tuple[_Porte, ...]:
    tenues = list(
        Permanence.objects.filter(site_id=ici.site_id).exclude(horaires="").order_by("pk")
        .select_related("service", "site__commune").defer("site__commune__contour", "site__commune__mairie")
        .prefetch_related("fermetures")
    )  # fmt: skip
    du_service = [p for p in tenues if p.service_id == ici.service_id]
    siennes = du_service or [p for p in tenues if p.service.structure_id == ici.structure_id]
    siennes = siennes or [p for p in tenues if p.site and p.service.structure_id == p.site.structure_id]
    return tuple(_lire(p) for p in siennes)


def _lire(p: Permanence) -> _Porte:
    fermees = tuple((f.du, f.au, f.motif) for f in p.fermetures.all())
    return _Porte(p.horaires, fermees, p.site.commune.departement if p.site else "")
