"""An interview: the diagnosis and the first answer are all it needs; the rest is there when one wants it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from premier_accueil.accueil.models import Passage
from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.entretien.regles.etats import ETATS_D_ENTRETIEN, SUITES, EtatDEntretien


class Entretien(models.Model):
    """An interview with a social worker: one a passage. What reception wrote stays in the passage, shown as it is.

    The work note is not here: it has its own table, its own right.
    """

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="entretiens")
    # Who it was with is said by the passage, once: attached at her request, merged, destroyed, the interview follows.
    passage = models.OneToOneField(Passage, models.CASCADE, related_name="entretien")
    auteur = models.ForeignKey(Compte, models.PROTECT, related_name="entretiens")
    etat = models.CharField(max_length=8, choices=ETATS_D_ENTRETIEN, default=EtatDEntretien.EN_COURS.value)
    ouvert_le = models.DateTimeField()
    clos_le = models.DateTimeField(null=True, blank=True)
    presents = ArrayField(models.CharField(max_length=20), default=list, blank=True, help_text="qui était là (codes)")
    resume = models.TextField(blank=True, help_text="ce qui peut être partagé ou recopié")
    natures = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, help_text="premières réponses (codes)"
    )
    suite = models.CharField(max_length=15, choices=SUITES, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(etat=EtatDEntretien.CLOS.value, clos_le__isnull=False)
                | Q(etat=EtatDEntretien.EN_COURS.value, clos_le=None),
                name="entretien_clos_date",
            ),
            models.CheckConstraint(condition=Q(clos_le=None) | Q(clos_le__gte=models.F("ouvert_le")),
                                   name="entretien_dates"),
            models.CheckConstraint(
                condition=~Q(presents__contains=["ENFANT"]), name="entretien_sans_enfant_qui_traduit"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["structure", "auteur", "etat"], name="entretien_de_son_auteur"),
            models.Index(fields=["structure", "ouvert_le"], name="entretien_ouvert"),
        ]

    def __str__(self) -> str:
        return f"entretien {self.pk}"


class Evaluation(models.Model):
    """The diagnosis of an interview: one sentence that says where the person stands (S4)."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    entretien = models.OneToOneField(Entretien, models.CASCADE, related_name="evaluation")
    phrase = models.CharField(max_length=500)
    auteur = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    posee_le = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(phrase=""), name="evaluation_dite")]

    def __str__(self) -> str:
        return f"évaluation {self.pk}"


class NotePrivee(models.Model):
    """The work note of an interview: read by its author and by who took over as référent; never communicated."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    entretien = models.OneToOneField(Entretien, models.CASCADE, related_name="note_privee")
    texte = models.TextField()
    auteur = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    ecrite_le = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(texte=""), name="note_privee_ecrite")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class DomaineAborde(models.Model):
    """A domain of life opened in an interview, with what was said of it (code of donnees/domaines_de_vie.yaml)."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    entretien = models.ForeignKey(Entretien, models.CASCADE, related_name="domaines")
    code = models.CharField(max_length=20)
    texte = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entretien", "code"], name="domaine_une_fois")]

    def __str__(self) -> str:
        return self.code


class Promesse(models.Model):
    """What the worker said she would do, and before when; it ends when she says that it is done."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic ne promet qu'une fois")
    entretien = models.ForeignKey(Entretien, models.CASCADE, related_name="promesses")
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    texte = models.CharField(max_length=200)
    pour_le = models.DateField()
    faite_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="promesse_demande"),
            models.CheckConstraint(condition=~Q(texte=""), name="promesse_dite"),
        ]
        indexes = [
            models.Index(fields=["structure", "compte", "pour_le"], condition=Q(faite_le=None), name="promesse_a_tenir")
        ]

    def __str__(self) -> str:
        return f"promesse {self.pk}"
