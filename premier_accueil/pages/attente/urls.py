"""Addresses of the queue."""

from django.urls import path

from premier_accueil.pages.attente import views

app_name = "attente"
urlpatterns = [
    path("", views.file, name="file"),
    path("appel/", views.appeler, name="appeler"),
    path("ticket/", views.donner, name="donner"),
    path("ecran/", views.renouveler_ecran, name="renouveler_ecran"),
    path("<int:attente_id>/<slug:nom>/", views.geste, name="geste"),
]
