"""Addresses of the files: numbers, never a name."""

from django.urls import path

from premier_accueil.pages.personnes import dossier, entourage, fusion, protection, recherche

app_name = "personnes"
UNE = "<int:personne_id>/"
urlpatterns = [
    path("", recherche.recherche, name="recherche"),
    path("nouvelle/", dossier.nouvelle, name="nouvelle"),
    path("ouverture/", recherche.ouverture, name="ouverture"),
    path("signalements/", recherche.liste_des_signalements, name="signalements"),
    path("signalements/<int:bris_id>/", recherche.voir_un_signalement, name="voir_un_signalement"),
    path("rapprochements/", fusion.rapprochements, name="rapprochements"),
    *[
        path(f"rapprochements/<int:fusion_id>/{geste}/", fusion.decider, {"geste": geste}, name=geste)
        for geste in fusion.GESTES
    ],
    path(UNE, dossier.dossier, name="dossier"),
    path(f"{UNE}identite/", dossier.identite, name="identite"),
    path(f"{UNE}contact/", dossier.noter_un_contact, name="noter_un_contact"),
    path(f"{UNE}joindre/", dossier.regle_de_contact, name="regle_de_contact"),
    path(f"{UNE}adresse/", protection.reveler_l_adresse, name="reveler_l_adresse"),
    path(f"{UNE}adresse/proteger/", protection.proteger_l_adresse, name="proteger_l_adresse"),
    path(f"{UNE}adresse/lever/", protection.lever_la_protection, name="lever_la_protection"),
    path(f"{UNE}blocages/", protection.blocages, name="blocages"),
    path(f"{UNE}blocages/<int:blocage_id>/lever/", protection.lever_un_blocage, name="lever_un_blocage"),
    path(f"{UNE}structures-ecartees/", protection.structures_ecartees, name="structures_ecartees"),
    path(f"{UNE}structures-ecartees/<int:ecartee_id>/lever/", protection.ne_plus_ecarter, name="ne_plus_ecarter"),
    path(f"{UNE}foyer/", entourage.ajouter_au_foyer, name="ajouter_au_foyer"),
    path(f"{UNE}foyer/<int:membre_id>/retirer/", entourage.retirer_du_foyer, name="retirer_du_foyer"),
    path(f"{UNE}mesures/", entourage.poser_une_mesure, name="poser_une_mesure"),
    path(f"{UNE}mesures/<int:mesure_id>/fin/", entourage.finir_une_mesure, name="finir_une_mesure"),
    path(f"{UNE}rapprocher/", fusion.rapprocher, name="rapprocher"),
]
