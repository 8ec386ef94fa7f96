"""Who is told, machine to machine, that a relay moved: its key and its state, never a word."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Compte, Structure


class Abonnement(models.Model):
    """An address of a structure's own software; each message is signed with the secret that both know."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    adresse = models.CharField(max_length=300)
    secret = models.CharField(max_length=64, help_text="signe chaque message (HMAC-SHA256)")
    cree_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    cree_le = models.DateTimeField()
    arrete_le = models.DateTimeField(null=True, blank=True)
    echecs = models.PositiveSmallIntegerField(default=0, help_text="de suite ; remis à zéro quand un message passe")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(adresse__startswith="https://"), name="abonnement_chiffre"),
            models.UniqueConstraint(
                fields=["structure", "adresse"], condition=Q(arrete_le=None), name="abonnement_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"abonnement {self.pk}"
