"""The relay and its history. The row belongs to the sender; the recipient reads and moves it, and no word is in it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from premier_accueil.accueil.models import Besoin, Passage
from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda.models import RendezVous
from premier_accueil.entretien.models import Demarche
from premier_accueil.partage.models import Accord, Communication
from premier_accueil.personnes.models import Personne
from premier_accueil.relais.regles import (
    ETATS_DE_RELAIS,
    GENRES_DE_RELAIS,
    MODES,
    EtatDeRelais,
    GenreDeRelais,
    Mode,
)

FONCTIONS = [(f.value, f.libelle) for f in Fonction]
AVANT = ["BROUILLON", "ACCORD_DONNE"]


class Relais(models.Model):
    """A hand-over between two structures: codes, dates and keys. What is told of the person is a communication."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="relais_envoyes")
    destinataire = models.ForeignKey(Structure, models.PROTECT, related_name="relais_recus")
    fonction = models.CharField(max_length=20, choices=FONCTIONS, help_text="à qui, là-bas")
    genre = models.CharField(max_length=15, choices=GENRES_DE_RELAIS, default=GenreDeRelais.RELAIS.value)
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic n'envoie qu'une fois")
    # The sender's own rows: a key tells nothing to who does not see the row it leads to.
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="relais")
    passage = models.ForeignKey(Passage, models.SET_NULL, null=True, blank=True, related_name="relais")
    besoin = models.ForeignKey(Besoin, models.SET_NULL, null=True, blank=True, related_name="relais")
    demarche = models.ForeignKey(Demarche, models.SET_NULL, null=True, blank=True, related_name="relais")
    accord = models.OneToOneField(Accord, models.SET_NULL, null=True, blank=True, related_name="relais")
    communication = models.OneToOneField(
        Communication, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="relais"
    )
    suite_de = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="suite")
    auteur = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    suivi_par = models.ForeignKey(Compte, models.PROTECT, related_name="+", help_text="qui en répond chez l'émetteur")
    confie_a = models.ForeignKey(
        Compte, models.PROTECT, null=True, blank=True, related_name="+", help_text="qui s'en occupe là-bas"
    )
    but = models.CharField(max_length=30)
    etat = models.CharField(max_length=15, choices=ETATS_DE_RELAIS, default=EtatDeRelais.BROUILLON.value)
    mode = models.CharField(max_length=10, choices=MODES, default=Mode.A_PROPOSER.value)
    rendez_vous = models.OneToOneField(RendezVous, models.SET_NULL, null=True, blank=True, related_name="relais")
    quand = models.DateTimeField(null=True, blank=True, help_text="le rendez-vous donné")
    lieu = models.CharField(max_length=200, blank=True)
    repondu_par = models.CharField(max_length=120, blank=True, help_text="qui a donné la date, au téléphone")
    autre_quand = models.DateTimeField(null=True, blank=True, help_text="la date que le destinataire propose")
    autre_lieu = models.CharField(max_length=200, blank=True)
    motif = models.CharField(max_length=20, blank=True, help_text="code de la liste que le dernier geste demande")
    issue = models.CharField(max_length=20, blank=True)
    reponse_jours = models.PositiveSmallIntegerField(null=True, blank=True, help_text="délai de la convention")
    echeance = models.DateTimeField(null=True, blank=True, help_text="calculée par les règles à chaque geste")
    cree_le = models.DateTimeField()
    envoye_le = models.DateTimeField(null=True, blank=True)
    repondu_le = models.DateTimeField(null=True, blank=True, help_text="première réponse, quelle qu'elle soit")
    bouge_le = models.DateTimeField()
    rappelee_le = models.DateTimeField(null=True, blank=True, help_text="la personne, après une absence")
    fini_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="relais_demande"),
            models.CheckConstraint(condition=~Q(destinataire=F("structure")), name="relais_entre_deux_structures"),
            models.CheckConstraint(
                condition=Q(etat__in=[*AVANT, "ANNULE", "RETIRE"])
                | Q(envoye_le__isnull=False, communication__isnull=False),
                name="relais_envoye_avec_sa_communication",
            ),
            models.CheckConstraint(condition=~Q(mode="TELEPHONE") | ~Q(repondu_par=""), name="relais_qui_a_repondu"),
            models.CheckConstraint(
                condition=Q(fini_le__isnull=True) ^ Q(etat__in=["CLOS", "ANNULE", "RETIRE", "REBONDI"]),
                name="relais_fini_un_jour",
            ),
            # Zero orphans: as long as it is open, somebody has to have acted by a date.
            models.CheckConstraint(
                condition=Q(fini_le__isnull=False) | Q(echeance__isnull=False), name="relais_ouvert_a_une_echeance"
            ),
            models.CheckConstraint(condition=~Q(etat="AUTRE_DATE") | Q(autre_quand__isnull=False), name="relais_date"),
            models.CheckConstraint(condition=~Q(etat="ISSUE") | ~Q(issue=""), name="relais_issue_dite"),
        ]
        indexes = [
            models.Index(fields=["structure", "etat", "echeance"], name="relais_a_suivre"),
            models.Index(fields=["destinataire", "etat", "echeance"], name="relais_a_traiter"),
            models.Index(fields=["echeance"], condition=Q(fini_le=None), name="relais_en_retard"),
            models.Index(fields=["personne", "cree_le"], name="relais_personne"),
        ]

    def __str__(self) -> str:
        return f"relais {self.pk}"


class PasDeRelais(models.Model):
    """One gesture of a relay: who, when, from where to where; never changed. Codes only."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    destinataire = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    relais = models.ForeignKey(Relais, models.CASCADE, related_name="pas")
    geste = models.CharField(max_length=25)
    avant = models.CharField(max_length=15, choices=ETATS_DE_RELAIS)
    apres = models.CharField(max_length=15, choices=ETATS_DE_RELAIS)
    partie = models.CharField(max_length=12)
    compte = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")
    signature = models.CharField(max_length=160, blank=True, help_text="nom et fonction de qui répond par le lien")
    motif = models.CharField(max_length=20, blank=True)
    quand = models.DateTimeField(null=True, blank=True, help_text="la date donnée par ce geste")
    fait_le = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["relais", "fait_le"], name="pas_de_relais")]

    def __str__(self) -> str:
        return f"{self.geste} du relais {self.relais_id}"


class BrouillonDeRelais(models.Model):
    """What was written before the person agreed: in the sender's house only, erased when it leaves."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    relais = models.OneToOneField(Relais, models.CASCADE, related_name="brouillon")
    saisie = models.JSONField(default=dict, help_text="les champs de la page, tels qu'ils ont été écrits")
    version = models.PositiveIntegerField(default=1, help_text="une de plus à chaque fois qu'on le garde")
    garde_par = models.ForeignKey(Compte, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"brouillon du relais {self.relais_id}"
