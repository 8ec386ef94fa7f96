"""Take one structure entry into another, and put both back: nothing confidential ever changes hands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, connection, models, transaction

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.connues import prefixe_des_lieux
from premier_accueil.annuaire.actions.modifier import modifier
from premier_accueil.annuaire.models import AliasDeSource, FusionDeFiches, PaireDeDoublons, Site
from premier_accueil.annuaire.regles.champs import CHAMPS
from premier_accueil.annuaire.regles.doublons import comparer, reglage
from premier_accueil.annuaire.regles.historique import Objet, Origine
from premier_accueil.annuaire.requetes.cartes import cartes
from premier_accueil.annuaire.requetes.historique import champs_humains
from premier_accueil.annuaire.requetes.tenue import tient
from premier_accueil.annuaire.requetes.valeurs import valeur_de

CHAMPS_AU_CHOIX = tuple(CHAMPS[Objet.STRUCTURE])


class FusionRefusee(Exception):
    """A merge, or its undoing, that cannot be done; its text is a plain French sentence. Nothing was written."""


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
    photo = _photo(absorbee)
    PaireDeDoublons.objects.filter(une__in=deux, autre__in=deux).delete()
    humains = champs_humains(Objet.STRUCTURE, [absorbee_id]).get(absorbee_id, frozenset())
    siens = {c: (valeur_de(gardee, c), valeur_de(absorbee, c)) for c in prendre}
    siens = {c: paire for c, paire in siens.items() if paire[0] != paire[1]}
    lieux = _renommer_les_lieux(absorbee)
    deplaces, retires = _deplacer(absorbee_id, gardee_id)
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
    _faire_disparaitre(absorbee)
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
    _reposer([fusion.absorbee])
    for nom, cles in fusion.deplaces["passes"].items():
        modele, champ = _lire_le_nom(nom)
        modele._default_manager.filter(pk__in=cles, **{champ: fusion.gardee_id}).update(**{champ: fusion.absorbee_id})
    for cle, source_id in fusion.lieux.items():
        Site.objects.filter(pk=int(cle), structure_id=fusion.absorbee_id).update(source_id=source_id)
    _reposer(fusion.deplaces["retires"])
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


def _photo(rangee: models.Model) -> dict[str, Any]:
    """Return a row as JSON holds it and as ``_reposer`` reads it."""
    champs = {}
    for champ in rangee._meta.concrete_fields:
        valeur = getattr(rangee, champ.attname)
        brut = valeur is None or isinstance(valeur, (list, dict, bool, int, float))
        champs[champ.name] = valeur if brut else champ.value_to_string(rangee)
    return {"model": rangee._meta.label_lower, "pk": champs.pop(str(rangee._meta.pk.name)), "fields": champs}


def _reposer(photos: Collection[Mapping[str, Any]]) -> None:
    for pose in serializers.deserialize("python", list(photos)):
        pose.save(force_insert=True)


def _liens() -> Iterator[tuple[type[models.Model], str]]:
    """Return the columns of the directory that point at a structure, those of the merge itself left out."""
    for modele in apps.get_app_config("annuaire").get_models():
        for champ in modele._meta.concrete_fields:
            if isinstance(champ, models.ForeignKey) and champ.related_model is Structure:
                yield modele, champ.attname


def _deplacer(de: int, vers: int) -> tuple[dict[str, list[int]], list[Any]]:
    """Pass every row of the directory to the entry that stays; what it already has is set aside, to be put back."""
    passes: dict[str, list[int]] = {}
    retires: list[Any] = []
    for modele, champ in _liens():
        if modele is PaireDeDoublons:
            modele._default_manager.filter(**{champ: de}).delete()
            continue
        for rangee in modele._default_manager.filter(**{champ: de}).order_by("pk"):
            try:
                with transaction.atomic():
                    modele._default_manager.filter(pk=rangee.pk).update(**{champ: vers})
                passes.setdefault(f"{modele._meta.label}.{champ}", []).append(rangee.pk)
            except IntegrityError:
                retires.append(_photo(rangee))
                modele._default_manager.filter(pk=rangee.pk).delete()
    return passes, retires


def _lire_le_nom(nom: str) -> tuple[type[models.Model], str]:
    app, modele, champ = nom.split(".")
    return apps.get_model(app, modele), champ


def _renommer_les_lieux(absorbee: Structure) -> dict[str, str]:
    """Keep the identifiers of its places apart from those of the entry that stays."""
    avant = dict(Site.objects.filter(structure=absorbee).order_by().values_list("pk", "source_id"))
    prefixe = prefixe_des_lieux(absorbee.source, absorbee.source_id)
    for cle, source_id in avant.items():
        if not source_id.startswith(prefixe):
            Site.objects.filter(pk=cle).update(source_id=(prefixe + source_id)[:200])
    return {str(cle): source_id for cle, source_id in avant.items()}


def _faire_disparaitre(absorbee: Structure) -> None:
    """Destroy the entry, unless a row anywhere still points at it: the database itself tells, walls or not.

    Raises:
        FusionRefusee: something hangs from it; said by kind of work, never by person nor by owner.
    """
    table = Structure._meta.db_table
    retenues: set[str] = set()
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT conname, conrelid::regclass::text FROM pg_constraint"
            " WHERE contype = 'f' AND confrelid = %s::regclass ORDER BY 1",
            [table],
        )
        liens = curseur.fetchall()
        curseur.execute(f"DELETE FROM {table} WHERE id = %s", [absorbee.pk])  # noqa: S608 - our name
        for contrainte, pointe in liens:
            try:
                with transaction.atomic():
                    curseur.execute(f'SET CONSTRAINTS "{contrainte}" IMMEDIATE')
            except IntegrityError:
                retenues.add(pointe)
    if retenues:
        raise FusionRefusee(_pourquoi(absorbee.nom, retenues))


def _pourquoi(nom: str, retenues: Collection[str]) -> str:
    domaines = {str(m._meta.db_table): m._meta.app_label for m in apps.get_models(include_auto_created=True)}
    mots: Mapping[str, str] = reglage()["proteges"]
    dits = sorted({mots.get(domaines.get(t, ""), "des données protégées") for t in retenues})
    return (
        f"La fiche « {nom} » ne peut pas être absorbée : elle tient {', '.join(dits)}. "
        "Ces données ne changent jamais de structure. Gardez cette fiche et absorbez l'autre, "
        "ou dites que ce ne sont pas les mêmes."
    )
