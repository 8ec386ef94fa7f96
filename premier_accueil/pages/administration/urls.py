"""Addresses of the team and its missions."""

from django.urls import path

from premier_accueil.pages.administration import views

app_name = "administration"
urlpatterns = [
    path("", views.equipe, name="equipe"),
    path("missions/", views.confier, name="confier"),
    path("missions/<int:mission_id>/terminer/", views.terminer, name="terminer"),
]
