"""A démarche and its gestures: what was asked of an administration, where it stands, what happens next and when."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from premier_accueil.accueil.models import Passage
from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.entretien.regles.demarches import (
    CLOTURES,
    DECISIONS,
    ETATS_DE_DEMARCHE,
    GENRES_D_ECHEANCE,
    EtatDeDemarche,
)
from premier_accueil.personnes.models import Personne


class Demarche(models.Model):
    """One request to one administration. Anonymous is possible: it then hangs on a passage, or on nothing."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="demarches")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic n'en ouvre qu'une")
    personne = models.ForeignKey(Personne, models.CASCADE, null=True, blank=True, related_name="demarches")
    passage = models.ForeignKey(Passage, models.SET_NULL, null=True, blank=True, related_name="demarches")
    procedure = models.CharField(max_length=40, help_text="code de donnees/demarches.yaml")
    objet = models.CharField(max_length=200, blank=True)
    ouverte_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    ouverte_le = models.DateTimeField()
    suivie_par = models.ForeignKey(Compte, models.PROTECT, related_name="demarches_suivies")
    version = models.PositiveIntegerField(default=1)
    modifiee_le = models.DateTimeField()
    # What the rules see (regles.demarches.Dossier), column by column.
    etat = models.CharField(max_length=16, choices=ETATS_DE_DEMARCHE, default=EtatDeDemarche.A_DEPOSER.value)
    aupres = models.CharField(max_length=200, blank=True)
    deposee_le = models.DateField(null=True, blank=True)
    recue_le = models.DateField(null=True, blank=True, help_text="par la première administration (CRPA, L.114-3)")
    reference = models.CharField(max_length=80, blank=True)
    accuse_le = models.DateField(null=True, blank=True)
    competente = models.CharField(max_length=200, blank=True, help_text="à qui la mauvaise porte l'a transmise")
    competente_le = models.DateField(null=True, blank=True)
    prevenue = models.BooleanField(default=False, help_text="la personne sait que sa demande est transmise")
    pieces = models.TextField(blank=True)
    pieces_indispensables = models.BooleanField(default=False)
    pieces_demandees_le = models.DateField(null=True, blank=True)
    pieces_pour_le = models.DateField(null=True, blank=True)
    pieces_remises_le = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=20, choices=DECISIONS, blank=True)
    decidee_le = models.DateField(null=True, blank=True)
    voie = models.CharField(max_length=40, blank=True)
    recours_le = models.DateField(null=True, blank=True)
    rang = models.PositiveSmallIntegerField(default=0, help_text="voies de recours déjà prises")
    cloture = models.CharField(max_length=15, choices=CLOTURES, blank=True)
    # Computed by the rules at each gesture, so that the work list is one indexed read.
    echeance = models.DateField(null=True, blank=True)
    echeance_genre = models.CharField(max_length=10, choices=GENRES_D_ECHEANCE, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="demarche_demande"),
            models.CheckConstraint(
                condition=Q(etat__in=["A_DEPOSER", "CLOSE"]) | Q(deposee_le__isnull=False, recue_le__isnull=False),
                name="demarche_deposee_un_jour",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["DECIDEE", "SILENCE"]) | ~Q(decision="") & Q(decidee_le__isnull=False),
                name="demarche_decision_datee",
            ),
            models.CheckConstraint(condition=~Q(etat="CLOSE") | ~Q(cloture=""), name="demarche_close_par_quelqu_un"),
            models.CheckConstraint(
                condition=Q(pieces_demandees_le=None) | Q(pieces_pour_le__gte=models.F("pieces_demandees_le")),
                name="demarche_delai_des_pieces",
            ),
            models.CheckConstraint(
                condition=Q(echeance=None, echeance_genre="") | Q(echeance__isnull=False) & ~Q(echeance_genre=""),
                name="demarche_echeance_dite",
            ),
        ]
        indexes = [
            models.Index(fields=["structure", "echeance"], name="demarche_echeance"),
            models.Index(fields=["structure", "-modifiee_le"], name="demarche_recente"),
        ]

    def __str__(self) -> str:
        return f"démarche {self.pk}"


class GesteDeDemarche(models.Model):
    """One gesture: who, when, on what day, and what the démarche was before, so that it can be undone."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    demarche = models.ForeignKey(Demarche, models.CASCADE, related_name="gestes")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic ne fait le geste qu'une fois")
    geste = models.CharField(max_length=25)
    jour = models.DateField(help_text="quand cela s'est passé")
    avant = models.JSONField(encoder=DjangoJSONEncoder)
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    fait_le = models.DateTimeField()
    annule_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["structure", "demande_id"], name="geste_de_demarche_demande")]

    def __str__(self) -> str:
        return f"geste {self.pk}"
