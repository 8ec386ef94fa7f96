"""What became of a need: the answer that closed it, or that nothing answers it here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from premier_accueil.accueil.models import Besoin
from premier_accueil.accueil.regles import NATURES
from premier_accueil.acteurs.models import Compte, Structure


class SuiteDuBesoin(models.Model):
    """What answered a need, or the day the territory was found to have no answer: it then stays open (S3).

    A need that is open again keeps what had been answered, until something else answers it.
    """

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    besoin = models.OneToOneField(Besoin, models.CASCADE, related_name="suite")
    reponse = models.CharField(max_length=20, blank=True, choices=NATURES)
    precisions = models.CharField(max_length=200, blank=True)
    repondu_le = models.DateTimeField(null=True, blank=True)
    manque_le = models.DateTimeField(null=True, blank=True, help_text="noté sans réponse sur le territoire")
    rouvert_le = models.DateTimeField(null=True, blank=True, help_text="la réponse n'était pas la bonne")
    auteur = models.ForeignKey(Compte, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reponse="", repondu_le=None) | ~Q(reponse="") & Q(repondu_le__isnull=False),
                name="suite_du_besoin_dite",
            ),
            models.CheckConstraint(
                condition=~Q(reponse="") | Q(manque_le__isnull=False) | Q(rouvert_le__isnull=False),
                name="suite_du_besoin_ou_manque",
            ),
        ]

    def __str__(self) -> str:
        return f"suite du besoin {self.besoin_id}"
