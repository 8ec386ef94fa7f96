"""Addresses of the team and its missions."""

from django.urls import path

from premier_accueil.pages.administration import logiciels, reseau, views

app_name = "administration"
urlpatterns = [
    path("", views.equipe, name="equipe"),
    path("missions/", views.confier, name="confier"),
    path("missions/<int:mission_id>/terminer/", views.terminer, name="terminer"),
    path("logiciels/", logiciels.logiciels, name="logiciels"),
    path("logiciels/jetons/", logiciels.donner_un_jeton, name="donner_un_jeton"),
    path("logiciels/jetons/<int:jeton_id>/arret/", logiciels.arreter_un_jeton, name="arreter_un_jeton"),
    path("logiciels/adresses/", logiciels.prevenir_une_adresse, name="prevenir_une_adresse"),
    path("logiciels/adresses/<int:abonnement_id>/arret/", logiciels.ne_plus_prevenir, name="ne_plus_prevenir"),
    path("reseau/", reseau.reseau, name="reseau"),
    path("reseau/engagements/", reseau.engager, name="engager"),
    path("reseau/engagements/<int:engagement_id>/fin/", reseau.finir_un_engagement, name="finir_un_engagement"),
    path("reseau/conventions/", reseau.conclure, name="conclure"),
    path("reseau/conventions/<int:convention_id>/fin/", reseau.finir_une_convention, name="finir_une_convention"),
]
