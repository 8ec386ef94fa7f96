"""Addresses of the directory."""

from django.urls import path

from premier_accueil.pages.annuaire import doublons, exports, initiatives, parties, recherche, reseau, sources, views

app_name = "annuaire"
urlpatterns = [
    path("", recherche.recherche, name="recherche"),
    path("contours/<slug:departement>/", recherche.contours_du_departement, name="contours"),
    path("reseau/", reseau.reseau, name="reseau"),
    path("reseau/tete/", reseau.tete, name="tete"),
    path("reseau/referent/", reseau.referent, name="referent"),
    path("reseau/referent-de-territoire/", reseau.referent_de_territoire, name="referent_de_territoire"),
    path("reseau/finir/", reseau.finir, name="finir"),
    path("secteurs/", reseau.secteurs, name="secteurs"),
    path("secteurs/changer/", reseau.secteur, name="secteur"),
    path("initiatives/", initiatives.initiatives, name="initiatives"),
    path("initiatives/nouvelle/", initiatives.nouvelle_initiative, name="nouvelle_initiative"),
    path("initiatives/<int:initiative_id>/", initiatives.initiative, name="initiative"),
    path("actions-collectives/", initiatives.actions_collectives, name="actions_collectives"),
    path("actions-collectives/nouvelle/", initiatives.nouvelle_action, name="nouvelle_action"),
    path("actions-collectives/<int:action_id>/", initiatives.action_collective, name="action_collective"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<int:source_id>/lire/", sources.lire_maintenant, name="lire_une_source"),
    path("sources/<int:source_id>/arret/", sources.arreter, name="arreter_une_source"),
    path("imports/<int:import_id>/rapport/", sources.rapport, name="rapport_d_import"),
    path("doublons/", doublons.doublons, name="doublons"),
    path("doublons/chercher/", doublons.chercher, name="chercher_des_doublons"),
    path("doublons/<int:paire_id>/", doublons.paire, name="paire"),
    path("doublons/<int:paire_id>/ecarter/", doublons.ecarter, name="ecarter_une_paire"),
    path("fusions/<int:fusion_de_fiches_id>/separer/", doublons.separer, name="separer"),
    path("doublons/parties/<int:paire_de_parties_id>/", parties.paire, name="paire_de_parties"),
    path("doublons/parties/<int:paire_de_parties_id>/ecarter/", parties.ecarter, name="ecarter_des_parties"),
    path("fusions/parties/<int:fusion_de_parties_id>/separer/", parties.separer, name="separer_des_parties"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<slug:export>/", exports.exporter, name="exporter"),
    path("ouvert/", views.ouvert, name="ouvert"),
    path("services/<int:service_id>/", views.service, name="service"),
]
