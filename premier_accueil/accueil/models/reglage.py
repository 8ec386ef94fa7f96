"""How a structure welcomes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from premier_accueil.accueil.regles import MODES, ModeDAccueil
from premier_accueil.acteurs.models import Compte, Structure


class ReglageDAccueil(models.Model):
    """What a structure chose for its welcome; no row: the ordinary way."""

    structure = models.OneToOneField(Structure, models.PROTECT, related_name="reglage_d_accueil")
    mode = models.CharField(
        max_length=40, choices=MODES, default=ModeDAccueil.RECEPTION_PUIS_TRAVAILLEUR_SOCIAL,
        help_text="comment travaille le binôme",
    )  # fmt: skip
    sans_rendez_vous = models.BooleanField(default=True)
    sur_rendez_vous = models.BooleanField(default=True)
    file_sur_rendez_vous = models.BooleanField(
        default=True, help_text="qui vient à l'heure convenue prend place dans la file ; sinon la venue seule est notée"
    )
    priorites = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, help_text="motifs admis (donnees/accueil.yaml)"
    )
    son = models.BooleanField(default=False, help_text="l'écran de la salle propose un son")
    message_de_fermeture = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    modifie_le = models.DateTimeField()
    modifie_par = models.ForeignKey(Compte, models.PROTECT, related_name="reglages_d_accueil")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sans_rendez_vous=True) | Q(sur_rendez_vous=True), name="reglage_on_recoit_quelqu_un"
            )
        ]

    def __str__(self) -> str:
        return f"réglages de {self.structure}"
