"""Take a row into another and put it back: what points at it, and what keeps it from going."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, connection, models, transaction

from premier_accueil.annuaire.models import Facon, PaireDeDoublons
from premier_accueil.annuaire.regles.doublons import reglage

TENUES_A_PART = (Facon, PaireDeDoublons)
"""Tables that follow by themselves."""


class FusionRefusee(Exception):
    """A merge, or its undoing, that cannot be done; its text is a plain French sentence. Nothing was written."""


def photographier(rangee: models.Model) -> dict[str, Any]:
    """Return a row as JSON holds it and as ``reposer`` reads it."""
    champs = {}
    for champ in rangee._meta.concrete_fields:
        valeur = getattr(rangee, champ.attname)
        brut = valeur is None or isinstance(valeur, (list, dict, bool, int, float))
        champs[champ.name] = valeur if brut else champ.value_to_string(rangee)
    return {"model": rangee._meta.label_lower, "pk": champs.pop(str(rangee._meta.pk.name)), "fields": champs}


def reposer(photos: Collection[Mapping[str, Any]]) -> None:
    """Put rows back as they were, with their own keys."""
    for pose in serializers.deserialize("python", list(photos)):
        pose.save(force_insert=True)


def _liens(cible: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Return the columns of the directory that point at a table."""
    for modele in apps.get_app_config("annuaire").get_models():
        if modele in TENUES_A_PART:
            continue
        for champ in modele._meta.concrete_fields:
            if isinstance(champ, models.ForeignKey) and champ.related_model is cible:
                yield modele, champ.attname


def deplacer(cible: type[models.Model], de: int, vers: int) -> tuple[dict[str, list[int]], list[Any]]:
    """Pass every row of the directory that points at a row to another one.

    Returns:
        keys of the rows that passed, by column; rows that the other one already has, set aside to be put back.
    """
    passes: dict[str, list[int]] = {}
    retires: list[Any] = []
    for modele, champ in _liens(cible):
        for rangee in modele._default_manager.filter(**{champ: de}).order_by("pk"):
            try:
                with transaction.atomic():
                    modele._default_manager.filter(pk=rangee.pk).update(**{champ: vers})
                passes.setdefault(f"{modele._meta.label}.{champ}", []).append(rangee.pk)
            except IntegrityError:
                retires += [*_ce_qui_pend(rangee), photographier(rangee)][::-1]
                modele._default_manager.filter(pk=rangee.pk).delete()
    return passes, retires


def _ce_qui_pend(rangee: models.Model) -> list[dict[str, Any]]:
    """Return the rows that would go with a row: the closings of a permanence."""
    fermetures = getattr(rangee, "fermetures", None)
    return [photographier(f) for f in fermetures.order_by("pk")] if fermetures is not None else []


def lire_le_nom(nom: str) -> tuple[type[models.Model], str]:
    """Return the table and the column of a key of ``deplacer``."""
    app, modele, champ = nom.split(".")
    return apps.get_model(app, modele), champ


def faire_disparaitre(absorbee: models.Model, nom: str) -> None:
    """Destroy the entry, unless a row anywhere still points at it: the database itself tells, walls or not.

    Raises:
        FusionRefusee: something hangs from it; said by kind of work, never by person nor by owner.
    """
    table = absorbee._meta.db_table
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
        raise FusionRefusee(_pourquoi(nom, retenues))


def _pourquoi(nom: str, retenues: Collection[str]) -> str:
    domaines = {str(m._meta.db_table): m._meta.app_label for m in apps.get_models(include_auto_created=True)}
    mots: Mapping[str, str] = reglage()["proteges"]
    dits = sorted({mots.get(domaines.get(t, ""), "des données protégées") for t in retenues})
    return (
        f"La fiche « {nom} » ne peut pas être absorbée : elle tient {', '.join(dits)}. "
        "Ces données ne changent jamais de structure. Gardez cette fiche et absorbez l'autre, "
        "ou dites que ce ne sont pas les mêmes."
    )
