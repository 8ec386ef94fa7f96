"""Addresses of the directory."""

from django.urls import path

from premier_accueil.pages.annuaire import views

app_name = "annuaire"
urlpatterns = [
    path("", views.recherche, name="recherche"),
    path("ouvert/", views.ouvert, name="ouvert"),
    path("services/<int:service_id>/", views.service, name="service"),
]
