"""What partners undertake beyond their services: initiatives, and collective actions with dates. No person, no file."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.models.fiches import Site
from premier_accueil.territoire.models import Commune


class Initiative(models.Model):
    """An initiative of a structure: what it does, in the name of what, for whom, what it brings (S3)."""

    structure = models.ForeignKey(Structure, models.CASCADE, related_name="initiatives")
    nom = models.CharField(max_length=200)
    actions = models.TextField(help_text="ce qui est fait, concrètement")
    valeurs = models.TextField(blank=True)
    utilite_sociale = models.TextField(blank=True, help_text="ce que cela change, pour qui")
    thematiques = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    publics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    depuis = models.DateField(null=True, blank=True)
    jusqu_au = models.DateField(null=True, blank=True)
    modifiee_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "nom"], name="initiative_unique"),
            models.CheckConstraint(
                condition=Q(depuis=None) | Q(jusqu_au=None) | Q(jusqu_au__gte=F("depuis")), name="initiative_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class ActionCollective(models.Model):
    """A dated collective action: a workshop, a café des parents. Who comes is written nowhere."""

    structure = models.ForeignKey(Structure, models.CASCADE, related_name="actions_collectives")
    demande_id = models.UUIDField(unique=True)
    nom = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    thematiques = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    publics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="actions_collectives")
    site = models.ForeignKey(Site, models.SET_NULL, null=True, blank=True, related_name="actions_collectives")
    lieu = models.CharField(max_length=300, blank=True, help_text="adresse, quand ce n'est pas un lieu de l'annuaire")
    debut = models.DateTimeField()
    fin = models.DateTimeField()
    venir = models.CharField(max_length=300, blank=True, help_text="comment venir ou s'inscrire")
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    annulee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(fin__gt=F("debut")), name="action_collective_dates")]
        indexes = [models.Index(fields=["debut"], name="action_collective_debut")]

    def __str__(self) -> str:
        return self.nom
