"""The partner without account: the code, the relay and its answer, thanks. Three screens, a telephone is enough.

Nothing of the person is in the address; the code stays in a signed cookie of this very address, for some minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from premier_accueil.pages.agenda.formulaires import heure, liste
from premier_accueil.pages.entree import publique
from premier_accueil.pages.personnes.formulaires import Formulaire, Libre, jour, texte
from premier_accueil.pages.relais.saisie import quand_dit
from premier_accueil.partage.actions import PartageRefuse
from premier_accueil.relais import actions
from premier_accueil.relais.actions import PAR_LE_LIEN, Dit, Signature
from premier_accueil.relais.regles import Geste, GesteImpossible, reglages
from premier_accueil.relais.requetes import RelaisParLien, relais_par_le_lien, seuil_du_lien

BISCUIT = "relais"
REFUS = "Ce code n'ouvre rien. Vérifiez-le, ou appelez la structure qui vous a écrit."
QUESTIONS = {
    "accepter": "Oui, nous la recevons", "refuser": "Nous ne pouvons pas", "proposer_une_date": "Oui, à une autre date",
    "rencontrer": "Elle est venue", "constater_l_absence": "Elle n'est pas venue",
    "rendre_compte": "Voici ce qui a été fait",
}  # fmt: skip
A_CHOISIR = [("", "Choisissez")]


class Code(Formulaire):
    """The code said apart."""

    code = forms.CharField(
        label="Code à 8 chiffres", max_length=20, error_messages={"required": "Écrivez le code à 8 chiffres."},
        widget=forms.TextInput({"inputmode": "numeric", "autofocus": True}),
    )  # fmt: skip


class Reponse(Formulaire):
    """An answer, signed; only what this relay lets one say now."""

    geste = forms.ChoiceField(
        label="Que répondez-vous ?", widget=forms.RadioSelect, error_messages={"required": "Choisissez votre réponse."}
    )
    refuser = liste("Si vous ne pouvez pas : pourquoi", [*A_CHOISIR, *reglages().motifs.items()])
    rendre_compte = liste(
        "Si vous l'avez reçue : ce qui a été fait",
        [*A_CHOISIR, *((i.code, i.libelle) for i in reglages().issues.values())],
    )
    le = jour("Si la date change : le jour")
    a_heure = heure("L'heure")
    lieu = texte("Le lieu", 200)
    nom = forms.CharField(label="Votre nom", max_length=80, error_messages={"required": "Signez avec votre nom."})
    fonction = forms.CharField(
        label="Votre fonction", max_length=70, error_messages={"required": "Écrivez votre fonction."}
    )

    def __init__(self, *args: Any, gestes: Mapping[str, Geste], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offerts = [nom for nom in gestes if nom in PAR_LE_LIEN]
        self.choix("geste", [(nom, QUESTIONS[nom]) for nom in offerts])
        for nom in {"refuser", "rendre_compte"} - set(offerts):
            del self.fields[nom]
        if "proposer_une_date" not in offerts:
            for nom in ("le", "a_heure", "lieu"):
                del self.fields[nom]

    def dit(self) -> Dit:
        """Return what comes with the answer."""
        d = self.cleaned_data
        propose = d["geste"] == "proposer_une_date"
        quand = quand_dit(d.get("le"), d.get("a_heure") or time(9)) if propose else None
        return Dit(d.get(d["geste"]) or "", quand, d.get("lieu", ""))

    def signature(self) -> Signature:
        """Return who signs."""
        return Signature(self.cleaned_data["nom"], self.cleaned_data["fonction"])


class Mot(Formulaire):
    """A message of the thread, signed."""

    texte = Libre(
        label="Votre message", max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text="La personne peut le lire. Il part seulement si elle a dit oui à cela.",
        error_messages={"required": "Écrivez votre message."},
    )  # fmt: skip
    nom = forms.CharField(
        label="Qui signe ce message ?", max_length=80, error_messages={"required": "Signez avec votre nom."}
    )
    fonction = forms.CharField(
        label="À quel titre ?", max_length=70, error_messages={"required": "Écrivez votre fonction."}
    )
    demande_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"demande_id": uuid4()}, auto_id="message-%s")


@require_http_methods(["GET", "POST"])
@publique
def lien(requete: HttpRequest, adresse: str) -> HttpResponse:
    """Ask the code, show the relay, take the answer."""
    seuil = seuil_du_lien(adresse, timezone.now())
    if seuil is None:
        raise Http404
    if "code" in requete.POST:
        return _ouvrir(requete, adresse, seuil)
    code = _code_garde(requete)
    vu = relais_par_le_lien(adresse, code, timezone.now()) if code else None
    if vu is None:
        return _page(requete, "relais/lien_code.html", {"seuil": seuil, "saisie": Code()})
    if requete.method == "POST":
        faire = _ecrire if "demande_id" in requete.POST else _repondre
        return faire(requete, adresse, code, vu)
    return _montrer(requete, vu)


def _montrer(requete: HttpRequest, vu: RelaisParLien, statut: int = 200, **saisies: Any) -> HttpResponse:
    depart = {"saisie": Reponse(gestes=vu.gestes), "mot": Mot()}
    return _page(requete, "relais/lien.html", {"vu": vu, **depart, **saisies}, statut)


def _ouvrir(requete: HttpRequest, adresse: str, seuil: Any) -> HttpResponse:
    saisie = Code(requete.POST)
    if saisie.is_valid():
        code = "".join(c for c in saisie.cleaned_data["code"] if c.isascii() and c.isdigit())
        if actions.essayer_le_code(adresse, code, a=timezone.now()):
            chemin = reverse("lien_de_relais", args=[adresse])
            reponse = redirect(chemin)
            reponse.set_signed_cookie(
                BISCUIT, code, salt=adresse, max_age=60 * reglages().lien.session_minutes, path=chemin, httponly=True,
                samesite="Strict", secure=requete.is_secure(),
            )  # fmt: skip
            return reponse
        saisie.add_error("code", REFUS)
        seuil = seuil_du_lien(adresse, timezone.now()) or seuil
    return _page(requete, "relais/lien_code.html", {"seuil": seuil, "saisie": saisie}, 400)


def _code_garde(requete: HttpRequest) -> str:
    adresse = requete.path.rstrip("/").rsplit("/", 1)[-1]
    garde = requete.get_signed_cookie(BISCUIT, default="", salt=adresse, max_age=60 * reglages().lien.session_minutes)
    return garde or ""


def _repondre(requete: HttpRequest, adresse: str, code: str, vu: RelaisParLien) -> HttpResponse:
    saisie = Reponse(requete.POST, gestes=vu.gestes)
    if saisie.is_valid():
        geste = saisie.cleaned_data["geste"]
        try:
            fait = actions.agir_par_le_lien(
                adresse, code, geste, saisie.dit(), saisie.signature(), a=timezone.now()
            )
            if fait is not None:
                suite = relais_par_le_lien(adresse, code, timezone.now())
                return _page(requete, "relais/lien_merci.html", {"vu": suite, "dit": QUESTIONS[geste]})
        except actions.SaisieRefusee as refus:
            saisie.add_error(_champ(refus.champ, geste, saisie), str(refus))
        except GesteImpossible as refus:
            saisie.add_error(None, str(refus))
        else:
            raise Http404
    return _montrer(requete, vu, 400, saisie=saisie)


def _ecrire(requete: HttpRequest, adresse: str, code: str, vu: RelaisParLien) -> HttpResponse:
    mot = Mot(requete.POST)
    if mot.is_valid():
        d = mot.cleaned_data
        try:
            ecrit = actions.ecrire_par_le_lien(
                adresse, code, d["texte"], Signature(d["nom"], d["fonction"]), demande_id=d["demande_id"],
                a=timezone.now(),
            )  # fmt: skip
        except actions.SaisieRefusee as refus:
            mot.add_error(refus.champ, str(refus))
        except (PartageRefuse, GesteImpossible) as refus:
            mot.add_error("texte", f"{refus} Rien n'est parti ; votre texte est gardé ici.")
        else:
            if not ecrit:
                raise Http404
            messages.success(requete, "Message envoyé.")
            return redirect(requete.path)
    return _montrer(requete, vu, 400, mot=mot)


def _champ(champ: str, geste: str, saisie: Reponse) -> str | None:
    nom = {"motif": geste, "quand": "le"}.get(champ, champ)
    return nom if nom in saisie.fields else None


def _page(requete: HttpRequest, gabarit: str, contexte: dict[str, Any], statut: int = 200) -> HttpResponse:
    reponse = render(requete, gabarit, contexte, status=statut)
    reponse["Referrer-Policy"] = "same-origin"
    return reponse
