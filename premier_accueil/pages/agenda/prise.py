"""Take or move an appointment: choose a slot, confirm."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.agenda import actions
from premier_accueil.agenda.models import RendezVous
from premier_accueil.agenda.regles import GesteImpossible, date_en_mots, parle
from premier_accueil.agenda.requetes import (
    CreneauLibre,
    RendezVousVu,
    creneaux_libres,
    langue_de,
    lire_creneau,
    rendez_vous_vu,
)
from premier_accueil.entretien.actions import suivre_le_rendez_vous
from premier_accueil.pages.agenda.commun import par_plage, sinon_introuvable
from premier_accueil.pages.agenda.formulaires import Prise, Recherche
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.personnes.requetes import Entete, entete
from premier_accueil.socle.horloge import jour_local

PERDU = "Ce créneau n'est plus tenu : quelqu'un d'autre l'a pris. Choisissez-en un autre."
ILLISIBLE = "Choisissez un créneau dans la liste."


def _choix(
    requete: RequeteDe, code: int = 200, prochains: tuple[CreneauLibre, ...] = (), **autres: Any
) -> HttpResponse:
    """Show the next free slots; ``prochains`` replaces the search after a slot was lost."""
    a = timezone.now()
    qui, ancien = autres.get("qui"), autres.get("ancien")
    cle = qui.id if qui else ancien.ligne.personne_id if ancien else None
    dite, interprete = langue_de(cle) if cle else ("", False)
    recherche = Recherche(requete.GET, role=requete.role, a=a, dite=dite)
    filtres: dict[str, Any] = recherche.filtres() | {"personne_id": cle, "chez": ancien.reste_chez if ancien else None}
    jour = recherche.cleaned_data.get("des")
    filtres["des"] = timezone.make_aware(datetime.combine(jour, time.min)) if jour else None
    libres = prochains or creneaux_libres(requete.role, a, **filtres)
    if not libres and recherche.devinee:
        libres = creneaux_libres(requete.role, a, **filtres | {"langue": ""})
    plus_tard = requete.GET.copy()
    if libres:
        plus_tard["des"] = (jour_local(libres[-1].debut) + timedelta(days=1)).isoformat()
    contexte = {
        "recherche": recherche, "refus": "", "jours": par_plage(libres), "demande_id": uuid4(), "qui": None,
        "ancien": None, "plus_tard": plus_tard.urlencode() if libres else "", "dite": dite, "interprete": interprete,
        "en_sa_langue": bool(dite) and any(parle(c.langue, dite) for c in libres),
    }  # fmt: skip
    return render(requete, "agenda/prendre.html", contexte | autres, status=code)


@require_GET
@entree(Droit.RECEVOIR)
def prendre(requete: RequeteDe) -> HttpResponse:
    """Show the next free slots."""
    return _choix(requete)


@require_GET
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def prendre_pour(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Show the next free slots for somebody whose file is open."""
    return _choix(requete, qui=entete(personne_id, requete.role, timezone.now()))


@require_POST
@entree(Droit.RECEVOIR)
@sinon_introuvable()
def tenir(requete: RequeteDe) -> HttpResponse:
    """Hold the slot that was clicked, then ask the little that may be said."""
    return _tenir(requete, None)


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def tenir_pour(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Hold the slot that was clicked for somebody whose file is open."""
    return _tenir(requete, entete(personne_id, requete.role, timezone.now()))


def _tenir(requete: RequeteDe, qui: Entete | None) -> HttpResponse:
    choisi, demande_id = lire_creneau(requete.POST.get("creneau", "")), _uuid(requete.POST.get("demande_id", ""))
    if choisi is None or demande_id is None:
        messages.error(requete, ILLISIBLE)
        return redirect("agenda:prendre_pour", qui.id) if qui else redirect("agenda:prendre")
    try:
        tenu = actions.tenir(
            *choisi, demande_id=demande_id, role=requete.role, a=timezone.now(), personne_id=qui.id if qui else None
        )
    except actions.CreneauPris as refus:
        return _choix(requete, 409, refus.prochains, refus=str(refus), qui=qui)
    except actions.DemandeRefusee as refus:
        return _choix(requete, 400, refus=str(refus), qui=qui)
    return redirect("agenda:confirmer", tenu.rendez_vous_id)


@require_http_methods(["GET", "POST"])
@entree(Droit.RECEVOIR)
@sinon_introuvable()
def confirmer(requete: RequeteDe, rendez_vous_id: int) -> HttpResponse:
    """Ask the little that may be said, and take the appointment; the slot is checked again."""
    try:
        vu = rendez_vous_vu(rendez_vous_id, requete.role, timezone.now())
    except RendezVous.DoesNotExist:
        if requete.method == "GET":
            raise
        return _choix(requete, 409, refus=PERDU)
    if vu.ligne.etat != "TENU":
        return redirect("agenda:rendez_vous", rendez_vous_id)
    depart = {"creneau": vu.creneau, "demande_id": vu.demande_id}
    donnees = requete.POST if requete.method == "POST" else None
    saisie = Prise(donnees, connue=vu.ligne.personne_id is not None, ailleurs=vu.autre, initial=depart)
    pris = _prendre(requete, saisie, vu) if saisie.is_bound and saisie.is_valid() else None
    if pris is not None:
        return pris
    contexte = {"saisie": saisie, "l": vu.ligne, "vu": vu}
    return render(requete, "agenda/confirmer.html", contexte, status=400 if saisie.errors else 200)


def _prendre(requete: RequeteDe, saisie: Prise, vu: RendezVousVu) -> HttpResponse | None:
    """Take what the page held; ``None`` when the form must be shown again, saying why."""
    choisi = lire_creneau(saisie.cleaned_data["creneau"])
    if choisi is None or str(saisie.cleaned_data["demande_id"]) != vu.demande_id:
        saisie.add_error(None, ILLISIBLE)
        return None
    a, qui = timezone.now(), vu.ligne.personne_id
    try:
        pris = actions.prendre(
            *choisi, saisie.coordonnees(), demande_id=saisie.cleaned_data["demande_id"], role=requete.role, a=a,
            personne_id=qui,
        )  # fmt: skip
    except actions.CreneauPris as refus:
        tete = entete(qui, requete.role, a) if qui else None
        return _choix(requete, 409, refus.prochains, refus=str(refus), qui=tete)
    except actions.DemandeRefusee as refus:
        saisie.add_error(refus.champ if refus.champ in saisie.fields else None, str(refus))
        return None
    messages.success(requete, f"Rendez-vous pris : {date_en_mots(choisi[1])}.")
    return redirect("agenda:rendez_vous", pris.rendez_vous_id)


@require_http_methods(["GET", "POST"])
@entree(Droit.RECEVOIR)
@sinon_introuvable()
def deplacer(requete: RequeteDe, rendez_vous_id: int) -> HttpResponse:
    """Choose another slot: one click moves, the old one is free."""
    a = timezone.now()
    ancien = rendez_vous_vu(rendez_vous_id, requete.role, a)
    if requete.method == "GET":
        return _choix(requete, ancien=ancien)
    choisi, demande_id = lire_creneau(requete.POST.get("creneau", "")), _uuid(requete.POST.get("demande_id", ""))
    if choisi is None or demande_id is None:
        return _choix(requete, 400, refus=ILLISIBLE, ancien=ancien)
    try:
        pris = actions.deplacer(rendez_vous_id, *choisi, demande_id=demande_id, role=requete.role, a=a)
        suivre_le_rendez_vous(rendez_vous_id, pris.rendez_vous_id, role=requete.role, a=a)
    except actions.CreneauPris as refus:
        return _choix(requete, 409, refus.prochains, refus=str(refus), ancien=ancien)
    except (actions.DemandeRefusee, GesteImpossible) as refus:
        return _choix(requete, 400, refus=str(refus), ancien=ancien)
    messages.success(requete, f"Rendez-vous déplacé : {date_en_mots(choisi[1])}. Dites-le à la personne.")
    return redirect("agenda:rendez_vous", pris.rendez_vous_id)


def _uuid(texte: str) -> UUID | None:
    try:
        return UUID(texte)
    except ValueError:
        return None
