"""Addresses of the registers."""

from django.urls import path

from premier_accueil.pages.registres import views

app_name = "registres"
urlpatterns = [
    path("", views.journal, name="journal"),
    path("communications/", views.communications, name="communications"),
    path("verifier/", views.verifier, name="verifier"),
]
