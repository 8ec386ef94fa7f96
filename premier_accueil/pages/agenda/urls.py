"""Addresses of the agenda."""

from django.urls import path

from premier_accueil.pages.agenda import jour, liens, plages, prise

app_name = "agenda"
urlpatterns = [
    path("", jour.agenda, name="jour"),
    path("a-deplacer/", jour.a_deplacer, name="a_deplacer"),
    path("imprimer/", jour.imprimer, name="imprimer"),
    path("prendre/", prise.prendre, name="prendre"),
    path("prendre/<int:personne_id>/", prise.prendre_pour, name="prendre_pour"),
    path("tenir/", prise.tenir, name="tenir"),
    path("tenir/<int:personne_id>/", prise.tenir_pour, name="tenir_pour"),
    path("<int:rendez_vous_id>/", jour.rendez_vous, name="rendez_vous"),
    path("<int:rendez_vous_id>/confirmer/", prise.confirmer, name="confirmer"),
    path("<int:rendez_vous_id>/deplacer/", prise.deplacer, name="deplacer"),
    path("<int:rendez_vous_id>/annuler/", jour.annuler, name="annuler"),
    path("<int:rendez_vous_id>/venue/", jour.venue, name="venue"),
    path("personne/<int:personne_id>/", liens.personne, name="personne"),
    path("personne/<int:personne_id>/silence/", liens.silence, name="silence"),
    path("plages/", plages.plages, name="plages"),
    path("plages/nouvelle/", plages.nouvelle, name="nouvelle_plage"),
    path("plages/<int:plage_id>/", plages.plage, name="plage"),
    path("plages/<int:plage_id>/changer/", plages.changer, name="changer_plage"),
    path("plages/<int:plage_id>/arreter/", plages.arreter, name="arreter_plage"),
    path("exceptions/<int:exception_id>/retirer/", plages.retirer_une_exception, name="retirer_une_exception"),
    path("calendrier/", liens.calendrier, name="calendrier"),
    path("calendrier/fermer/", liens.fermer, name="fermer_le_calendrier"),
    path("flux/<slug:secret>.ics", liens.flux, name="flux"),
]
