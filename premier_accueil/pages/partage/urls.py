"""Addresses of sharing."""

from django.urls import path

from premier_accueil.pages.partage import reception, views

app_name = "partage"
urlpatterns = [
    path("partage/personnes/<int:personne_id>/", views.personne, name="personne"),
    path("partage/personnes/<int:personne_id>/accord/", views.demander, name="demander"),
    path("partage/personnes/<int:personne_id>/qui-sait-quoi/", views.registre, name="registre"),
    path("partage/accords/<int:accord_id>/", views.accord, name="accord"),
    path("partage/accords/<int:accord_id>/retrait/", views.retirer, name="retirer"),
    path("partage/personnes/<int:personne_id>/sans-accord/", views.sans_accord, name="sans_accord"),
    path("partage/attestations/<int:attestation_id>/dit/", views.dire_a_la_personne, name="dire_a_la_personne"),
    path("partage/relire/", views.relire_un_texte, name="relire"),
    path("communications/", reception.communications_recues, name="communications"),
    path("communications/<int:communication_id>/", reception.communication, name="communication"),
    path("communications/<int:communication_id>/ouverture/", reception.ouvrir, name="ouvrir"),
    path("c/<slug:secret>/", reception.lien, name="lien"),
]
