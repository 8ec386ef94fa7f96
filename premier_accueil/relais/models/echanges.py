"""After acceptance, the thread between two professionals; before it, the link of a partner without account."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.partage.models import LienDeCommunication
from premier_accueil.relais.models.relais import Relais


class MessageDeRelais(models.Model):
    """A message of the thread: a copy that belongs to who receives it, written as the projection let it out."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    expediteur = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    relais = models.ForeignKey(Relais, models.CASCADE, related_name="messages")
    demande_id = models.UUIDField(help_text="tiré par la page : un double clic n'écrit qu'une fois")
    element = models.CharField(max_length=30)
    texte = models.TextField()
    compte = models.ForeignKey(Compte, models.PROTECT, null=True, blank=True, related_name="+")
    signature = models.CharField(max_length=160, help_text="qui écrit, tel que l'autre le lit")
    envoye_le = models.DateTimeField()
    lu_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["expediteur", "demande_id"], name="message_de_relais_demande"),
            models.CheckConstraint(condition=~Q(texte=""), name="message_de_relais_ecrit"),
            models.CheckConstraint(condition=~Q(structure=F("expediteur")), name="message_de_relais_vers_l_autre"),
        ]
        indexes = [models.Index(fields=["relais", "envoye_le"], name="message_de_relais")]

    def __str__(self) -> str:
        return f"message du relais {self.relais_id}"


class LienDeRelais(models.Model):
    """The link of a partner without account. Address and code together make the secret that opens anything.

    The database knows fingerprints only: of the address (to find this row), and of both (``lien``, to read).
    """

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="+")
    relais = models.ForeignKey(Relais, models.CASCADE, related_name="liens")
    condense = models.CharField(max_length=64, unique=True, help_text="empreinte de l'adresse, sans le code")
    lien = models.OneToOneField(LienDeCommunication, models.CASCADE, related_name="lien_de_relais")
    essais = models.PositiveSmallIntegerField(default=0, help_text="codes faux")
    cree_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    ouvert_le = models.DateTimeField(null=True, blank=True)
    revoque_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(expire_le__gt=F("cree_le")), name="lien_de_relais_dates")]

    def __str__(self) -> str:
        return f"lien {self.pk}"
