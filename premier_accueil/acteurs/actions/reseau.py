"""Commitments of one's structure, and conventions between legal bodies: entered by its administrator, dated, ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from premier_accueil.acteurs.models import Convention, Engagement, Organisme, Structure
from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.texte import propre

DEPUIS = date(2000, 1, 1)


class EcritRefuse(ValueError):
    """Nothing was recorded; ``champ`` names the field, the message says what to do."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(message)
        self.champ = champ


@dataclass(frozen=True)
class NouvelleConvention:
    """What an administrator copies from the signed paper.

    Attributes:
        organisme: name of one's own legal body, when it is not known yet.
        avec_id: a structure of the other legal body.
        elements: codes proposed by default.
        escalade: who is told, without a name, when a relay stays without answer.
    """

    avec_id: int
    debut: date
    fin: date | None = None
    elements: frozenset[str] = field(default_factory=frozenset)
    delai_jours: int | None = None
    audits: bool = False
    organisme: str = ""
    escalade: str = ""


@transaction.atomic
def engager(*, texte: str, debut: date, fin: date | None, role: Role, a: datetime) -> None:
    """Record that one's structure commits to the network: from that day it may receive.

    Raises:
        EcritRefuse: a field must be corrected.
        PermissionError: the role administers nothing.
    """
    _administre(role)
    texte = propre(texte)[:120]
    if not texte:
        raise EcritRefuse("texte", "Écrivez quel texte a été signé : charte, convention, avec sa version.")
    _dates(debut, fin)
    try:
        with transaction.atomic():
            cle = Engagement.objects.create(structure_id=role.structure_id, texte=texte, debut=debut, fin=fin).pk
    except IntegrityError as erreur:
        raise EcritRefuse("debut", "Un engagement commence déjà ce jour-là.") from erreur
    _tracer("engager", "ENGAGEMENT", cle, role, a)


@transaction.atomic
def conclure_une_convention(nouvelle: NouvelleConvention, *, role: Role, a: datetime) -> None:
    """Record a convention signed by the legal body of one's structure.

    A legal body that the directory does not know yet is made from the structure's own name and SIREN.

    Raises:
        EcritRefuse: a field must be corrected.
        PermissionError: the role administers nothing.
    """
    _administre(role)
    _dates(nouvelle.debut, nouvelle.fin)
    autre = Structure.objects.filter(pk=nouvelle.avec_id).first()
    if autre is None:
        raise EcritRefuse("avec", "Cherchez puis choisissez une structure de l'autre organisme.")
    ici = _organisme(Structure.objects.get(pk=role.structure_id), propre(nouvelle.organisme)[:200])
    la = _organisme(autre, autre.nom)
    if ici.pk == la.pk:
        raise EcritRefuse("avec", "Cette structure est du même organisme que la vôtre : il n'y a pas de convention.")
    try:
        with transaction.atomic():
            cle = Convention.objects.create(
                organisme=ici, avec=la, debut=nouvelle.debut, fin=nouvelle.fin, elements=sorted(nouvelle.elements),
                delai_jours=nouvelle.delai_jours, audits=nouvelle.audits, escalade=nouvelle.escalade,
            ).pk  # fmt: skip
    except IntegrityError as erreur:
        raise EcritRefuse("debut", "Une convention avec cet organisme commence déjà ce jour-là.") from erreur
    _tracer("conclure_une_convention", "CONVENTION", cle, role, a)


@transaction.atomic
def finir_un_engagement(engagement_id: int, *, fin: date, role: Role, a: datetime) -> None:
    """Write the last day of a commitment of one's structure.

    Raises:
        EcritRefuse: it is before the first day.
        Engagement.DoesNotExist: not of this structure.
        PermissionError: the role administers nothing.
    """
    _administre(role)
    engagement = Engagement.objects.select_for_update().get(pk=engagement_id, structure_id=role.structure_id)
    _dates(engagement.debut, fin)
    Engagement.objects.filter(pk=engagement.pk).update(fin=fin)
    _tracer("finir_un_engagement", "ENGAGEMENT", engagement.pk, role, a)


@transaction.atomic
def finir_une_convention(convention_id: int, *, fin: date, role: Role, a: datetime) -> None:
    """Write the last day of a convention of the legal body of one's structure.

    Raises:
        EcritRefuse: it is before the first day.
        Convention.DoesNotExist: not of this body.
        PermissionError: the role administers nothing.
    """
    _administre(role)
    organisme = Structure.objects.values_list("organisme_id", flat=True).get(pk=role.structure_id)
    siennes = Convention.objects.select_for_update().filter(Q(organisme=organisme) | Q(avec=organisme))
    convention = siennes.get(pk=convention_id)
    _dates(convention.debut, fin)
    Convention.objects.filter(pk=convention.pk).update(fin=fin)
    _tracer("finir_une_convention", "CONVENTION", convention.pk, role, a)


def _organisme(structure: Structure, nom: str) -> Organisme:
    if structure.organisme is not None:
        return structure.organisme
    if not nom:
        raise EcritRefuse("organisme", "Écrivez le nom de l'organisme dont dépend votre structure.")
    siren = structure.siret[:9]
    organisme = Organisme.objects.filter(siren=siren).order_by("pk").first() if siren else None
    if organisme is None:
        organisme = Organisme.objects.create(nom=nom, siren=siren, departement=structure.departement)
    Structure.objects.filter(pk=structure.pk, organisme=None).update(organisme=organisme)
    return organisme


def _dates(debut: date, fin: date | None) -> None:
    if debut < DEPUIS or (fin is not None and fin.year > 2999):
        raise EcritRefuse("debut", "Cette date n'est pas possible : vérifiez l'année.")
    if fin is not None and fin < debut:
        raise EcritRefuse("fin", "La fin est avant le début.")


def _administre(role: Role) -> None:
    if not peut(role.fonction, Droit.ADMINISTRER):
        raise PermissionError("Only an administrator of the structure records what it signed.")


def _tracer(action: str, objet: str, objet_id: int, role: Role, a: datetime) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action, objet=objet,
        objet_id=objet_id, a=a,
    )  # fmt: skip
