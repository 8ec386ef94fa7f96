"""How the structure welcomes, and how long people wait there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from premier_accueil.accueil import actions
from premier_accueil.accueil.regles import ETAPES, MODES, priorites
from premier_accueil.accueil.requetes import Reglage, mesures, poste_de_travail, reglage_de
from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import propre

UN_AN = timedelta(days=366)
PAS_LA = 2**31


class Periode(forms.Form):
    """Some days, at one place or everywhere."""

    du = forms.DateField(error_messages={"invalid": "Écrivez le premier jour comme 23/11/2026."})
    au = forms.DateField(error_messages={"invalid": "Écrivez le dernier jour comme 23/11/2026."})
    site = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, lieux: tuple[tuple[int, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site = self.fields["site"]
        assert isinstance(site, forms.TypedChoiceField)
        site.choices = [("", "Tous les lieux"), *lieux]

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and more than a year."""
        donnees: dict[str, Any] = super().clean() or {}
        du, au = donnees.get("du"), donnees.get("au")
        if du and au and not timedelta(0) <= au - du <= UN_AN:
            raise forms.ValidationError("Choisissez un premier jour avant le dernier, sur un an au plus.")
        return donnees


@require_GET
@entree(Droit.VOIR_LES_VOLUMES)
def mesurer(requete: RequeteDe) -> HttpResponse:
    """Show how long people waited over some days: of the structure, never of an agent (T19)."""
    role, a = requete.role, timezone.now()
    ici, jour = poste_de_travail(role, None), jour_local(a)
    depart = {"du": f"{jour - timedelta(days=6):%Y-%m-%d}", "au": f"{jour:%Y-%m-%d}"}
    choix = Periode(requete.GET if "du" in requete.GET else depart, lieux=ici.autres if ici else ())
    vues = None
    if choix.is_valid():
        c = choix.cleaned_data
        vues = mesures(role=role, du=c["du"], au=c["au"], site_id=c["site"], a=a)
    contexte = {"choix": choix, "vues": vues, "etapes": dict(ETAPES)}
    return render(requete, "attente/mesures.html", contexte, status=200 if vues else 400)


class SaisieDeReglage(forms.Form):
    """What a structure chooses for its welcome."""

    version = forms.IntegerField(min_value=0, max_value=PAS_LA, widget=forms.HiddenInput)
    mode = forms.ChoiceField(choices=MODES)
    sans_rendez_vous = forms.BooleanField(required=False)
    sur_rendez_vous = forms.BooleanField(required=False)
    file_sur_rendez_vous = forms.BooleanField(required=False)
    priorites = forms.MultipleChoiceField(required=False)
    son = forms.BooleanField(required=False)
    message_de_fermeture = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["priorites"]
        assert isinstance(champ, forms.MultipleChoiceField)
        champ.choices = [(code, p.libelle) for code, p in priorites().items()]

    def clean_message_de_fermeture(self) -> str:
        """Remove what a database or a page cannot hold."""
        return propre(self.cleaned_data["message_de_fermeture"])

    def reglage(self) -> Reglage:
        """Return what is chosen."""
        return Reglage(**{**self.cleaned_data, "priorites": tuple(self.cleaned_data["priorites"])})


@require_http_methods(["GET", "POST"])
@entree(Droit.ADMINISTRER)
def regler(requete: RequeteDe) -> HttpResponse:
    """Choose how the structure welcomes: its pair, appointments, priorities, sound, closing message."""
    ancien = reglage_de(requete.role.structure_id)
    depart = {**vars(ancien), "priorites": [code for code, _ in ancien.priorites_admises]}
    saisie = SaisieDeReglage(requete.POST if requete.method == "POST" else None, initial=depart)
    if requete.method == "POST" and saisie.is_valid():
        try:
            actions.regler_l_accueil(saisie.reglage(), role=requete.role, a=timezone.now())
        except actions.ReglageRefuse as refus:
            saisie.add_error(None, str(refus))
        else:
            messages.success(requete, "Les réglages sont enregistrés : le guichet et la file les suivent.")
            return redirect("attente:reglages")
    contexte = {"saisie": saisie, "sources": priorites()}
    return render(requete, "attente/reglages.html", contexte, status=400 if saisie.errors else 200)
