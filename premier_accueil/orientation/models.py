"""What the territory has no answer for."""

from __future__ import annotations

from django.db import models

from premier_accueil.territoire.models import Commune


class Manque(models.Model):
    """A need without an answer here: theme, commune, day. No person, no structure, no words."""

    thematique = models.CharField(max_length=120, blank=True, help_text="vide : besoin non reconnu")
    commune = models.ForeignKey(Commune, models.SET_NULL, null=True, blank=True, related_name="manques")
    jour = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["thematique", "jour"], name="manque_thematique_jour")]

    def __str__(self) -> str:
        return f"{self.thematique or 'besoin non reconnu'} — {self.jour}"
