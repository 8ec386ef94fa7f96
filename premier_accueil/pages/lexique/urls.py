"""Addresses of the lexicon."""

from django.urls import path

from premier_accueil.pages.lexique import views

app_name = "lexique"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("proposer/", views.proposer, name="proposer"),
    path("nouvelle/", views.nouvelle, name="nouvelle"),
    path("<int:entree_id>/", views.une, name="une"),
    path("<int:entree_id>/effacement/", views.effacer, name="effacer"),
    path("<int:entree_id>/retrait/", views.retirer, name="retirer"),
    path("essais/", views.essayer, name="essayer"),
    path("essais/<int:essai_id>/", views.essai, name="essai"),
    path("essais/<int:essai_id>/publication/", views.publier, name="publier"),
]
