"""Every URL of the product, one line per journey."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

handler400 = "premier_accueil.pages.erreurs.mauvaise_requete"
handler403 = "premier_accueil.pages.erreurs.interdit"
handler404 = "premier_accueil.pages.erreurs.introuvable"
handler500 = "premier_accueil.pages.erreurs.erreur"

urlpatterns: list[URLPattern | URLResolver] = []
