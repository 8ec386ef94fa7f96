"""Two entries that may be one: what was proposed, what was decided, how to go back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Compte, Structure


class PaireDeDoublons(models.Model):
    """Two structures that look alike, with why; ruled out, the pair is not proposed again."""

    class Etat(models.TextChoices):
        """What became of the pair."""

        PROPOSEE = "PROPOSEE", "à regarder"
        ECARTEE = "ECARTEE", "ce ne sont pas les mêmes"

    une = models.ForeignKey(Structure, models.CASCADE, related_name="+")
    autre = models.ForeignKey(Structure, models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(help_text="sur 100")
    raisons = models.JSONField(default=list, help_text="critère et points, dans l'ordre")
    etat = models.CharField(max_length=10, choices=Etat.choices, default=Etat.PROPOSEE)
    proposee_le = models.DateTimeField()
    par = models.ForeignKey(Compte, models.SET_NULL, null=True, blank=True, related_name="+")
    le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["une", "autre"], name="paire_unique"),
            models.CheckConstraint(condition=Q(une__lt=models.F("autre")), name="paire_ordonnee"),
            models.CheckConstraint(condition=Q(score__lte=100), name="paire_score"),
        ]
        indexes = [models.Index(fields=["etat", "-score", "id"], name="paire_etat")]

    def __str__(self) -> str:
        return f"{self.une_id} / {self.autre_id} : {self.score}"


class FusionDeFiches(models.Model):
    """One structure entry taken into another: enough is kept to put both back as they were."""

    gardee = models.ForeignKey(Structure, models.CASCADE, related_name="fusions")
    absorbee_id = models.BigIntegerField(help_text="clé de la fiche absorbée, reprise si l'on revient en arrière")
    absorbee = models.JSONField(help_text="la fiche absorbée, colonne par colonne")
    deplaces = models.JSONField(default=dict, help_text="clés des lignes passées à la fiche gardée, par colonne")
    lieux = models.JSONField(default=dict, help_text="identifiants de lieux renommés : avant, par clé")
    champs = models.JSONField(default=dict, help_text="champs pris à la fiche absorbée : avant, après")
    score = models.PositiveSmallIntegerField(null=True)
    raisons = models.JSONField(default=list)
    par = models.ForeignKey(Compte, models.SET_NULL, null=True, blank=True, related_name="+")
    le = models.DateTimeField()
    annulee_par = models.ForeignKey(Compte, models.SET_NULL, null=True, blank=True, related_name="+")
    annulee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-le"], name="fusion_fiches_le")]

    def __str__(self) -> str:
        return f"{self.absorbee_id} dans {self.gardee_id}"
