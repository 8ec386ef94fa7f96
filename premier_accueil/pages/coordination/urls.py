"""Addresses of the coordination."""

from django.urls import path

from premier_accueil.pages.coordination import views

app_name = "coordination"
urlpatterns = [path("manques/", views.manques, name="manques")]
