"""Sheets, their versions, who read them, and guides: shared by the network; no person is ever in them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.reperes.regles import EN_PREPARATION, EN_VIGUEUR, ETATS_DE_FICHE, EtatDeFiche

OUVERTES, VIVANTES = sorted(EN_PREPARATION), sorted(EN_VIGUEUR)
DECIDEES = ["VALIDEE", "PUBLIEE", "A_REVOIR", "REMPLACEE", "RETIREE"]


def _codes(longueur: int, aide: str) -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=longueur), default=list, blank=True, help_text=aide)


class FicheRepere(models.Model):
    """A reference sheet: who answers for it, and by when it is reviewed. What it says is in its versions."""

    slug = models.SlugField(max_length=80, unique=True, help_text="adresse de la version grand public")
    departement = models.CharField(max_length=3, blank=True, help_text="vide : tout le pays")
    proprietaires = models.ManyToManyField(Structure, related_name="fiches_reperes")
    demande_id = models.UUIDField(unique=True, help_text="tiré par la page : un double clic n'en crée qu'une")
    revoir_le = models.DateField(null=True, blank=True)
    cree_le = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["departement", "revoir_le"], name="fiche_a_revoir")]

    def __str__(self) -> str:
        return self.slug


class VersionDeFiche(models.Model):
    """What a sheet says, at one moment: all of it, so that two versions can be compared."""

    fiche = models.ForeignKey(FicheRepere, models.CASCADE, related_name="versions")
    numero = models.PositiveSmallIntegerField()
    etat = models.CharField(max_length=12, choices=ETATS_DE_FICHE, default=EtatDeFiche.BROUILLON.value)
    revision = models.PositiveIntegerField(default=1, help_text="change à chaque enregistrement")
    exemple = models.BooleanField(default=False, help_text="écrite par nous, à valider par le comité")
    titre = models.CharField(max_length=120)
    thematiques = _codes(120, "data·inclusion v1 : l'orientation montre la fiche")
    urgences = _codes(30, "codes de donnees/urgences.yaml")
    numeros = _codes(30, "numéros de donnees/urgences.yaml")
    papiers = _codes(30, "démarches de donnees/pieces.yaml")
    appeler = _codes(120, "thématiques : services près d'ici, lus dans l'annuaire")
    structures = models.ManyToManyField(Structure, related_name="+", blank=True, help_text="à appeler, toujours")
    conduite = models.TextField(blank=True, help_text="markdown")
    texte = models.TextField(blank=True, help_text="markdown")
    titre_public = models.CharField(max_length=120, blank=True, help_text="vide : le titre")
    texte_public = models.TextField(blank=True, help_text="markdown, langage clair")
    auteur = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    cree_le = models.DateTimeField()
    ecrit_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    ecrit_le = models.DateTimeField()
    decision = models.CharField(max_length=500, blank=True)
    decidee_par = models.CharField(max_length=160, blank=True, help_text="comité, instance, personne")
    decidee_le = models.DateField(null=True, blank=True)
    publiee_le = models.DateTimeField(null=True, blank=True)
    publique_le = models.DateTimeField(null=True, blank=True, help_text="choisi : la version grand public se lit")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fiche", "numero"], name="version_numero"),
            models.UniqueConstraint(
                fields=["fiche"], condition=Q(etat__in=OUVERTES), name="version_une_seule_en_preparation"
            ),
            models.UniqueConstraint(
                fields=["fiche"], condition=Q(etat__in=VIVANTES), name="version_une_seule_en_vigueur"
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=DECIDEES)
                | (~Q(decision="") & ~Q(decidee_par="") & Q(decidee_le__isnull=False)),
                name="version_decidee_par_ecrit",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=VIVANTES) | Q(publiee_le__isnull=False), name="version_publiee_un_jour"
            ),
            models.CheckConstraint(
                condition=Q(publique_le=None) | ~Q(texte_public=""), name="version_publique_dit_quelque_chose"
            ),
        ]
        indexes = [
            GinIndex(fields=["thematiques"], condition=Q(etat__in=VIVANTES), name="version_thematiques"),
            GinIndex(fields=["urgences"], condition=Q(etat__in=VIVANTES), name="version_urgences"),
        ]

    def __str__(self) -> str:
        return f"{self.titre} ({self.numero})"


class PasDeFiche(models.Model):
    """One gesture on a version: who, when, from where to where, with its words; never changed."""

    version = models.ForeignKey(VersionDeFiche, models.CASCADE, related_name="pas")
    geste = models.CharField(max_length=20)
    avant = models.CharField(max_length=12, choices=ETATS_DE_FICHE)
    apres = models.CharField(max_length=12, choices=ETATS_DE_FICHE)
    mot = models.CharField(max_length=700, blank=True)
    compte = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")
    le = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.geste} {self.le}"


class LectureDeFiche(models.Model):
    """Somebody said, in a structure, that they read a version: for their colleagues, never a ranking (T19)."""

    version = models.ForeignKey(VersionDeFiche, models.CASCADE, related_name="lectures")
    structure = models.ForeignKey(Structure, models.CASCADE, related_name="+")
    compte = models.ForeignKey(Compte, models.CASCADE, related_name="+")
    lu_le = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "structure", "compte"], name="lecture_une_fois")]
        indexes = [models.Index(fields=["compte", "structure"], name="lecture_de_qui")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.lu_le}"


class GuideOperationnel(models.Model):
    """An ordered set of sheets that structures agreed on, with the boundary rules; printed as one document (S4)."""

    demande_id = models.UUIDField(unique=True)
    titre = models.CharField(max_length=120)
    departement = models.CharField(max_length=3, blank=True)
    proprietaires = models.ManyToManyField(Structure, related_name="guides_operationnels")
    introduction = models.TextField(blank=True, help_text="markdown")
    avec_le_curseur = models.BooleanField(default=True, help_text="les règles entre l'accueil et le suivi")
    revision = models.PositiveIntegerField(default=1)
    cree_le = models.DateTimeField()
    ecrit_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    ecrit_le = models.DateTimeField()

    def __str__(self) -> str:
        return self.titre


class FicheDuGuide(models.Model):
    """The place of a sheet in a guide."""

    guide = models.ForeignKey(GuideOperationnel, models.CASCADE, related_name="places")
    fiche = models.ForeignKey(FicheRepere, models.CASCADE, related_name="+")
    rang = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guide", "fiche"], name="guide_une_fois"),
            models.UniqueConstraint(fields=["guide", "rang"], name="guide_rang"),
        ]

    def __str__(self) -> str:
        return f"{self.guide_id} {self.rang}"
