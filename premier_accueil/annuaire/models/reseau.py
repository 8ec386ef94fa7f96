"""Who coordinates: heads of network by theme, named referents by theme and by territory."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.regles import Diffusion
from premier_accueil.annuaire.regles.missions import MissionDeTerritoire


class TeteDeReseau(models.Model):
    """The structure that coordinates a theme in a département, from a day to another (S3)."""

    structure = models.ForeignKey(Structure, models.CASCADE, related_name="tetes_de_reseau")
    departement = models.CharField(max_length=3)
    theme = models.CharField(max_length=120, help_text="code d'une thématique, ou d'une famille de thématiques")
    du = models.DateField()
    au = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, help_text="décision et sa date")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["departement", "theme"], condition=Q(au=None), name="tete_de_reseau_une_par_theme"
            ),
            models.CheckConstraint(condition=Q(au=None) | Q(au__gte=models.F("du")), name="tete_de_reseau_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.theme} ({self.departement})"


class _Nomme(models.Model):
    """A professional who may be called by name; ``diffusion`` says who may see it."""

    structure = models.ForeignKey(Structure, models.CASCADE, related_name="+")
    departement = models.CharField(max_length=3)
    nom = models.CharField(max_length=120)
    fonction = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    courriel = models.EmailField(blank=True)
    diffusion = models.CharField(
        max_length=16, choices=[(d.value, d.libelle) for d in Diffusion], default=Diffusion.RESEAU.value
    )
    du = models.DateField()
    au = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.nom


class ReferentThematique(_Nomme):
    """The person whom the network calls about a theme (S3)."""

    themes = ArrayField(models.CharField(max_length=120), help_text="codes de thématiques ou de familles")

    class Meta:
        indexes = [GinIndex(fields=["themes"], name="referent_thematique_themes")]
        constraints = [
            models.CheckConstraint(condition=Q(au=None) | Q(au__gte=models.F("du")), name="referent_thematique_dates"),
        ]


class ReferentDeTerritoire(_Nomme):
    """The person who links the actors of a district or of a few communes (S3: four of them, four missions)."""

    territoire = models.CharField(max_length=120, help_text="nom du quartier, du canton, du secteur")
    communes = ArrayField(models.CharField(max_length=5), default=list, help_text="codes INSEE")
    missions = ArrayField(
        models.CharField(max_length=20, choices=[(m.value, m.libelle) for m in MissionDeTerritoire]), default=list
    )

    class Meta:
        indexes = [GinIndex(fields=["communes"], name="referent_de_territoire_com")]
        constraints = [
            models.CheckConstraint(condition=Q(au=None) | Q(au__gte=models.F("du")), name="referent_territoire_dates"),
        ]
