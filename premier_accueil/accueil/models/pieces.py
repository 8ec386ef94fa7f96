"""The papers somebody will come back with: a slip and its list. Never a copy of a paper."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from premier_accueil.accueil.models.passage import Passage
from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.annuaire.models import Site


class BulletinDePieces(models.Model):
    """The slip of one procedure: which papers, until when, where to come back. It may know nobody.

    Whoever holds its reference and its code reads the list, in any structure: the names of papers and their ticks.
    """

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="bulletins")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic ne fait qu'un bulletin")
    passage = models.ForeignKey(Passage, models.CASCADE, null=True, blank=True, related_name="bulletins")
    site = models.ForeignKey(Site, models.PROTECT, related_name="bulletins", help_text="où il a été fait")
    retour = models.ForeignKey(
        Site, models.PROTECT, related_name="retours_attendus", help_text="où la personne veut revenir"
    )
    auteur = models.ForeignKey(Compte, models.PROTECT, related_name="bulletins")
    procedure = models.CharField(max_length=30, help_text="code de donnees/pieces.yaml")
    libelle = models.CharField(max_length=120, help_text="tel que dit ce jour-là ; jamais imprimé")
    reference = models.CharField(max_length=12, unique=True)
    code = models.CharField(max_length=8, help_text="imprimé sur le bulletin, jamais dans le lien")
    echeance = models.DateField()
    cree_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    essais_rates = models.PositiveSmallIntegerField(default=0)
    revenue_le = models.DateTimeField(null=True, blank=True, help_text="dernier retour, même avec un seul papier")
    complet_le = models.DateTimeField(null=True, blank=True)
    sms_le = models.DateTimeField(null=True, blank=True, help_text="dernier envoi par SMS ; le numéro n'est pas gardé")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "demande_id"], name="bulletin_demande"),
            models.CheckConstraint(condition=Q(expire_le__gt=models.F("cree_le")), name="bulletin_dates"),
        ]
        indexes = [
            models.Index(fields=["structure", "echeance"], condition=Q(complet_le=None), name="bulletin_attendus"),
            models.Index(fields=["structure", "cree_le"], name="bulletin_recents"),
        ]

    def __str__(self) -> str:
        return f"bulletin {self.reference}"


class PieceManquante(models.Model):
    """A paper asked on a slip, as it was said that day, and whether somebody saw it since."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="pieces")
    bulletin = models.ForeignKey(BulletinDePieces, models.CASCADE, related_name="pieces")
    rang = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    libelle = models.CharField(max_length=120)
    sur_le_bulletin = models.CharField(max_length=60, help_text="mots neutres, imprimés")
    texte = models.CharField(max_length=250, help_text="ce qui l'exige (CRPA, L.114-5)")
    a_defaut = models.CharField(max_length=200, blank=True)
    indispensable = models.BooleanField(default=False, help_text="sans elle l'examen attend (CRPA, L.114-5-1)")
    vue_le = models.DateTimeField(null=True, blank=True, help_text="montrée ; aucune copie n'est gardée")
    vue_par = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="pieces_vues")
    vue_a = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="pieces_vues")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "code"], name="piece_une_fois"),
            models.CheckConstraint(
                condition=Q(vue_le=None, vue_par=None, vue_a=None)
                | Q(vue_le__isnull=False, vue_par__isnull=False, vue_a__isnull=False),
                name="piece_vue_par_quelqu_un",
            ),
            models.CheckConstraint(condition=~Q(texte=""), name="piece_exigee_par_un_texte"),
        ]

    def __str__(self) -> str:
        return self.libelle
