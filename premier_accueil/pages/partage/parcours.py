"""The steps of an agreement: choose, write, read aloud, send. Each returns a page and its values."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role, convention_entre
from premier_accueil.entretien.requetes import resume_a_partager
from premier_accueil.pages.entree import RequeteDe
from premier_accueil.pages.partage.saisie import SaisieDAccord, attendus_pour, lignes, vierge
from premier_accueil.partage import actions
from premier_accueil.partage.regles import table_de_partage
from premier_accueil.partage.requetes import Apercu, apercu, chercher_structures, destinataire, textes_connus
from premier_accueil.socle.envoi import Canal, envoi_possible
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import propre

Page = tuple[str, dict[str, Any], int]
CHOIX, ECRITURE, LECTURE, ENVOYE = (f"partage/accord_{n}.html" for n in ("choix", "ecriture", "lecture", "envoye"))
A_ECRIRE = "à écrire"


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
        if etape in {"envoyer", "envoyer_par_code"}:
            return _envoi(requete, saisie, personne_id, a, par_code=etape == "envoyer_par_code")
        if etape == "code":
            return _code(saisie, personne_id, requete.role, a)
        return _lecture(saisie, personne_id, requete.role, a)
    except Structure.DoesNotExist:
        saisie.add_error("destinataire", "Cette structure n'est plus dans l'annuaire : choisissez-en une autre.")
        return _choix(saisie, requete.role, a, 400)


def _choix(saisie: SaisieDAccord, role: Role, a: datetime, code: int = 200) -> Page:
    cherche = propre(saisie["cherche"].value() or "")[:120]
    contexte = {"saisie": saisie, "cherche": cherche, "trouvees": chercher_structures(cherche, role, a)}
    return CHOIX, contexte | {"montrer_erreurs": code == 400}, code


def _ecriture(saisie: SaisieDAccord, personne_id: int, role: Role, a: datetime, erreur: str = "") -> Page:
    vers = destinataire(saisie.cleaned_data["destinataire"], saisie.fonction_choisie, a)
    connus = textes_connus(personne_id, role, a) | {"NOTE": resume_a_partager(personne_id, role=role, a=a)}
    convention = convention_entre(role.structure_id, vers.structure_id, jour_local(a))
    proposes: frozenset[str] = frozenset()
    if convention and saisie.cleaned_data["propose_pour"] != vers.structure_id:
        possibles = attendus_pour(saisie, vers.genre) & set(convention.elements)
        souhait = replace(saisie.souhait(personne_id), textes={c: connus.get(c) or A_ECRIRE for c in sorted(possibles)})
        # Never more than what may leave today for this very recipient.
        proposes = frozenset(ligne.code for ligne in apercu(souhait, role, a).projection.partent)
        saisie.proposer_la_duree(convention.delai_jours)
    contexte = {
        "saisie": saisie, "vers": vers, "lignes": lignes(saisie, vers.genre, connus, proposes), "erreur": erreur,
        "convention": convention,
    }  # fmt: skip
    return ECRITURE, contexte, 400 if erreur else 200


def _lecture(
    saisie: SaisieDAccord, personne_id: int, role: Role, a: datetime, erreur: str = "", *, parti: str = ""
) -> Page:
    if not saisie.textes():
        return _ecriture(saisie, personne_id, role, a, "Cochez au moins une chose à dire. Votre saisie est gardée.")
    vu = apercu(saisie.souhait(personne_id), role, a)
    contexte = {
        "saisie": saisie, "vu": vu, "erreur": erreur or vu.refus, "remarques": saisie.remarques(), "parti": parti,
        "sms": envoi_possible(Canal.SMS), "minutes": table_de_partage().code.minutes,
    }  # fmt: skip
    return LECTURE, contexte, 400 if erreur else 200


def _code(saisie: SaisieDAccord, personne_id: int, role: Role, a: datetime) -> Page:
    d = saisie.cleaned_data
    try:
        parti = actions.envoyer_un_code(
            saisie.souhait(personne_id), d["demande_id"], numero=d["numero"], sans_risque=d["sans_risque"], role=role,
            a=a,
        )  # fmt: skip
    except actions.PartageRefuse as refus:
        return _lecture(saisie, personne_id, role, a, str(refus))
    return _lecture(saisie, personne_id, role, a, parti=parti)


def _envoi(requete: RequeteDe, saisie: SaisieDAccord, personne_id: int, a: datetime, *, par_code: bool) -> Page:
    souhait, role, d = saisie.souhait(personne_id), requete.role, saisie.cleaned_data
    # A try counts whatever follows: it is written before the agreement, not inside it.
    if par_code and (refus_du_code := actions.essayer_un_code(d["demande_id"], d["code"], role=role, a=a)):
        return _lecture(saisie, personne_id, role, a, refus_du_code)
    vu: Apercu = apercu(souhait, role, a)
    recueil = saisie.recueil((ligne.code for ligne in vu.projection.partent), par_code=par_code)
    try:
        envoi = actions.demander_et_communiquer(souhait, recueil, lien=d["lien"], role=role, a=a)
    except actions.PartageRefuse as refus:
        return _lecture(saisie, personne_id, role, a, str(refus))
    adresse = requete.build_absolute_uri(reverse("partage:lien", args=[envoi.secret])) if envoi.secret else ""
    return ENVOYE, {"envoi": envoi, "adresse": adresse, "vers": vu.destinataire}, 200
