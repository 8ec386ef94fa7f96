"""Campaigns of the coordination: open one before a committee, see who has not answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.annuaire.actions import FicheRefusee
from premier_accueil.annuaire.actions import campagnes as actions
from premier_accueil.annuaire.models import Campagne, LienDeFiche
from premier_accueil.annuaire.regles.campagnes import Quoi
from premier_accueil.annuaire.requetes import campagnes as requetes
from premier_accueil.pages.demarches.liste import page_dite
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes.formulaires import Formulaire, jour
from premier_accueil.socle.envoi import Canal, envoi_possible

SECRET = "0" * 43


class SaisieDeCampagne(Formulaire):
    """What a campaign asks."""

    comite_le = jour("Date du comité", requis=True)
    quoi = forms.ChoiceField(
        label="Quelles fiches ?", choices=[(q.value, q.libelle.capitalize()) for q in Quoi], widget=forms.RadioSelect,
        initial=Quoi.TOUTES.value, error_messages={"required": "Choisissez quelles fiches relire."},
    )  # fmt: skip
    territoire = forms.ChoiceField(label="Territoire", required=False)

    def __init__(self, departement: str, data: Any = None) -> None:
        super().__init__(data)
        self.fields["comite_le"].error_messages["required"] = "Donnez la date du comité."
        self.territoires = dict(requetes.territoires(departement))
        self.choix("territoire", [("", "Tout le département"), *self.territoires.items()])

    def demande(self, page: str) -> actions.Demande:
        """Return what is asked."""
        d = self.cleaned_data
        return actions.Demande(
            d["comite_le"], Quoi(d["quoi"]), d["territoire"], self.territoires.get(d["territoire"], ""), page
        )


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_ANNUAIRE)
def campagnes(requete: RequeteDe) -> HttpResponse:
    """List the campaigns; open one."""
    envoie = requete.method == "POST"
    saisie = SaisieDeCampagne(requete.role.departement, requete.POST if envoie else None)
    if envoie and saisie.is_valid():
        page = requete.build_absolute_uri(reverse("fiche_par_lien", args=[SECRET])).replace(SECRET, "{}")
        try:
            ouverte = actions.ouvrir_une_campagne(saisie.demande(page), role=requete.role, a=timezone.now())
        except FicheRefusee as refus:
            for nom, phrase in refus.phrases.items():
                saisie.add_error(nom or None, phrase)
        else:
            messages.success(requete, "Campagne ouverte. Les messages partent dans l'heure, puis les relances.")
            return redirect("tenue:campagne", ouverte.pk)
    contexte = {
        "saisie": saisie, "campagnes": requetes.campagnes(requete.role, timezone.now()),
        "envoi": envoi_possible(Canal.COURRIEL),
    }  # fmt: skip
    return render(requete, "tenue/campagnes.html", contexte, status=400 if envoie else 200)


@require_GET
@entree(Droit.TENIR_L_ANNUAIRE)
def campagne(requete: RequeteDe, campagne_id: int) -> HttpResponse:
    """Show who has not answered a campaign, or who did."""
    return _montrer(requete, campagne_id)


def _montrer(requete: RequeteDe, campagne_id: int, **contexte: Any) -> HttpResponse:
    repondu = requete.GET.get("vue") == "repondu"
    try:
        vue = requetes.campagne(campagne_id, requete.role, timezone.now())
    except Campagne.DoesNotExist:
        raise Http404 from None
    vues = requetes.liens_de_la_campagne(campagne_id, repondu=repondu, page=page_dite(requete))
    depart = {"c": vue, "vues": vues, "repondu": repondu, "nouvelle": "", "refait": False}
    return render(requete, "tenue/campagne.html", depart | contexte)


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def fermer(requete: RequeteDe, campagne_id: int) -> HttpResponse:
    """End a campaign."""
    try:
        actions.fermer_la_campagne(campagne_id, role=requete.role, a=timezone.now())
    except Campagne.DoesNotExist:
        raise Http404 from None
    messages.success(requete, "Campagne terminée : ses liens le disent, plus aucune relance ne part.")
    return redirect("tenue:campagne", campagne_id)


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def agir(requete: RequeteDe, lien_de_fiche_id: int) -> HttpResponse:
    """Write again to a structure, show its link to give it by hand, make it anew, or stop it."""
    geste, a, nouvelle = requete.POST.get("geste", ""), timezone.now(), ""
    try:
        if geste == "relancer":
            actions.relancer(lien_de_fiche_id, role=requete.role, a=a)
            messages.success(requete, "Message envoyé.")
        elif geste == "montrer":
            nouvelle = actions.adresse_du_lien(lien_de_fiche_id, role=requete.role)
        elif geste == "refaire":
            nouvelle = actions.refaire_le_lien(lien_de_fiche_id, role=requete.role, a=a)
        elif geste == "arreter":
            actions.revoquer_le_lien_de_fiche(lien_de_fiche_id, role=requete.role, a=a)
            messages.success(requete, "Lien arrêté : il n'ouvre plus rien.")
        vue = requetes.campagne_du_lien(lien_de_fiche_id, requete.role)
    except LienDeFiche.DoesNotExist:
        raise Http404 from None
    except FicheRefusee as refus:
        messages.error(requete, str(refus))
        vue = requetes.campagne_du_lien(lien_de_fiche_id, requete.role)
    if not nouvelle:
        return redirect("tenue:campagne", vue)
    nouvelle = requete.build_absolute_uri(nouvelle)
    return _montrer(requete, vue, nouvelle=nouvelle, refait=geste == "refaire")
