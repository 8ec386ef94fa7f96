"""Try entries on sentences whose answer is known, and learn what was published: a worker's work, a minute each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.orientation.comprendre import epreuve
from premier_accueil.orientation.comprendre.lecteur import Lecteur, lire
from premier_accueil.orientation.comprendre.lexique import Entree
from premier_accueil.orientation.models import EntreeDuLexique, EssaiDuLexique
from premier_accueil.orientation.regles.lexique import (
    GESTES_D_ESSAI,
    QUI_TOURNENT,
    EtatDEntree,
    EtatDEssai,
    planchers,
    refus,
)
from premier_accueil.orientation.requetes.lecteur import SUJET, publiees
from premier_accueil.orientation.requetes.lexique import empreinte_de
from premier_accueil.socle import dossiers
from premier_accueil.socle.notification import prevenir
from premier_accueil.socle.taches import differer

MONTREES = 12
GARDES = 50
"""Tries kept."""
PATIENCE = timedelta(hours=2)
"""Beyond, whoever had it is gone for good: another may be asked."""
PAS = 5
"""Per cent between two words of progress."""


class RienAEssayer(Exception):
    """No entry is ready; nothing was asked."""


@dataclass(frozen=True)
class _Bilan:
    avant: epreuve.Mesure
    apres: epreuve.Mesure
    muettes: list[str]


def demander_un_essai(*, role: Role, a: datetime) -> int:
    """Ask that all ready entries be tried together, and return the key of the try; the one that runs, if one does.

    Raises:
        RienAEssayer: no entry is ready.
    """
    etats = [EtatDEntree.PRETE.value, EtatDEntree.PUBLIEE.value]
    lues = list(EntreeDuLexique.objects.filter(etat__in=etats).order_by("pk"))
    pretes = [e.pk for e in lues if e.etat == EtatDEntree.PRETE.value]
    if not pretes:
        raise RienAEssayer
    tournent = EssaiDuLexique.objects.filter(etat__in=[e.value for e in QUI_TOURNENT])
    tournent.filter(demande_le__lt=a - PATIENCE).update(etat=EtatDEssai.ECHOUE.value)
    try:
        with transaction.atomic():
            essai = EssaiDuLexique.objects.create(
                etat=EtatDEssai.DEMANDE.value, entrees=pretes, empreinte=empreinte_de(lues), demande_le=a,
                compte_id=role.compte_id,
            )  # fmt: skip
    except IntegrityError:
        return tournent.get().pk
    gardes = EssaiDuLexique.objects.order_by("-pk").values_list("pk", flat=True)[:GARDES]
    EssaiDuLexique.objects.exclude(pk__in=list(gardes)).delete()
    differer("lexique.essayer", essai_id=essai.pk)
    return essai.pk


def essayer(*, a: datetime, essai_id: int) -> str:
    """Measure before and after, say whether a floor falls; run twice, it changes nothing the second time."""
    if not _passer(essai_id, "commencer", avance=0):
        return "Cet essai est déjà fait, ou n'existe plus."
    essai = EssaiDuLexique.objects.get(pk=essai_id)
    candidates = tuple(
        Entree(e.dit, tuple(e.vers)) for e in EntreeDuLexique.objects.filter(pk__in=essai.entrees).order_by("cle")
    )
    try:
        b = _mesurer(publiees(), candidates, _compteur(essai_id))
    except BaseException:
        _passer(essai_id, "echouer")
        raise
    avant, apres = ({nom: float(getattr(m, nom)) for nom in planchers()} for m in (b.avant, b.apres))
    _passer(
        essai_id, "finir", avance=100, avant=avant, apres=apres, muettes=b.muettes, fini_le=a,
        abimees=sorted(b.avant.comprises - b.apres.comprises)[:MONTREES],
        refus=list(refus(avant, apres, planchers())),
    )  # fmt: skip
    return "Un changement du lexique a été essayé."


def apprendre(*, a: datetime) -> str:
    """Learn the published lexicon if nobody did, then tell every process that it is there."""
    nouveau = lire(dossiers.donnees(), publiees())
    if nouveau.appris():
        return "Le lexique publié était déjà appris."
    nouveau.apprendre()
    prevenir(SUJET, 0)
    return "Le lexique publié est appris."


def _mesurer(servies: tuple[Entree, ...], candidates: tuple[Entree, ...], avancer: Callable[[float], None]) -> _Bilan:
    """Measure the lexicon that serves, then the one that would; the shares of time are a guess, for the page only."""
    dossier = dossiers.donnees()
    cas = epreuve.lire(dossier / "epreuve")
    sert = lire(dossier, servies)
    avant = epreuve.mesurer(sert, cas, avancer=lambda part: avancer(0.3 * part))
    compris_avant = {e.dit for e in candidates if _entendue(sert, e)}
    del sert  # two of them at once would double the memory of the worker
    serait = lire(dossier, (*servies, *candidates))
    serait.apprendre()
    avancer(0.7)
    apres = epreuve.mesurer(serait, cas, avancer=lambda part: avancer(0.7 + 0.3 * part))
    muettes = [e.dit for e in candidates if e.dit not in compris_avant and not _entendue(serait, e)]
    return _Bilan(avant, apres, muettes)


def _entendue(lecteur: Lecteur, entree: Entree) -> bool:
    return bool({t.code for t in lecteur.comprendre(entree.dit).thematiques[:3]} & set(entree.vers))


def _compteur(essai_id: int) -> Callable[[float], None]:
    dernier = 0

    def avancer(part: float) -> None:
        nonlocal dernier
        if (pour_cent := int(100 * part)) >= dernier + PAS:
            dernier = pour_cent
            EssaiDuLexique.objects.filter(pk=essai_id).update(avance=pour_cent)

    return avancer


def _passer(essai_id: int, geste: str, **champs: Any) -> bool:
    g = GESTES_D_ESSAI[geste]
    lignes = EssaiDuLexique.objects.filter(pk=essai_id, etat__in=[e.value for e in g.depuis])
    return lignes.update(etat=g.vers.value, **champs) == 1
