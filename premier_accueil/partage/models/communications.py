"""What is shared, with whom: agreements, copies, links, and the register that remembers them.

A copy belongs to whoever receives it (``structure``); the sender (``expediteur``) writes it and keeps reading it.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.models import Maillon

FONCTIONS = [(f.value, f.libelle) for f in Fonction]


class Accord(models.Model):
    """The agreement of a person to one communication: purpose, recipient, items, period, how, before whom."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="accords")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic ne demande qu'une fois")
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="accords")
    but = models.CharField(max_length=30)
    base = models.CharField(max_length=30, default="ACCORD")
    destinataire = models.ForeignKey(Structure, models.PROTECT, related_name="accords_recus")
    fonction = models.CharField(max_length=20, choices=FONCTIONS)
    elements = ArrayField(models.CharField(max_length=30))
    debut = models.DateTimeField()
    fin = models.DateTimeField()
    obtention = models.CharField(max_length=20)
    recueilli_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    presents = ArrayField(models.CharField(max_length=20), help_text="qui était là")
    demande_a_la_personne = models.BooleanField()
    suivie_ensemble = models.BooleanField(help_text="elle dit qu'elle y est reçue, ou y est attendue")
    cree_le = models.DateTimeField()
    retire_le = models.DateTimeField(null=True, blank=True)
    retire_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="accord_demande"),
            models.CheckConstraint(condition=Q(fin__gt=models.F("debut")), name="accord_dates"),
            models.CheckConstraint(condition=Q(demande_a_la_personne=True), name="accord_de_la_personne"),
            models.CheckConstraint(condition=~Q(destinataire=models.F("structure")), name="accord_vers_une_autre"),
            models.CheckConstraint(condition=Q(presents__len__gt=0), name="accord_presents_dits"),
            models.CheckConstraint(condition=~Q(presents__contains=["ENFANT"]), name="accord_sans_enfant_qui_traduit"),
        ]
        indexes = [models.Index(fields=["structure", "personne", "cree_le"], name="accord_personne")]

    def __str__(self) -> str:
        return f"accord {self.pk}"


class Attestation(models.Model):
    """What a professional attests to communicate on a text: its conditions one by one, why, whether she was told."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic n'atteste qu'une fois")
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="attestations")
    accord = models.OneToOneField(
        Accord, models.CASCADE, null=True, blank=True, related_name="attestation",
        help_text="vide : le texte ne demande pas l'accord",
    )  # fmt: skip
    base = models.CharField(max_length=30)
    but = models.CharField(max_length=30)
    destinataire = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    fonction = models.CharField(max_length=20, choices=FONCTIONS)
    conditions = ArrayField(models.CharField(max_length=30))
    raison = models.CharField(max_length=500, help_text="code de la table, ou une phrase")
    informee_le = models.DateTimeField(null=True, blank=True, help_text="quand on l'a dit à la personne")
    pas_informee = models.CharField(max_length=30, blank=True, help_text="pourquoi pas encore : code de la table")
    attestee_par = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    cree_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="attestation_demande"),
            models.CheckConstraint(condition=Q(conditions__len__gt=0), name="attestation_conditions"),
            models.CheckConstraint(condition=~Q(raison=""), name="attestation_raison"),
            models.CheckConstraint(
                condition=Q(informee_le__isnull=False) | ~Q(pas_informee=""), name="attestation_personne_informee"
            ),
        ]

    def __str__(self) -> str:
        return f"attestation {self.pk}"


class CodeDAccord(models.Model):
    """A code sent by SMS to the person who agrees: a fingerprint, for one agreement, some minutes, some tries."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.CASCADE, related_name="codes_d_accord")
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    demande_id = models.UUIDField(help_text="l'accord que ce code peut donner, et lui seul")
    portee = models.CharField(max_length=64, help_text="empreinte de ce qui a été lu à la personne")
    condense = models.CharField(max_length=64)
    cree_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    essais = models.PositiveSmallIntegerField(default=0)
    confirme_le = models.DateTimeField(null=True, blank=True)
    consomme_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(expire_le__gt=models.F("cree_le")), name="code_dates")]
        indexes = [models.Index(fields=["structure", "demande_id", "cree_le"], name="code_demande")]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Communication(models.Model):
    """What one recipient was given, under an agreement or on a text: a copy it owns, that the sender may close."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="communications_recues")
    expediteur = models.ForeignKey(Structure, models.PROTECT, related_name="communications_envoyees")
    # The agreement stays in the sender's house: no row here may keep it from being destroyed in its time.
    accord = models.OneToOneField(
        Accord, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="communication"
    )
    attestation = models.OneToOneField(
        Attestation, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="communication"
    )
    fonction = models.CharField(max_length=20, choices=FONCTIONS)
    but = models.CharField(max_length=30)
    base = models.CharField(max_length=30)
    auteur = models.ForeignKey(Compte, models.PROTECT, related_name="+")
    envoyee_le = models.DateTimeField()
    fin = models.DateTimeField()
    lue_le = models.DateTimeField(null=True, blank=True, help_text="première lecture par le destinataire")
    lue_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")
    fermee_le = models.DateTimeField(null=True, blank=True, help_text="la personne a retiré son accord")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(structure=models.F("expediteur")), name="communication_entre_deux_structures"
            ),
            models.CheckConstraint(condition=Q(fin__gt=models.F("envoyee_le")), name="communication_dates"),
            models.CheckConstraint(
                condition=Q(accord__isnull=True) ^ Q(attestation__isnull=True), name="communication_fondee"
            ),
        ]
        indexes = [
            models.Index(fields=["structure", "envoyee_le"], name="communication_recue"),
            models.Index(fields=["expediteur", "envoyee_le"], name="communication_envoyee"),
        ]

    def __str__(self) -> str:
        return f"communication {self.pk}"


class ElementCommunique(models.Model):
    """One item of a copy, as it left; never changed."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    expediteur = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    communication = models.ForeignKey(Communication, models.CASCADE, related_name="elements")
    rang = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    texte = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["communication", "code"], name="element_une_fois"),
            models.CheckConstraint(condition=~Q(texte=""), name="element_ecrit"),
        ]

    def __str__(self) -> str:
        return f"{self.code} de la communication {self.communication_id}"


class LienDeCommunication(models.Model):
    """A link for a partner without account; the secret is shown once and kept as its SHA-256 only."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    communication = models.ForeignKey(Communication, models.CASCADE, related_name="liens")
    condense = models.CharField(max_length=64, unique=True)
    cree_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    ouvert_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(expire_le__gt=models.F("cree_le")), name="lien_dates")]

    def __str__(self) -> str:
        return f"lien {self.pk}"


class LigneDeRegistre(Maillon):
    """One line of the register of communications: to whom, in which role, when, what, why. Codes, never words."""

    registre = "REGISTRE_DES_COMMUNICATIONS"

    class Geste(models.TextChoices):
        """What happened."""

        ENVOI = "ENVOI", "Communiqué"
        RETRAIT = "RETRAIT", "Accord retiré, accès fermé"

    geste = models.CharField(max_length=10, choices=Geste)
    personne_id = models.BigIntegerField()
    accord_id = models.BigIntegerField(null=True)
    attestation_id = models.BigIntegerField(null=True)
    compte_id = models.BigIntegerField()
    destinataire_id = models.BigIntegerField()
    destinataire = models.CharField(max_length=200, help_text="nom de la structure ce jour-là")
    fonction = models.CharField(max_length=20)
    elements = ArrayField(models.CharField(max_length=30))
    but = models.CharField(max_length=30)
    base = models.CharField(max_length=30)

    class Meta(Maillon.Meta):
        abstract = False
        indexes = [models.Index(fields=["structure_id", "personne_id", "a"], name="registre_personne")]

    def __str__(self) -> str:
        return f"{self.a:%d/%m/%Y} {self.get_geste_display()} : {self.destinataire}"
