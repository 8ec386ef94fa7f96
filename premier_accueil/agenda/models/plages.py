"""When one receives: recurring rules and their exceptions. Nothing about the persons received."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.agenda.regles import CANAUX, GENRES_D_EXCEPTION, OUVERTURES, RYTHMES, GenreDException
from premier_accueil.annuaire.models import Service, Site


class PlageDAgenda(models.Model):
    """A recurring rule of a structure: who or which service receives, where, when, how many at once, open to whom."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="plages")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic ne crée qu'une plage")
    nom = models.CharField(max_length=120, help_text="ce que lit l'agent qui prend rendez-vous")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="plages")
    service = models.ForeignKey(Service, models.SET_NULL, null=True, blank=True, related_name="plages")
    agent = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="plages")
    bureau = models.CharField(max_length=40, blank=True)
    canal = models.CharField(max_length=10, choices=CANAUX)
    langue = models.CharField(max_length=60, blank=True)
    rythme = models.CharField(max_length=10, choices=RYTHMES)
    jours = ArrayField(models.PositiveSmallIntegerField(), help_text="0 : lundi")
    rang = models.SmallIntegerField(default=0, help_text="pour une plage mensuelle : 1 à 4, ou -1 le dernier")
    heure_debut = models.TimeField()
    heure_fin = models.TimeField()
    duree_minutes = models.PositiveSmallIntegerField()
    capacite = models.PositiveSmallIntegerField(default=1)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    feries = models.BooleanField(default=False, help_text="reçoit aussi les jours fériés")
    ouverte_a = ArrayField(models.CharField(max_length=10, choices=OUVERTURES), default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="plage_demande"),
            models.CheckConstraint(condition=Q(heure_fin__gt=F("heure_debut")), name="plage_heures"),
            models.CheckConstraint(condition=Q(duree_minutes__range=(5, 480)), name="plage_duree"),
            models.CheckConstraint(condition=Q(capacite__range=(1, 60)), name="plage_capacite"),
            models.CheckConstraint(
                condition=Q(jours__len__gt=0, jours__contained_by=[0, 1, 2, 3, 4, 5, 6]), name="plage_jours"
            ),
            models.CheckConstraint(
                condition=Q(rythme="MOIS", rang__in=[1, 2, 3, 4, -1]) | ~Q(rythme="MOIS") & Q(rang=0),
                name="plage_rang",
            ),
            models.CheckConstraint(condition=~Q(canal="GUICHET") | Q(site__isnull=False), name="plage_au_guichet"),
            models.CheckConstraint(condition=Q(bureau="") | Q(site__isnull=False), name="plage_bureau_quelque_part"),
        ]

    def __str__(self) -> str:
        return self.nom


class ExceptionDAgenda(models.Model):
    """Days when a rule does not hold, or hours added to it."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    plage = models.ForeignKey(PlageDAgenda, models.CASCADE, related_name="exceptions")
    genre = models.CharField(max_length=10, choices=GENRES_D_EXCEPTION)
    du = models.DateField()
    au = models.DateField()
    heure_debut = models.TimeField(null=True, blank=True)
    heure_fin = models.TimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plage", "genre", "du", "au", "heure_debut"], nulls_distinct=False, name="exception_unique"
            ),
            models.CheckConstraint(condition=Q(au__gte=F("du")), name="exception_dates"),
            models.CheckConstraint(
                condition=Q(genre=GenreDException.FERME.value, heure_debut=None, heure_fin=None)
                | Q(genre=GenreDException.EN_PLUS.value, au=F("du"), heure_fin__gt=F("heure_debut")),
                name="exception_heures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_genre_display()} : {self.du}"
