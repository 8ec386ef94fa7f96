"""Propose a correction from any result; decide those that wait; see what became of one's own."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.annuaire.actions import FicheRefusee
from premier_accueil.annuaire.actions.corrections import Proposee, proposer_une_correction, revenir_sur, trancher
from premier_accueil.annuaire.models import Correction
from premier_accueil.annuaire.regles.champs import CHAMPS, Saisie
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.requetes.parties import FicheEnParties, parties_du_service
from premier_accueil.annuaire.requetes.qualite import a_relire
from premier_accueil.annuaire.requetes.tenue_vue import corrections_a_trancher, corrections_acceptees, mes_corrections
from premier_accueil.pages.demarches.liste import page_dite
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes.formulaires import Formulaire

SIMPLES = {
    Saisie.LIGNE, Saisie.PARAGRAPHE, Saisie.TELEPHONE, Saisie.COURRIEL, Saisie.HORAIRES, Saisie.LIGNES, Saisie.NOMBRE,
}  # fmt: skip


class SaisieDeCorrection(Formulaire):
    """What is wrong, what is right, how one knows."""

    quoi = forms.ChoiceField(
        label="Qu'est-ce qui est à corriger ?", error_messages={"required": "Choisissez un champ."}
    )
    valeur = forms.CharField(
        label="Ce qu'il faudrait écrire", max_length=4000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Laissez vide si ce qui est écrit doit être retiré.",
    )  # fmt: skip
    pourquoi = forms.CharField(
        label="D'où le savez-vous ?", max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text="Sans nommer une personne reçue. Exemple : « Je les ai appelés ce matin. »",
        error_messages={"required": "Dites en quelques mots d'où vous le savez."},
    )  # fmt: skip
    demande_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, fiche: FicheEnParties, data: Any = None) -> None:
        super().__init__(data, initial={"demande_id": uuid4()})
        quoi: list[tuple[str, Any]] = [("", "Choisissez"), *_corrigeables(fiche)]
        self.choix("quoi", quoi)

    def proposee(self) -> Proposee:
        """Return what is proposed."""
        d = self.cleaned_data
        objet, cle, champ = d["quoi"].split(":")
        return Proposee(Objet(objet), int(cle), champ, d["valeur"], d["pourquoi"], d["demande_id"])

    def refuser(self, phrases: dict[str, str]) -> None:
        """Say beside each field why it cannot be kept."""
        for nom, phrase in phrases.items():
            self.add_error(nom if nom in self.fields else None, phrase)


def _corrigeables(fiche: FicheEnParties) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the fields that a few words can correct, by part, each with what the entry says."""
    groupes = []
    for p in (p for p in fiche.parties if p.objet is not Objet.INTERLOCUTEUR):
        champs = []
        for nom, champ in CHAMPS[p.objet].items():
            if champ.saisie in SIMPLES:
                dit = champ.dire(p.valeurs[nom])
                court = f"{dit[:60]}…" if len(dit) > 60 else dit
                champs.append((f"{p.objet.value}:{p.objet_id}:{nom}", f"{champ.libelle} ({court or 'vide'})"))
        groupes.append((p.titre, champs))
    return groupes


@require_http_methods(["GET", "POST"])
@entree()
def proposer(requete: RequeteDe, service_id: int) -> HttpResponse:
    """Propose a correction of a service."""
    fiche = parties_du_service(service_id)
    if fiche is None:
        raise Http404
    saisie = SaisieDeCorrection(fiche, requete.POST if requete.method == "POST" else None)
    if requete.method == "POST" and saisie.is_valid():
        try:
            proposer_une_correction(saisie.proposee(), role=requete.role, a=timezone.now())
        except FicheRefusee as refus:
            saisie.refuser(refus.phrases)
        else:
            messages.success(requete, "Merci. Qui tient la fiche décide ; la réponse se lit dans « Corrections ».")
            return redirect("annuaire:service", service_id)
    contexte = {"fiche": fiche, "saisie": saisie}
    return render(requete, "tenue/proposer.html", contexte, status=400 if requete.method == "POST" else 200)


@require_GET
@entree()
def corrections(requete: RequeteDe) -> HttpResponse:
    """Show what waits for a decision here, and what became of one's own proposals."""
    return _montrer(requete)


def _montrer(requete: RequeteDe, statut: int = 200, **contexte: Any) -> HttpResponse:
    depart = {
        "a_trancher": corrections_a_trancher(requete.role), "miennes": mes_corrections(requete.role),
        "acceptees": corrections_acceptees(requete.role), "refus": "",
        "mot": "", "fautive": 0,
    }  # fmt: skip
    return render(requete, "tenue/corrections.html", depart | contexte, status=statut)


@require_POST
@entree(Droit.TENIR_SA_FICHE, Droit.TENIR_L_ANNUAIRE)
def decider(requete: RequeteDe, correction_id: int) -> HttpResponse:
    """Accept or refuse a proposed correction."""
    geste, mot = requete.POST.get("geste", ""), requete.POST.get("mot", "")
    role, a = requete.role, timezone.now()
    try:
        revenir = geste == "revenir"
        tranchee = revenir_sur(correction_id, role=role, a=a) if revenir else trancher(
            correction_id, geste, mot, role=role, a=a
        )  # fmt: skip
    except Correction.DoesNotExist:
        raise Http404 from None
    except FicheRefusee as refus:
        return _montrer(requete, 400, refus=str(refus), mot=mot[:500], fautive=correction_id)
    messages.success(requete, f"Correction {tranchee.get_etat_display()}. Qui l'a proposée le verra.")
    return redirect("tenue:corrections")


@require_GET
@entree(Droit.TENIR_SA_FICHE, Droit.TENIR_L_ANNUAIRE)
def qualite(requete: RequeteDe) -> HttpResponse:
    """List the entries to look at first: those to confirm, then the least filled."""
    vues = a_relire(requete.role, timezone.now(), page=page_dite(requete))
    return render(requete, "tenue/qualite.html", {"vues": vues})
