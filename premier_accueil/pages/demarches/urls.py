"""Addresses of the démarches and of the domiciliations: numbers, never a name."""

from django.urls import path

from premier_accueil.entretien.regles.demarches import GESTES_DE_DEMARCHE
from premier_accueil.entretien.regles.domiciliation import GESTES_DE_DOMICILIATION
from premier_accueil.pages.demarches import domiciliation, fiche, gestes, liste

app_name = "demarches"
UNE, DOM = "<int:demarche_id>/", "domiciliations/<int:domiciliation_id>/"
urlpatterns = [
    path("", liste.liste, name="liste"),
    path("nouvelle/", liste.nouvelle, name="nouvelle"),
    path("nouvelle/personnes/<int:personne_id>/", liste.nouvelle, name="nouvelle_pour"),
    path("nouvelle/passages/<int:passage_id>/", liste.nouvelle, name="nouvelle_depuis"),
    path("personnes/<int:personne_id>/", liste.de_la_personne, name="personne"),
    path(UNE, fiche.fiche, name="fiche"),
    path(f"{UNE}feuille/", fiche.feuille, name="feuille"),
    path(f"{UNE}lettre/", fiche.lettre, name="lettre"),
    path(f"{UNE}annulation/", fiche.annuler, name="annuler"),
    path(f"{UNE}reprise/", fiche.reprendre, name="reprendre"),
    path(f"{UNE}prevenue/", fiche.prevenir, name="prevenir"),
    path(f"{UNE}personne/", fiche.rattacher, name="rattacher"),
    *[path(f"{UNE}{g}/", gestes.faire, {"geste": g}, name=g) for g in GESTES_DE_DEMARCHE],
    path("domiciliations/", domiciliation.liste, name="domiciliations"),
    path("domiciliations/personnes/<int:personne_id>/", domiciliation.demander, name="domicilier"),
    path(DOM, domiciliation.fiche, name="domiciliation"),
    path(f"{DOM}contact/", domiciliation.noter_une_manifestation, name="manifestation"),
    path(f"{DOM}absence/", domiciliation.expliquer_une_absence, name="absence"),
    path(f"{DOM}soutien/", domiciliation.proposer_un_soutien, name="soutien"),
    path(f"{DOM}renouvellement/", domiciliation.renouveler, name="renouveler"),
    *[path(f"{DOM}{g}/", domiciliation.faire, {"geste": g}, name=g) for g in GESTES_DE_DOMICILIATION],
]
