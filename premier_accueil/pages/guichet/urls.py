"""Addresses of the counter."""

from django.urls import path

from premier_accueil.pages.guichet import rattachement, views

app_name = "guichet"
urlpatterns = [
    path("", views.accueil, name="accueil"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("communes/", views.communes, name="communes"),
    path("accueillir/", views.accueillir, name="accueillir"),
    path("passages/", views.passages, name="passages"),
    path("passages/<int:passage_id>/", views.passage, name="passage"),
    path("passages/<int:passage_id>/reponse/", views.repondre, name="repondre"),
    path("passages/<int:passage_id>/annulation/", views.annuler, name="annuler"),
    path("passages/<int:passage_id>/rattachement/", rattachement.rattacher, name="rattacher"),
    path("passages/<int:passage_id>/detachement/", rattachement.detacher, name="detacher"),
    path("retour/", rattachement.retour, name="retour"),
]
