"""The accepted offer of support: a named référent, her absences, the hand-over; and what is decided after meetings."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Droit, fonctions_qui
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.actions import fermer_pendant_une_absence
from premier_accueil.entretien.acces import referents_visibles
from premier_accueil.entretien.actions.commun import GesteRefuse, SaisieRefusee, tenir, tracer
from premier_accueil.entretien.models import Absence, Entretien, ReferentDeParcours
from premier_accueil.entretien.regles.etats import FINS_DE_REFERENT, SUITES
from premier_accueil.faits.actions import noter_faits
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne

DITE = "Dites-le d'abord à la personne : elle doit savoir qui l'accompagne."


@transaction.atomic
def decider(entretien_id: int, suite: str, *, role: Role, a: datetime) -> None:
    """Record what was decided with the person after the meetings; it starts nothing by itself.

    Raises:
        SaisieRefusee: no such choice.
        Entretien.DoesNotExist: not visible to this role.
    """
    entretien = tenir(entretien_id, role, a)
    if suite not in dict(SUITES):
        raise SaisieRefusee("suite", "Choisissez ce que vous avez décidé avec la personne.")
    Entretien.objects.filter(pk=entretien.pk).update(suite=suite)
    tracer("decider", role, a, entretien.pk)


@transaction.atomic
def nommer_referent(
    personne_id: int, compte_id: int, *, acceptee: bool, demande_id: UUID, role: Role, a: datetime
) -> int:
    """Name the référent of a person who accepted an offer of support.

    Args:
        acceptee: the person accepted; without it nothing is recorded.

    Returns:
        key of the référent.

    Raises:
        SaisieRefusee: not accepted, or this colleague holds no interviews here.
        GesteRefuse: she has a référent already.
        Personne.DoesNotExist: not visible to this role.
    """
    personne = Personne.objects.get(personnes_visibles(role, a), pk=personne_id)
    deja = ReferentDeParcours.objects.filter(structure_id=role.structure_id, demande_id=demande_id)
    if cle := deja.values_list("pk", flat=True).first():
        return cle
    if not acceptee:
        raise SaisieRefusee("acceptee", "Un référent se nomme quand la personne l'a accepté. Elle peut dire non.")
    _verifier(compte_id, role, a, "compte")
    nomme = _nommer(personne.pk, compte_id, demande_id, role, a)
    _fait("commencer", role, a)
    tracer("nommer_referent", role, a, personne.pk, objet="PERSONNE")
    return nomme


@transaction.atomic
def passer_la_suite(
    referent_id: int, compte_id: int, *, informee: bool, demande_id: UUID, role: Role, a: datetime
) -> int:
    """Hand a person over to another référent, once she was told.

    Raises:
        SaisieRefusee: she was not told, or the colleague cannot be it.
        GesteRefuse: it ended meanwhile.
        ReferentDeParcours.DoesNotExist: not visible to this role.
    """
    referent = _tenir(referent_id, role, a)
    deja = ReferentDeParcours.objects.filter(structure_id=role.structure_id, demande_id=demande_id)
    if cle := deja.values_list("pk", flat=True).first():
        return cle
    if compte_id == referent.compte_id:
        raise SaisieRefusee("compte", "Cette personne est déjà son référent.")
    _verifier(compte_id, role, a, "compte")
    _finir(referent, "PASSATION", informee, a)
    nomme = _nommer(referent.personne_id, compte_id, demande_id, role, a)
    tracer("passer_la_suite", role, a, referent.personne_id, objet="PERSONNE")
    return nomme


@transaction.atomic
def finir_l_accompagnement(referent_id: int, motif: str, *, informee: bool, role: Role, a: datetime) -> None:
    """End a support, with its reason, once the person was told.

    Raises:
        SaisieRefusee: no reason, or she was not told.
        GesteRefuse: it ended meanwhile.
        ReferentDeParcours.DoesNotExist: not visible to this role.
    """
    referent = _tenir(referent_id, role, a)
    if motif not in dict(FINS_DE_REFERENT) or motif == "PASSATION":
        raise SaisieRefusee("motif", "Dites pourquoi l'accompagnement se termine.")
    _finir(referent, motif, informee, a)
    _fait("finir", role, a)
    tracer("finir_l_accompagnement", role, a, referent.personne_id, objet="PERSONNE")


@transaction.atomic
def noter_une_absence(
    compte_id: int, remplacant_id: int, debut: date, fin: date, *, demande_id: UUID, role: Role, a: datetime
) -> None:
    """Note the days a worker is away and who stands in; her slots of those days are not offered any more.

    Raises:
        SaisieRefusee: the dates are upside down, or one of them holds no interviews here.
    """
    if fin < debut:
        raise SaisieRefusee("fin", "Le retour est avant le départ : corrigez les dates.")
    if compte_id == remplacant_id:
        raise SaisieRefusee("remplacant", "Choisissez quelqu'un d'autre pour remplacer.")
    _verifier(compte_id, role, a, "compte")
    _verifier(remplacant_id, role, a, "remplacant")
    absence, nouvelle = Absence.objects.get_or_create(
        structure_id=role.structure_id, demande_id=demande_id,
        defaults={
            "compte_id": compte_id, "remplacant_id": remplacant_id, "debut": debut, "fin": fin,
            "posee_par_id": role.compte_id,
        },
    )  # fmt: skip
    if nouvelle:
        fermer_pendant_une_absence(compte_id, du=debut, au=fin, role=role, a=a)
        tracer("noter_une_absence", role, a, absence.pk, objet="ABSENCE")


def _tenir(referent_id: int, role: Role, a: datetime) -> ReferentDeParcours:
    return ReferentDeParcours.objects.select_for_update(of=("self",)).get(referents_visibles(role, a), pk=referent_id)


def _nommer(personne_id: int, compte_id: int, demande_id: UUID, role: Role, a: datetime) -> int:
    try:
        with transaction.atomic():
            return ReferentDeParcours.objects.create(
                structure_id=role.structure_id, demande_id=demande_id, personne_id=personne_id, compte_id=compte_id,
                debut=a, nomme_par_id=role.compte_id,
            ).pk  # fmt: skip
    except IntegrityError as double:
        raise GesteRefuse("Cette personne a déjà un référent. Passez plutôt la suite à un collègue.") from double


def _finir(referent: ReferentDeParcours, motif: str, informee: bool, a: datetime) -> None:
    if not informee:
        raise SaisieRefusee("informee", DITE)
    fini = ReferentDeParcours.objects.filter(pk=referent.pk, fin=None).update(
        fin=a, motif_de_fin=motif, personne_informee_le=a
    )
    if not fini:
        raise GesteRefuse("Cet accompagnement est déjà terminé, ou passé à un collègue.")


def _verifier(compte_id: int, role: Role, a: datetime, champ: str) -> None:
    recoivent = [f.value for f in fonctions_qui(Droit.S_ENTRETENIR)]
    la = Mission.objects.en_cours(a).filter(
        structure_id=role.structure_id, compte_id=compte_id, fonction__in=recoivent
    )  # fmt: skip
    if not la.exists():
        raise SaisieRefusee(champ, "Choisissez un travailleur social de votre structure.")


def _fait(geste: str, role: Role, a: datetime) -> None:
    noter_faits(
        [("ACCOMPAGNEMENT", {"geste": geste})], structure_id=role.structure_id, departement=role.departement, a=a
    )
