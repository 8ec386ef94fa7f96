"""Facts without identity, written by each action in its own transaction, read by the coordination."""

from __future__ import annotations

from django.db import models


class Fait(models.Model):
    """Something that happened: kind, structure, day, commune or silence, coded attributes; nothing back to a person.

    What is undone is written again with ``nombre`` at -1: facts are only added.
    """

    genre = models.CharField(max_length=20)
    structure_id = models.BigIntegerField(help_text="structure où cela s'est passé, sans lien")
    departement = models.CharField(max_length=3, blank=True)
    jour = models.DateField()
    commune = models.CharField(max_length=5, blank=True, help_text="code INSEE ; vide : non dite, ou tue")
    attributs = models.JSONField(default=dict, help_text="codes seulement (donnees/faits.yaml)")
    nombre = models.SmallIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(nombre__in=[-1, 1]), name="fait_un_ou_annule")]
        indexes = [
            models.Index(fields=["departement", "genre", "jour"], name="fait_departement"),
            models.Index(fields=["structure_id", "genre", "jour"], name="fait_structure"),
        ]

    def __str__(self) -> str:
        return f"{self.genre} {self.jour:%d/%m/%Y}"
