"""Addresses of the papers."""

from django.urls import path

from premier_accueil.pages.pieces import bulletin, views

app_name = "pieces"
urlpatterns = [
    path("", views.attendus, name="attendus"),
    path("trouver/", views.trouver, name="trouver"),
    path("demarches/<slug:procedure>/", views.preparer, name="preparer"),
    path("passage/<int:passage_id>/", views.choisir, name="choisir"),
    path("passage/<int:passage_id>/<slug:procedure>/", views.preparer, name="preparer_pour"),
    path("<int:bulletin_id>/", bulletin.voir, name="bulletin"),
    path("<int:bulletin_id>/piece/<int:piece_id>/", bulletin.cocher, name="cocher"),
    path("<int:bulletin_id>/tout/", bulletin.tout_est_la, name="tout"),
    path("<int:bulletin_id>/retour/", bulletin.revenir, name="revenir"),
    path("<int:bulletin_id>/lieu/", bulletin.choisir_le_lieu, name="lieu"),
    path("<int:bulletin_id>/sms/", bulletin.envoyer, name="sms"),
    path("<int:bulletin_id>/code/", bulletin.rouvrir_le_code, name="code"),
    path("<int:bulletin_id>/papiers-a-rapporter.pdf", bulletin.pdf, name="pdf"),
    path("bulletin/", bulletin.entree_personne, name="entree"),
    path("bulletin/<slug:reference>/", bulletin.entree_personne, name="personne"),
]
