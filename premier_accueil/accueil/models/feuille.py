"""The person's own page."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from premier_accueil.accueil.models.passage import Passage
from premier_accueil.acteurs.models import Structure


class FeuilleDeRoute(models.Model):
    """The person's page: steps, papers, hours, the way there. Opened again with its reference and its code."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="feuilles_de_route")
    passage = models.OneToOneField(Passage, models.CASCADE, related_name="feuille_de_route")
    reference = models.CharField(max_length=12, unique=True)
    code = models.CharField(max_length=8, help_text="imprimé sur la feuille, jamais dans le lien")
    contenu = models.JSONField(help_text="feuille figée, telle qu'imprimée")
    creee_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    essais_rates = models.PositiveSmallIntegerField(default=0)
    sms_le = models.DateTimeField(null=True, blank=True, help_text="dernier envoi par SMS ; le numéro n'est pas gardé")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(expire_le__gt=models.F("creee_le")), name="feuille_dates")]

    def __str__(self) -> str:
        return f"feuille {self.reference}"
