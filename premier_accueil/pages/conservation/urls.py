"""Addresses of retention and of people's rights."""

from django.urls import path

from premier_accueil.pages.conservation import views

app_name = "conservation"
urlpatterns = [
    path("", views.destructions, name="destructions"),
    path("proposer/", views.proposer, name="proposer"),
    path("<int:destruction_id>/<slug:geste>/", views.faire, name="faire"),
    path("droits/", views.droits, name="droits"),
    path("droits/<int:droit_id>/", views.repondre, name="repondre"),
    path("personnes/<int:personne_id>/", views.exercer, name="exercer"),
    path("personnes/<int:personne_id>/donnees/", views.donnees, name="donnees"),
]
