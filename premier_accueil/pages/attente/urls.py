"""Addresses of the queue."""

from django.urls import path

from premier_accueil.pages.attente import reglages, ticket, views

app_name = "attente"
urlpatterns = [
    path("", views.file, name="file"),
    path("appel/", views.appeler, name="appeler"),
    path("ticket/", views.donner, name="donner"),
    path("fermeture/", views.fermeture, name="fermeture"),
    path("ecran/", views.renouveler_ecran, name="renouveler_ecran"),
    path("attentes/", reglages.mesurer, name="mesures"),
    path("reglages/", reglages.regler, name="reglages"),
    path("<int:attente_id>/", ticket.ticket, name="ticket"),
    path("<int:attente_id>/papier/", ticket.papier, name="papier"),
    path("<int:attente_id>/suite/", ticket.suite, name="suite"),
    path("<int:attente_id>/priorite/", ticket.priorite, name="priorite"),
    path("<int:attente_id>/<slug:nom>/", views.geste, name="geste"),
]
