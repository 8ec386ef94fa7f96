"""One relay, for either side: where it stands, who must act, and every gesture of the table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.entretien.commun import sinon_introuvable
from premier_accueil.pages.relais.gestes import CHAMPS, Confie, Gestuel, Message, boutons
from premier_accueil.partage.actions import PartageRefuse, ouvrir_une_communication
from premier_accueil.relais import actions
from premier_accueil.relais.actions import SaisieRefusee
from premier_accueil.relais.regles import AVANT_L_ENVOI, ETATS, GESTES, GesteImpossible
from premier_accueil.relais.requetes import RelaisVu, relais_vu

DEUX_COTES = (Droit.COMMUNIQUER, Droit.LIRE_CE_QUI_EST_SOUMIS)


def _page(requete: RequeteDe, vu: RelaisVu, code: int = 200, **saisies: Any) -> HttpResponse:
    contexte = {
        "vu": vu, "boutons": boutons(vu, saisies.get("gestes", {})), "confie": saisies.get("confie") or Confie(vu),
        "message": saisies.get("message") or Message(), "avant": vu.etat in AVANT_L_ENVOI,
        "non_lus": any(not m.de_nous and m.lu_le is None for m in vu.messages),
        "vivant": next((lien for lien in vu.liens if lien.vivant), None),
    }  # fmt: skip
    return render(requete, "relais/un.html", contexte, status=code)


@require_GET
@entree(*DEUX_COTES)
@sinon_introuvable()
def un(requete: RequeteDe, relais_id: int) -> HttpResponse:
    """Show one relay."""
    return _page(requete, relais_vu(relais_id, requete.role, timezone.now()))


@require_POST
@entree(*DEUX_COTES)
@sinon_introuvable()
def geste(requete: RequeteDe, relais_id: int) -> HttpResponse:
    """Make a gesture of the table, or say what happened meanwhile."""
    a, nom = timezone.now(), requete.POST.get("geste", "")
    vu = relais_vu(relais_id, requete.role, a)
    if nom not in GESTES:
        messages.error(requete, "Choisissez un geste dans la page.")
        return redirect("relais:un", relais_id)
    saisie = Gestuel(nom, vu, requete.POST)
    if saisie.is_valid():
        try:
            actions.agir(relais_id, nom, saisie.dit(), role=requete.role, a=a)
        except SaisieRefusee as refus:
            champ = CHAMPS.get(refus.champ)
            saisie.add_error(champ if champ in saisie.fields else None, str(refus))
        except GesteImpossible as refus:
            messages.error(requete, str(refus))
            return redirect("relais:un", relais_id)
        else:
            messages.success(requete, f"C'est noté. Ce relais est maintenant « {ETATS[GESTES[nom].vers].libelle} ».")
            return redirect("relais:un", relais_id)
    return _page(requete, vu, 400, gestes={nom: saisie})


@require_POST
@entree(*DEUX_COTES)
@sinon_introuvable()
def confier(requete: RequeteDe, relais_id: int) -> HttpResponse:
    """Give the relay to a colleague of one's own side."""
    a = timezone.now()
    vu = relais_vu(relais_id, requete.role, a)
    saisie = Confie(vu, requete.POST)
    if saisie.is_valid():
        try:
            actions.confier(relais_id, saisie.cleaned_data["compte"], role=requete.role, a=a)
        except SaisieRefusee as refus:
            saisie.add_error("compte", str(refus))
        except GesteImpossible as refus:
            messages.error(requete, str(refus))
            return redirect("relais:un", relais_id)
        else:
            messages.success(requete, "C'est confié. Dites-le à votre collègue.")
            return redirect("relais:un", relais_id)
    return _page(requete, vu, 400, confie=saisie)


@require_POST
@entree(Droit.COMMUNIQUER)
@sinon_introuvable()
def rappelee(requete: RequeteDe, relais_id: int) -> HttpResponse:
    """Note that the person was called back after a no-show."""
    try:
        actions.noter_le_rappel(relais_id, role=requete.role, a=timezone.now())
        messages.success(requete, "C'est noté : elle a été rappelée.")
    except GesteImpossible as refus:
        messages.error(requete, str(refus))
    return redirect("relais:un", relais_id)


@require_POST
@entree(Droit.LIRE_CE_QUI_EST_SOUMIS)
@sinon_introuvable()
def ouvrir(requete: RequeteDe, relais_id: int) -> HttpResponse:
    """Say that one reads what was sent with it."""
    a = timezone.now()
    vu = relais_vu(relais_id, requete.role, a)
    if vu.communication is not None:
        ouvrir_une_communication(vu.communication.id, role=requete.role, a=a)
    return redirect("relais:un", relais_id)


@require_POST
@entree(*DEUX_COTES)
@sinon_introuvable()
def ecrire(requete: RequeteDe, relais_id: int) -> HttpResponse:
    """Write in the thread; refused words are kept on the screen, with why."""
    role, a, saisie = requete.role, timezone.now(), Message(requete.POST)
    if saisie.is_valid():
        try:
            actions.ecrire(relais_id, **saisie.cleaned_data, role=role, a=a)
        except SaisieRefusee as refus:
            saisie.add_error("texte", str(refus))
        except (PartageRefuse, GesteImpossible) as refus:
            saisie.add_error("texte", f"{refus} Rien n'est parti ; votre texte est gardé ici.")
        else:
            actions.lire_le_fil(relais_id, role=role, a=a)
            messages.success(requete, "Message envoyé.")
            return redirect("relais:un", relais_id)
    return _page(requete, relais_vu(relais_id, role, a), 400, message=saisie)


@require_POST
@entree(*DEUX_COTES)
@sinon_introuvable()
def lu(requete: RequeteDe, relais_id: int) -> HttpResponse:
    """Say that the messages are read."""
    a = timezone.now()
    relais_vu(relais_id, requete.role, a)
    actions.lire_le_fil(relais_id, role=requete.role, a=a)
    return redirect("relais:un", relais_id)


def _de_nous(requete: RequeteDe, relais_id: int) -> RelaisVu:
    vu = relais_vu(relais_id, requete.role, timezone.now())
    if not vu.envoye_par_nous:
        raise ObjectDoesNotExist
    return vu


@require_GET
@entree(Droit.COMMUNIQUER)
@sinon_introuvable()
def papier(requete: RequeteDe, relais_id: int) -> HttpResponse:
    """Print the person's appointment: where, when, whom to call; nothing of why (T22)."""
    return render(requete, "relais/papier.html", {"vu": _de_nous(requete, relais_id)})


@require_GET
@entree(Droit.COMMUNIQUER)
@sinon_introuvable()
def ecrit(requete: RequeteDe, relais_id: int) -> HttpResponse:
    """Print what was written of her, for her to read; the title is neutral (T22)."""
    vu = _de_nous(requete, relais_id)
    contexte = {"autre": vu.autre, "lignes": vu.envoyes, "a_lire": (), "relais_id": vu.id}
    return render(requete, "relais/ecrit.html", contexte)
