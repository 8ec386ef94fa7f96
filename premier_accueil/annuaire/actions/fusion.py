"""Take one structure entry into another, and put both back: nothing confidential ever changes hands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models, transaction

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.liees import (
    FusionRefusee,
    deplacer,
    faire_disparaitre,
    lire_le_nom,
    photographier,
    reposer,
)
from premier_accueil.annuaire.actions.modifier import modifier
from premier_accueil.annuaire.models import AliasDeSource, FusionDeFiches, LienDeFiche, PaireDeDoublons, Site
from premier_accueil.annuaire.regles.champs import CHAMPS
from premier_accueil.annuaire.regles.doublons import comparer
from premier_accueil.annuaire.regles.historique import Objet, Origine
from premier_accueil.annuaire.regles.sources import prefixe_des_lieux
from premier_accueil.annuaire.requetes.cartes import cartes
from premier_accueil.annuaire.requetes.historique import champs_humains
from premier_accueil.annuaire.requetes.tenue import tient
from premier_accueil.annuaire.requetes.valeurs import valeur_de

CHAMPS_AU_CHOIX = tuple(CHAMPS[Objet.STRUCTURE])
LIENS = "annuaire.LienDeFiche.structure_id"

__all__ = ["CHAMPS_AU_CHOIX", "FusionInconnue", "FusionRefusee", "fusionner", "separer"]


class FusionInconnue(LookupError):
    """No such merge among the entries that this role keeps."""


@transaction.atomic
def fusionner(gardee_id: int, absorbee_id: int, *, prendre: Collection[str], role: Role, a: datetime) -> FusionDeFiches:
    """Take an entry into another: its places and services follow, its identifier stays known of its source.

    Args:
        gardee_id: the entry that stays.
        absorbee_id: the entry that goes; no account, visit, agreement… may hang from it.
        prendre: fields whose value is taken from it (``CHAMPS_AU_CHOIX``).
        role: who decides; keeps both entries.
        a: the moment.

    Raises:
        FusionRefusee: not two entries that this role keeps, an unknown field, or confidential rows on the one that
            goes: the sentence says of which kind, never whose.
    """
    if gardee_id == absorbee_id or set(prendre) - set(CHAMPS_AU_CHOIX):
        raise FusionRefusee("Choisissez deux fiches différentes, et des champs de la liste.")
    prises = Structure.objects.select_for_update(of=("self",)).filter(pk__in=(gardee_id, absorbee_id))
    deux = {s.pk: s for s in prises.order_by("pk")}
    if len(deux) < 2 or not all(tient(role, pk) for pk in deux):
        raise FusionRefusee("Une de ces fiches n'existe plus, ou n'est pas tenue par vous. Rien n'a été changé.")
    gardee, absorbee = deux[gardee_id], deux[absorbee_id]
    verdict = comparer(*sorted(_cartes_de(gardee_id, absorbee_id), key=lambda c: c.id))
    photo = photographier(absorbee)
    PaireDeDoublons.objects.filter(une__in=deux, autre__in=deux).delete()
    humains = champs_humains(Objet.STRUCTURE, [absorbee_id]).get(absorbee_id, frozenset())
    siens = {c: (valeur_de(gardee, c), valeur_de(absorbee, c)) for c in prendre}
    siens = {c: paire for c, paire in siens.items() if paire[0] != paire[1]}
    lieux = _renommer_les_lieux(absorbee)
    deplaces, retires = _deplacer_tout(absorbee_id, gardee_id)
    AliasDeSource.objects.create(
        source=absorbee.source, source_id=absorbee.source_id, structure=gardee, champs=sorted(prendre)
    )
    for origine, champs in (
        (Origine.HUMAIN, siens.keys() & humains), (Origine.FUSION, siens.keys() - humains)
    ):  # fmt: skip
        modifier(
            Objet.STRUCTURE, gardee_id, {c: siens[c][1] for c in sorted(champs)}, origine=origine,
            auteur=role.compte_id, auteur_dit=f"fiche {absorbee.nom}", a=a,
        )  # fmt: skip
    faire_disparaitre(absorbee, absorbee.nom)
    return FusionDeFiches.objects.create(
        gardee=gardee, absorbee_id=absorbee_id, absorbee=photo, deplaces={"passes": deplaces, "retires": retires},
        lieux=lieux, champs=siens, score=verdict.score, raisons=verdict.raisons, par_id=role.compte_id, le=a,
    )  # fmt: skip


@transaction.atomic
def separer(fusion_id: int, *, role: Role, a: datetime) -> tuple[str, ...]:
    """Undo a merge: both entries are as they were, but for what somebody changed since.

    Returns:
        names of the fields left as they are now, because they changed after the merge.

    Raises:
        FusionInconnue: no such merge here.
        FusionRefusee: already undone, or its identifier is taken again.
    """
    fusion = FusionDeFiches.objects.select_for_update(of=("self",)).filter(pk=fusion_id).first()
    if fusion is None or not tient(role, fusion.gardee_id):
        raise FusionInconnue(fusion_id)
    if fusion.annulee_le is not None:
        raise FusionRefusee("Cette fusion est déjà défaite : les deux fiches sont de nouveau là.")
    identite = fusion.absorbee["fields"]
    if Structure.objects.filter(source=identite["source"], source_id=identite["source_id"]).exists():
        raise FusionRefusee("Une fiche porte déjà l'identifiant de celle qui a été absorbée : rien n'a été changé.")
    AliasDeSource.objects.filter(source=identite["source"], source_id=identite["source_id"]).delete()
    reposer([fusion.absorbee])
    for nom, cles in fusion.deplaces["passes"].items():
        modele, champ = lire_le_nom(nom)
        modele._default_manager.filter(pk__in=cles, **{champ: fusion.gardee_id}).update(**{champ: fusion.absorbee_id})
    revenus = LienDeFiche.objects.filter(pk__in=fusion.deplaces["passes"].get(LIENS, ()))
    revenus.filter(mene_a__structure=fusion.gardee_id).update(mene_a=None)
    for cle, source_id in fusion.lieux.items():
        Site.objects.filter(pk=int(cle), structure_id=fusion.absorbee_id).update(source_id=source_id)
    reposer(fusion.deplaces["retires"])
    restes = _rendre_les_champs(fusion, role, a)
    FusionDeFiches.objects.filter(pk=fusion.pk).update(annulee_le=a, annulee_par=role.compte_id)
    une, autre = sorted((fusion.gardee_id, fusion.absorbee_id))
    PaireDeDoublons.objects.get_or_create(
        une_id=une, autre_id=autre,
        defaults={"score": fusion.score or 0, "raisons": fusion.raisons, "proposee_le": a},
    )  # fmt: skip
    return restes


def _rendre_les_champs(fusion: FusionDeFiches, role: Role, a: datetime) -> tuple[str, ...]:
    gardee = fusion.gardee
    rendus: dict[str, Any] = {}
    restes = []
    for champ, (avant, apres) in fusion.champs.items():
        if valeur_de(gardee, champ) == apres:
            rendus[champ] = avant
        else:
            restes.append(CHAMPS[Objet.STRUCTURE][champ].libelle)
    modifier(Objet.STRUCTURE, gardee.pk, rendus, origine=Origine.FUSION, auteur=role.compte_id, a=a)
    return tuple(restes)


def _cartes_de(*cles: int) -> list[Any]:
    return cartes(models.Q(pk__in=cles))


def _deplacer_tout(de: int, vers: int) -> tuple[dict[str, list[int]], list[Any]]:
    """Pass every row of the directory to the entry that stays; a link already sent keeps working and opens that one."""
    PaireDeDoublons.objects.filter(models.Q(une=de) | models.Q(autre=de)).delete()
    siens = {x.campagne_id: x for x in LienDeFiche.objects.filter(structure=vers, mene_a=None).order_by("pk")}
    for lien in LienDeFiche.objects.filter(structure=de, mene_a=None, campagne__in=siens).order_by("pk"):
        LienDeFiche.objects.filter(pk=lien.pk).update(mene_a=siens[lien.campagne_id])
    return deplacer(Structure, de, vers)


def _renommer_les_lieux(absorbee: Structure) -> dict[str, str]:
    """Keep the identifiers of its places apart from those of the entry that stays."""
    avant = dict(Site.objects.filter(structure=absorbee).order_by().values_list("pk", "source_id"))
    prefixe = prefixe_des_lieux(absorbee.source, absorbee.source_id)
    for cle, source_id in avant.items():
        if not source_id.startswith(prefixe):
            Site.objects.filter(pk=cle).update(source_id=(prefixe + source_id)[:200])
    return {str(cle): source_id for cle, source_id in avant.items()}
