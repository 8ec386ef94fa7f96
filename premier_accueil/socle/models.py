"""Registers that only grow: lines chained month by month, the head of each chain, and the months already sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Maillon(models.Model):
    """One line of a register. A register is a concrete subclass that names itself in ``registre``.

    Its table gets ``cloisonner`` and ``socle.journal.migrations.ajout_seul`` in the migration that creates it.
    A column added later must be nullable: empty columns stay out of the fingerprint, so that old lines stay true.
    """

    registre: ClassVar[str]

    structure_id = models.BigIntegerField()
    mois = models.DateField(help_text="premier jour du mois où la ligne est rangée")
    rang = models.IntegerField(help_text="numéro dans le mois, à partir de 1")
    a = models.DateTimeField()
    empreinte = models.CharField(max_length=64)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["structure_id", "mois", "rang"], name="%(app_label)s_%(class)s_rang")
        ]


class Acces(Maillon):
    """One line of the access journal: who read, searched, exported or wrote; never a ranking of agents (T19).

    It holds no word of the person: only which object was touched. Keys are plain numbers, of tables unknown here.
    """

    registre = "JOURNAL_DES_ACCES"

    class Geste(models.TextChoices):
        """What was done."""

        LECTURE = "LECTURE", "lecture"
        ECRITURE = "ECRITURE", "écriture"
        RECHERCHE = "RECHERCHE", "recherche"
        EXPORT = "EXPORT", "export"

    compte_id = models.BigIntegerField(null=True, blank=True, help_text="vide : la personne, par son code")
    geste = models.CharField(max_length=10, choices=Geste)
    action = models.CharField(max_length=60, help_text="nom de l'action ou de la lecture dans le code")
    objet = models.CharField(max_length=30)
    objet_id = models.BigIntegerField(null=True, blank=True)

    class Meta(Maillon.Meta):
        indexes = [
            models.Index(fields=["structure_id", "a"], name="socle_acces_a"),
            models.Index(fields=["structure_id", "objet", "objet_id"], name="socle_acces_objet"),
        ]

    def __str__(self) -> str:
        return f"{self.a:%d/%m/%Y %H:%M} {self.get_geste_display()} {self.objet} {self.objet_id or ''}"


class Tete(models.Model):
    """Where a chain stands: its month, its last line, and the seal of the month before. It only moves forward."""

    registre = models.CharField(max_length=40)
    structure_id = models.BigIntegerField()
    mois = models.DateField()
    rang = models.IntegerField()
    empreinte = models.CharField(max_length=64)
    sceau = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registre", "structure_id"], name="socle_tete_une_par_registre")]

    def __str__(self) -> str:
        return f"{self.registre} {self.structure_id} {self.mois:%m/%Y} n° {self.rang}"


class Segment(models.Model):
    """A month that will not grow any more: how many lines, the last one, and the seal that follows the seal before.

    It outlives its lines: once they are destroyed at the end of their term, it says when.
    """

    registre = models.CharField(max_length=40)
    structure_id = models.BigIntegerField()
    mois = models.DateField()
    nombre = models.IntegerField()
    derniere = models.CharField(max_length=64)
    sceau = models.CharField(max_length=64)
    scelle_le = models.DateTimeField()
    detruit_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registre", "structure_id", "mois"], name="socle_segment_un_par_mois")
        ]

    def __str__(self) -> str:
        return f"{self.registre} {self.structure_id} {self.mois:%m/%Y} : {self.nombre} lignes"
