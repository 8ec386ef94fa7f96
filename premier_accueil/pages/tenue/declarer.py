"""Say that a service has closed for good, or moved: by the link of its structure, or signed in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from premier_accueil.annuaire.actions import FicheRefusee
from premier_accueil.annuaire.actions.corrections import trancher
from premier_accueil.annuaire.actions.declarations import Declaration, declarer, declarer_par_le_lien
from premier_accueil.annuaire.actions.parties import Adresse
from premier_accueil.annuaire.actions.reponses import signature
from premier_accueil.annuaire.regles.declarations import Sort
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.requetes import tient
from premier_accueil.annuaire.requetes.parties import FicheEnParties, parties_du_service
from premier_accueil.pages.annuaire.saisie import de_ce_siecle
from premier_accueil.pages.entree import RequeteDe, entree, publique
from premier_accueil.pages.personnes.formulaires import jour, texte
from premier_accueil.pages.tenue.ajouts import SaisieDAdresse
from premier_accueil.pages.tenue.lien import merci, ouvrir, page_du_lien, signature_dite, signature_gardee


class SaisieDeDeclaration(SaisieDAdresse):
    """Closed or moved, since when; the new address of what moved."""

    quoi = forms.ChoiceField(
        label="Que s'est-il passé ?", choices=[(s.value, s.libelle) for s in Sort], widget=forms.RadioSelect,
        error_messages={"required": "Choisissez : fermé, ou déménagé."},
    )  # fmt: skip
    le = de_ce_siecle(jour("Depuis quel jour ?", requis=True))
    mot = texte("Un mot de plus", 500, "Qui reprend ce que faisait ce service ? À qui s'adresser ?")
    lieu = forms.ChoiceField(label="Quel lieu a déménagé ?", required=False)
    demande_id = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("quoi", "le", "mot", "lieu", "adresse", "complement", "code_postal", "commune")

    def __init__(self, fiche: FicheEnParties, data: Any = None) -> None:
        super().__init__(data, initial={"demande_id": uuid4()})
        self.lieux = [(str(p.objet_id), p.titre) for p in fiche.parties if p.objet is Objet.SITE]
        self.choix("lieu", self.lieux)
        self.fields["adresse"].label = "Nouvelle adresse"
        self.fields["adresse"].help_text = "Seulement s'il a déménagé."
        self.fields["le"].error_messages["required"] = "Donnez le jour."
        self.fields["commune"].widget = forms.TextInput({"class": "form-control", "autocomplete": "off"})
        if len(self.lieux) < 2:
            del self.fields["lieu"]

    def clean(self) -> dict[str, Any]:
        """Say that what moved needs its new address."""
        d = super().clean()
        if d.get("quoi") == Sort.DEMENAGE:
            if not self.lieux:
                self.add_error("quoi", "Ce service n'a pas de lieu à vous : corrigez sa fiche plutôt.")
            if self.commune_id is None and "commune" not in self.errors:
                self.add_error("commune", "Dites dans quelle commune.")
            if not d.get("adresse"):
                self.add_error("adresse", "Écrivez la nouvelle adresse.")
        return d

    def declaration(self, service_id: int) -> Declaration:
        """Return what is declared."""
        d, quoi = self.cleaned_data, Sort(self.cleaned_data["quoi"])
        lieu: int | None = None
        ou: Adresse | None = None
        if quoi is Sort.DEMENAGE:
            lieu, ou = int(d.get("lieu") or self.lieux[0][0]), self.adresse_dite()
        return Declaration(service_id, quoi, d["le"], d["mot"], d["demande_id"], lieu, ou)


@require_http_methods(["GET", "POST"])
@publique
def fermer_par_lien(requete: HttpRequest, adresse: str, service_id: int) -> HttpResponse:
    """Say by the link of a structure that one of its services closed or moved."""
    vue = ouvrir(adresse)
    if vue.close:
        return page_du_lien(requete, "tenue/lien_fini.html", {"vue": vue}, 410)
    fiche = parties_du_service(service_id)
    if fiche is None or fiche.structure_id != vue.structure_id:
        raise Http404
    envoie = requete.method == "POST"
    saisie = SaisieDeDeclaration(fiche, requete.POST if envoie else None)
    signe = signature_dite(requete) if envoie else signature_gardee(requete)
    fautes: dict[str, str] = {}
    if envoie and saisie.is_valid():
        try:
            dit, dite = signature(**signe), saisie.declaration(service_id)
            return merci(requete, adresse, signe, declarer_par_le_lien(adresse, dite, dit=dit, a=timezone.now()))
        except FicheRefusee as refus:
            fautes = {nom: mots for nom, mots in refus.phrases.items() if nom in signe}
            saisie.refuser({nom: mots for nom, mots in refus.phrases.items() if nom not in signe})
    contexte = {"vue": vue, "fiche": fiche, "saisie": saisie, "signe": signe, "fautes": fautes}
    return page_du_lien(requete, "tenue/lien_fermer.html", contexte, 400 if envoie else 200)


@require_http_methods(["GET", "POST"])
@entree()
def fermer(requete: RequeteDe, service_id: int) -> HttpResponse:
    """Say that a service closed or moved; who keeps its entry decides at once."""
    fiche = parties_du_service(service_id)
    if fiche is None:
        raise Http404
    role, a, envoie = requete.role, timezone.now(), requete.method == "POST"
    saisie, decide = SaisieDeDeclaration(fiche, requete.POST if envoie else None), tient(role, fiche.structure_id)
    if envoie and saisie.is_valid():
        try:
            dit, dite = f"{role.compte}, {role.structure}", saisie.declaration(service_id)
            proposee = declarer(dite, par=role.compte_id, par_dit=dit, a=a)
            if decide:
                trancher(proposee.pk, "accepter", "", role=role, a=a)
            messages.success(requete, _dit(decide=decide))
            return redirect("tenue:corrections" if decide else "annuaire:service", *([] if decide else [service_id]))
        except FicheRefusee as refus:
            saisie.refuser(refus.phrases)
    contexte = {"fiche": fiche, "saisie": saisie, "decide": decide}
    return render(requete, "tenue/fermer.html", contexte, status=400 if envoie else 200)


def _dit(*, decide: bool) -> str:
    if decide:
        return "C'est fait, et cela se voit partout. Vous pouvez revenir dessus ci-dessous."
    return "Merci. La fiche dit dès maintenant « à confirmer — appelez » ; qui la tient décide."
