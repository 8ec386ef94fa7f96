"""The register of who read and wrote what."""

from __future__ import annotations

from django.db import models

from premier_accueil.acteurs.models import Compte, Structure


class Acces(models.Model):
    """One line of the access journal: who read, searched, exported or wrote; never a ranking of agents (T19).

    It holds no word of the person: only which object was touched.
    """

    class Geste(models.TextChoices):
        """What was done."""

        LECTURE = "LECTURE", "lecture"
        ECRITURE = "ECRITURE", "écriture"
        RECHERCHE = "RECHERCHE", "recherche"
        EXPORT = "EXPORT", "export"

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="acces")
    compte = models.ForeignKey(
        Compte,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acces",
        help_text="vide : la personne, par son code",
    )
    a = models.DateTimeField()
    geste = models.CharField(max_length=10, choices=Geste)
    action = models.CharField(max_length=60, help_text="nom de l'action ou de la lecture dans le code")
    objet = models.CharField(max_length=30)
    objet_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["structure", "a"], name="acces_structure_a"),
            models.Index(fields=["objet", "objet_id"], name="acces_objet"),
        ]

    def __str__(self) -> str:
        return f"{self.a:%d/%m/%Y %H:%M} {self.get_geste_display()} {self.objet} {self.objet_id or ''}"
