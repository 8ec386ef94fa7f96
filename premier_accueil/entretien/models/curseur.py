"""Where the boundary between welcome and follow-up is discussed: advice asked, vignettes; no person in either."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Compte, Structure


class DemandeDeConseil(models.Model):
    """A short text without identity, submitted to the practice advisor (référent métier, S4), and the answer."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic ne demande qu'une fois")
    auteur = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    texte = models.CharField(max_length=2000)
    posee_le = models.DateTimeField()
    reponse = models.CharField(max_length=2000, blank=True)
    repondue_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")
    repondue_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="conseil_demande"),
            models.CheckConstraint(condition=~Q(texte=""), name="conseil_demande_ecrite"),
            models.CheckConstraint(
                condition=Q(reponse="", repondue_le=None, repondue_par=None)
                | ~Q(reponse="") & Q(repondue_le__isnull=False, repondue_par__isnull=False),
                name="conseil_reponse_signee",
            ),
        ]

    def __str__(self) -> str:
        return f"demande de conseil {self.pk}"


class Vignette(models.Model):
    """A situation told for the arbitration meeting, without any link to a person nor to an interview (T2)."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic n'en écrit qu'une")
    auteur = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    texte = models.CharField(max_length=2000)
    question = models.CharField(max_length=300, help_text="ce que l'on demande à l'instance")
    avertissements = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, help_text="relus et gardés par l'auteur (codes)"
    )
    ecrite_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="vignette_demande"),
            models.CheckConstraint(condition=~Q(texte="") & ~Q(question=""), name="vignette_ecrite"),
        ]

    def __str__(self) -> str:
        return f"vignette {self.pk}"
