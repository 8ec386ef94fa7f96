"""Addresses of what leaves the directory."""

from django.urls import path

from premier_accueil.pages.ouvert import classement, guides, plan, views

app_name = "ouvert"
urlpatterns = [
    path("ouvert/<int:service_id>/", views.service, name="service"),
    path("ouvert/<int:service_id>/carte.vcf", views.carte_de_service, name="carte_de_service"),
    path("offre/<int:structure_id>/", views.offre, name="offre"),
    path("offre/<int:structure_id>/catalogue.pdf", views.catalogue_pdf, name="catalogue_pdf"),
    path("offre/<int:structure_id>/carte.vcf", views.carte_de_structure, name="carte_de_structure"),
    path("structures/<int:structure_id>/offre/", views.offre_reseau, name="offre_reseau"),
    path("structures/<int:structure_id>/offre/catalogue.pdf", views.catalogue_reseau_pdf, name="catalogue_reseau_pdf"),
    path("plan.xml", plan.plan, name="plan"),
    path("plan-<slug:section>.xml", plan.plan_partie, name="plan_partie"),
    path("classement/", classement.classement, name="classement"),
    path("guides/", guides.guides, name="guides"),
    path("guides/<int:livret_id>/guide.pdf", guides.livret, name="livret"),
]
