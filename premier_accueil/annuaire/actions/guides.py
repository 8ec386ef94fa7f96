"""Make the printed guide of a territory: at once when it is small, by a worker when it is large."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from premier_accueil.annuaire.impression import livret
from premier_accueil.annuaire.models import GuideImprime
from premier_accueil.annuaire.regles.guides import (
    GARDES,
    GESTES,
    SERVICES_MAX,
    SERVICES_TOUT_DE_SUITE,
    EtatDeGuide,
    Papier,
)
from premier_accueil.annuaire.requetes.guide import Territoire, chapitres, compter, nom_du_territoire
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.pdf import ErreurDePdf
from premier_accueil.socle.taches import differer

VIDE = "Rien n'est noté sur ce territoire : choisissez-en un autre, ou complétez l'annuaire."
TROP = f"Ce territoire compte plus de {SERVICES_MAX} services : choisissez-en un plus petit."


class GuideRefuse(Exception):
    """There is nothing to print, or too much; nothing was recorded."""


@dataclass(frozen=True)
class DemandeDeGuide:
    """What is asked. ``cle`` is drawn by the form: the same one again asks for nothing more."""

    cle: UUID
    territoire: Territoire
    papier: Papier
    adresse: str


def demander_un_guide(demande: DemandeDeGuide, a: datetime) -> int:
    """Ask for a guide, and return its key: small ones are ready when this returns.

    Raises:
        GuideRefuse: nothing to print, or too much.
    """
    t, nombre = demande.territoire, compter(demande.territoire)
    nom = nom_du_territoire(t)
    if not nombre or not nom:
        raise GuideRefuse(VIDE)
    if nombre > SERVICES_MAX:
        raise GuideRefuse(TROP)
    with transaction.atomic():
        guide, cree = GuideImprime.objects.get_or_create(cle=demande.cle, defaults={
            "nom": nom[:1000], "communes": list(t.communes), "epci": list(t.epci), "papier": demande.papier.value,
            "departements": list(t.departements), "adresse": demande.adresse[:300], "demande_le": a,
            "etat": EtatDeGuide.DEMANDE.value, "services": nombre,
        })  # fmt: skip
        if cree:
            _oublier_les_vieux()
            if nombre > SERVICES_TOUT_DE_SUITE:
                differer("annuaire.guide", guide_id=guide.pk)
    if cree and nombre <= SERVICES_TOUT_DE_SUITE:
        composer_un_guide(a=a, guide_id=guide.pk)
    return guide.pk


def composer_un_guide(*, a: datetime, guide_id: int) -> str:
    """Make a guide that was asked, and say so; run twice, it changes nothing the second time."""
    if not _passer(guide_id, "commencer"):
        return "Ce guide est déjà fait, ou n'existe plus."
    guide = GuideImprime.objects.get(pk=guide_id)
    territoire = Territoire(tuple(guide.communes), tuple(guide.epci), tuple(guide.departements))
    try:
        pdf = livret.guide(
            guide.nom, chapitres(territoire, a), papier=Papier(guide.papier), adresse=guide.adresse, jour=jour_local(a)
        )
    except ErreurDePdf:
        _passer(guide_id, "echouer")
        raise
    _passer(guide_id, "finir", pdf=pdf, fait_le=a)
    return "Un guide est prêt."


def _passer(guide_id: int, geste: str, **champs: Any) -> bool:
    g = GESTES[geste]
    lignes = GuideImprime.objects.filter(pk=guide_id, etat__in=[e.value for e in g.depuis])
    return lignes.update(etat=g.vers.value, **champs) == 1


def _oublier_les_vieux() -> None:
    gardes = GuideImprime.objects.order_by("-demande_le", "-pk").values("pk")[:GARDES]
    GuideImprime.objects.exclude(pk__in=list(gardes.values_list("pk", flat=True))).delete()
