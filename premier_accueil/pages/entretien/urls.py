"""Addresses of the interview: numbers, never a name."""

from django.urls import path

from premier_accueil.entretien.regles.etats import GESTES_DE_POINT
from premier_accueil.pages.entretien import autour, curseur, suivi, views

app_name = "entretien"
UN, POINT = "<int:entretien_id>/", "points/<int:point_id>/"
urlpatterns = [
    path("", views.journee, name="journee"),
    path("nouveau/", views.nouveau, name="nouveau"),
    path("nouveau/<int:personne_id>/", views.nouveau, name="avec"),
    path("passages/<int:passage_id>/", views.ouvrir, name="ouvrir"),
    path("tickets/<int:attente_id>/", views.du_ticket, name="ticket"),
    path("besoins/", autour.besoins, name="besoins"),
    path("besoins/<int:besoin_id>/reponse/", autour.repondre_au_besoin, name="repondre_au_besoin"),
    path("besoins/<int:besoin_id>/reouverture/", autour.rouvrir_le_besoin, name="rouvrir_le_besoin"),
    path("besoins/<int:besoin_id>/manque/", autour.noter_sans_reponse, name="noter_sans_reponse"),
    path("promesses/<int:promesse_id>/tenue/", autour.tenir_promesse, name="tenir_promesse"),
    path("personnes/<int:personne_id>/", suivi.parcours, name="parcours"),
    path("personnes/<int:personne_id>/referent/", suivi.nommer, name="nommer"),
    path("referents/<int:referent_id>/", suivi.referent, name="referent"),
    path("referents/<int:referent_id>/fin/", suivi.finir, name="finir"),
    path("absences/", suivi.absences, name="absences"),
    path("conseils/", curseur.conseils, name="conseils"),
    path("conseils/<int:conseil_id>/", curseur.conseil, name="conseil"),
    path("vignettes/", curseur.vignettes, name="vignettes"),
    path(POINT, suivi.point, name="point"),
    path(f"{POINT}commencer/", suivi.commencer, name="commencer"),
    path(f"{POINT}date/", suivi.reprevoir, name="reprevoir"),
    *[
        path(f"{POINT}{geste}/", suivi.geste_de_point, {"geste": geste}, name=f"point_{geste}")
        for geste in GESTES_DE_POINT
        if geste not in {"tenir", "reprevoir"}
    ],
    path(UN, views.un, name="un"),
    path(f"{UN}garder/", views.garder, name="garder"),
    path(f"{UN}reprise/", views.rouvrir, name="rouvrir"),
    path(f"{UN}besoins/", autour.ajouter_un_besoin, name="ajouter_un_besoin"),
    path(f"{UN}promesses/", autour.promettre, name="promettre"),
    path(f"{UN}dossier/", autour.rattacher, name="rattacher"),
    path(f"{UN}suite/", autour.decider, name="decider"),
    *[
        path(f"{UN}points/{rang}/", suivi.prevoir, {"rang": rang}, name=f"prevoir_{rang}")
        for rang in (2, 3)
    ],
]
