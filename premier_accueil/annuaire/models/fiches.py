"""The shared directory: places, services, when and where each is held, and who may be called."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.regles import Diffusion, Forme
from premier_accueil.socle.index import Identifiant
from premier_accueil.territoire.models import Commune


class Site(models.Model):
    """A physical place; it may host several structures."""

    structure = models.ForeignKey(
        Structure, models.CASCADE, related_name="sites", help_text="structure qui tient le lieu"
    )
    source_id = models.CharField(max_length=200, help_text="stable d'un import à l'autre, au sein de la structure")
    nom = models.CharField(max_length=200)
    adresse = models.CharField(max_length=300, blank=True)
    complement = models.CharField(max_length=300, blank=True)
    code_postal = models.CharField(max_length=5, blank=True)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="sites")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    point_verifie = models.BooleanField(
        null=True, help_text="le point est dans le contour de la commune ; inconnu sans contour"
    )
    telephone = models.CharField(max_length=40, blank=True)
    fauteuil = models.BooleanField(null=True, blank=True)
    toilettes_adaptees = models.BooleanField(null=True, blank=True)
    stationnement_adapte = models.BooleanField(null=True, blank=True)
    boucle_magnetique = models.BooleanField(null=True, blank=True)
    reperes_malvoyants = models.BooleanField(null=True, blank=True)
    neutre = models.BooleanField(null=True, blank=True, help_text="rien dehors ne dit pourquoi l'on vient")
    bureau_confidentiel = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "source_id"], name="site_source"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="site_point_sur_terre",
            ),
        ]
        indexes = [
            models.Index(fields=["latitude", "longitude"], name="site_point"),
            # Those whose own point is unknown or not believed stand at their commune.
            models.Index(
                fields=["commune"], condition=Q(latitude=None) | Q(point_verifie=False), name="site_sans_point"
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class Service(models.Model):
    """What a structure offers. Fields follow data·inclusion v1; empty means unknown, never "no"."""

    structure = models.ForeignKey(Structure, models.CASCADE, related_name="services")
    source = models.CharField(max_length=60)
    source_id = models.CharField(max_length=160)
    nom = models.CharField(max_length=200)
    cle = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    type = models.CharField(max_length=60, blank=True)
    thematiques = ArrayField(models.CharField(max_length=120), default=list)
    publics = ArrayField(models.CharField(max_length=60), default=list)
    publics_precisions = models.TextField(blank=True)
    conditions_acces = models.TextField(blank=True)
    frais = models.CharField(max_length=20, blank=True)
    frais_precisions = models.TextField(blank=True)
    modes_accueil = ArrayField(models.CharField(max_length=30), default=list)
    modes_mobilisation = ArrayField(models.CharField(max_length=40), default=list)
    mobilisable_par = ArrayField(models.CharField(max_length=30), default=list)
    mobilisation_precisions = models.TextField(blank=True)
    lien_mobilisation = models.CharField(max_length=500, blank=True)
    zone = ArrayField(
        models.CharField(max_length=9), default=list, help_text="codes commune, EPCI, département ou « france »"
    )
    telephone = models.CharField(max_length=40, blank=True)
    courriel = models.EmailField(blank=True)
    pieces = ArrayField(models.CharField(max_length=200), default=list, help_text="papiers à apporter")
    delai_jours = models.PositiveSmallIntegerField(null=True, blank=True)
    langues = ArrayField(
        models.CharField(max_length=3), default=list, help_text="codes ISO 639 ; vide : inconnu, jamais « aucune »"
    )
    places = models.PositiveSmallIntegerField(null=True, blank=True, help_text="capacité")
    places_libres = models.PositiveSmallIntegerField(null=True, blank=True)
    liste_d_attente = models.BooleanField(null=True, blank=True)
    places_dites_le = models.DateField(null=True, blank=True, help_text="jour où les places et l'attente ont été dites")
    date_maj = models.DateField(null=True, blank=True)
    confirme_le = models.DateField(null=True, blank=True, help_text="dernière confirmation, voir ``Confirmation``")
    ferme_le = models.DateField(null=True, blank=True, help_text="fermé pour de bon ce jour-là")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="service_source")]
        indexes = [
            GinIndex(fields=["thematiques"], name="service_thematiques"),
            GinIndex(fields=["zone"], name="service_zone"),
            models.Index(Identifiant("source", "source_id", genre="service"), name="service_identifiant"),
        ]

    def __str__(self) -> str:
        return self.nom


class Permanence(models.Model):
    """A service held at a site at given hours; without a site it is reached by phone or comes to the home."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="permanences")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="permanences")
    forme = models.CharField(max_length=12, choices=[(f.value, f.libelle) for f in Forme], default=Forme.FIXE.value)
    horaires = models.CharField(max_length=500, blank=True, help_text="syntaxe OpenStreetMap opening_hours")
    horaires_texte = models.CharField(
        max_length=500, blank=True, help_text="tels que donnés, quand la syntaxe ne sait pas le dire"
    )
    sur_rendez_vous = models.BooleanField(null=True)
    precision = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "site", "horaires", "horaires_texte"],
                nulls_distinct=False,
                name="permanence_unique",
            ),
            models.CheckConstraint(
                condition=~Q(site=None) | Q(forme__in=["A_DOMICILE", "TELEPHONE"]), name="permanence_a_un_site"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} — {self.site or self.get_forme_display()}"


class Fermeture(models.Model):
    """An exceptional closing: it beats the usual hours."""

    permanence = models.ForeignKey(Permanence, models.CASCADE, related_name="fermetures")
    du = models.DateField()
    au = models.DateField()
    motif = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["permanence", "du", "au"], name="fermeture_unique"),
            models.CheckConstraint(condition=Q(au__gte=models.F("du")), name="fermeture_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.du} – {self.au}"


class Interlocuteur(models.Model):
    """A named contact; ``diffusion`` says who may see it."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="interlocuteurs")
    nom = models.CharField(max_length=120)
    fonction = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    courriel = models.EmailField(blank=True)
    diffusion = models.CharField(
        max_length=16, choices=[(d.value, d.libelle) for d in Diffusion], default=Diffusion.RESEAU.value
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "nom"], name="interlocuteur_unique")]

    def __str__(self) -> str:
        return self.nom


class TempsDeReponse(models.Model):
    """How long the team of a structure takes to answer a relay: counted at night, only when enough relays say it."""

    structure = models.OneToOneField(Structure, models.CASCADE, related_name="temps_de_reponse")
    jours = models.PositiveSmallIntegerField(help_text="médiane, en jours ouvrés")
    nombre = models.PositiveIntegerField(help_text="relais comptés")
    calcule_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.structure_id} : {self.jours} j"


class Secteur(models.Model):
    """Which structure is competent for a commune, or for one of its streets, from a day to another; never blocking.

    A change of sector adds a row and ends the one before: what held on a day stays readable.
    """

    structure = models.ForeignKey(Structure, models.CASCADE, related_name="secteurs")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="secteurs")
    voie = models.CharField(max_length=200, blank=True, help_text="vide : toute la commune")
    cle_de_voie = models.CharField(max_length=200, blank=True, help_text="sans accent, pour comparer")
    du = models.DateField()
    au = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, help_text="délibération, arrêté, tableau et sa date")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "commune", "cle_de_voie", "du"], name="secteur_unique"),
            models.CheckConstraint(condition=Q(au=None) | Q(au__gte=models.F("du")), name="secteur_dates"),
        ]
        indexes = [models.Index(fields=["commune", "cle_de_voie"], name="secteur_commune")]

    def __str__(self) -> str:
        return f"{self.commune} {self.voie}".strip()


class Edition(models.Model):
    """One change of the directory, written by trigger; the last 200 are kept (see ``requetes.edition``)."""

    def __str__(self) -> str:
        return str(self.pk)
