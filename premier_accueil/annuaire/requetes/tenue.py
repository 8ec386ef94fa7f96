"""Who keeps an entry."""

from __future__ import annotations

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.acces import structures_tenues
from premier_accueil.annuaire.models import Revision
from premier_accueil.annuaire.regles.historique import FICHE, Objet
from premier_accueil.annuaire.requetes.valeurs import MODELES

CHEMINS = {
    Objet.STRUCTURE: "pk",
    Objet.SITE: "structure_id",
    Objet.SERVICE: "structure_id",
    Objet.PERMANENCE: "service__structure_id",
    Objet.INTERLOCUTEUR: "service__structure_id",
    Objet.FERMETURE: "permanence__service__structure_id",
}


SERVICES = {
    Objet.SERVICE: "pk",
    Objet.PERMANENCE: "service_id",
    Objet.INTERLOCUTEUR: "service_id",
    Objet.FERMETURE: "permanence__service_id",
}


def service_de(objet: Objet, objet_id: int) -> int | None:
    """Return the service that holds this object; ``None`` for a structure or a place."""
    if objet not in SERVICES:
        return None
    return MODELES[objet]._default_manager.filter(pk=objet_id).values_list(SERVICES[objet], flat=True).first()


def porteur_de(objet: Objet, objet_id: int) -> int | None:
    """Return the service that holds a row, or the structure of a place; once it is out, who held it.

    ``None``: never there.
    """
    la = structure_de(objet, objet_id) if objet is Objet.SITE else service_de(objet, objet_id)
    if la is not None:
        return la
    changements = Revision.objects.filter(objet=objet.value, objet_id=objet_id, champ=FICHE).order_by("-pk")
    return changements.values_list("dans", flat=True).first()


def structure_de(objet: Objet, objet_id: int) -> int | None:
    """Return the structure whose entry holds this object; ``None`` when it is gone."""
    lignes = MODELES[objet]._default_manager.filter(pk=objet_id).values_list(CHEMINS[objet], flat=True)
    return lignes.first()


def structure_de_la_revision(revision: Revision) -> int | None:
    """Return the structure whose entry a change speaks of, even when what changed is gone."""
    objet = Objet(revision.objet)
    la = structure_de(objet, revision.objet_id)
    if la is not None or revision.dans is None:
        return la
    return revision.dans if objet is Objet.SITE else structure_de(Objet.SERVICE, revision.dans)


def tient(role: Role, structure_id: int | None) -> bool:
    """Tell whether a role keeps the entry of a structure."""
    return structure_id is not None and Structure.objects.filter(structures_tenues(role), pk=structure_id).exists()
