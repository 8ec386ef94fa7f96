"""Points de situation: planned in two clicks, moved with the person told, never ended by a date (T11)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Droit, fonctions_qui
from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.acces import entretiens_visibles
from premier_accueil.entretien.actions.commun import GesteRefuse, SaisieRefusee, faits_du_passage, tenir, tracer
from premier_accueil.entretien.actions.rendez_vous import prendre_le_creneau, rendre_le_creneau
from premier_accueil.entretien.models import PointDeSituation
from premier_accueil.entretien.regles.etats import (
    GESTES_DE_POINT,
    MOTIFS_DE_CHANGEMENT,
    EtatDePoint,
)
from premier_accueil.entretien.regles.points import pourquoi_ferme
from premier_accueil.entretien.requetes.suivi import premier_entretien
from premier_accueil.socle.horloge import jour_local


@transaction.atomic
def prevoir(
    entretien_id: int, *, rang: int, quand: datetime, compte_id: int, demande_id: UUID, role: Role, a: datetime
) -> int:
    """Plan the second or the third meeting.

    Args:
        entretien_id: the first interview, or the one of a later meeting: the first is found.
        rang: 2 or 3.
        quand: aware.
        compte_id: who will receive: the same worker whenever possible.
        demande_id: drawn by the page: a second call changes nothing.

    Returns:
        key of the point.

    Raises:
        SaisieRefusee: the day is past or closed, or this worker will not be there.
        GesteRefuse: this meeting is planned already.
        Entretien.DoesNotExist: not visible to this role.
    """
    premier = tenir(premier_entretien(entretien_id), role, a)
    deja = PointDeSituation.objects.filter(structure_id=role.structure_id, demande_id=demande_id)
    if cle := deja.values_list("pk", flat=True).first():
        return cle
    _verifier(quand, compte_id, role, a)
    try:
        with transaction.atomic():
            point = PointDeSituation.objects.create(
                structure_id=role.structure_id, demande_id=demande_id, entretien=premier, rang=rang,
                compte_id=compte_id, prevu_le=quand, cree_le=a,
            )  # fmt: skip
    except IntegrityError as double:
        raise GesteRefuse("Ce point de situation est déjà prévu.") from double
    prendre_le_creneau(point, role, a)
    faits_du_passage(
        premier.passage, [("POINT_DE_SITUATION", {"rang": str(rang), "geste": "prevoir"})], role=role, a=a
    )
    tracer("prevoir_un_point", role, a, point.pk, objet="POINT")
    return point.pk


@transaction.atomic
def reprevoir(
    point_id: int, *, quand: datetime, compte_id: int, motif: str, prevenue: bool, version: int, role: Role, a: datetime
) -> None:
    """Move a point, or give it to a colleague: the person is told before, by her own way of being reached.

    Args:
        motif: why, a code of the table.
        prevenue: she was told; another worker without it is refused.
        version: the version that the page showed.

    Raises:
        SaisieRefusee: day, worker, reason, or she was not told.
        GesteRefuse: the state does not allow it, or somebody moved it meanwhile.
        PointDeSituation.DoesNotExist: not visible to this role.
    """
    point = tenir_le_point(point_id, role, a)
    if motif not in dict(MOTIFS_DE_CHANGEMENT):
        raise SaisieRefusee("motif", "Dites pourquoi la date ou la personne change.")
    if not prevenue:
        raise SaisieRefusee("prevenue", "Prévenez d'abord la personne : elle doit savoir qui la recevra, et quand.")
    _verifier(quand, compte_id, role, a)
    rendre_le_creneau(point, par_la_personne=motif == "DEMANDE", role=role, a=a)
    _bouger(
        "reprevoir", point, version, role, a, prevu_le=quand, compte_id=compte_id, motif=motif, prevenue_le=a,
        rendez_vous_id=None,
    )  # fmt: skip
    prendre_le_creneau(tenir_le_point(point.pk, role, a), role, a)


@transaction.atomic
def faire_un_geste(geste: str, point_id: int, *, version: int, role: Role, a: datetime) -> None:
    """Say what became of a point: not come, no longer wanted.

    Raises:
        GesteRefuse: the state does not allow it, or somebody acted meanwhile.
        KeyError: no such gesture.
        PointDeSituation.DoesNotExist: not visible to this role.
    """
    point = tenir_le_point(point_id, role, a)
    _bouger(geste, point, version, role, a, fini_le=a)
    if GESTES_DE_POINT[geste].vers is EtatDePoint.ANNULE:
        rendre_le_creneau(point, par_la_personne=True, role=role, a=a)
    faits_du_passage(
        point.entretien.passage, [("POINT_DE_SITUATION", {"rang": str(point.rang), "geste": geste})], role=role, a=a
    )


def tenir_le_point(point_id: int, role: Role, a: datetime) -> PointDeSituation:
    """Return a point, its row held until the end of the transaction.

    Raises:
        PointDeSituation.DoesNotExist: not visible to this role.
    """
    return (
        PointDeSituation.objects.select_for_update(of=("self",))
        .select_related("entretien__passage")
        .get(entretiens_visibles(role, a, "entretien__"), pk=point_id)
    )


def _bouger(geste: str, point: PointDeSituation, version: int, role: Role, a: datetime, **change: object) -> None:
    regle = GESTES_DE_POINT[geste]
    bouge = PointDeSituation.objects.filter(
        pk=point.pk, version=version, etat__in=[etat.value for etat in regle.depuis]
    ).update(etat=regle.vers.value, version=point.version + 1, **change)
    if not bouge:
        dit = EtatDePoint(point.etat).value if point.version == version else "modifié par quelqu'un d'autre"
        raise GesteRefuse(f"Ce point est déjà {dit.lower()}. Relisez-le, puis recommencez.")
    tracer(f"{geste}_un_point", role, a, point.pk, objet="POINT")


def _verifier(quand: datetime, compte_id: int, role: Role, a: datetime) -> None:
    if quand <= a:
        raise SaisieRefusee("jour", "Ce moment est passé : choisissez-en un autre.")
    jour = jour_local(quand)
    ferme = pourquoi_ferme(jour, departement=role.departement)
    if ferme:
        raise SaisieRefusee("jour", f"Personne ne reçoit ce jour-là : {ferme}. Choisissez un autre jour.")
    recoivent = [f.value for f in fonctions_qui(Droit.S_ENTRETENIR)]
    la = Mission.objects.filter(
        structure_id=role.structure_id, compte_id=compte_id, fonction__in=recoivent, debut__lte=jour
    ).exclude(fin__lt=jour)  # fmt: skip
    if not la.exists():
        raise SaisieRefusee("compte", "Cette personne ne sera plus là ce jour-là : choisissez un collègue.")
