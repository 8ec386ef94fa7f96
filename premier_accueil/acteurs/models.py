"""Who takes part: legal bodies, the units that welcome, accounts and their dated missions."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.regles import Fonction, GenreDeStructure


class Organisme(models.Model):
    """A legal body: a département, a commune, an association."""

    nom = models.CharField(max_length=200)
    siren = models.CharField(max_length=9, blank=True)
    departement = models.CharField(max_length=3, blank=True)

    def __str__(self) -> str:
        return self.nom


class Structure(models.Model):
    """The unit that welcomes (one EDS, one CCAS, one mairie desk, one association branch): the tenant.

    Fields follow data·inclusion v1. A structure imported from open data is a directory entry until it commits.
    """

    organisme = models.ForeignKey(Organisme, models.PROTECT, null=True, blank=True, related_name="structures")
    source = models.CharField(max_length=60, help_text="producteur de la donnée")
    source_id = models.CharField(max_length=160, help_text="identifiant chez le producteur")
    nom = models.CharField(max_length=200)
    cle = models.CharField(max_length=200, help_text="nom sans accent, pour chercher et trier")
    genre = models.CharField(max_length=20, choices=[(g.value, g.libelle) for g in GenreDeStructure], default="AUTRE")
    cercle = models.PositiveSmallIntegerField(default=2)
    siret = models.CharField(max_length=14, blank=True)
    departement = models.CharField(max_length=3, blank=True)
    description = models.TextField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    courriel = models.EmailField(blank=True)
    site_web = models.CharField(max_length=500, blank=True)
    reseaux = models.JSONField(default=list)
    horaires = models.CharField(max_length=500, blank=True, help_text="syntaxe OpenStreetMap opening_hours")
    assure_premier_accueil = models.BooleanField(default=False)
    exemple = models.BooleanField(default=False, help_text="fictive, pour la démonstration")
    date_maj = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="structure_source"),
            models.CheckConstraint(condition=Q(cercle__in=[1, 2]), name="structure_cercle"),
        ]
        indexes = [models.Index(fields=["departement", "cle"], name="structure_departement")]

    def __str__(self) -> str:
        return self.nom


class ComptesManager(BaseUserManager["Compte"]):
    """Create accounts."""

    def create_user(self, identifiant: str, nom: str, password: str | None = None) -> Compte:
        """Create an account; without a password it cannot sign in with one."""
        compte = self.model(identifiant=identifiant.strip().lower(), nom=nom)
        compte.set_password(password)
        compte.save(using=self._db)
        return compte


class Compte(AbstractBaseUser):
    """An account: somebody who signs in. What they may do comes from their missions only."""

    identifiant = models.CharField(max_length=150, unique=True)
    nom = models.CharField(max_length=120)
    is_active = models.BooleanField("actif", default=True)
    exemple = models.BooleanField(
        default=False, help_text="compte de démonstration, ouvert en un clic en démonstration seulement"
    )

    USERNAME_FIELD = "identifiant"
    REQUIRED_FIELDS = ["nom"]
    objects = ComptesManager()

    def __str__(self) -> str:
        return self.nom


class MissionsQuerySet(models.QuerySet["Mission"]):
    """Words about missions."""

    def en_cours(self, a: datetime) -> MissionsQuerySet:
        """Keep the missions that hold on the day of ``a``: they begin and end by themselves."""
        jour = a.date()
        return self.filter(Q(fin=None) | Q(fin__gte=jour), debut__lte=jour)


class Mission(models.Model):
    """The dated role of an account in one structure."""

    compte = models.ForeignKey(Compte, models.CASCADE, related_name="missions")
    structure = models.ForeignKey(Structure, models.PROTECT, related_name="missions")
    fonction = models.CharField(max_length=20, choices=[(f.value, f.libelle) for f in Fonction])
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)

    objects = MissionsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compte", "structure", "fonction", "debut"], name="mission_unique"),
            models.CheckConstraint(condition=Q(fin=None) | Q(fin__gte=models.F("debut")), name="mission_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.get_fonction_display()} — {self.structure}"
