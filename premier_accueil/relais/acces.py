"""Who sees which relay: its sender the persons it sees, its recipient what was addressed to its function, once sent."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne

RIEN = Q(pk__in=[])


def relais_envoyes(role: Role, a: datetime) -> Q:
    """Return the relays of the role's structure, of the persons it sees (named blocks apart, T4)."""
    if not peut(role.fonction, Droit.COMMUNIQUER):
        return RIEN
    # Not a join: the recipient does not see the person's row, and one query serves either side.
    vue = Personne.objects.filter(personnes_visibles(role, a), pk=OuterRef("personne_id"))
    return Q(structure_id=role.structure_id) & Q(Exists(vue))


def relais_recus(role: Role) -> Q:
    """Return the relays sent to the role's function in its structure (S1: "not the same thing to everybody")."""
    if not peut(role.fonction, Droit.LIRE_CE_QUI_EST_SOUMIS):
        return RIEN
    return Q(destinataire_id=role.structure_id, fonction=role.fonction.value, envoye_le__isnull=False)
