"""Addresses of the account pages."""

from django.urls import path

from premier_accueil.pages.compte import views

app_name = "compte"
urlpatterns = [
    path("connexion/", views.connexion, name="connexion"),
    path("essai/", views.essai, name="essai"),
    path("deconnexion/", views.deconnexion, name="deconnexion"),
    path("verrouiller/", views.verrouiller, name="verrouiller"),
    path("verrou/", views.verrou, name="verrou"),
    path("lieu/", views.changer_de_lieu, name="lieu"),
    path("sans-mission/", views.sans_mission, name="sans_mission"),
]
