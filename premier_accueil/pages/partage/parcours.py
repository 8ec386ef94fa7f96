"""The steps of an agreement: choose, write, read aloud, send. Each returns a page and its values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.pages.entree import RequeteDe
from premier_accueil.pages.partage.saisie import SaisieDAccord, lignes, vierge
from premier_accueil.partage import actions
from premier_accueil.partage.requetes import Apercu, apercu, chercher_structures, destinataire, textes_connus
from premier_accueil.socle.texte import propre

Page = tuple[str, dict[str, Any], int]
CHOIX, ECRITURE, LECTURE, ENVOYE = (f"partage/accord_{n}.html" for n in ("choix", "ecriture", "lecture", "envoye"))


def avancer(requete: RequeteDe, personne_id: int, a: datetime) -> Page:
    """Return the page of the step that was asked; an error keeps the step and what was typed."""
    if requete.method != "POST":
        return _choix(SaisieDAccord(initial=vierge()), requete.role, a)
    etape = requete.POST.get("etape", "")
    saisie = SaisieDAccord(requete.POST)
    if not saisie.is_valid() or etape in {"", "chercher"}:
        return _choix(saisie, requete.role, a, 200 if etape in {"", "chercher"} else 400)
    try:
        if etape == "ecrire":
            return _ecriture(saisie, personne_id, requete.role, a)
        if etape == "envoyer":
            return _envoi(requete, saisie, personne_id, a)
        return _lecture(saisie, personne_id, requete.role, a)
    except Structure.DoesNotExist:
        saisie.add_error("destinataire", "Cette structure n'est plus dans l'annuaire : choisissez-en une autre.")
        return _choix(saisie, requete.role, a, 400)


def _choix(saisie: SaisieDAccord, role: Role, a: datetime, code: int = 200) -> Page:
    cherche = propre(saisie["cherche"].value() or "")[:120]
    contexte = {"saisie": saisie, "cherche": cherche, "trouvees": chercher_structures(cherche, role, a)}
    return CHOIX, contexte | {"montrer_erreurs": code == 400}, code


def _ecriture(
    saisie: SaisieDAccord, personne_id: int, role: Role, a: datetime, erreur: str = ""
) -> Page:
    vers = destinataire(saisie.cleaned_data["destinataire"], saisie.fonction_choisie, a)
    contexte = {
        "saisie": saisie, "vers": vers, "lignes": lignes(saisie, vers.genre, textes_connus(personne_id, role, a)),
        "erreur": erreur,
    }  # fmt: skip
    return ECRITURE, contexte, 400 if erreur else 200


def _lecture(saisie: SaisieDAccord, personne_id: int, role: Role, a: datetime, erreur: str = "") -> Page:
    if not saisie.textes():
        return _ecriture(saisie, personne_id, role, a, "Cochez au moins une chose à dire. Votre saisie est gardée.")
    vu = apercu(saisie.souhait(personne_id), role, a)
    contexte = {"saisie": saisie, "vu": vu, "erreur": erreur, "remarques": saisie.remarques()}
    return LECTURE, contexte, 400 if erreur else 200


def _envoi(requete: RequeteDe, saisie: SaisieDAccord, personne_id: int, a: datetime) -> Page:
    souhait = saisie.souhait(personne_id)
    vu: Apercu = apercu(souhait, requete.role, a)
    recueil = saisie.recueil(ligne.code for ligne in vu.projection.partent)
    try:
        envoi = actions.demander_et_communiquer(
            souhait, recueil, lien=saisie.cleaned_data["lien"], role=requete.role, a=a
        )
    except actions.PartageRefuse as refus:
        return _lecture(saisie, personne_id, requete.role, a, str(refus))
    adresse = requete.build_absolute_uri(reverse("partage:lien", args=[envoi.secret])) if envoi.secret else ""
    return ENVOYE, {"envoi": envoi, "adresse": adresse, "vers": vu.destinataire}, 200
