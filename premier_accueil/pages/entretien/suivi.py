"""Points de situation, the référent, absences, a person's path."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.agenda.requetes import rendez_vous_a_deplacer
from premier_accueil.entretien import actions, requetes
from premier_accueil.pages.demarches.liste import page_dite
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.entretien import saisie as s
from premier_accueil.pages.entretien.commun import dire, fait, formulaire, sinon_introuvable
from premier_accueil.pages.guichet.views import poste
from premier_accueil.personnes.requetes import entete


def _collegues(requete: RequeteDe, saisie: Any, *champs: str) -> Any:
    """Offer the colleagues who hold interviews."""
    collegues = requetes.travailleurs_sociaux(requete.role, timezone.now())
    return s.avec_collegues(saisie, collegues, requete.role.compte_id, *champs)


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def prevoir(requete: RequeteDe, entretien_id: int, rang: int) -> HttpResponse:
    """Propose, then plan, the next meeting: two clicks."""
    role, a = requete.role, timezone.now()
    vu = requetes.entretien_vu(entretien_id, role=role, a=a)
    propose = requetes.proposition(entretien_id, rang, compte_id=role.compte_id, role=role, a=a)
    depart = s.neuf() | {"jour": propose.quand.date(), "heure": propose.quand.time(), "compte": role.compte_id}
    envoi = requete.POST if requete.method == "POST" else None
    saisie = _collegues(requete, s.Rencontre(envoi, initial=depart), "compte")

    def agir() -> None:
        voulu = {"compte_id": saisie.cleaned_data["compte"], "demande_id": saisie.cleaned_data["demande_id"]}
        actions.prevoir(entretien_id, rang=rang, quand=saisie.quand(), **voulu, role=role, a=a)

    if saisie.is_bound and fait(saisie, agir):
        messages.success(requete, "Point de situation prévu. Donnez la date à la personne.")
        return redirect("entretien:un", entretien_id)
    autres: dict[str, Any] = {"qui": vu.qui, "raisons": propose.raisons}
    return formulaire(requete, saisie, "Prévoir un point de situation", "Prévoir ce point", **autres)


@require_GET
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def point(requete: RequeteDe, point_id: int) -> HttpResponse:
    """Show a planned meeting and what may become of it."""
    role, a = requete.role, timezone.now()
    vu = requetes.point_vu(point_id, role=role, a=a)
    qui = entete(vu.personne_id, role, a) if vu.personne_id is not None else None
    return render(requete, "entretien/point.html", {"point": vu, "qui": qui})


@require_POST
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def geste_de_point(requete: RequeteDe, point_id: int, geste: str) -> HttpResponse:
    """Say what became of a planned meeting."""
    role, a, dite = requete.role, timezone.now(), requete.POST.get("version", "")
    version = int(dite) if dite.isascii() and dite.isdecimal() and len(dite) < 9 else 0
    dire(requete, lambda: actions.faire_un_geste(geste, point_id, version=version, role=role, a=a), "C'est noté.")
    return redirect("entretien:point", point_id)


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def reprevoir(requete: RequeteDe, point_id: int) -> HttpResponse:
    """Give a planned meeting another day or another worker, the person being told before."""
    role, a = requete.role, timezone.now()
    vu = requetes.point_vu(point_id, role=role, a=a)
    quand = timezone.localtime(vu.prevu_le)
    depart = {"jour": quand.date(), "heure": quand.time(), "compte": vu.compte_id, "version": vu.version}
    envoi = requete.POST if requete.method == "POST" else None
    saisie = _collegues(requete, s.AutreRencontre(envoi, initial=depart), "compte")

    def agir() -> None:
        d = saisie.cleaned_data
        dits = {"motif": d["motif"], "prevenue": d["prevenue"], "version": d["version"] or 0}
        actions.reprevoir(point_id, quand=saisie.quand(), compte_id=d["compte"], **dits, role=role, a=a)

    if saisie.is_bound and fait(saisie, agir):
        messages.success(requete, "Nouvelle date notée.")
        return redirect("entretien:point", point_id)
    return formulaire(requete, saisie, "Donner une autre date", "Noter la nouvelle date")


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def commencer(requete: RequeteDe, point_id: int) -> HttpResponse:
    """Hold a planned meeting: its interview opens."""
    role, a, ici = requete.role, timezone.now(), poste(requete)
    requetes.point_vu(point_id, role=role, a=a)
    envoi = requete.POST if requete.method == "POST" else None
    saisie = s.Recevoir(envoi, initial=s.neuf() | {"site": ici.site_id, "canal": "GUICHET"})
    saisie.choix("site", ici.autres)
    cles: list[int] = []

    def agir() -> None:
        cles.append(actions.commencer_le_point(point_id, **saisie.voulu(), role=role, a=a))

    if saisie.is_bound and fait(saisie, agir):
        return redirect("entretien:un", cles[0])
    return formulaire(requete, saisie, "Commencer le point de situation", "Commencer")


@require_GET
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def parcours(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Show a person's path in one's own structure: titles and dates."""
    role, a = requete.role, timezone.now()
    vus = requetes.parcours(personne_id, role=role, a=a, page=page_dite(requete))
    contexte = {"qui": vus.qui, "vus": vus, "referent": requetes.referent_de(personne_id, role, a)}
    return render(requete, "entretien/parcours.html", contexte)


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def nommer(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Name the référent of a person who accepted an offer of support."""
    role, a = requete.role, timezone.now()
    qui = entete(personne_id, role, a)
    envoi = requete.POST if requete.method == "POST" else None
    saisie = _collegues(requete, s.Nommer(envoi, initial=s.neuf() | {"compte": role.compte_id}), "compte")

    def agir() -> None:
        d = saisie.cleaned_data
        accepte = {"acceptee": d["acceptee"], "demande_id": d["demande_id"]}
        actions.nommer_referent(personne_id, d["compte"], **accepte, role=role, a=a)

    if saisie.is_bound and fait(saisie, agir):
        messages.success(requete, "Référent nommé.")
        return redirect("entretien:parcours", personne_id)
    return formulaire(requete, saisie, "Nommer un référent", "Nommer", qui=qui)


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def referent(requete: RequeteDe, referent_id: int) -> HttpResponse:
    """Hand a person over to a colleague, the person knowing it."""
    role, a = requete.role, timezone.now()
    vu, personne_id = requetes.referent_vu(referent_id, role, a)
    qui = entete(personne_id, role, a)
    envoi = requete.POST if requete.method == "POST" else None
    saisie = _collegues(requete, s.PasserLaSuite(envoi, initial=s.neuf()), "compte")

    def agir() -> None:
        d = saisie.cleaned_data
        dits = {"informee": d["informee"], "demande_id": d["demande_id"]}
        actions.passer_la_suite(referent_id, d["compte"], **dits, role=role, a=a)

    if saisie.is_bound and fait(saisie, agir):
        messages.success(requete, "La suite est passée.")
        return redirect("entretien:parcours", personne_id)
    autres = {"qui": qui, "aide": f"Référent depuis le {vu.debut:%d/%m/%Y} : {vu.compte}."}
    return formulaire(requete, saisie, "Passer la suite à un collègue", "Passer la suite", **autres)


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def finir(requete: RequeteDe, referent_id: int) -> HttpResponse:
    """End a support, the person knowing it."""
    role, a = requete.role, timezone.now()
    _, personne_id = requetes.referent_vu(referent_id, role, a)
    qui = entete(personne_id, role, a)
    saisie = s.Finir(requete.POST if requete.method == "POST" else None)

    def agir() -> None:
        d = saisie.cleaned_data
        actions.finir_l_accompagnement(referent_id, d["motif"], informee=d["informee"], role=role, a=a)

    if saisie.is_bound and fait(saisie, agir):
        messages.success(requete, "Accompagnement terminé.")
        return redirect("entretien:parcours", personne_id)
    return formulaire(requete, saisie, "Terminer l'accompagnement", "Terminer", qui=qui)


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR)
def absences(requete: RequeteDe) -> HttpResponse:
    """See who is away, note an absence and who stands in."""
    role, a = requete.role, timezone.now()
    envoi = requete.POST if requete.method == "POST" else None
    saisie = _collegues(
        requete, s.Absence(envoi, initial=s.neuf() | {"compte": role.compte_id}), "compte", "remplacant"
    )  # fmt: skip

    def agir() -> None:
        d = saisie.cleaned_data
        dates = {"debut": d["debut"], "fin": d["fin"], "demande_id": d["demande_id"]}
        actions.noter_une_absence(d["compte"], d["remplacant"], **dates, role=role, a=a)

    if saisie.is_bound and fait(saisie, agir):
        reste = rendez_vous_a_deplacer(role, a, compte_id=int(saisie.cleaned_data["compte"])).total
        suite = f" À déplacer, dans l'agenda : {reste}." if reste else ""
        messages.success(requete, f"Absence notée : aucun créneau n'est proposé ces jours-là.{suite}")
        return redirect("entretien:absences")
    liste = requetes.absences_a_venir(role, a)
    return formulaire(requete, saisie, "Absences", "Noter l'absence", absences=liste, gabarit="entretien/absences.html")
