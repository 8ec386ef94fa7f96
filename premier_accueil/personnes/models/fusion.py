"""Two files that are one person: proposed by one, validated by another, undone exactly."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.personnes.models.identite import Personne
from premier_accueil.personnes.regles import ETATS_DE_FUSION, RAISONS_DE_FUSION, EtatDeFusion


class Fusion(models.Model):
    """The merge of two files. The absorbed one keeps its own words: only what pointed at it moves (T6)."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    gardee = models.ForeignKey(Personne, models.CASCADE, related_name="fusions_gardees")
    absorbee = models.ForeignKey(Personne, models.CASCADE, related_name="fusions_absorbees")
    raison = models.CharField(max_length=10, choices=RAISONS_DE_FUSION)
    etat = models.CharField(max_length=10, choices=ETATS_DE_FUSION, default=EtatDeFusion.PROPOSEE.value)
    proposee_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    proposee_le = models.DateTimeField()
    validee_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")
    validee_le = models.DateTimeField(null=True, blank=True)
    annulee_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")
    annulee_le = models.DateTimeField(null=True, blank=True, help_text="refusée ou défaite")
    deplace = models.JSONField(default=list, help_text="table, clé, colonne et valeurs avant et après")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(gardee=F("absorbee")), name="fusion_de_deux"),
            models.CheckConstraint(
                condition=Q(validee_par=None) | ~Q(validee_par=F("proposee_par")), name="fusion_par_deux_personnes"
            ),
            models.CheckConstraint(
                condition=~Q(etat=EtatDeFusion.FAITE.value) | Q(validee_par__isnull=False, validee_le__isnull=False),
                name="fusion_faite_validee",
            ),
            models.CheckConstraint(condition=~Q(raison=""), name="fusion_raison_dite"),
            models.UniqueConstraint(
                fields=["absorbee"],
                condition=Q(etat__in=[EtatDeFusion.PROPOSEE.value, EtatDeFusion.FAITE.value]),
                name="fusion_une_en_cours",
            ),
        ]

    def __str__(self) -> str:
        return f"rapprochement {self.pk}"
