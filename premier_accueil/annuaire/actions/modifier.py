"""Correct an entry field by field: every change leaves its revision in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.annuaire.models import Fermeture, Permanence, Revision, Service, Site
from premier_accueil.annuaire.regles.champs import champ_de
from premier_accueil.annuaire.regles.historique import Objet, Origine
from premier_accueil.annuaire.regles.saisies import ValeurRefusee
from premier_accueil.annuaire.requetes.valeurs import MODELES, valeur_de, version_de
from premier_accueil.socle.texte import cle, propre
from premier_accueil.territoire.models import Commune
from premier_accueil.territoire.regles.geometrie import dans_contour


class FicheRefusee(Exception):
    """A change that cannot be made; ``phrases`` says why in French, by field (``""`` for the whole entry)."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        super().__init__(" ".join(phrases.values()))
        self.phrases = dict(phrases)


class FicheAChange(FicheRefusee):
    """Somebody else changed the entry since it was read; nothing was written."""


@transaction.atomic
def modifier(
    objet: Objet,
    objet_id: int,
    champs: Mapping[str, object],
    *,
    origine: Origine,
    auteur: Compte | int | None,
    auteur_dit: str = "",
    version: str | None = None,
    a: datetime,
) -> list[Revision]:
    """Write new values in an entry, with one revision a field that changes.

    Args:
        objet, objet_id: what is corrected.
        champs: value by field (``regles.champs.CHAMPS``), as typed or as JSON holds it.
        origine: who corrects.
        auteur: the account, or its key; ``None`` by link or by import.
        auteur_dit: name and function by link, source of the import.
        version: ``requetes.version_de`` as it was read on the form; ``None`` does not compare.
        a: the moment.

    Returns:
        the revisions written; empty when nothing differs.

    Raises:
        FicheRefusee: unknown entry or field, or a value that cannot be kept; nothing is written.
        FicheAChange: the entry moved since ``version``.
    """
    rangee = prendre(objet, objet_id)
    if version is not None and version != version_de(objet, rangee):
        raise FicheAChange({"": "Cette fiche a changé pendant que vous écriviez. Vos mots sont gardés : comparez."})
    lues, fautes = lire_les_champs(objet, champs)
    if fautes:
        raise FicheRefusee(fautes)
    auteur_id = auteur.pk if isinstance(auteur, Compte) else auteur
    trace = Revision(origine=origine.value, auteur_id=auteur_id, auteur_dit=propre(auteur_dit)[:200], le=a)
    return appliquer(objet, rangee, lues, trace)


def appliquer(objet: Objet, rangee: models.Model, lues: Mapping[str, object], trace: Revision) -> list[Revision]:
    """Write values already read, with their revisions."""
    avants = {nom: valeur_de(rangee, nom) for nom in lues}
    changes = {nom: valeur for nom, valeur in lues.items() if valeur != avants[nom]}
    if not changes:
        return []
    _ecrire(objet, rangee, changes)
    return Revision.objects.bulk_create(
        Revision(
            objet=objet.value, objet_id=rangee.pk, champ=nom, avant=avants[nom], apres=valeur, origine=trace.origine,
            auteur_id=trace.auteur_id, auteur_dit=trace.auteur_dit, le=trace.le,
        )
        for nom, valeur in changes.items()
    )  # fmt: skip


def prendre(objet: Objet, objet_id: int) -> models.Model:
    """Return the row, locked until the end of the transaction."""
    rangee = MODELES[objet]._default_manager.select_for_update().filter(pk=objet_id).first()
    if rangee is None:
        raise FicheRefusee({"": "Cette fiche n'existe plus dans l'annuaire."})
    return rangee


def lire_les_champs(objet: Objet, champs: Mapping[str, object]) -> tuple[dict[str, object], dict[str, str]]:
    """Return what was typed as it is kept, and a sentence for each field that cannot be."""
    lues: dict[str, object] = {}
    fautes: dict[str, str] = {}
    for nom, brut in champs.items():
        try:
            lues[nom] = champ_de(objet, nom).lire(brut)
        except ValeurRefusee as refus:
            fautes[nom] = str(refus)
    return lues, fautes


def _ecrire(objet: Objet, rangee: models.Model, changes: Mapping[str, object]) -> None:
    noms = {rangee._meta.get_field(nom).name for nom in changes if nom != "fermetures"}
    for nom in changes.keys() - {"fermetures"}:
        setattr(rangee, nom, changes[nom])
    if isinstance(rangee, (Service, Structure)) and "nom" in changes:
        rangee.cle = cle(rangee.nom)[:200]
        noms.add("cle")
    if isinstance(rangee, Site) and changes.keys() & {"commune_id", "latitude", "longitude"}:
        noms.add("point_verifie")
        verifier_le_point(rangee)
    try:
        # An empty list says "unknown", whatever Django's own forms would think of a blank.
        inconnus = {
            f.name for f in rangee._meta.concrete_fields
            if getattr(rangee, f.attname) == [] or (f.null and getattr(rangee, f.attname) is None)
        }  # fmt: skip
        rangee.clean_fields(exclude={f.name for f in rangee._meta.concrete_fields} - noms | inconnus)
        rangee.validate_constraints()
        with transaction.atomic():
            if noms:
                rangee.save(update_fields=sorted(noms))
            if isinstance(rangee, Permanence) and "fermetures" in changes:
                remplacer_les_fermetures(rangee, changes["fermetures"])
    except ValidationError as refus:
        raise FicheRefusee({"": phrase_du_refus(refus)}) from None
    except IntegrityError:
        raise FicheRefusee({"": "La même fiche existe déjà dans l'annuaire : rien n'a été changé."}) from None


def phrase_du_refus(refus: ValidationError) -> str:
    """Say in French why the database would refuse a row."""
    if any(getattr(e, "code", "") in {"unique", "unique_together"} for e in _erreurs(refus)):
        return "Une autre permanence ou un autre contact est déjà écrit ainsi : rien n'a été changé."
    return "Une valeur n'est pas acceptée : " + " ".join(refus.messages)


def _erreurs(refus: ValidationError) -> list[Any]:
    if hasattr(refus, "error_dict"):
        return [e for liste in refus.error_dict.values() for e in liste]
    return list(refus.error_list)


def verifier_le_point(site: Site) -> None:
    """Tell whether the point of a place is inside its commune, as an import does; unknown without a contour."""
    site.point_verifie = None
    if site.latitude is not None and site.longitude is not None:
        contour = Commune.objects.filter(pk=site.commune_id).values_list("contour", flat=True).first()
        site.point_verifie = dans_contour(contour, site.latitude, site.longitude)


def remplacer_les_fermetures(permanence: Permanence, voulues: object) -> None:
    """Make the closings of a permanence those; the rows that stay are kept, what points at them stays."""
    assert isinstance(voulues, list)
    par_periode = {(date.fromisoformat(du), date.fromisoformat(au)): motif for du, au, motif in voulues}
    for existante in permanence.fermetures.order_by("pk"):
        motif = par_periode.pop((existante.du, existante.au), None)
        if motif is None:
            existante.delete()
        elif motif != existante.motif:
            Fermeture.objects.filter(pk=existante.pk).update(motif=motif)
    Fermeture.objects.bulk_create(
        Fermeture(permanence=permanence, du=du, au=au, motif=motif) for (du, au), motif in par_periode.items()
    )
