"""What the search reads: the ways to reach each service, and all the words known, to mend a typing mistake."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from premier_accueil.annuaire.models.fiches import Service


class Facon(models.Model):
    """One way to reach one open service, with all that a search filters and sorts by; written by trigger alone.

    What it repeats is told by the service, its structure, the place and its commune (docs/adr/0020).
    """

    service = models.ForeignKey(Service, models.DO_NOTHING, db_constraint=False, related_name="facons")
    permanence_id = models.BigIntegerField(null=True, help_text="sans permanence : on sait seulement qu'il existe")
    site_id = models.BigIntegerField(null=True, help_text="sans lieu : par téléphone ou à domicile")
    latitude = models.FloatField(null=True, help_text="du lieu ; de sa commune quand son point est inconnu ou démenti")
    longitude = models.FloatField(null=True)
    fauteuil = models.BooleanField(null=True)
    toilettes_adaptees = models.BooleanField(null=True)
    stationnement_adapte = models.BooleanField(null=True)
    boucle_magnetique = models.BooleanField(null=True)
    reperes_malvoyants = models.BooleanField(null=True)
    neutre = models.BooleanField(null=True)
    bureau_confidentiel = models.BooleanField(null=True)
    departement = models.CharField(max_length=3, blank=True)
    horaires = models.CharField(max_length=500, blank=True, help_text="à défaut, ceux de la structure chez elle")
    cle = models.CharField(max_length=200)
    genres = ArrayField(models.CharField(max_length=20), help_text="de qui propose, et de qui tient le lieu")
    thematiques = ArrayField(models.CharField(max_length=120))
    publics = ArrayField(models.CharField(max_length=60))
    modes_accueil = ArrayField(models.CharField(max_length=30))
    langues = ArrayField(models.CharField(max_length=3))
    zone = ArrayField(models.CharField(max_length=9))
    texte = SearchVectorField(help_text="mots du service, de qui le tient, du lieu, des thématiques")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "permanence_id"], nulls_distinct=False, name="facon_unique")
        ]
        indexes = [
            models.Index(fields=["latitude", "longitude"], include=["id"], name="facon_point"),
            models.Index(fields=["departement"], name="facon_departement"),
            # No pending list: each search would read it whole until a vacuum, which the plain role cannot ask for.
            GinIndex(fields=["zone"], condition=Q(site_id=None), name="facon_de_loin", fastupdate=False),
            GinIndex(fields=["texte"], name="facon_texte", fastupdate=False),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MotDeLAnnuaire(models.Model):
    """A word that the directory holds: what an unknown word is compared with."""

    mot = models.CharField(max_length=60, unique=True)

    class Meta:
        indexes = [
            GinIndex(OpClass("mot", name="gin_trgm_ops"), name="mot_annuaire_trigrammes", fastupdate=False),
            models.Index(OpClass("mot", name="text_pattern_ops"), name="mot_annuaire_prefixe"),
        ]

    def __str__(self) -> str:
        return self.mot
