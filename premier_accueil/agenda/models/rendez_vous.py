"""Appointments. The row belongs to the structure that holds the agenda; whoever booked it keeps reading it."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.agenda.models.plages import PlageDAgenda
from premier_accueil.agenda.regles import CANAUX, ETATS_DE_RENDEZ_VOUS, MODES_DE_RAPPEL, OCCUPENT, ModeDeRappel
from premier_accueil.annuaire.models import Site
from premier_accueil.personnes.models import Personne

OCCUPE = Q(etat__in=[e.value for e in OCCUPENT])
DUREE = Func(F("debut"), F("fin"), RangeBoundary(), function="tstzrange", output_field=DateTimeRangeField())
ENSEMBLE = (DUREE, RangeOperators.OVERLAPS)


class RendezVous(models.Model):
    """An appointment, or a slot held for some minutes. Anonymous is normal; a reason has no place here."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="rendez_vous")
    reservee_par = models.ForeignKey(Structure, models.PROTECT, related_name="rendez_vous_pris")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic ne prend qu'un rendez-vous")
    plage = models.ForeignKey(PlageDAgenda, models.PROTECT, related_name="rendez_vous")
    agent = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="rendez_vous")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="rendez_vous")
    bureau = models.CharField(max_length=40, blank=True)
    canal = models.CharField(max_length=10, choices=CANAUX)
    place = models.PositiveSmallIntegerField(default=1, help_text="quand plusieurs sont reçus ensemble")
    debut = models.DateTimeField()
    fin = models.DateTimeField()
    etat = models.CharField(max_length=20, choices=ETATS_DE_RENDEZ_VOUS)
    tient_jusqu_a = models.DateTimeField(null=True, blank=True)
    personne = models.ForeignKey(Personne, models.CASCADE, null=True, blank=True, related_name="rendez_vous")
    nom = models.CharField(max_length=120, blank=True, help_text="si la personne en donne un")
    rappel = models.CharField(max_length=10, choices=MODES_DE_RAPPEL, default=ModeDeRappel.AUCUN.value)
    joindre = models.CharField(max_length=254, blank=True, help_text="seulement pour un rappel voulu")
    accord = models.BooleanField(default=False, help_text="elle est d'accord pour que l'autre structure les lise")
    pris_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    pris_le = models.DateTimeField()
    fini_le = models.DateTimeField(null=True, blank=True)
    remplace = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="remplacant", help_text="celui qui a été déplacé"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reservee_par", "demande_id"], name="rendez_vous_demande"),
            models.CheckConstraint(condition=Q(fin__gt=F("debut")), name="rendez_vous_dates"),
            models.CheckConstraint(
                condition=Q(etat="TENU", tient_jusqu_a__isnull=False) | ~Q(etat="TENU"), name="rendez_vous_tenu"
            ),
            # A file of one house is never pointed at from another: the row stays inside.
            models.CheckConstraint(
                condition=Q(personne=None) | Q(reservee_par=F("structure")), name="rendez_vous_personne_chez_soi"
            ),
            # A name or a number goes to another structure only with her agreement.
            models.CheckConstraint(
                condition=Q(nom="", joindre="") | Q(reservee_par=F("structure")) | Q(accord=True),
                name="rendez_vous_accord",
            ),
            models.CheckConstraint(
                condition=Q(joindre="") | ~Q(rappel="AUCUN") & Q(personne=None), name="rendez_vous_joindre_pour_rappel"
            ),
            # Nobody is booked twice: one place of a rule, one worker, one desk, one person at a time.
            ExclusionConstraint(
                name="rendez_vous_place",
                expressions=[("plage", RangeOperators.EQUAL), ("place", RangeOperators.EQUAL), ENSEMBLE],
                condition=OCCUPE,
            ),
            ExclusionConstraint(
                name="rendez_vous_agent",
                expressions=[("agent", RangeOperators.EQUAL), ("plage", RangeOperators.NOT_EQUAL), ENSEMBLE],
                condition=OCCUPE & Q(agent__isnull=False),
            ),
            ExclusionConstraint(
                name="rendez_vous_bureau",
                expressions=[
                    ("site", RangeOperators.EQUAL), ("bureau", RangeOperators.EQUAL),
                    ("plage", RangeOperators.NOT_EQUAL), ENSEMBLE,
                ],
                condition=OCCUPE & ~Q(bureau=""),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["structure", "debut"], name="rendez_vous_jour"),
            models.Index(fields=["reservee_par", "debut"], name="rendez_vous_pris_chez"),
            models.Index(fields=["personne", "debut"], name="rendez_vous_personne"),
        ]

    def __str__(self) -> str:
        return f"rendez-vous {self.pk}"


class _SansPersonne(models.Manager["RendezVousAnonyme"]):
    def get_queryset(self) -> models.QuerySet[RendezVousAnonyme]:
        return super().get_queryset().filter(personne=None)


class RendezVousAnonyme(RendezVous):
    """Appointments attached to nobody's file: their own date ends them."""

    anonymes = _SansPersonne()

    class Meta:
        proxy = True
        default_manager_name = "anonymes"


class Rappel(models.Model):
    """What became of the reminder of one appointment: at most one each, without number nor words."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    rendez_vous = models.OneToOneField(RendezVous, models.CASCADE, related_name="rappel_fait")
    suite = models.CharField(max_length=12)
    fait_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"rappel {self.pk}"


class Silence(models.Model):
    """Nothing is sent by itself to this person any more: dead, in prison, in hospital, or she asked (T20)."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="silences")
    raison = models.CharField(max_length=10)
    depuis = models.DateTimeField()
    pose_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    leve_le = models.DateTimeField(null=True, blank=True)
    leve_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["personne"], condition=Q(leve_le=None), name="silence_un_en_cours"),
        ]

    def __str__(self) -> str:
        return f"silence {self.pk}"


class FluxDeCalendrier(models.Model):
    """The secret link of one mission's calendar; kept as its SHA-256 only, replaced or revoked at will."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    mission = models.OneToOneField("acteurs.Mission", models.CASCADE, related_name="flux_de_calendrier")
    condense = models.CharField(max_length=64, unique=True)
    cree_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"flux {self.pk}"
