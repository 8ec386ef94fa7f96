"""The protected address and the named blocks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes import formulaires as f
from premier_accueil.pages.personnes.commun import au_dossier, enregistre, page, sinon_introuvable
from premier_accueil.partage.requetes import chercher_structures
from premier_accueil.personnes import actions
from premier_accueil.personnes.requetes import collegues, dossier, entete


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def proteger_l_adresse(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Put her address out of every screen, on her word."""
    saisie = f.AProteger(requete.POST if requete.method == "POST" else None)
    role, a = requete.role, timezone.now()

    def proteger() -> None:
        fait = actions.proteger_l_adresse(personne_id, **saisie.cleaned_data, role=role, a=a)
        avec = " Les personnes de son foyer à la même adresse le sont aussi." if fait.avec_elle else ""
        suite = "gardée à part pour la procédure." if fait.gardee else "effacée : aucune procédure n'en a besoin."
        messages.success(requete, f"Adresse protégée, {suite}{avec}")

    if saisie.is_bound and enregistre(saisie, proteger):
        return au_dossier(personne_id, "adresse")
    aide = (
        "Son adresse et son téléphone quittent toutes les pages. Un seul écran les montre, et chaque lecture se note."
    )
    return page(requete, personne_id, saisie, "Protéger son adresse", "Protéger", aide=aide)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def lever_la_protection(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Give the address back to the file, on her word."""
    saisie = f.Parole(requete.POST if requete.method == "POST" else None)
    role, a = requete.role, timezone.now()

    def lever() -> None:
        actions.lever_la_protection(personne_id, **saisie.cleaned_data, role=role, a=a)

    if saisie.is_bound and enregistre(saisie, lever):
        messages.success(requete, "Protection levée : l'adresse gardée à part est revenue dans le dossier.")
        return au_dossier(personne_id, "adresse")
    aide = "L'adresse gardée à part redevient visible dans le dossier pour vos collègues."
    return page(requete, personne_id, saisie, "Lever la protection de l'adresse", "Lever la protection", aide=aide)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def reveler_l_adresse(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Show the protected address, once: the only page of the product that does. Never kept by a browser.

    Asked again by GET (reload, history), it leads back to the file: reading it is a gesture, noted each time.
    """
    a = timezone.now()
    if requete.method != "POST":
        entete(personne_id, requete.role, a)
        return au_dossier(personne_id, "adresse")
    revelee = actions.reveler_l_adresse(personne_id, role=requete.role, a=a)
    qui = entete(personne_id, requete.role, a)
    reponse = render(requete, "personnes/revelee.html", {"qui": qui, "revelee": revelee})
    reponse["Cache-Control"] = "no-store, private"
    return reponse


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def blocages(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Say which colleague must not see her."""
    role, a = requete.role, timezone.now()
    vu = dossier(personne_id, role, a)
    saisie = f.a_bloquer(requete.POST if requete.method == "POST" else None, collegues(role, a), role)

    def poser() -> None:
        compte, motif = saisie.cleaned_data["compte"] or 0, saisie.cleaned_data["motif"]
        actions.poser_un_blocage(personne_id, compte_id=compte, motif=motif, role=role, a=a)

    if saisie.is_bound and enregistre(saisie, poser):
        messages.success(requete, "Blocage posé : ce collègue ne trouve plus ce dossier.")
        moi = saisie.cleaned_data["compte"] == role.compte_id
        return redirect("personnes:recherche") if moi else redirect("personnes:blocages", personne_id)
    return page(
        requete, personne_id, saisie, "Qui ne doit pas voir ce dossier", "Bloquer", gabarit="personnes/blocages.html",
        dossier=vu, aide="Ce collègue lira « Aucun résultat », comme si le dossier n'existait pas.",
    )  # fmt: skip


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def lever_un_blocage(requete: RequeteDe, personne_id: int, blocage_id: int) -> HttpResponse:
    """End a block."""
    actions.lever_un_blocage(personne_id, blocage_id, role=requete.role, a=timezone.now())
    messages.success(requete, "Blocage levé.")
    return redirect("personnes:blocages", personne_id)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def structures_ecartees(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Say which structure must never receive anything of her."""
    role, a = requete.role, timezone.now()
    vu = dossier(personne_id, role, a)
    saisie = f.AEcarter(requete.POST if requete.method == "POST" else None)
    trouvees = chercher_structures(saisie.data.get("cherche", ""), role, a) if saisie.is_bound else ()
    saisie.choix("structure", [(s.id, f"{s.nom} ({s.genre})") for s in trouvees])

    def ecarter() -> None:
        structure_id, motif = saisie.cleaned_data["structure"] or 0, saisie.cleaned_data["motif"]
        actions.ecarter_une_structure(personne_id, structure_id=structure_id, motif=motif, role=role, a=a)

    if saisie.data.get("structure") and enregistre(saisie, ecarter):
        messages.success(requete, "C'est noté : cette structure ne reçoit plus rien d'elle, même avec un accord.")
        return redirect("personnes:structures_ecartees", personne_id)
    return page(
        requete, personne_id, saisie, "Quelle structure ne doit rien recevoir", "Écarter cette structure",
        gabarit="personnes/ecartees.html", dossier=vu, trouvees=trouvees,
        aide="Rien ne lui part, quel que soit l'accord ou le texte. Ce qu'elle avait reçu ne se lit plus.",
    )  # fmt: skip


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def ne_plus_ecarter(requete: RequeteDe, personne_id: int, ecartee_id: int) -> HttpResponse:
    """Let a structure receive again what an agreement allows."""
    actions.ne_plus_ecarter(personne_id, ecartee_id, role=requete.role, a=timezone.now())
    messages.success(requete, "Cette structure n'est plus écartée. Rien ne part sans accord.")
    return redirect("personnes:structures_ecartees", personne_id)
