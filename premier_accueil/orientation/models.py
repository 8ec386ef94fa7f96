"""What the territory has no answer for, and what completes the lexicon."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Compte
from premier_accueil.orientation.regles.lexique import (
    DIT_MAX,
    GESTES_D_ENTREE,
    QUI_TOURNENT,
    VERS_MAX,
    EtatDEntree,
    EtatDEssai,
    Registre,
)
from premier_accueil.territoire.models import Commune


class Manque(models.Model):
    """A need without an answer here: theme, commune, day. No person, no structure, no words."""

    thematique = models.CharField(max_length=120, blank=True, help_text="vide : besoin non reconnu")
    commune = models.ForeignKey(Commune, models.SET_NULL, null=True, blank=True, related_name="manques")
    jour = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["thematique", "jour"], name="manque_thematique_jour")]

    def __str__(self) -> str:
        return f"{self.thematique or 'besoin non reconnu'} — {self.jour}"


class EntreeDuLexique(models.Model):
    """A way of saying that completes the shipped lexicon. One that was proposed knows a day, not who nor of whom."""

    dit = models.CharField(max_length=DIT_MAX, help_text="les mots, tels que les gens les disent ; personne de nommé")
    cle = models.CharField(max_length=DIT_MAX, unique=True, help_text="mots pliés : la même phrase n'entre qu'une fois")
    vers = ArrayField(models.CharField(max_length=120), default=list, blank=True, help_text="une à trois thématiques")
    registre = models.CharField(max_length=14, choices=[(r.value, r.libelle) for r in Registre], blank=True)
    etat = models.CharField(max_length=10, choices=[(e.value, e.libelle) for e in EtatDEntree])
    proposee_le = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(etat=EtatDEntree.PROPOSEE.value) | Q(vers__len__gte=1, vers__len__lte=VERS_MAX),
                name="entree_du_lexique_dit_vers_quoi",
            ),
            models.CheckConstraint(condition=~Q(cle=""), name="entree_du_lexique_a_des_mots"),
        ]
        indexes = [models.Index(fields=["etat", "-proposee_le", "-id"], name="entree_du_lexique_etat")]

    def __str__(self) -> str:
        return self.dit


class PasDuLexique(models.Model):
    """One gesture of the committee on an entry: who, when, what it then meant. Never changed."""

    entree = models.ForeignKey(EntreeDuLexique, models.CASCADE, related_name="pas")
    geste = models.CharField(max_length=10, choices=[(nom, g.libelle) for nom, g in GESTES_D_ENTREE.items()])
    dit = models.CharField(max_length=DIT_MAX)
    vers = ArrayField(models.CharField(max_length=120), default=list)
    compte = models.ForeignKey(Compte, models.SET_NULL, null=True, related_name="+")
    auteur = models.CharField(max_length=300, help_text="nom et structure, tels qu'à ce jour")
    le = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.geste} {self.dit}"


class EssaiDuLexique(models.Model):
    """Entries tried together on sentences whose answer is known, before they are published; shares in 0..1."""

    etat = models.CharField(max_length=10, choices=[(e.value, e.libelle) for e in EtatDEssai])
    entrees = ArrayField(models.BigIntegerField(), help_text="entrées essayées")
    empreinte = models.CharField(max_length=64, help_text="ce que serait le lexique : un autre changement l'invalide")
    avance = models.PositiveSmallIntegerField(default=0, help_text="pour cent")
    avant = models.JSONField(default=dict)
    apres = models.JSONField(default=dict)
    abimees = ArrayField(models.TextField(), default=list, help_text="phrases de l'épreuve comprises avant, plus après")
    muettes = ArrayField(models.TextField(), default=list, help_text="phrases essayées qui ne sont pas mieux comprises")
    refus = ArrayField(models.TextField(), default=list)
    compte = models.ForeignKey(Compte, models.SET_NULL, null=True, related_name="+")
    demande_le = models.DateTimeField()
    fini_le = models.DateTimeField(null=True, blank=True)
    publie_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(publie_le=None) | Q(etat=EtatDEssai.FINI.value, refus=[]), name="essai_publie_a_reussi"
            ),
            # Learning takes a minute of a processor: one at a time.
            models.UniqueConstraint(
                models.Value(1), condition=Q(etat__in=sorted(e.value for e in QUI_TOURNENT)), name="essai_un_a_la_fois"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.etat} {self.demande_le:%d/%m/%Y}"
