"""Who takes part: legal bodies, the units that welcome, accounts and their dated missions."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.regles import FINISSENT, Fonction, GenreDeStructure, Profession, StatutDeSecret
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.index import Identifiant


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
        indexes = [
            models.Index(fields=["departement", "cle"], name="structure_departement"),
            models.Index(Identifiant("source", "source_id", genre="structure"), name="structure_identifiant"),
        ]

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
        jour = jour_local(a)
        return self.filter(Q(fin=None) | Q(fin__gte=jour), debut__lte=jour)


class Mission(models.Model):
    """The dated role of an account in one structure, with its secrecy and the text that binds; set by somebody else."""

    compte = models.ForeignKey(Compte, models.CASCADE, related_name="missions")
    structure = models.ForeignKey(Structure, models.PROTECT, related_name="missions")
    fonction = models.CharField(max_length=20, choices=[(f.value, f.libelle) for f in Fonction])
    profession = models.CharField(max_length=20, choices=[(p.value, p.libelle) for p in Profession], default="AUTRE")
    statut_de_secret = models.CharField(
        max_length=20, choices=[(s.value, s.libelle) for s in StatutDeSecret], default=StatutDeSecret.AUCUN.value
    )
    texte = models.CharField(max_length=20, blank=True, help_text="code du texte cité (donnees/secret.yaml)")
    posee_par = models.ForeignKey(
        Compte, models.PROTECT, null=True, blank=True, related_name="missions_posees",
        help_text="vide : posée à l'installation",
    )  # fmt: skip
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)

    objects = MissionsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compte", "structure", "fonction", "debut"], name="mission_unique"),
            models.CheckConstraint(condition=Q(fin=None) | Q(fin__gte=models.F("debut")), name="mission_dates"),
            models.CheckConstraint(
                condition=Q(posee_par=None) | ~Q(posee_par=models.F("compte")), name="mission_jamais_par_soi"
            ),
            models.CheckConstraint(
                condition=Q(statut_de_secret=StatutDeSecret.AUCUN.value, texte="")
                | ~Q(statut_de_secret=StatutDeSecret.AUCUN.value) & ~Q(texte=""),
                name="mission_secret_cite",
            ),
            models.CheckConstraint(
                condition=Q(fin__isnull=False)
                | ~Q(fonction__in=sorted(f.value for f in FINISSENT)) & ~Q(profession="STAGIAIRE"),
                name="mission_qui_finit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fonction_display()} — {self.structure}"


class Engagement(models.Model):
    """The dated commitment of a structure to the network: from then on it counts in coverage and receives relays."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="engagements")
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    texte = models.CharField(max_length=120, help_text="charte ou convention signée, avec sa version")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "debut"], name="engagement_unique"),
            models.CheckConstraint(condition=Q(fin=None) | Q(fin__gte=models.F("debut")), name="engagement_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.structure} depuis le {self.debut:%d/%m/%Y}"


class Convention(models.Model):
    """A dated convention between two legal bodies: what passes by default, in which delay, audits or not (S0, S4)."""

    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="conventions")
    avec = models.ForeignKey(Organisme, models.PROTECT, related_name="conventions_recues")
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    elements = ArrayField(
        models.CharField(max_length=30), default=list, help_text="éléments cochés d'avance, jamais plus"
    )
    delai_jours = models.PositiveSmallIntegerField(null=True, blank=True, help_text="délai de réponse convenu")
    audits = models.BooleanField(default=False, help_text="les audits sont permis")
    escalade = models.EmailField(blank=True, help_text="qui prévenir, sans nom, quand un relais reste sans réponse")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(organisme=models.F("avec")), name="convention_entre_deux"),
            models.CheckConstraint(condition=Q(fin=None) | Q(fin__gte=models.F("debut")), name="convention_dates"),
            models.UniqueConstraint(fields=["organisme", "avec", "debut"], name="convention_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.organisme} et {self.avec}"


class Identite(models.Model):
    """How an outside provider of identity (ProConnect…) names an account: its subject, never its address."""

    compte = models.ForeignKey(Compte, models.CASCADE, related_name="identites")
    emetteur = models.CharField(max_length=255, help_text="« iss » du fournisseur d'identité")
    sujet = models.CharField(max_length=255, help_text="« sub » du compte chez lui")
    liee_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["emetteur", "sujet"], name="identite_sujet"),
            models.UniqueConstraint(fields=["emetteur", "compte"], name="identite_compte"),
        ]

    def __str__(self) -> str:
        return f"{self.compte} chez {self.emetteur}"


class JetonDApi(models.Model):
    """A token of the open interface: it stands for one mission of one structure, and ends with it."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="jetons")
    mission = models.ForeignKey(Mission, models.CASCADE, related_name="jetons")
    nom = models.CharField(max_length=80, help_text="le logiciel qui s'en sert")
    condense = models.CharField(max_length=64, unique=True)
    cree_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    cree_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    servi_le = models.DateTimeField(null=True, blank=True, help_text="dernier jour d'usage")
    revoque_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expire_le__gt=models.F("cree_le")), name="jeton_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.nom} ({self.structure_id})"
