"""Add a row to an entry, take one out, and go back: what came and what went stand in the history as its fields do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.actions.modifier import (
    FicheRefusee,
    lire_les_champs,
    phrase_du_refus,
    remplacer_les_fermetures,
    verifier_le_point,
)
from premier_accueil.annuaire.models import Permanence, Revision, Service, Site
from premier_accueil.annuaire.regles.historique import FICHE, Objet
from premier_accueil.annuaire.requetes.valeurs import MODELES, photo_de
from premier_accueil.territoire.models import Commune

DEJA_LA = "La même fiche existe déjà dans l'annuaire : rien n'a été changé."
SERT_ENCORE = (
    "Cette fiche sert encore (des permanences, des passages, des rendez-vous) : elle reste. Retirez ou déplacez d'abord"
    " ce qui s'y tient."
)
PARENTS: Mapping[str, type[models.Model]] = {
    "service_id": Service, "site_id": Site, "structure_id": Structure, "commune_id": Commune,
}  # fmt: skip
PARTIE = "Ce service ou ce lieu n'existe plus dans l'annuaire : rien n'a été remis."


@transaction.atomic
def ajouter(
    objet: Objet, parents: Mapping[str, int | str | None], champs: Mapping[str, object], *, trace: Revision
) -> models.Model:
    """Add a row to an entry.

    Args:
        objet: PERMANENCE, INTERLOCUTEUR or SITE.
        parents: what holds it (``service_id``, ``site_id``, ``structure_id``…), already checked.
        champs: value by field (``regles.champs.CHAMPS``), as typed.
        trace: who adds it, and when.

    Returns:
        the row; the one that is there already when it says the same: a double click adds once.

    Raises:
        FicheRefusee: a value that cannot be kept, or another row stands in its place; nothing is written.
    """
    lues, fautes = lire_les_champs(objet, champs)
    if fautes:
        raise FicheRefusee(fautes)
    fermetures = lues.pop("fermetures", None)
    rangee = MODELES[objet](**parents, **lues)
    if isinstance(rangee, Site):
        verifier_le_point(rangee)
    pareille = type(rangee)._default_manager.filter(**parents, **lues).order_by("pk").first()
    if pareille is not None:
        return pareille
    _poser(rangee, fermetures)
    _noter(rangee, objet, None, photo_de(objet, rangee), trace)
    return rangee


@transaction.atomic
def retirer(objet: Objet, objet_id: int, *, trace: Revision) -> Revision | None:
    """Take a row out of an entry; the history keeps it whole. ``None`` when it was out already.

    Raises:
        FicheRefusee: something hangs from it.
    """
    rangee = MODELES[objet]._default_manager.select_for_update().filter(pk=objet_id).first()
    if rangee is None:
        return None
    avant = photo_de(objet, rangee)
    ecrite = _noter(rangee, objet, avant, None, trace)
    _enlever(rangee)
    return ecrite


@transaction.atomic
def defaire(revision: Revision, *, trace: Revision) -> Revision:
    """Undo the coming or the going of a row.

    Raises:
        FicheRefusee: it changed since, another stands in its place, or what held it is gone.
    """
    objet = Objet(revision.objet)
    rangee = MODELES[objet]._default_manager.select_for_update().filter(pk=revision.objet_id).first()
    if revision.avant is None:
        if rangee is None:
            raise FicheRefusee({"": "Il n'y a rien à annuler : cette fiche n'est plus là."})
        if photo_de(objet, rangee) != revision.apres:
            raise FicheRefusee({"": "Cette fiche a changé depuis qu'elle a été ajoutée : retirez-la plutôt."})
        ecrite = _noter(rangee, objet, revision.apres, None, trace)
        _enlever(rangee)
        return ecrite
    if rangee is not None:
        raise FicheRefusee({"": "Il n'y a rien à annuler : la fiche est déjà comme avant."})
    remise = _remettre(objet, revision.objet_id, revision.avant)
    return _noter(remise, objet, None, revision.avant, trace)


def _remettre(objet: Objet, objet_id: int, photo: Mapping[str, Any]) -> models.Model:
    """Put a row back with its own key, so that whatever speaks of it finds it again."""
    for nom, modele in PARENTS.items():
        if photo.get(nom) is not None and not modele._default_manager.filter(pk=photo[nom]).exists():
            raise FicheRefusee({"": PARTIE})
    champs = {nom: valeur for nom, valeur in photo.items() if nom != "fermetures"}
    rangee = MODELES[objet](pk=objet_id, **champs)
    _poser(rangee, photo.get("fermetures"))
    return rangee


def _poser(rangee: models.Model, fermetures: object) -> None:
    try:
        inconnus = {f.name for f in rangee._meta.concrete_fields if f.null and getattr(rangee, f.attname) is None}
        rangee.clean_fields(exclude={*inconnus, str(rangee._meta.pk.name)})
        rangee.validate_constraints()
        with transaction.atomic():
            rangee.save(force_insert=True)
            if isinstance(rangee, Permanence) and fermetures:
                remplacer_les_fermetures(rangee, fermetures)
    except ValidationError as refus:
        raise FicheRefusee({"": phrase_du_refus(refus)}) from None
    except IntegrityError:
        raise FicheRefusee({"": DEJA_LA}) from None


def _enlever(rangee: models.Model) -> None:
    if isinstance(rangee, Site) and rangee.permanences.exists():
        raise FicheRefusee({"": SERT_ENCORE})
    try:
        with transaction.atomic(), connection.cursor() as curseur:
            rangee.delete()
            # What other walls hide points at it too: the database tells now, not at the end.
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            curseur.execute("SET CONSTRAINTS ALL DEFERRED")
    except (IntegrityError, ProtectedError):
        raise FicheRefusee({"": SERT_ENCORE}) from None


def _noter(rangee: models.Model, objet: Objet, avant: object, apres: object, trace: Revision) -> Revision:
    dans = rangee.structure_id if isinstance(rangee, Site) else getattr(rangee, "service_id")  # noqa: B009 - typed so
    return Revision.objects.create(
        objet=objet.value, objet_id=rangee.pk, dans=dans, champ=FICHE, avant=avant, apres=apres, origine=trace.origine,
        auteur_id=trace.auteur_id, auteur_dit=trace.auteur_dit, le=trace.le,
    )  # fmt: skip
