"""Every URL of the product, one line per journey."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from premier_accueil.api.hsds import ADRESSES as HSDS
from premier_accueil.api.orientation import ADRESSES as ORIENTATION
from premier_accueil.api.relais import ADRESSES as API
from premier_accueil.pages.attente.views import ecran
from premier_accueil.pages.compte.views import racine
from premier_accueil.pages.relais.lien import lien as lien_de_relais
from premier_accueil.pages.tenue.declarer import fermer_par_lien
from premier_accueil.pages.tenue.lien import corriger as corriger_par_lien
from premier_accueil.pages.tenue.lien import fiche as fiche_par_lien
from premier_accueil.pages.urgences import feuilles_d_urgence

handler400 = "premier_accueil.pages.entetes.demande_refusee"
handler403 = "premier_accueil.pages.erreurs.interdit"
handler404 = "premier_accueil.pages.erreurs.introuvable"
handler500 = "premier_accueil.pages.erreurs.erreur"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", racine, name="racine"),
    path("compte/", include("premier_accueil.pages.compte.urls")),
    path("guichet/", include("premier_accueil.pages.guichet.urls")),
    path("file/", include("premier_accueil.pages.attente.urls")),
    path("ecran/<slug:jeton>/", ecran, name="ecran"),
    path("r/<slug:adresse>/", lien_de_relais, name="lien_de_relais"),
    path("f/<slug:adresse>/", fiche_par_lien, name="fiche_par_lien"),
    path("f/<slug:adresse>/<int:service_id>/", corriger_par_lien, name="corriger_par_lien"),
    path("f/<slug:adresse>/<int:service_id>/ferme/", fermer_par_lien, name="fermer_par_lien"),
    path("feuille/", include("premier_accueil.pages.feuille.urls")),
    path("pieces/", include("premier_accueil.pages.pieces.urls")),
    path("entretien/", include("premier_accueil.pages.entretien.urls")),
    path("personnes/", include("premier_accueil.pages.personnes.urls")),
    path("relais/", include("premier_accueil.pages.relais.urls")),
    path("demarches/", include("premier_accueil.pages.demarches.urls")),
    path("agenda/", include("premier_accueil.pages.agenda.urls")),
    path("annuaire/tenue/", include("premier_accueil.pages.tenue.urls")),
    path("annuaire/", include("premier_accueil.pages.annuaire.urls")),
    path("annuaire/", include("premier_accueil.pages.ouvert.urls")),
    path("lexique/", include("premier_accueil.pages.lexique.urls")),
    path("reperes/", include("premier_accueil.pages.reperes.urls")),
    path("fiches/", include("premier_accueil.pages.reperes.publiques_urls")),
    path("coordination/", include("premier_accueil.pages.coordination.urls")),
    path("equipe/", include("premier_accueil.pages.administration.urls")),
    path("registres/", include("premier_accueil.pages.registres.urls")),
    path("conservation/", include("premier_accueil.pages.conservation.urls")),
    path("", include("premier_accueil.pages.partage.urls")),
    path("api/v1/", API),
    path("api/hsds/", HSDS),
    path("api/ouvert/", ORIENTATION),
    path("urgences/", feuilles_d_urgence, name="urgences"),
]
