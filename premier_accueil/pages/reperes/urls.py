"""Addresses of the reference sheets, for people with an account."""

from django.urls import path

from premier_accueil.pages.reperes import ecriture, gestes, guides, lecture, papier, suivi

app_name = "reperes"
urlpatterns = [
    path("", lecture.liste, name="liste"),
    path("suivi/", suivi.a_suivre, name="suivi"),
    path("nouvelle/", ecriture.nouvelle, name="nouvelle"),
    path("relire/", ecriture.relire, name="relire"),
    path("guides/", guides.liste, name="guides"),
    path("guides/nouveau/", guides.nouveau, name="nouveau_guide"),
    path("guides/<int:guide_id>/", guides.un, name="guide"),
    path("guides/<int:guide_id>/modifier/", guides.modifier, name="modifier_guide"),
    path("guides/<int:guide_id>/pdf/", papier.guide, name="guide_pdf"),
    path("<int:fiche_id>/", lecture.une, name="une"),
    path("<int:fiche_id>/pdf/", papier.fiche, name="pdf"),
    path("<int:fiche_id>/versions/", lecture.versions, name="versions"),
    path("<int:fiche_id>/lu/", gestes.lu, name="lu"),
    path("<int:fiche_id>/faire/", gestes.faire, name="faire"),
    path("<int:fiche_id>/public/", gestes.public, name="public"),
    path("<int:fiche_id>/suivante/", gestes.suivante, name="suivante"),
    path("<int:fiche_id>/modifier/", ecriture.modifier, name="modifier"),
    path("<int:fiche_id>/lectures/", suivi.lectures, name="lectures"),
]
