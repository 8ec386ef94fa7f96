"""Take one service into another, or one place, and part them again: what came from its source stays known of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models, transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.fusion import FusionInconnue
from premier_accueil.annuaire.actions.liees import (
    FusionRefusee,
    deplacer,
    faire_disparaitre,
    lire_le_nom,
    photographier,
    reposer,
)
from premier_accueil.annuaire.actions.modifier import modifier
from premier_accueil.annuaire.models import FusionDeParties, PaireDeParties, Revision, Service, Site
from premier_accueil.annuaire.regles.champs import CHAMPS, Saisie
from premier_accueil.annuaire.regles.historique import FICHE, Objet, Origine
from premier_accueil.annuaire.requetes.tenue import structure_de, tient
from premier_accueil.annuaire.requetes.valeurs import MODELES, photo_de, valeur_de

PARTIES = (Objet.SERVICE, Objet.SITE)
POINT = ("commune_id", "latitude", "longitude")
PENDENT = {"annuaire.Permanence.service_id": Objet.PERMANENCE, "annuaire.Interlocuteur.service_id": Objet.INTERLOCUTEUR}


def champs_au_choix(objet: Objet) -> tuple[str, ...]:
    """Return the fields that may be taken from the one that goes; the point of a place goes with its address."""
    return tuple(nom for nom, champ in CHAMPS[objet].items() if champ.saisie is not Saisie.INTERNE)


@transaction.atomic
def fusionner_des_parties(
    objet: Objet, gardee_id: int, absorbee_id: int, *, prendre: Collection[str], role: Role, a: datetime
) -> FusionDeParties:
    """Take a service into another, or a place: its permanences and contacts follow, an import does not undo it.

    Args:
        objet: SERVICE or SITE.
        prendre: fields whose value is taken from the one that goes (``champs_au_choix``).
        role: keeps the entries of both.

    Raises:
        FusionRefusee: not two of this role, an unknown field, or confidential rows hang from the one that goes.
    """
    if objet not in PARTIES or gardee_id == absorbee_id or set(prendre) - set(champs_au_choix(objet)):
        raise FusionRefusee("Choisissez deux fiches différentes, et des champs de la liste.")
    prises = MODELES[objet]._default_manager.select_for_update().filter(pk__in=(gardee_id, absorbee_id))
    deux: dict[int, Any] = {r.pk: r for r in prises.order_by("pk")}
    if len(deux) < 2 or not all(tient(role, structure_de(objet, pk)) for pk in deux):
        raise FusionRefusee("Une de ces fiches n'existe plus, ou n'est pas tenue par vous. Rien n'a été changé.")
    gardee, absorbee = deux[gardee_id], deux[absorbee_id]
    photo, siens = photographier(absorbee), _siens(objet, gardee, absorbee, prendre)
    PaireDeParties.objects.filter(objet=objet.value, une_id=min(deux), autre_id=max(deux)).delete()
    passes, retires = deplacer(MODELES[objet], absorbee_id, gardee_id)
    suivantes = FusionDeParties.objects.filter(objet=objet.value, gardee_id=absorbee_id, annulee_le=None)
    chaine = list(suivantes.order_by("pk").values_list("pk", flat=True))
    suivantes.update(gardee_id=gardee_id, structure=gardee.structure_id)
    faire_disparaitre(absorbee, absorbee.nom)
    modifier(
        objet, gardee_id, {c: paire[1] for c, paire in siens.items()}, origine=Origine.HUMAIN, auteur=role.compte_id,
        auteur_dit=f"fusion avec {absorbee.nom}"[:200], a=a,
    )  # fmt: skip
    return FusionDeParties.objects.create(
        objet=objet.value, gardee_id=gardee_id, absorbee_id=absorbee_id, structure_id=gardee.structure_id,
        nom=absorbee.nom, source=absorbee.source if isinstance(absorbee, Service) else "",
        source_id=absorbee.source_id, chez=absorbee.structure_id, absorbee=photo,
        deplaces={"passes": passes, "retires": retires, "chaine": chaine}, champs=siens,
        ajoutees=_tenir_a_la_main(passes, absorbee.nom, role, a), par_id=role.compte_id, le=a,
    )  # fmt: skip


def _siens(objet: Objet, gardee: models.Model, absorbee: models.Model, prendre: Collection[str]) -> dict[str, Any]:
    """Return (before, after) of each field taken; an address takes its commune and its point along."""
    noms = [*prendre, *(POINT if isinstance(gardee, Site) and "adresse" in prendre else ())]
    deux = {nom: (valeur_de(gardee, nom), valeur_de(absorbee, nom)) for nom in noms}
    return {nom: paire for nom, paire in deux.items() if paire[0] != paire[1]}


def _tenir_a_la_main(passes: dict[str, list[int]], nom: str, role: Role, a: datetime) -> list[int]:
    """Write that somebody keeps here what followed a service: the source of the kept one does not take it out."""
    ecrites: list[Revision] = []
    for colonne, cles in passes.items():
        objet = PENDENT.get(colonne)
        if objet is None:
            continue
        for rangee in MODELES[objet]._default_manager.filter(pk__in=cles).order_by("pk"):
            ecrites.append(Revision(
                objet=objet.value, objet_id=rangee.pk, dans=getattr(rangee, "service_id", None), champ=FICHE,
                avant=None, apres=photo_de(objet, rangee), origine=Origine.HUMAIN.value, auteur_id=role.compte_id,
                auteur_dit=f"fusion avec {nom}"[:200], le=a,
            ))  # fmt: skip
    return [r.pk for r in Revision.objects.bulk_create(ecrites)]


@transaction.atomic
def separer_des_parties(fusion_id: int, *, role: Role, a: datetime) -> tuple[str, ...]:
    """Undo a merge: both are as they were, but for what somebody changed since.

    Returns:
        names of the fields left as they are now, because they changed after the merge.

    Raises:
        FusionInconnue: no such merge among the entries that this role keeps.
        FusionRefusee: already undone, or what held the one that went is gone.
    """
    fusion = FusionDeParties.objects.select_for_update().filter(pk=fusion_id).first()
    if fusion is None or not tient(role, fusion.structure_id):
        raise FusionInconnue(fusion_id)
    if fusion.annulee_le is not None:
        raise FusionRefusee("Cette fusion est déjà défaite : les deux fiches sont de nouveau là.")
    objet = Objet(fusion.objet)
    rangee = MODELES[objet]._default_manager.filter(pk=fusion.gardee_id).first()
    if rangee is None or structure_de(Objet.STRUCTURE, fusion.absorbee["fields"]["structure"]) is None:
        raise FusionRefusee("Une des fiches, ou la structure qui la tenait, n'existe plus : rien n'a été changé.")
    _lacher(fusion, role, a)
    reposer([fusion.absorbee])
    for nom, cles in fusion.deplaces["passes"].items():
        modele, champ = lire_le_nom(nom)
        modele._default_manager.filter(pk__in=cles, **{champ: fusion.gardee_id}).update(**{champ: fusion.absorbee_id})
    reposer(fusion.deplaces["retires"])
    FusionDeParties.objects.filter(pk__in=fusion.deplaces["chaine"], annulee_le=None).update(
        gardee_id=fusion.absorbee_id, structure=fusion.absorbee["fields"]["structure"]
    )
    restes = _rendre(fusion, rangee, role, a)
    FusionDeParties.objects.filter(pk=fusion.pk).update(annulee_le=a, annulee_par=role.compte_id)
    return restes


def _lacher(fusion: FusionDeParties, role: Role, a: datetime) -> None:
    """Give back to its source what was kept by hand."""
    for r in Revision.objects.filter(pk__in=fusion.ajoutees, annule_par=None).order_by("pk"):
        retour = Revision.objects.create(
            objet=r.objet, objet_id=r.objet_id, dans=r.dans, champ=FICHE, avant=r.apres, apres=None,
            origine=Origine.ANNULATION.value, auteur_id=role.compte_id, le=a,
        )  # fmt: skip
        Revision.objects.filter(pk=r.pk).update(annule_par=retour)


def _rendre(fusion: FusionDeParties, rangee: models.Model, role: Role, a: datetime) -> tuple[str, ...]:
    objet = Objet(fusion.objet)
    rendus, restes = {}, []
    for nom, (avant, apres) in fusion.champs.items():
        if valeur_de(rangee, nom) == apres:
            rendus[nom] = avant
        else:
            restes.append(CHAMPS[objet][nom].libelle)
    modifier(objet, fusion.gardee_id, rendus, origine=Origine.FUSION, auteur=role.compte_id, a=a)
    return tuple(restes)
