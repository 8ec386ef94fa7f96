"""What the search reads: the words of each service, and all the words known, to mend a typing mistake."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from premier_accueil.annuaire.models.fiches import Service


class TexteDeService(models.Model):
    """The words of a service, of who holds it, of where and of what for; written by trigger, never by hand."""

    service = models.OneToOneField(
        Service, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="texte_cherche"
    )
    texte = SearchVectorField()

    class Meta:
        # No pending list: each search would read it whole until a vacuum, which the plain role cannot ask for.
        indexes = [GinIndex(fields=["texte"], name="texte_de_service", fastupdate=False)]

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
