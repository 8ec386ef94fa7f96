"""The slot of a point de situation in the agenda, when the worker's own hours hold one at that moment."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid5

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda import actions as agenda
from premier_accueil.agenda.models import RendezVous
from premier_accueil.agenda.regles import GesteImpossible
from premier_accueil.agenda.requetes import premier_creneau
from premier_accueil.entretien.actions.commun import SaisieRefusee
from premier_accueil.entretien.models import PointDeSituation

PRIS = "Ce créneau vient d'être pris. Choisissez une autre heure : votre saisie est gardée."


def prendre_le_creneau(point: PointDeSituation, role: Role, a: datetime) -> None:
    """Take the worker's slot that begins with the point; without such a slot the point stands by itself.

    Raises:
        SaisieRefusee: somebody took it meanwhile.
    """
    personne_id = point.entretien.passage.personne_id
    libre = premier_creneau(role, a, compte_id=point.compte_id, des=point.prevu_le, personne_id=personne_id)
    if libre is None or libre.debut != point.prevu_le:
        return
    try:
        pris = agenda.prendre(
            libre.plage_id, libre.debut, agenda.Coordonnees(), role=role, a=a, personne_id=personne_id,
            demande_id=uuid5(point.demande_id, f"{point.version}"),
        )  # fmt: skip
    except (agenda.CreneauPris, agenda.DemandeRefusee) as trop_tard:
        raise SaisieRefusee("heure", PRIS) from trop_tard
    PointDeSituation.objects.filter(pk=point.pk).update(rendez_vous_id=pris.rendez_vous_id)


def rendre_le_creneau(point: PointDeSituation, *, par_la_personne: bool, role: Role, a: datetime) -> None:
    """Give back the slot of a point that moves or is cancelled; one that the agenda already changed is left alone."""
    if point.rendez_vous_id is None:
        return
    try:
        agenda.annuler(point.rendez_vous_id, par_la_personne=par_la_personne, role=role, a=a)
    except (GesteImpossible, RendezVous.DoesNotExist):
        return
