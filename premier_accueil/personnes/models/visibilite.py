"""Who may not see a person although their function opens files, and exceptional openings."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.personnes.models.identite import Personne


class Blocage(models.Model):
    """A named account that must not see this person: relative, neighbour, abuser. It sees "aucun résultat"."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="blocages")
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    motif = models.CharField(max_length=120)
    pose_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    pose_le = models.DateTimeField()
    leve_le = models.DateTimeField(null=True, blank=True)
    leve_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "compte"], condition=Q(leve_le=None), name="blocage_un_en_cours"
            ),
            models.CheckConstraint(
                condition=Q(leve_par=None) | ~Q(leve_par=F("compte")), name="blocage_jamais_leve_par_soi"
            ),
        ]
        indexes = [models.Index(fields=["structure", "compte"], name="blocage_compte")]

    def __str__(self) -> str:
        return f"blocage {self.pk}"


class StructureEcartee(models.Model):
    """A whole structure that must never receive anything of this person, whatever she agrees to later."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="structures_ecartees")
    ecartee = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    motif = models.CharField(max_length=120)
    pose_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    pose_le = models.DateTimeField()
    leve_le = models.DateTimeField(null=True, blank=True)
    leve_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "ecartee"], condition=Q(leve_le=None), name="structure_ecartee_une_en_cours"
            ),
            models.CheckConstraint(condition=~Q(ecartee=F("structure")), name="structure_ecartee_une_autre"),
        ]

    def __str__(self) -> str:
        return f"structure écartée {self.pk}"


class BrisDeGlace(models.Model):
    """An exceptional opening until the end of the day: a reason, and a second person who is told."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="bris_de_glace")
    demande_id = models.UUIDField()
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    raison = models.CharField(max_length=500)
    prevenu = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    ouvert_le = models.DateTimeField()
    vaut_jusqu_a = models.DateTimeField()
    vu_le = models.DateTimeField(null=True, blank=True, help_text="quand la personne prévenue l'a vu")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="bris_demande"),
            models.CheckConstraint(condition=~Q(prevenu=F("compte")), name="bris_second_regard"),
            models.CheckConstraint(condition=Q(vaut_jusqu_a__gt=F("ouvert_le")), name="bris_dates"),
        ]
        indexes = [
            models.Index(fields=["structure", "compte", "vaut_jusqu_a"], name="bris_compte"),
            models.Index(fields=["structure", "prevenu"], name="bris_prevenu"),
        ]

    def __str__(self) -> str:
        return f"ouverture exceptionnelle {self.pk}"
