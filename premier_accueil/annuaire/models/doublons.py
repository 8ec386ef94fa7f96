"""Two entries that may be one: what was proposed, what was decided, how to go back."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.annuaire.regles.historique import Objet

PARTIES = [(o.value, o.libelle) for o in (Objet.SERVICE, Objet.SITE)]


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


class PaireDeParties(models.Model):
    """Two services, or two places, that look alike, with why; ruled out, the pair is not proposed again."""

    objet = models.CharField(max_length=14, choices=PARTIES)
    une_id = models.BigIntegerField()
    autre_id = models.BigIntegerField()
    score = models.PositiveSmallIntegerField(help_text="sur 100")
    raisons = models.JSONField(default=list, help_text="critère et points, dans l'ordre")
    etat = models.CharField(
        max_length=10, choices=PaireDeDoublons.Etat.choices, default=PaireDeDoublons.Etat.PROPOSEE
    )
    departements = ArrayField(models.CharField(max_length=3), help_text="de qui tient l'une et l'autre")
    proposee_le = models.DateTimeField()
    par = models.ForeignKey(Compte, models.SET_NULL, null=True, blank=True, related_name="+")
    le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["objet", "une_id", "autre_id"], name="paire_de_parties_unique"),
            models.CheckConstraint(condition=Q(une_id__lt=models.F("autre_id")), name="paire_de_parties_ordonnee"),
            models.CheckConstraint(condition=Q(score__lte=100), name="paire_de_parties_score"),
        ]
        indexes = [models.Index(fields=["etat", "-score", "id"], name="paire_de_parties_etat")]

    def __str__(self) -> str:
        return f"{self.objet} {self.une_id} / {self.autre_id} : {self.score}"


class FusionDeParties(models.Model):
    """One service, or one place, taken into another: its source finds it again, and all can be put back."""

    objet = models.CharField(max_length=14, choices=PARTIES)
    gardee_id = models.BigIntegerField()
    absorbee_id = models.BigIntegerField(help_text="clé de la fiche absorbée, reprise si l'on revient en arrière")
    structure = models.ForeignKey(Structure, models.CASCADE, related_name="+", help_text="qui tient la fiche gardée")
    nom = models.CharField(max_length=200, help_text="de la fiche absorbée")
    source = models.CharField(max_length=60, blank=True, help_text="d'un service absorbé")
    source_id = models.CharField(max_length=200, help_text="d'un service, ou d'un lieu au sein de sa structure")
    chez = models.BigIntegerField(help_text="structure de la fiche absorbée")
    absorbee = models.JSONField(help_text="la fiche absorbée, colonne par colonne")
    deplaces = models.JSONField(default=dict, help_text="clés des lignes passées à la fiche gardée, et lignes retirées")
    champs = models.JSONField(default=dict, help_text="champs pris à la fiche absorbée : avant, après")
    ajoutees = ArrayField(models.BigIntegerField(), default=list, help_text="révisions qui gardent ce qui est passé")
    par = models.ForeignKey(Compte, models.SET_NULL, null=True, blank=True, related_name="+")
    le = models.DateTimeField()
    annulee_par = models.ForeignKey(Compte, models.SET_NULL, null=True, blank=True, related_name="+")
    annulee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["objet", "absorbee_id"], condition=Q(annulee_le=None), name="fusion_de_parties_une_fois"
            ),
        ]
        indexes = [
            models.Index(fields=["-le"], name="fusion_de_parties_le"),
            models.Index(fields=["objet", "source_id"], name="fusion_de_parties_source"),
        ]

    def __str__(self) -> str:
        return f"{self.objet} {self.absorbee_id} dans {self.gardee_id}"
