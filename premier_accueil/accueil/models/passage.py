"""A contact: who came, what they need, what was answered."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from premier_accueil.accueil.regles import CANAUX, CONCERNES, NATURES
from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.annuaire.models import Service, Site
from premier_accueil.personnes.models import Personne
from premier_accueil.territoire.models import Commune


class Passage(models.Model):
    """One contact (counter, phone, digital, home, outside, bus). Anonymous is normal: the name is never required.

    A person is attached later, only when she asks for it (T5); a return joins its passage by the code of its sheet.
    """

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="passages")
    site = models.ForeignKey(Site, models.PROTECT, related_name="passages")
    auteur = models.ForeignKey(Compte, models.PROTECT, related_name="passages")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic n'enregistre qu'un passage")
    canal = models.CharField(max_length=14, choices=CANAUX)
    concerne = models.CharField(max_length=8, choices=CONCERNES, default="SOI")
    commune = models.ForeignKey(Commune, models.SET_NULL, null=True, blank=True, related_name="passages")
    deplacement = models.CharField(max_length=10, default="voiture", help_text="comment la personne se déplace")
    nom = models.CharField(max_length=120, blank=True)
    personne = models.ForeignKey(
        Personne, models.CASCADE, null=True, blank=True, related_name="passages", help_text="à sa demande seulement"
    )
    retour_de = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="retours",
        help_text="passage dont la personne a montré la feuille",
    )  # fmt: skip
    sur_rendez_vous = models.BooleanField(default=False)
    mots = models.TextField(blank=True, help_text="ce que dit la personne, avec ses mots")
    arrive_le = models.DateTimeField()
    clos_le = models.DateTimeField(null=True, blank=True)
    annule_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="passage_demande"),
            models.CheckConstraint(
                condition=Q(clos_le=None) | Q(clos_le__gte=models.F("arrive_le")), name="passage_dates"
            ),
        ]
        indexes = [models.Index(fields=["structure", "arrive_le"], name="passage_structure_arrivee")]

    def __str__(self) -> str:
        return f"passage {self.pk}"


class Besoin(models.Model):
    """One expressed or observed need of a passage; it stays open until answered."""

    class Etat(models.TextChoices):
        """Open until a first answer."""

        OUVERT = "OUVERT", "ouvert"
        REPONDU = "REPONDU", "répondu"

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="besoins")
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="besoins")
    thematique = models.CharField(
        max_length=120, blank=True, help_text="vide : besoin non reconnu, gardé avec ses mots"
    )
    etat = models.CharField(max_length=8, choices=Etat, default=Etat.OUVERT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "thematique"], name="besoin_une_fois")]

    def __str__(self) -> str:
        return self.thematique or "besoin non reconnu"


class PremiereReponse(models.Model):
    """Information, advice, orientation, immediate help, opening of a right, or passing to the social worker."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="premieres_reponses")
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="reponses")
    nature = models.CharField(max_length=20, choices=NATURES)
    auteur = models.ForeignKey(Compte, models.PROTECT, related_name="premieres_reponses")
    donnee_le = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "nature"], name="reponse_une_fois")]

    def __str__(self) -> str:
        return self.get_nature_display()


class Orientation(models.Model):
    """The person goes by herself to a service; the reasons shown that day are kept."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="orientations")
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="orientations")
    service = models.ForeignKey(Service, models.SET_NULL, null=True, related_name="orientations")
    nom_service = models.CharField(max_length=200)
    raisons = ArrayField(models.CharField(max_length=200), default=list)
    rang = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "service"], name="orientation_une_fois")]

    def __str__(self) -> str:
        return self.nom_service
