"""Who may see which interview: one ``Q`` serves the object and the list; the work note has a narrower door."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from premier_accueil.accueil.acces import passages_visibles
from premier_accueil.accueil.models import Passage
from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.models import Absence, ReferentDeParcours
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.socle.horloge import jour_local

AUCUN = Q(pk__in=[])


def passages_s_entretenir(role: Role, a: datetime, prefixe: str = "") -> Q:
    """Return the passages whose interview this role may hold or read: its structure's, blocked persons apart (T4).

    Args:
        role: who looks; somebody who holds interviews.
        a: when.
        prefixe: path to the passage from another table, e.g. ``"passage__"``.
    """
    if not peut(role.fonction, Droit.S_ENTRETENIR):
        return AUCUN
    siens: dict[str, Any] = {f"{prefixe}structure_id": role.structure_id}
    anonymes: dict[str, Any] = {f"{prefixe}personne": None}
    return Q(**siens) & (Q(**anonymes) | personnes_visibles(role, a, f"{prefixe}personne__"))


def entretiens_visibles(role: Role, a: datetime, prefixe: str = "") -> Q:
    """Return the interviews that this role reads, their work note apart."""
    return passages_s_entretenir(role, a, f"{prefixe}passage__")


def notes_lisibles(role: Role, a: datetime) -> Q:
    """Return the work notes that this role reads: its own, and those of persons it is the référent of.

    Who stands in for an absent référent reads them too, during these days only.
    """
    jour = jour_local(a)
    remplaces = Absence.objects.filter(
        structure_id=role.structure_id, remplacant_id=role.compte_id, debut__lte=jour, fin__gte=jour
    ).values("compte_id")  # fmt: skip
    suivies = ReferentDeParcours.objects.filter(
        Q(compte_id=role.compte_id) | Q(compte_id__in=remplaces), structure_id=role.structure_id, fin=None
    ).values("personne_id")
    return entretiens_visibles(role, a, "entretien__") & (
        Q(auteur_id=role.compte_id) | Q(entretien__passage__personne_id__in=suivies)
    )


def referents_visibles(role: Role, a: datetime) -> Q:
    """Return the référents of the persons that this role sees."""
    if not peut(role.fonction, Droit.S_ENTRETENIR):
        return AUCUN
    return Q(structure_id=role.structure_id) & personnes_visibles(role, a, "personne__")


def conseils_visibles(role: Role) -> Q:
    """Return the requests for advice this role reads: the advisor, what was submitted; the worker, her own."""
    if peut(role.fonction, Droit.CONSEILLER):
        return Q(structure_id=role.structure_id)
    if peut(role.fonction, Droit.S_ENTRETENIR):
        return Q(structure_id=role.structure_id, auteur_id=role.compte_id)
    return AUCUN


def demarches_visibles(role: Role, a: datetime) -> Q:
    """Return the démarches of this role's structure, those of persons it does not see apart (T4)."""
    if not peut(role.fonction, Droit.OUVRIR_UN_DOSSIER):
        return AUCUN
    passages = Passage.objects.filter(passages_visibles(role)).values("pk")
    anonymes = Q(personne=None) & (Q(passage=None) | Q(passage__in=passages))
    return Q(structure_id=role.structure_id) & (anonymes | personnes_visibles(role, a, "personne__"))


def domiciliations_visibles(role: Role, a: datetime) -> Q:
    """Return the domiciliations of the persons that this role sees."""
    return Q(structure_id=role.structure_id) & personnes_visibles(role, a, "personne__")
