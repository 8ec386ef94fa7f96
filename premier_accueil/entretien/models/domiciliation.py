"""A domiciliation granted by this structure, its register of contacts, and the absences that were explained."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.entretien.regles.domiciliation import DOMICILIATION, ETATS_DE_DOMICILIATION, EtatDeDomiciliation
from premier_accueil.personnes.models import Personne

EN_COURS = ("DEMANDEE", "ENTRETIEN", "ACCORDEE")


class Domiciliation(models.Model):
    """A request of domiciliation and what became of it; each ends by somebody's written decision (CASF, L.264-4)."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="domiciliations")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic n'en ouvre qu'une")
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="domiciliations")
    precedente = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="suivante")
    etat = models.CharField(max_length=12, choices=ETATS_DE_DOMICILIATION, default=EtatDeDomiciliation.DEMANDEE.value)
    demandee_le = models.DateField(help_text="jour de réception, dit sur l'accusé")
    reponse_due = models.DateField()
    recue_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    soutien = models.CharField(max_length=12, choices=list(DOMICILIATION.soutien.items()), default="NON_DEMANDE")
    referent_souhaite = models.CharField(max_length=120, blank=True)
    entretien_le = models.DateField(null=True, blank=True)
    decidee_le = models.DateField(null=True, blank=True)
    decidee_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")
    debut = models.DateField(null=True, blank=True)
    fin = models.DateField(null=True, blank=True)
    motif = models.CharField(max_length=20, blank=True, help_text="code du refus, ou de la fin")
    decision_ecrite = models.TextField(blank=True, help_text="la décision, telle qu'elle est remise à la personne")
    orientee_vers = models.CharField(max_length=200, blank=True, help_text="après un refus (CASF, L.264-4)")
    version = models.PositiveIntegerField(default=1)
    modifiee_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="domiciliation_demande"),
            models.CheckConstraint(
                condition=Q(etat__in=["DEMANDEE", "SANS_SUITE"]) | Q(entretien_le__isnull=False),
                name="domiciliation_apres_entretien",
            ),
            models.CheckConstraint(
                condition=~Q(etat="ACCORDEE") | Q(debut__isnull=False, fin__gt=F("debut")),
                name="domiciliation_accordee_datee",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["REFUSEE", "RADIEE"])
                | ~Q(motif="") & ~Q(decision_ecrite="") & Q(decidee_par__isnull=False, decidee_le__isnull=False),
                name="domiciliation_finie_par_quelqu_un",
            ),
            models.CheckConstraint(
                condition=~Q(etat="REFUSEE") | ~Q(orientee_vers=""), name="domiciliation_refusee_donc_orientee"
            ),
        ]
        indexes = [models.Index(fields=["structure", "etat", "fin"], name="domiciliation_etat")]

    def __str__(self) -> str:
        return f"domiciliation {self.pk}"


class ContactDeDomiciliation(models.Model):
    """The person came, called, wrote or took her mail: the record that the law asks for (CASF, D.264-3)."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    domiciliation = models.ForeignKey(Domiciliation, models.CASCADE, related_name="contacts")
    demande_id = models.UUIDField()
    genre = models.CharField(max_length=10, choices=list(DOMICILIATION.contacts.items()))
    jour = models.DateField()
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="contact_de_domiciliation_demande")
        ]
        indexes = [models.Index(fields=["domiciliation", "-jour"], name="contact_de_domiciliation")]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class AbsenceExpliquee(models.Model):
    """An absence that does not count: health, deprivation of liberty, or another reason the person gave."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    domiciliation = models.ForeignKey(Domiciliation, models.CASCADE, related_name="absences")
    demande_id = models.UUIDField()
    motif = models.CharField(max_length=25, choices=list(DOMICILIATION.excuses.items()))
    du = models.DateField()
    au = models.DateField(null=True, blank=True, help_text="vide : elle dure encore")
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="absence_expliquee_demande"),
            models.CheckConstraint(condition=Q(au=None) | Q(au__gte=F("du")), name="absence_expliquee_dates"),
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"
