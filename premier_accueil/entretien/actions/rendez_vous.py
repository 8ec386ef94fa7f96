"""The slot of a point de situation in the agenda, when the worker's own hours hold one at that moment."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid5

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda import actions as agenda
from premier_accueil.agenda.models import RendezVous
from premier_accueil.agenda.regles import GesteImpossible
from premier_accueil.agenda.requetes import premier_creneau
from premier_accueil.entretien.actions.commun import SaisieRefusee, tracer
from premier_accueil.entretien.models import PointDeSituation
from premier_accueil.entretien.regles.etats import EtatDePoint

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


@transaction.atomic
def suivre_le_rendez_vous(ancien_id: int, nouveau_id: int, *, role: Role, a: datetime) -> None:
    """Let a point de situation follow its appointment, moved from the agenda: same day, same hour, same worker.

    Nothing when the appointment was no point's, or the point is over. Whoever moved it tells the person.
    """
    nouveau = RendezVous.objects.filter(structure_id=role.structure_id, pk=nouveau_id).first()
    point = PointDeSituation.objects.select_for_update().filter(
        structure_id=role.structure_id, rendez_vous_id=ancien_id, etat=EtatDePoint.PREVU.value
    ).first()  # fmt: skip
    if nouveau is None or point is None:
        return
    PointDeSituation.objects.filter(pk=point.pk).update(
        rendez_vous_id=nouveau.pk, prevu_le=nouveau.debut, compte_id=nouveau.agent_id or point.compte_id,
        version=point.version + 1,
    )  # fmt: skip
    tracer("reprevoir_un_point", role, a, point.pk, objet="POINT")


@transaction.atomic
def lacher_le_rendez_vous(rendez_vous_id: int, *, role: Role, a: datetime) -> bool:
    """Put a point de situation back to be planned when its appointment is cancelled: its old date holds no more (T11).

    Its worker finds it in her day until she gives it another date, the person told.

    Returns:
        whether it was a point's.
    """
    points = PointDeSituation.objects.filter(
        structure_id=role.structure_id, rendez_vous_id=rendez_vous_id, etat=EtatDePoint.PREVU.value
    )
    point = points.select_for_update().order_by("pk").first()
    if point is None:
        return False
    PointDeSituation.objects.filter(pk=point.pk).update(
        etat=EtatDePoint.A_REPLACER.value, rendez_vous_id=None, version=point.version + 1
    )
    tracer("lacher_un_point", role, a, point.pk, objet="POINT")
    return True
