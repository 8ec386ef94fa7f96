"""Communes of France, as the Code officiel géographique knows them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models


class Commune(models.Model):
    """A commune, or a former commune kept as déléguée or associée (an old name people still use).

    Arrondissements of Paris, Lyon and Marseille are not loaded: they would count their inhabitants twice.
    """

    class Genre(models.TextChoices):
        """Kind of entry in the Code officiel géographique."""

        COM = "COM", "commune"
        COMD = "COMD", "commune déléguée"
        COMA = "COMA", "commune associée"

    class OrigineDuPoint(models.TextChoices):
        """Where the point of the commune comes from, best first."""

        MAIRIE = "MAIRIE", "mairie"
        CONTOUR = "CONTOUR", "point intérieur du contour"

    # A déléguée often keeps the code of its commune: the pair is what is unique.
    code = models.CharField(max_length=5)
    genre = models.CharField(max_length=4, choices=Genre)
    nom = models.CharField(max_length=80)
    cle = models.CharField(max_length=80, help_text="nom sans accent, pour chercher et trier")
    departement = models.CharField(max_length=3)
    epci_code = models.CharField(max_length=9, blank=True)
    epci_nom = models.CharField(max_length=120, blank=True)
    parente = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="anciennes")
    codes_postaux = ArrayField(models.CharField(max_length=5), default=list)
    population = models.PositiveIntegerField(null=True, blank=True)
    population_annee = models.PositiveSmallIntegerField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    origine_du_point = models.CharField(max_length=8, choices=OrigineDuPoint, blank=True)
    point_hors_contour = models.BooleanField(default=False, help_text="point de mairie signalé, non utilisé")
    contour = models.BinaryField(null=True, blank=True, help_text="multipolygone WKB, WGS 84")
    mairie = models.JSONField(default=dict, help_text="adresse, téléphone, courriel, site, horaires (OSM)")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "genre"], name="commune_code_genre"),
            models.CheckConstraint(
                condition=models.Q(genre="COM", parente=None) | ~models.Q(genre="COM"), name="commune_sans_parente"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="commune_point_sur_terre",
            ),
        ]
        indexes = [
            models.Index(OpClass("cle", name="text_pattern_ops"), name="commune_cle_prefixe"),
            # No pending list: each search would read it whole until a vacuum, which the plain role cannot ask for.
            GinIndex(fields=["codes_postaux"], name="commune_codes_postaux", fastupdate=False),
            models.Index(models.F("population").desc(nulls_last=True), name="commune_population"),
            models.Index(fields=["departement", "cle"], name="commune_departement"),
        ]

    def __str__(self) -> str:
        return self.nom


class Mot(models.Model):
    """A word of commune names and the communes that bear it: what typing mistakes are compared with.

    Some 20,000 words instead of 37,000 names, half of them "saint": a search stays under a few milliseconds.
    """

    mot = models.CharField(max_length=80, unique=True)
    communes = ArrayField(models.BigIntegerField(), default=list, help_text="identifiants, sans ordre")

    class Meta:
        indexes = [
            models.Index(OpClass("mot", name="text_pattern_ops"), name="mot_prefixe"),
            GinIndex(OpClass("mot", name="gin_trgm_ops"), name="mot_trigrammes"),
        ]

    def __str__(self) -> str:
        return self.mot
