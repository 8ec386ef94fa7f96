"""Addresses of the sheets that anybody may read."""

from django.urls import path

from premier_accueil.pages.reperes import publiques

app_name = "fiches"
urlpatterns = [
    path("", publiques.liste, name="liste"),
    path("<slug:slug>/", publiques.une, name="une"),
]
