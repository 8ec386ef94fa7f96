"""A file: open it, read it, correct it, note a contact."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes import formulaires as f
from premier_accueil.pages.personnes.commun import au_dossier, enregistre, page, sinon_introuvable
from premier_accueil.personnes import actions, requetes


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
def nouvelle(requete: RequeteDe) -> HttpResponse:
    """Open a file; a person who says nothing has one too."""
    saisie = f.Nouvelle(requete.POST if requete.method == "POST" else None, initial={"demande_id": uuid4()})
    faits: list[actions.Cree] = []
    role, a = requete.role, timezone.now()

    def creer() -> None:
        options = {c: saisie.cleaned_data[c] for c in ("demande_id", "protegee", "procedure")}
        faits.append(actions.creer(saisie.etat(), role=role, a=a, **options))

    if not saisie.is_bound or not enregistre(saisie, creer):
        return render(requete, "personnes/nouvelle.html", {"saisie": saisie}, status=400 if saisie.is_bound else 200)
    messages.success(requete, "C'était déjà enregistré." if faits[0].deja else "Dossier ouvert.")
    return redirect("personnes:dossier", faits[0].personne_id)


@require_GET
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def dossier(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Show a file, with how to reach her on top."""
    vu = requetes.dossier(personne_id, requete.role, timezone.now())
    return render(requete, "personnes/dossier.html", {"dossier": vu})


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def identite(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Correct who she is; when somebody else did meanwhile, show both."""
    role, a = requete.role, timezone.now()
    vu = requetes.dossier(personne_id, role, a)
    envoi = requete.POST if requete.method == "POST" else None
    saisie = f.Identite(envoi, initial=f.de_l_identite(vu), protegee=vu.contact.protegee)
    ecarts: list[tuple[str, str, str]] = []

    def modifier() -> None:
        version = saisie.cleaned_data["version"] or 0
        try:
            actions.modifier(personne_id, saisie.etat(), version=version, role=role, a=a)
        except actions.DossierModifie as conflit:
            ecarts.extend(f.differences(saisie, conflit.actuel))
            saisie.data["version"] = str(conflit.version)  # type: ignore[index]
            raise actions.SaisieRefusee("", str(conflit)) from conflit

    if saisie.is_bound and enregistre(saisie, modifier):
        messages.success(requete, "Dossier corrigé.")
        return au_dossier(personne_id)
    return page(requete, personne_id, saisie, "Identité", "Enregistrer", dossier=vu, ecarts=ecarts)


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def noter_un_contact(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Note that one was in contact with her today."""
    actions.noter_un_contact(personne_id, role=requete.role, a=timezone.now())
    messages.success(requete, "Contact noté.")
    return au_dossier(personne_id)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def regle_de_contact(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Note how she may be reached without harm."""
    role, a = requete.role, timezone.now()
    vu = requetes.dossier(personne_id, role, a)
    saisie = f.RegleDeContact(requete.POST if requete.method == "POST" else None, initial=f.de_la_regle(vu.contact))

    def poser() -> None:
        actions.poser_la_regle_de_contact(personne_id, saisie.regle(), role=role, a=a)

    if saisie.is_bound and enregistre(saisie, poser):
        messages.success(requete, "Règle de contact enregistrée.")
        return au_dossier(personne_id)
    return page(
        requete, personne_id, saisie, "Comment la joindre sans risque", "Enregistrer", dossier=vu,
        aide="Ne cochez que ce qu'elle a dit. Sans réponse : ni message, ni SMS.",
    )  # fmt: skip
