"""She comes to her appointment: one click notes it and gives her a place where her worker calls; one click undoes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Attente, Passage
from premier_accueil.accueil.requetes import Reglage, mesures
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda.regles import Canal
from premier_accueil.socle.horloge import jour_local
from tests import fabriques as f
from tests.agenda import situations as s
from tests.pages.conftest import connecte
from tests.personnes import situations as personnes
from tests.personnes.parcours import texte

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H
DIX_HEURES_MARDI = A + timedelta(days=1)


@pytest.fixture
def dominique(lieu):
    return f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Dominique")


@pytest.fixture
def plage(dominique, lieu):
    return s.plage(dominique, lieu.pk, agent_id=dominique.compte_id)


@pytest.fixture
def a_l_heure(monkeypatch):
    """Return a function that sets the clock, in minutes around Tuesday, 10 o'clock."""

    def regler(minutes=0):
        monkeypatch.setattr("django.utils.timezone.now", lambda: DIX_HEURES_MARDI + timedelta(minutes=minutes))

    return regler


def venir(qui, cle, venue="oui"):
    vue = texte(connecte(qui).post(reverse("agenda:venue", args=[cle]), {"venue": venue}, follow=True))
    s.se_placer(qui)
    return vue


def prendre(role, plage, **dit):
    s.se_placer(role)
    return s.prendre(role, plage, debut=DIX_HEURES_MARDI, **dit)


def appeler(qui, attente_id=None, *, minutes=0):
    s.se_placer(qui)
    a = DIX_HEURES_MARDI + timedelta(minutes=minutes)
    if attente_id:
        return actions.faire("appeler", attente_id, role=qui, bureau="B1", a=a)
    return actions.appeler_suivant(
        etape="TRAVAIL_SOCIAL", bureau="B1", role=qui, site_id=Attente.objects.first().site_id, a=a
    )


def test_un_clic_note_la_venue_et_donne_sa_place_dans_la_file_de_qui_la_recoit(role, dominique, plage, a_l_heure):
    louise = personnes.personne(role)
    cle = prendre(role, plage, personne_id=louise)
    a_l_heure(-20)
    assert "Ticket 1 : Dominique la voit dans sa file" in venir(role, cle)
    ticket = Attente.objects.select_related("passage").get()
    assert (ticket.etape, ticket.rendez_vous_le, ticket.pour_id) == (
        "TRAVAIL_SOCIAL", DIX_HEURES_MARDI, dominique.compte_id,
    )  # fmt: skip
    assert (ticket.passage.sur_rendez_vous, ticket.passage.personne_id) == (True, louise)
    vue = texte(connecte(dominique).get("/file/"))
    assert "sur rendez-vous" in vue and "10:00, avec Dominique" in vue and "0 min d'attente" in vue
    assert "déjà « venue »" in venir(role, cle)
    assert (Attente.objects.count(), Passage.objects.count()) == (1, 1)


def test_t5_sans_nom_elle_a_sa_place_et_le_passage_reste_anonyme(role, plage, a_l_heure):
    cle = prendre(role, plage)
    a_l_heure()
    venir(role, cle)
    passage = Passage.objects.get()
    assert (passage.personne_id, passage.nom, passage.attentes.count()) == (None, "", 1)


def test_pas_venue_retire_le_numero_et_la_venue_se_note_de_nouveau(role, plage, a_l_heure):
    cle = prendre(role, plage, nom="Ada")
    a_l_heure()
    venir(role, cle)
    assert "Absence notée" in venir(role, cle, "non")
    assert (s.etat(cle), Attente.objects.count(), Passage.objects.get().annule_le is None) == ("NON_VENU", 0, False)
    a_l_heure(1)
    assert "Ticket 2" in venir(role, cle)
    assert (s.etat(cle), Attente.objects.count()) == ("HONORE", 1)


def test_qui_a_ete_appele_est_venu(role, dominique, plage, a_l_heure):
    cle = prendre(role, plage)
    a_l_heure()
    venir(role, cle)
    assert appeler(dominique, minutes=1).rendez_vous_le == DIX_HEURES_MARDI
    assert "sa venue reste notée" in venir(role, cle, "non")
    assert (s.etat(cle), Attente.objects.get().etat) == ("HONORE", "APPELE")


def test_a_l_heure_convenue_elle_passe_devant_et_n_est_pas_appelee_par_un_autre(
    role, dominique, lieu, plage, a_l_heure
):
    cle, autre = prendre(role, plage), f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Sam")
    for minutes in (-40, -30, -20):
        actions.donner_ticket(
            etape="TRAVAIL_SOCIAL", prenom="", role=s.se_placer(role), site_id=lieu.pk,
            a=DIX_HEURES_MARDI + timedelta(minutes=minutes),
        )  # fmt: skip
    a_l_heure(-15)
    venir(role, cle)
    sien = Attente.objects.get(pour=dominique.compte_id)
    assert appeler(dominique, minutes=-10).numero == 1  # not her hour yet
    assert appeler(autre, minutes=2).numero == 2
    assert appeler(dominique, minutes=2).pk == sien.pk
    assert appeler(autre, minutes=3).numero == 3
    assert appeler(autre, minutes=4) is None


def test_son_attente_se_mesure_depuis_l_heure_convenue(role, dominique, plage, a_l_heure):
    cle = prendre(role, plage)
    a_l_heure(-25)
    venir(role, cle)
    billet = appeler(dominique, minutes=5)
    jour = jour_local(DIX_HEURES_MARDI)

    def mediane():
        return mesures(role=role, du=jour, au=jour, a=DIX_HEURES_MARDI).etapes[0].mediane

    assert mediane() == 5
    Attente.objects.filter(pk=billet.pk).update(appele_le=DIX_HEURES_MARDI - timedelta(minutes=9))
    assert mediane() == 0


@pytest.mark.parametrize("cas", ["reglage", "telephone", "qui recoit"])
def test_sans_file_seule_la_venue_est_notee(role, dominique, lieu, a_l_heure, cas):
    canal = Canal.TELEPHONE if cas == "telephone" else Canal.GUICHET
    cle = prendre(role, s.plage(dominique, lieu.pk, agent_id=dominique.compte_id, canal=canal))
    if cas == "reglage":
        actions.regler_l_accueil(Reglage(file_sur_rendez_vous=False), role=role, a=A)
    a_l_heure()
    assert "Venue notée." in venir(dominique if cas == "qui recoit" else role, cle)
    assert (s.etat(cle), Attente.objects.count(), Passage.objects.count()) == ("HONORE", 0, 0)
