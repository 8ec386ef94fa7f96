"""Addresses of what keeps the directory true."""

from django.urls import path

from premier_accueil.pages.tenue import campagnes, corrections, declarer, fiches, parties

app_name = "tenue"
urlpatterns = [
    path("", fiches.ma_fiche, name="ma_fiche"),
    path("structures/<int:structure_id>/", fiches.structure, name="structure"),
    path("structures/<int:structure_id>/modifier/", fiches.modifier_structure, name="modifier_structure"),
    path("structures/<int:structure_id>/confirmer/", fiches.confirmer_structure, name="confirmer_structure"),
    path("structures/<int:structure_id>/histoire/", fiches.histoire_structure, name="histoire_structure"),
    path("services/<int:service_id>/modifier/", fiches.modifier_service, name="modifier_service"),
    path("services/<int:service_id>/confirmer/", fiches.confirmer_service, name="confirmer_service"),
    path("services/<int:service_id>/histoire/", fiches.histoire_service, name="histoire_service"),
    path("services/<int:service_id>/corriger/", corrections.proposer, name="proposer"),
    path("services/<int:service_id>/permanences/ajouter/", parties.ajouter_permanence, name="ajouter_permanence"),
    path("services/<int:service_id>/contacts/ajouter/", parties.ajouter_contact, name="ajouter_contact"),
    path("services/<int:service_id>/fermetures/", parties.fermetures, name="fermetures"),
    path("services/<int:service_id>/fermer/", declarer.fermer, name="fermer_service"),
    path("permanences/<int:permanence_id>/retirer/", parties.retirer_permanence, name="retirer_permanence"),
    path("contacts/<int:contact_id>/retirer/", parties.retirer_contact, name="retirer_contact"),
    path("sites/<int:site_id>/deplacer/", parties.deplacer, name="deplacer"),
    path("sites/<int:site_id>/retirer/", parties.retirer_lieu, name="retirer_lieu"),
    path("histoire/<int:revision_id>/revenir/", fiches.revenir, name="revenir"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<int:correction_id>/", corrections.decider, name="decider"),
    path("a-relire/", corrections.qualite, name="qualite"),
    path("campagnes/", campagnes.campagnes, name="campagnes"),
    path("campagnes/<int:campagne_id>/", campagnes.campagne, name="campagne"),
    path("campagnes/<int:campagne_id>/fermer/", campagnes.fermer, name="fermer"),
    path("liens/<int:lien_de_fiche_id>/", campagnes.agir, name="agir"),
]
