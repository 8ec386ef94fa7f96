"""Addresses of the account pages."""

from django.urls import path

from premier_accueil.pages.compte import mon_compte, oidc_vues, second_facteur, views

app_name = "compte"
urlpatterns = [
    path("connexion/", views.connexion, name="connexion"),
    path("code/", second_facteur.code, name="code"),
    path("fournisseur/", oidc_vues.partir, name="oidc"),
    path("fournisseur/retour/", oidc_vues.retour, name="oidc_retour"),
    path("fournisseur/entrer/", oidc_vues.finir, name="oidc_finir"),
    path("essai/", views.essai, name="essai"),
    path("deconnexion/", views.deconnexion, name="deconnexion"),
    path("verrouiller/", views.verrouiller, name="verrouiller"),
    path("verrou/", views.verrou, name="verrou"),
    path("lieu/", views.changer_de_lieu, name="lieu"),
    path("sans-mission/", views.sans_mission, name="sans_mission"),
    path("moi/", mon_compte.mon_compte, name="mon_compte"),
    path("moi/mot-de-passe/", mon_compte.mot_de_passe, name="mot_de_passe"),
    path("moi/partout/", mon_compte.partout, name="partout"),
    path("moi/fournisseur/", oidc_vues.relier, name="relier"),
    path("moi/second-facteur/", second_facteur.activer, name="second_facteur"),
    path("moi/second-facteur/preparer/", second_facteur.preparer, name="preparer_second_facteur"),
    path("moi/second-facteur/retirer/", second_facteur.retirer, name="retirer_second_facteur"),
]
