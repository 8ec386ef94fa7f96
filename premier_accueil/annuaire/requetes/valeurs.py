"""Read the values of an entry as its history keeps them, and the version that a form compares."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from django.db import models

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.models import Fermeture, Interlocuteur, Permanence, Service, Site
from premier_accueil.annuaire.regles.champs import CHAMPS
from premier_accueil.annuaire.regles.historique import Objet

MODELES: Mapping[Objet, type[models.Model]] = {
    Objet.STRUCTURE: Structure,
    Objet.SITE: Site,
    Objet.SERVICE: Service,
    Objet.PERMANENCE: Permanence,
    Objet.INTERLOCUTEUR: Interlocuteur,
    Objet.FERMETURE: Fermeture,
}


def valeur_de(rangee: models.Model, nom: str) -> object:
    """Return the value of a field as JSON holds it; ``"fermetures"`` reads those of a permanence."""
    if nom == "fermetures" and isinstance(rangee, Permanence):
        closes = sorted(rangee.fermetures.all(), key=lambda f: (f.du, f.au))
        return [[f.du.isoformat(), f.au.isoformat(), f.motif] for f in closes]
    valeur = getattr(rangee, nom)
    if isinstance(valeur, date):
        return valeur.isoformat()
    return list(valeur) if isinstance(valeur, (list, tuple)) else valeur


def valeurs_de(objet: Objet, rangee: models.Model) -> dict[str, object]:
    """Return every field that may be corrected."""
    return {nom: valeur_de(rangee, nom) for nom in CHAMPS[objet]}


def photo_de(objet: Objet, rangee: models.Model) -> dict[str, object]:
    """Return a whole row as the history keeps it, so that it can be put back: its fields, and what holds it."""
    corrigees = valeurs_de(objet, rangee)
    autres = [f.attname for f in rangee._meta.concrete_fields if not f.primary_key and f.attname not in corrigees]
    return corrigees | {nom: getattr(rangee, nom) for nom in autres}


def version_de(objet: Objet, rangee: models.Model) -> str:
    """Return what changes with any value of the entry: a form gives it back, so that nobody overwrites unseen."""
    dit = json.dumps(valeurs_de(objet, rangee), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(dit.encode()).hexdigest()[:24]
