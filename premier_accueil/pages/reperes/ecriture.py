"""Write a sheet: begin one (from nothing or from an example), save a draft, see what a colleague saved meanwhile."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from premier_accueil.orientation.requetes import familles
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.reperes.commun import sinon_introuvable
from premier_accueil.pages.reperes.formulaires import Fiche, de_la_version, fiche_neuve
from premier_accueil.pages.reperes.lecture import ChampCompare, differences
from premier_accueil.reperes import actions
from premier_accueil.reperes.regles import Conseil, EtatDeFiche, GesteImpossible, conseils
from premier_accueil.reperes.requetes import FicheVue, fiche_vue

RELUS = ("conduite", "texte", "texte_public")


def _page(requete: RequeteDe, saisie: Fiche, code: int = 200, **contexte: object) -> HttpResponse:
    lus = [str(saisie[nom].value() or "") for nom in RELUS]
    coches = set(saisie["thematiques"].value() or ())
    return render(
        requete, "reperes/modifier.html",
        {
            "saisie": saisie, "conseils": conseils("\n".join(lus)), "fiche": None, "exemples": (), "conflit": [],
            "familles": [(x, sum(c in coches for c, _ in x.thematiques)) for x in familles()], **contexte,
        },
        status=code,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@entree()
def nouvelle(requete: RequeteDe) -> HttpResponse:
    """Begin a sheet; an example of ours may be the first draft."""
    role, a = requete.role, timezone.now()
    modele = actions.exemple(requete.POST.get("exemple", ""))
    if modele is not None:
        cle = actions.creer_une_fiche(modele, demande_id=uuid4(), role=role, a=a, exemple=True)
        messages.success(requete, "Voici l'exemple, en brouillon : il est à vous. Changez ce qu'il faut.")
        return redirect("reperes:modifier", cle)
    saisie = Fiche(requete.POST if requete.method == "POST" else None, role=role, initial=fiche_neuve())
    if saisie.is_bound and saisie.is_valid():
        try:
            demande = saisie.cleaned_data["demande_id"] or uuid4()
            cle = actions.creer_une_fiche(saisie.ecrit(), demande_id=demande, role=role, a=a)
        except actions.SaisieRefusee as refus:
            saisie.add_error(refus.champ, str(refus))
        else:
            messages.success(requete, "Brouillon enregistré.")
            return redirect("reperes:modifier", cle)
    return _page(requete, saisie, 400 if saisie.errors else 200, exemples=actions.exemples())


@require_http_methods(["GET", "POST"])
@entree()
@sinon_introuvable()
def modifier(requete: RequeteDe, fiche_id: int) -> HttpResponse:
    """Write the draft of a sheet."""
    role, a = requete.role, timezone.now()
    vue = fiche_vue(fiche_id, role, a)
    if vue.en_preparation is not None:
        vue = fiche_vue(fiche_id, role, a, numero=vue.en_preparation)
    if requete.method == "GET" and not (vue.ecrit and vue.version.etat is EtatDeFiche.BROUILLON):
        return redirect("reperes:une", fiche_id)
    initial = de_la_version(vue.version, vue.proprietaires, role.structure_id)
    saisie = Fiche(requete.POST if requete.method == "POST" else None, role=role, initial=initial)
    if saisie.is_bound and saisie.is_valid():
        return _enregistrer(requete, saisie, vue)
    return _page(requete, saisie, 400 if saisie.errors else 200, fiche=vue)


def _enregistrer(requete: RequeteDe, saisie: Fiche, vue: FicheVue) -> HttpResponse:
    revision = saisie.cleaned_data["revision"] or 0
    try:
        actions.ecrire(vue.id, saisie.ecrit(), revision=revision, role=requete.role, a=timezone.now())
    except actions.EcritEntreTemps as conflit:
        # Both texts on one page: the next save is made knowing what it replaces.
        saisie.data["revision"] = str(conflit.revision)  # type: ignore[index]
        saisie.add_error(None, str(conflit))
        return _page(requete, saisie, 409, fiche=vue, conflit=_face_a_face(saisie, vue))
    except actions.SaisieRefusee as refus:
        saisie.add_error(refus.champ, str(refus))
    except GesteImpossible as refus:
        saisie.add_error(None, str(refus))
    else:
        messages.success(requete, "Brouillon enregistré.")
        return redirect("reperes:modifier", vue.id)
    return _page(requete, saisie, 400, fiche=vue)


def _face_a_face(saisie: Fiche, vue: FicheVue) -> list[ChampCompare]:
    """Return what this text changes in the colleague's: words, codes and names alike."""
    e = saisie.ecrit()
    noms = [nom.strip() for nom in saisie.cleaned_data["structures"].splitlines() if nom.strip()]
    typee = replace(
        vue.version, titre=e.titre, conduite=e.conduite, texte=e.texte, titre_public=e.titre_public,
        texte_public=e.texte_public, thematiques=e.thematiques, urgences=e.urgences, codes_des_numeros=e.numeros,
        papiers=e.papiers, appeler=e.appeler, structures=tuple(enumerate(noms)),
    )  # fmt: skip
    return differences(vue.version, typee)


@require_POST
@entree()
def relire(requete: RequeteDe) -> HttpResponse:
    """Give plain-language advice on what is being typed; nothing is kept."""
    vus: tuple[Conseil, ...] = conseils("\n".join(requete.POST.get(nom, "")[:12_000] for nom in RELUS))
    return render(requete, "reperes/_conseils.html", {"conseils": vus})
