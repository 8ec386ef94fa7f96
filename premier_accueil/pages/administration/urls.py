"""Addresses of the team and its missions."""

from django.urls import path

from premier_accueil.pages.administration import reseau, views

app_name = "administration"
urlpatterns = [
    path("", views.equipe, name="equipe"),
    path("missions/", views.confier, name="confier"),
    path("missions/<int:mission_id>/terminer/", views.terminer, name="terminer"),
    path("reseau/", reseau.reseau, name="reseau"),
    path("reseau/engagements/", reseau.engager, name="engager"),
    path("reseau/engagements/<int:engagement_id>/fin/", reseau.finir_un_engagement, name="finir_un_engagement"),
    path("reseau/conventions/", reseau.conclure, name="conclure"),
    path("reseau/conventions/<int:convention_id>/fin/", reseau.finir_une_convention, name="finir_une_convention"),
]
