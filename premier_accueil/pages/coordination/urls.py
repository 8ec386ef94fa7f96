"""Addresses of the coordination."""

from django.urls import path

from premier_accueil.pages.coordination import views
from premier_accueil.pages.relais.listes import en_retard

app_name = "coordination"
urlpatterns = [
    path("manques/", views.manques, name="manques"),
    path("faits/", views.faits, name="faits"),
    path("faits/<str:genre>/<int:annee>/<int:mois>/", views.derriere, name="derriere"),
    path("volumes/", views.volumes, name="volumes"),
    path("relais-en-retard/", en_retard, name="relais_en_retard"),
]
