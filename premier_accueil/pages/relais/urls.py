"""Addresses of the relay, for people with an account."""

from django.urls import path

from premier_accueil.pages.relais import detail, liens, listes, nouveau

app_name = "relais"
urlpatterns = [
    path("", listes.partis, name="partis"),
    path("recus/", listes.recus, name="recus"),
    path("personnes/<int:personne_id>/", listes.de_la_personne, name="personne"),
    path("personnes/<int:personne_id>/nouveau/", nouveau.nouveau, name="nouveau"),
    path("personnes/<int:personne_id>/apercu/", nouveau.apercu, name="apercu"),
    path("<int:relais_id>/", detail.un, name="un"),
    path("<int:relais_id>/geste/", detail.geste, name="geste"),
    path("<int:relais_id>/confier/", detail.confier, name="confier"),
    path("<int:relais_id>/rappelee/", detail.rappelee, name="rappelee"),
    path("<int:relais_id>/ouverture/", detail.ouvrir, name="ouvrir"),
    path("<int:relais_id>/message/", detail.ecrire, name="ecrire"),
    path("<int:relais_id>/lu/", detail.lu, name="lu"),
    path("<int:relais_id>/papier/", detail.papier, name="papier"),
    path("<int:relais_id>/ecrit/", detail.ecrit, name="ecrit"),
    path("<int:relais_id>/lien/", liens.nouveau, name="lien"),
    path("<int:relais_id>/lien/arret/", liens.revoquer, name="revoquer"),
    path("<int:relais_id>/lien/courriel/", liens.par_courriel, name="par_courriel"),
]
