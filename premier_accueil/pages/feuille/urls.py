"""Addresses of the *feuille de route*."""

from django.urls import path

from premier_accueil.pages.feuille import views

app_name = "feuille"
urlpatterns = [
    path("", views.entree_personne, name="entree"),
    path("passage/<int:passage_id>/", views.agent, name="agent"),
    path("passage/<int:passage_id>/edition/", views.editer, name="editer"),
    path("passage/<int:passage_id>/sms/", views.envoyer, name="sms"),
    path("passage/<int:passage_id>/feuille-de-route.pdf", views.pdf, name="pdf"),
    path("<slug:reference>/", views.entree_personne, name="personne"),
]
