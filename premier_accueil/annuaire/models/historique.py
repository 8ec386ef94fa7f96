"""What became of each field of the directory, and who said an entry is still true."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Compte
from premier_accueil.annuaire.regles.historique import Moyen, Objet, Origine


class Revision(models.Model):
    """One field that changed: before, after, who, when. Undone by another revision, never rewritten.

    The field ``fiche`` stands for the whole row: nothing before when it was added, nothing after when it was taken out.
    """

    objet = models.CharField(max_length=14, choices=[(o.value, o.libelle) for o in Objet])
    objet_id = models.BigIntegerField()
    dans = models.BigIntegerField(
        null=True, blank=True, help_text="ajout ou retrait : clé du service, ou de la structure d'un lieu"
    )
    champ = models.CharField(max_length=60)
    avant = models.JSONField(null=True)
    apres = models.JSONField(null=True)
    origine = models.CharField(max_length=10, choices=[(o.value, o.libelle) for o in Origine])
    auteur = models.ForeignKey(Compte, models.SET_NULL, null=True, blank=True, related_name="+")
    auteur_dit = models.CharField(max_length=200, blank=True, help_text="nom et fonction, ou source de l'import")
    le = models.DateTimeField()
    annule_par = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="annulees")

    class Meta:
        indexes = [
            models.Index(fields=["objet", "objet_id", "champ", "-id"], name="revision_objet"),
            models.Index(fields=["objet", "dans"], condition=Q(dans__isnull=False), name="revision_dans"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(annule_par=models.F("id")), name="revision_pas_par_elle_meme"),
        ]

    def __str__(self) -> str:
        return f"{self.objet} {self.objet_id} {self.champ}"


class Confirmation(models.Model):
    """Somebody who knows said that an entry is true on a day."""

    objet = models.CharField(
        max_length=14, choices=[(o.value, o.libelle) for o in (Objet.SERVICE, Objet.STRUCTURE)]
    )
    objet_id = models.BigIntegerField()
    le = models.DateTimeField()
    par = models.ForeignKey(Compte, models.SET_NULL, null=True, blank=True, related_name="+")
    par_dit = models.CharField(max_length=200, blank=True, help_text="nom et fonction, tels que signés")
    moyen = models.CharField(max_length=10, choices=[(m.value, m.libelle) for m in Moyen])

    class Meta:
        indexes = [models.Index(fields=["objet", "objet_id", "-le"], name="confirmation_objet")]
        constraints = [
            models.CheckConstraint(condition=Q(objet__in=["SERVICE", "STRUCTURE"]), name="confirmation_objet_connu"),
        ]

    def __str__(self) -> str:
        return f"{self.objet} {self.objet_id} le {self.le:%d/%m/%Y}"
