"""The queue of a site and its waiting-room screen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from premier_accueil.accueil.models.passage import Passage
from premier_accueil.accueil.regles import ETAPES, ETATS_D_ATTENTE, EtatDAttente
from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.annuaire.models import Site


class Attente(models.Model):
    """A place in the queue of a site. What is called aloud is a number or a first name, never a reason."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="attentes")
    site = models.ForeignKey(Site, models.PROTECT, related_name="attentes")
    passage = models.ForeignKey(Passage, models.CASCADE, null=True, blank=True, related_name="attentes")
    jour = models.DateField()
    numero = models.PositiveSmallIntegerField()
    prenom = models.CharField(
        max_length=40, blank=True, help_text="montré à l'écran si la personne le préfère au numéro"
    )
    etape = models.CharField(max_length=14, choices=ETAPES)
    etat = models.CharField(max_length=10, choices=ETATS_D_ATTENTE, default=EtatDAttente.EN_ATTENTE)
    arrive_le = models.DateTimeField()
    appele_le = models.DateTimeField(null=True, blank=True)
    appele_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="appels")
    bureau = models.CharField(max_length=40, blank=True)
    fini_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "jour", "numero"], name="attente_numero"),
            models.UniqueConstraint(
                fields=["passage", "etape"],
                condition=Q(etat__in=["EN_ATTENTE", "APPELE"]),
                name="attente_une_par_passage",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["APPELE", "TERMINE"]) | Q(appele_le__isnull=False, appele_par__isnull=False),
                name="attente_appelee_par",
            ),
        ]
        indexes = [models.Index(fields=["site", "jour", "etape", "etat", "numero"], name="attente_file")]

    def __str__(self) -> str:
        return f"ticket {self.numero}"


class EcranDAttente(models.Model):
    """The link of a site's waiting-room screen: shows numbers and first names only; renewed at will."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="ecrans")
    site = models.OneToOneField(Site, models.CASCADE, related_name="ecran")
    jeton = models.CharField(max_length=43, unique=True)

    def __str__(self) -> str:
        return f"écran de {self.site}"
