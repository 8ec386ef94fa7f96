"""Who may book where, and who sees which appointment: one ``Q`` serves the object and the list."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from premier_accueil.acteurs.models import Engagement
from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.regles import Ouverture
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.socle.horloge import jour_local

RIEN = Q(pk__in=[])


def plages_ouvertes(role: Role, a: datetime) -> Q:
    """Return the rules where this role may book: its own structure's, its hosts' guests, engaged structures' (S1)."""
    if not peut(role.fonction, Droit.RECEVOIR):
        return RIEN
    siennes = Q(structure_id=role.structure_id)
    if not peut(role.fonction, Droit.TENIR_L_AGENDA):
        siennes &= Q(ouverte_a__contains=[Ouverture.ACCUEIL]) | Q(agent_id=role.compte_id)
    jour = jour_local(a)
    tenus = Engagement.objects.filter(Q(fin=None) | Q(fin__gte=jour), debut__lte=jour)
    nous = Exists(tenus.filter(structure_id=role.structure_id))
    eux = Exists(tenus.filter(structure_id=OuterRef("structure_id")))
    hebergees = Q(ouverte_a__contains=[Ouverture.HEBERGEUR], site__structure_id=role.structure_id)
    return siennes | hebergees | Q(ouverte_a__contains=[Ouverture.RELAIS]) & Q(nous) & Q(eux)


def plages_tenues(role: Role) -> Q:
    """Return the rules that this role writes: those of its structure."""
    if not peut(role.fonction, Droit.TENIR_L_AGENDA):
        return RIEN
    return Q(structure_id=role.structure_id)


def rendez_vous_visibles(role: Role, a: datetime) -> Q:
    """Return the appointments of the role's structure and those it booked elsewhere, named blocks apart (T4).

    An elected official or a volunteer sees his own only (T10).
    """
    if not peut(role.fonction, Droit.RECEVOIR):
        return RIEN
    vus = Q(structure_id=role.structure_id) | Q(reservee_par_id=role.structure_id)
    if not peut(role.fonction, Droit.VOIR_LES_PASSAGES_DE_LA_STRUCTURE):
        vus &= Q(agent_id=role.compte_id) | Q(pris_par_id=role.compte_id)
    return vus & (Q(personne=None) | personnes_visibles(role, a, "personne__"))
