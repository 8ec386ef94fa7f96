"""Printed guides of a territory: asked once, made by a page or by a worker, kept a while."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from premier_accueil.annuaire.regles.guides import EtatDeGuide, Papier


class GuideImprime(models.Model):
    """One edition of the guide of a territory; the last ones are kept."""

    cle = models.UUIDField(unique=True, help_text="tirée par le formulaire : deux clics, un guide")
    nom = models.CharField(max_length=1000, help_text="nom du territoire")
    communes = ArrayField(models.CharField(max_length=5), default=list)
    epci = ArrayField(models.CharField(max_length=9), default=list)
    departements = ArrayField(models.CharField(max_length=3), default=list)
    papier = models.CharField(max_length=2, choices=[(p.value, p.libelle) for p in Papier])
    adresse = models.CharField(max_length=300, help_text="page publique, en toutes lettres et en code QR")
    etat = models.CharField(max_length=10, choices=[(e.value, e.libelle) for e in EtatDeGuide])
    services = models.PositiveIntegerField(default=0)
    demande_le = models.DateTimeField()
    fait_le = models.DateTimeField(null=True, blank=True)
    pdf = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(etat="PRET", pdf__isnull=False) | ~Q(etat="PRET") & Q(pdf=None), name="guide_pret_a_son_pdf"
            ),
        ]
        indexes = [models.Index(fields=["-demande_le"], name="guide_demande_le")]

    def __str__(self) -> str:
        return self.nom
