"""The queue of a site and its waiting-room screen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from premier_accueil.accueil.models.passage import Passage
from premier_accueil.accueil.regles import ETAPES, ETATS_D_ATTENTE, EtatDAttente
from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.annuaire.models import Site


class Attente(models.Model):
    """A place in one step of the queue of a site. What is called aloud is a number or a first name, never a reason.

    A ticket that goes on to the other step keeps its number: a second row follows the first one (``suite_de``). Passed
    to another body of the same place, it becomes that body's own row, which knows a number and who passed it.
    """

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="attentes")
    site = models.ForeignKey(Site, models.PROTECT, related_name="attentes")
    passage = models.ForeignKey(Passage, models.CASCADE, null=True, blank=True, related_name="attentes")
    suite_de = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="suites")
    demande_id = models.UUIDField(null=True, blank=True, help_text="tiré par la page : un double clic, un ticket")
    jour = models.DateField()
    numero = models.PositiveSmallIntegerField()
    prenom = models.CharField(
        max_length=40, blank=True, help_text="montré à l'écran si la personne le préfère au numéro"
    )
    etape = models.CharField(max_length=14, choices=ETAPES)
    etat = models.CharField(max_length=10, choices=ETATS_D_ATTENTE, default=EtatDAttente.EN_ATTENTE)
    prioritaire = models.BooleanField(default=False)
    priorite = models.CharField(max_length=20, blank=True, help_text="code de motif (donnees/accueil.yaml)")
    priorite_mots = models.CharField(max_length=120, blank=True, help_text="vus des collègues, jamais à l'écran")
    priorite_par = models.ForeignKey(
        Compte, models.PROTECT, null=True, blank=True, related_name="priorites_donnees"
    )
    arrive_le = models.DateTimeField()
    rendez_vous_le = models.DateTimeField(null=True, blank=True, help_text="heure convenue, si elle a rendez-vous")
    pour = models.ForeignKey(
        Compte, models.PROTECT, null=True, blank=True, related_name="attendus", help_text="avec qui elle a rendez-vous"
    )
    appele_le = models.DateTimeField(null=True, blank=True, help_text="premier appel : début de l'étape")
    appele_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="appels")
    rappels = models.PositiveSmallIntegerField(default=0)
    rappele_le = models.DateTimeField(null=True, blank=True)
    bureau = models.CharField(max_length=40, blank=True)
    fini_le = models.DateTimeField(null=True, blank=True, help_text="vide une fois fini : fin non mesurée")
    passee_a = models.ForeignKey(
        Structure, models.PROTECT, null=True, blank=True, related_name="tickets_passes",
        help_text="organisme présent au même lieu, qui a reçu le numéro",
    )  # fmt: skip
    passee_par = models.ForeignKey(
        Structure, models.PROTECT, null=True, blank=True, related_name="tickets_confies",
        help_text="organisme qui a passé ce numéro, et rien d'autre",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "jour", "numero"], condition=Q(suite_de=None, passee_par=None), name="attente_numero"
            ),
            models.UniqueConstraint(
                fields=["structure", "site", "jour", "numero"],
                condition=Q(etat__in=["EN_ATTENTE", "APPELE"]),
                name="attente_un_seul_endroit",
            ),
            models.UniqueConstraint(fields=["structure", "demande_id"], name="attente_demande"),
            models.UniqueConstraint(
                fields=["passage", "etape"],
                condition=Q(etat__in=["EN_ATTENTE", "APPELE"]),
                name="attente_une_par_passage",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["APPELE", "TERMINE"]) | Q(appele_le__isnull=False, appele_par__isnull=False),
                name="attente_appelee_par",
            ),
            models.CheckConstraint(
                condition=Q(prioritaire=False) | (~Q(priorite="") & ~Q(priorite_mots="")),
                name="attente_priorite_ecrite",
            ),
            models.CheckConstraint(
                condition=Q(passee_par=None) | Q(suite_de=None, prenom=""),
                name="attente_passee_un_numero_seul",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "jour", "etape", "etat", "numero"], name="attente_file"),
            models.Index(
                fields=["site", "jour"], condition=Q(etat__in=["EN_ATTENTE", "APPELE"]), name="attente_ouvertes"
            ),
            models.Index(fields=["structure", "jour", "site"], name="attente_mesures"),
            models.Index(
                fields=["site", "jour", "etape", "arrive_le", "numero", "id"], condition=Q(etat="EN_ATTENTE"),
                name="attente_a_appeler",
            ),
            models.Index(
                fields=["site", "jour", "etape"], condition=Q(etat="EN_ATTENTE", prioritaire=True),
                name="attente_a_appeler_avant",
            ),
        ]

    def __str__(self) -> str:
        return f"ticket {self.numero}"


class CompteurDeTickets(models.Model):
    """The last number drawn at a site on a day, whoever drew it: bodies that share a place never share a number."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="compteurs")
    jour = models.DateField()
    dernier = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "jour"], name="compteur_un_par_jour")]

    def __str__(self) -> str:
        return f"{self.site}, {self.jour} : {self.dernier}"


class FermetureDeFile(models.Model):
    """A structure gives no more tickets at a site that day; who already waits is still received or told."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="fermetures_de_file")
    site = models.ForeignKey(Site, models.CASCADE, related_name="fermetures_de_file")
    jour = models.DateField()
    fermee_le = models.DateTimeField()
    fermee_par = models.ForeignKey(Compte, models.PROTECT, related_name="fermetures_de_file")
    rouverte_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "site", "jour"], name="fermeture_de_file_une"),
            models.CheckConstraint(
                condition=Q(rouverte_le=None) | Q(rouverte_le__gte=models.F("fermee_le")),
                name="fermeture_de_file_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"file fermée à {self.site}, {self.jour}"


class EcranDAttente(models.Model):
    """The link of a site's waiting-room screen: shows numbers and first names only; renewed at will."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="ecrans")
    site = models.OneToOneField(Site, models.CASCADE, related_name="ecran")
    jeton = models.CharField(max_length=43, unique=True)

    def __str__(self) -> str:
        return f"écran de {self.site}"
