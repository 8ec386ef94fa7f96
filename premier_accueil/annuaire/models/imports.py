"""Where open data comes from, and what each import did, block by block."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.annuaire.regles.sources import GenreDeSource, Rythme


class SourceDAnnuaire(models.Model):
    """An open directory that is read again by itself: its address, how often."""

    nom = models.CharField(max_length=120, unique=True)
    genre = models.CharField(max_length=20, choices=[(g.value, g.libelle) for g in GenreDeSource])
    adresse = models.CharField(max_length=500, help_text="https://… ; un chemin de fichier se donne par la commande")
    adresse_services = models.CharField(max_length=500, blank=True, help_text="data·inclusion : celui des services")
    rythme = models.CharField(
        max_length=12, choices=[(r.value, r.libelle) for r in Rythme], default=Rythme.A_LA_DEMANDE.value
    )
    prochain_le = models.DateTimeField(null=True, blank=True)
    ajoutee_par = models.ForeignKey(Compte, models.SET_NULL, null=True, blank=True, related_name="+")
    ajoutee_le = models.DateTimeField()
    arretee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(genre=GenreDeSource.DATA_INCLUSION.value) | ~Q(adresse_services=""),
                name="source_data_inclusion_deux_fichiers",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class ImportDAnnuaire(models.Model):
    """One reading of one file: an interrupted one is taken up where it stopped, a finished one keeps its report."""

    source = models.ForeignKey(SourceDAnnuaire, models.SET_NULL, null=True, blank=True, related_name="imports")
    genre = models.CharField(max_length=20, choices=[(g.value, g.libelle) for g in GenreDeSource])
    fichiers = models.CharField(max_length=500)
    empreinte = models.CharField(max_length=64, help_text="du contenu et de ses réglages")
    commence_le = models.DateTimeField()
    fini_le = models.DateTimeField(null=True, blank=True)
    blocs = models.PositiveIntegerField(default=0, help_text="combien il y en a ; ceux qui sont faits ont leur ligne")
    resume = models.JSONField(default=dict, help_text="comptes de la fin, en nombres")
    echec = models.CharField(max_length=300, blank=True, help_text="pourquoi rien n'a pu être lu")

    class Meta:
        indexes = [models.Index(fields=["empreinte"], name="import_empreinte")]
        constraints = [
            # Two readings of one file at the same time are one reading.
            models.UniqueConstraint(fields=["empreinte"], condition=Q(fini_le=None), name="import_en_cours_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.fichiers} le {self.commence_le:%d/%m/%Y}"


class BlocDImport(models.Model):
    """A part of a file that was written, with what became of its lines; 0 holds what reading the file said."""

    importation = models.ForeignKey(ImportDAnnuaire, models.CASCADE, related_name="faits")
    rang = models.PositiveIntegerField()
    bilan = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["importation", "rang"], name="bloc_une_fois")]

    def __str__(self) -> str:
        return f"{self.importation_id} n° {self.rang}"


class AliasDeSource(models.Model):
    """Another identifier of a structure, kept from an entry merged into it: its source goes on updating it."""

    source = models.CharField(max_length=60)
    source_id = models.CharField(max_length=160)
    structure = models.ForeignKey(Structure, models.CASCADE, related_name="alias")
    champs = ArrayField(models.CharField(max_length=60), default=list, help_text="champs choisis de cette source")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="alias_source")]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"
