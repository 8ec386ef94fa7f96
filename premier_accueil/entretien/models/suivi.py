"""What comes after: points de situation at three then six months, the named référent, absences."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.entretien.models.entretien import Entretien
from premier_accueil.entretien.regles.etats import (
    ETATS_DE_POINT,
    FINS_DE_REFERENT,
    MOTIFS_DE_CHANGEMENT,
    EtatDePoint,
)
from premier_accueil.personnes.models import Personne


class PointDeSituation(models.Model):
    """The next meeting with the same worker, three then six months after the first (S4); not an accompaniment."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="points_de_situation")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic n'en prévoit qu'un")
    entretien = models.ForeignKey(Entretien, models.CASCADE, related_name="points", help_text="le premier entretien")
    rang = models.PositiveSmallIntegerField(help_text="2 : trois mois après ; 3 : six mois après")
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="points_de_situation", help_text="qui reçoit")
    prevu_le = models.DateTimeField()
    etat = models.CharField(max_length=10, choices=ETATS_DE_POINT, default=EtatDePoint.PREVU.value)
    cree_le = models.DateTimeField()
    motif = models.CharField(max_length=15, choices=MOTIFS_DE_CHANGEMENT, blank=True, help_text="du dernier changement")
    prevenue_le = models.DateTimeField(null=True, blank=True, help_text="la personne a été prévenue du changement")
    fini_le = models.DateTimeField(null=True, blank=True)
    tenu_dans = models.ForeignKey(Entretien, models.SET_NULL, null=True, blank=True, related_name="points_tenus")
    rendez_vous_id = models.BigIntegerField(null=True, blank=True, help_text="dans l'agenda, s'il y est")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="point_demande"),
            models.UniqueConstraint(
                fields=["entretien", "rang"], condition=~Q(etat=EtatDePoint.ANNULE.value), name="point_un_par_rang"
            ),
            models.CheckConstraint(condition=Q(rang__in=(2, 3)), name="point_rang"),
            models.CheckConstraint(condition=Q(prevu_le__gt=F("cree_le")), name="point_plus_tard"),
        ]
        indexes = [models.Index(fields=["structure", "etat", "prevu_le"], name="point_a_venir")]

    def __str__(self) -> str:
        return f"point de situation {self.pk}"


class ReferentDeParcours(models.Model):
    """The named worker that a person accepted; one at a time, dated, handed over with the person told."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="referents_de_parcours")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic n'en nomme qu'un")
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="referents")
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="referent_de")
    debut = models.DateTimeField(help_text="la personne a accepté")
    fin = models.DateTimeField(null=True, blank=True)
    motif_de_fin = models.CharField(max_length=20, choices=FINS_DE_REFERENT, blank=True)
    personne_informee_le = models.DateTimeField(null=True, blank=True, help_text="de la passation ou de la fin")
    nomme_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="referent_demande"),
            models.UniqueConstraint(fields=["personne"], condition=Q(fin=None), name="referent_un_a_la_fois"),
            models.CheckConstraint(condition=Q(fin=None) | Q(fin__gte=F("debut")), name="referent_dates"),
            models.CheckConstraint(
                condition=Q(fin=None, motif_de_fin="")
                | Q(fin__isnull=False, personne_informee_le__isnull=False) & ~Q(motif_de_fin=""),
                name="referent_fin_dite_a_la_personne",
            ),
        ]
        indexes = [models.Index(fields=["structure", "compte"], name="referent_de_qui")]

    def __str__(self) -> str:
        return f"référent {self.pk}"


class Absence(models.Model):
    """The days a worker is away, and who stands in for her with the persons she is the référent of."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    demande_id = models.UUIDField()
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="absences")
    remplacant = models.ForeignKey(Compte, models.PROTECT, related_name="remplacements")
    debut = models.DateField()
    fin = models.DateField()
    posee_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="absence_demande"),
            models.CheckConstraint(condition=Q(fin__gte=F("debut")), name="absence_dates"),
            models.CheckConstraint(condition=~Q(compte=F("remplacant")), name="absence_par_un_autre"),
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"
