"""Who the person is, as far as she says; and the words by which she is found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Structure
from premier_accueil.personnes.regles import GenreDeMot
from premier_accueil.territoire.models import Commune


class Personne(models.Model):
    """A person inside one structure. Identity is optional; no NIR, anywhere.

    Who declares her address protected is believed on her word: it then stands nowhere in this table.
    """

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="personnes")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic ne crée qu'un dossier")
    nom = models.CharField(max_length=120, blank=True)
    prenom = models.CharField(max_length=120, blank=True)
    nom_usage = models.CharField(max_length=120, blank=True)
    appellation = models.CharField(max_length=120, blank=True, help_text="comment on l'appelle, si elle ne dit rien")
    cle = models.CharField(max_length=500, help_text="nom sans accent, pour trier")
    naissance_annee = models.PositiveSmallIntegerField(null=True, blank=True)
    naissance_mois = models.PositiveSmallIntegerField(null=True, blank=True)
    naissance_jour = models.PositiveSmallIntegerField(null=True, blank=True)
    naissance_approximative = models.BooleanField(default=False)
    adresse = models.CharField(max_length=300, blank=True)
    commune = models.ForeignKey(Commune, models.SET_NULL, null=True, blank=True, related_name="personnes")
    telephone = models.CharField(max_length=40, blank=True)
    courriel = models.EmailField(blank=True)
    adresse_protegee = models.BooleanField(default=False, help_text="sur sa seule parole")
    cree_le = models.DateTimeField()
    dernier_contact_le = models.DateTimeField(help_text="avec la personne : une consultation ne le change jamais")
    fusionnee_dans = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbees")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="personne_demande"),
            models.CheckConstraint(
                condition=Q(adresse_protegee=False) | Q(adresse="", telephone="", commune=None),
                name="personne_adresse_protegee_ailleurs",
            ),
            models.CheckConstraint(
                condition=(Q(naissance_jour=None) | Q(naissance_mois__isnull=False))
                & (Q(naissance_mois=None) | Q(naissance_annee__isnull=False)),
                name="personne_naissance_ordonnee",
            ),
            models.CheckConstraint(
                condition=(Q(naissance_mois=None) | Q(naissance_mois__range=(1, 12)))
                & (Q(naissance_jour=None) | Q(naissance_jour__range=(1, 31)))
                & (Q(naissance_annee=None) | Q(naissance_annee__range=(1880, 2200))),
                name="personne_naissance_possible",
            ),
            models.CheckConstraint(
                condition=Q(fusionnee_dans=None) | ~Q(fusionnee_dans=models.F("pk")), name="personne_pas_en_soi"
            ),
        ]
        indexes = [models.Index(fields=["structure", "dernier_contact_le"], name="personne_contact")]

    def __str__(self) -> str:
        return f"personne {self.pk}"


class MotDeNom(models.Model):
    """A word by which a person is found, compared by equality: row-level security lets no other index serve."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="mots")
    genre = models.CharField(max_length=10, choices=[(g.value, g.value) for g in GenreDeMot])
    mot = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["personne", "genre", "mot"], name="mot_de_nom_une_fois"),
            models.CheckConstraint(condition=Q(genre__in=[g.value for g in GenreDeMot]), name="mot_de_nom_genre"),
        ]
        indexes = [models.Index(fields=["structure", "mot"], name="mot_de_nom_structure_mot")]

    def __str__(self) -> str:
        return f"mot {self.pk}"
