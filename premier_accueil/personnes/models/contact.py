"""How to reach the person without harm, and the one table that holds a protected address."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.personnes.models.identite import Personne


class RegleDeContact(models.Model):
    """How the person may be reached safely; no voice message and no SMS unless she says so."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    personne = models.OneToOneField(Personne, models.CASCADE, related_name="regle_de_contact")
    numero = models.CharField(max_length=40, blank=True, help_text="numéro qu'elle donne pour cela")
    heures = models.CharField(max_length=120, blank=True)
    messagerie = models.BooleanField(default=False, help_text="on peut laisser un message vocal")
    sms = models.BooleanField(default=False)
    langue = models.CharField(max_length=60, blank=True)
    interprete = models.BooleanField(default=False)
    precisions = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"règle de contact {self.pk}"


class AdresseProtegee(models.Model):
    """A protected address and number, kept only where a procedure needs them, read on one journaled screen only."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    personne = models.OneToOneField(Personne, models.CASCADE, related_name="adresse_gardee")
    adresse = models.CharField(max_length=500, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    procedure = models.CharField(max_length=200, help_text="la procédure qui en a besoin")
    posee_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    posee_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(procedure=""), name="adresse_protegee_pour_une_procedure"),
        ]

    def __str__(self) -> str:
        return f"adresse protégée {self.pk}"
