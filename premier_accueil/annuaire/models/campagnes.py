"""How the directory stays true: corrections that anybody proposes, campaigns before each committee."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.annuaire.regles.campagnes import Etat, Quoi
from premier_accueil.annuaire.regles.historique import Objet


class Correction(models.Model):
    """Somebody says that a field is wrong; the owner or the coordination decides, with a word."""

    structure = models.ForeignKey(Structure, models.CASCADE, related_name="corrections", help_text="qui tient la fiche")
    service = models.ForeignKey(
        "annuaire.Service", models.CASCADE, null=True, blank=True, related_name="corrections",
        help_text="vide : la fiche de la structure",
    )  # fmt: skip
    objet = models.CharField(max_length=14, choices=[(o.value, o.libelle) for o in Objet])
    objet_id = models.BigIntegerField()
    champ = models.CharField(max_length=60)
    avant = models.JSONField(null=True)
    apres = models.JSONField(null=True)
    pourquoi = models.CharField(max_length=500)
    demande_id = models.UUIDField(unique=True)
    par = models.ForeignKey(Compte, models.SET_NULL, null=True, related_name="+")
    par_dit = models.CharField(max_length=200, help_text="nom et structure")
    le = models.DateTimeField()
    etat = models.CharField(max_length=10, choices=[(e.value, e.libelle) for e in Etat], default=Etat.PROPOSEE.value)
    decidee_par = models.ForeignKey(Compte, models.SET_NULL, null=True, blank=True, related_name="+")
    decidee_le = models.DateTimeField(null=True, blank=True)
    mot = models.CharField(max_length=500, blank=True)
    dates_ecartees = models.JSONField(
        default=dict, blank=True, help_text="service dit fermé ou parti : ses dates, mises de côté dans le doute"
    )
    ecrites = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="révisions écrites en acceptant, pour revenir"
    )

    class Meta:
        indexes = [models.Index(fields=["etat", "structure"], name="correction_etat")]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat=Etat.PROPOSEE.value, decidee_le=None)
                | ~Q(etat=Etat.PROPOSEE.value) & Q(decidee_le__isnull=False),
                name="correction_decidee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.champ} ({self.etat})"


class Campagne(models.Model):
    """Before a committee, each structure is asked to read its entry again."""

    departement = models.CharField(max_length=3)
    comite_le = models.DateField(help_text="jour du comité")
    quoi = models.CharField(max_length=12, choices=[(q.value, q.libelle) for q in Quoi])
    territoire = models.CharField(max_length=9, blank=True, help_text="code de l'intercommunalité")
    territoire_nom = models.CharField(max_length=120, blank=True)
    page = models.CharField(max_length=300, help_text="adresse de la page d'un lien, « {} » à la place du secret")
    ouverte_par = models.ForeignKey(Compte, models.SET_NULL, null=True, related_name="+")
    ouverte_le = models.DateTimeField()
    fermee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["departement", "comite_le", "quoi", "territoire"], condition=Q(fermee_le=None),
                name="campagne_unique",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.departement} avant le {self.comite_le:%d/%m/%Y}"


class LienDeFiche(models.Model):
    """The secret address where a structure reads its own entry again, without an account; its fingerprint only."""

    campagne = models.ForeignKey(Campagne, models.CASCADE, related_name="liens")
    structure = models.ForeignKey(Structure, models.CASCADE, related_name="liens_de_fiche")
    mene_a = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="menent_ici",
        help_text="deux fiches fusionnées : ce lien ouvre la fiche gardée, comme celui-là",
    )  # fmt: skip
    tour = models.PositiveSmallIntegerField(default=0, help_text="refait : le lien d'avant ne sert plus")
    condense = models.CharField(max_length=64, unique=True)
    cree_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    revoque_le = models.DateTimeField(null=True, blank=True)
    envois = models.PositiveSmallIntegerField(default=0, help_text="premier message et relances")
    envoye_le = models.DateTimeField(null=True, blank=True, help_text="dernier message")
    ouvert_le = models.DateTimeField(null=True, blank=True)
    repondu_le = models.DateTimeField(null=True, blank=True, help_text="tout est confirmé ou corrigé")
    repondu_dit = models.CharField(max_length=200, blank=True, help_text="nom et fonction, tels que signés")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campagne", "structure"], condition=Q(mene_a=None), name="lien_de_fiche_unique"
            ),
            models.CheckConstraint(condition=Q(expire_le__gt=models.F("cree_le")), name="lien_de_fiche_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.structure_id} dans {self.campagne_id}"
