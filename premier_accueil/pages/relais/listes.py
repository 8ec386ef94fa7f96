"""Work lists: what I sent, what we received, what the coordination sees of what is late."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.demarches.liste import page_dite
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.entretien.commun import sinon_introuvable
from premier_accueil.personnes.requetes import entete
from premier_accueil.relais.requetes import VUES, Vue, en_retard_du_departement
from premier_accueil.relais.requetes import partis as relais_partis
from premier_accueil.relais.requetes import recus as relais_recus


def _vue(requete: RequeteDe, sinon: Vue) -> Vue:
    dite = requete.GET.get("vue", "")
    return Vue(dite) if dite in set(Vue) else sinon


def _liste(requete: RequeteDe, *, envoyes: bool) -> HttpResponse:
    vue = _vue(requete, Vue.A_FAIRE)
    miens = requete.GET.get("miens") == "1"
    lire = relais_partis if envoyes else relais_recus
    vus = lire(requete.role, timezone.now(), vue=vue, miens=miens, page=page_dite(requete))
    contexte = {"vues": vus, "vue": vue.value, "onglets": VUES, "miens": miens, "envoyes": envoyes, "qui": None}
    return render(requete, "relais/liste.html", contexte)


@require_GET
@entree(Droit.COMMUNIQUER)
def partis(requete: RequeteDe) -> HttpResponse:
    """List what one's structure sent, what it must do first."""
    return _liste(requete, envoyes=True)


@require_GET
@entree(Droit.COMMUNIQUER)
@sinon_introuvable()
def de_la_personne(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """List the relays of one person."""
    role, a, vue = requete.role, timezone.now(), _vue(requete, Vue.EN_COURS)
    qui = entete(personne_id, role, a)
    vus = relais_partis(role, a, vue=vue, page=page_dite(requete), personne_id=personne_id)
    contexte = {"vues": vus, "vue": vue.value, "onglets": VUES[1:], "miens": False, "envoyes": True, "qui": qui}
    return render(requete, "relais/liste.html", contexte)


@require_GET
@entree(Droit.LIRE_CE_QUI_EST_SOUMIS)
def recus(requete: RequeteDe) -> HttpResponse:
    """List what one's function received."""
    return _liste(requete, envoyes=False)


@require_GET
@entree(Droit.VOIR_LES_FAITS)
def en_retard(requete: RequeteDe) -> HttpResponse:
    """Show what stays without answer in the département: two structures and days, no person, no key."""
    lignes = en_retard_du_departement(requete.role, timezone.now())
    return render(requete, "coordination/relais.html", {"lignes": lignes})
