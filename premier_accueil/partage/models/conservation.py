"""The end of files, and the rights that people exercise."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.partage.regles.conservation import (
    ETATS_DE_DESTRUCTION,
    GENRES_DE_DROIT,
    EtatDeDestruction,
)
from premier_accueil.personnes.models import Personne


class Destruction(models.Model):
    """Files past their term: proposed, visaed by the archives, destroyed. Afterwards only counts remain."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="destructions")
    etat = models.CharField(max_length=10, choices=ETATS_DE_DESTRUCTION, default=EtatDeDestruction.PROPOSEE)
    limite = models.DateTimeField(help_text="dernier contact avant ce moment")
    personnes = ArrayField(models.BigIntegerField(), default=list, help_text="vidée par la destruction")
    comptes = models.JSONField(default=dict, help_text="lignes par table, avant puis après")
    proposee_le = models.DateTimeField()
    visa = models.CharField(max_length=200, blank=True, help_text="référence du visa des archives")
    visee_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")
    visee_le = models.DateTimeField(null=True, blank=True)
    finie_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")
    finie_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat__in=["VISEE", "FAITE"]) | ~Q(visa="") & Q(visee_le__isnull=False),
                name="destruction_visee",
            ),
            models.CheckConstraint(condition=~Q(etat="FAITE") | Q(personnes=[]), name="destruction_sans_nom_ensuite"),
            models.UniqueConstraint(
                fields=["structure"], condition=Q(etat__in=["PROPOSEE", "VISEE"]), name="destruction_une_en_cours"
            ),
        ]

    def __str__(self) -> str:
        return f"destruction {self.pk}"


class DemandeDeDroit(models.Model):
    """A right exercised by a person: what, when, answered before when, and how it was answered."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="demandes_de_droit")
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="demandes_de_droit")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic n'enregistre qu'une demande")
    genre = models.CharField(max_length=15, choices=GENRES_DE_DROIT)
    precisions = models.TextField(blank=True)
    recue_le = models.DateTimeField()
    recue_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    echeance = models.DateTimeField()
    repondue_le = models.DateTimeField(null=True, blank=True)
    repondue_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")
    reponse = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="demande_de_droit_une_fois"),
            models.CheckConstraint(condition=Q(echeance__gt=models.F("recue_le")), name="demande_de_droit_echeance"),
            models.CheckConstraint(
                condition=Q(repondue_le=None) | ~Q(reponse=""), name="demande_de_droit_reponse_dite"
            ),
        ]

    def __str__(self) -> str:
        return f"demande {self.pk}"
