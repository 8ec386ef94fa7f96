"""Who lives with the person, and who protects an adult."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Structure
from premier_accueil.personnes.models.identite import Personne
from premier_accueil.personnes.regles import MESURES


class Foyer(models.Model):
    """People who live together; holds no address."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="foyers")
    cree_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"foyer {self.pk}"


class MembreDuFoyer(models.Model):
    """A person in a household, with the word that says her place in it; one household at a time."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    foyer = models.ForeignKey(Foyer, models.CASCADE, related_name="membres")
    personne = models.OneToOneField(Personne, models.CASCADE, related_name="place_au_foyer")
    lien = models.CharField(max_length=60, blank=True, help_text="avec ses mots : mère, fils, compagnon, ami…")
    depuis = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"membre du foyer {self.pk}"


class MesureDeProtection(models.Model):
    """A dated legal protection. The protector is never a reader; agreement is asked of the person (code civil, 459)."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="mesures")
    demande_id = models.UUIDField()
    genre = models.CharField(max_length=25, choices=MESURES)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    protecteur = models.CharField(max_length=160, blank=True, help_text="son nom, tel que la personne le dit")
    joindre = models.CharField(max_length=160, blank=True, help_text="comment le joindre")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="mesure_demande"),
            models.CheckConstraint(condition=Q(fin=None) | Q(fin__gte=models.F("debut")), name="mesure_dates"),
        ]

    def __str__(self) -> str:
        return f"mesure de protection {self.pk}"

    def en_cours(self, jour: date) -> bool:
        """Tell whether the measure holds on a day, its first and last days included."""
        return self.debut <= jour and (self.fin is None or jour <= self.fin)
