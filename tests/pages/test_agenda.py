"""The agenda through its pages: two clicks, words kept, nobody's agenda but one's own."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda.models import FluxDeCalendrier, PlageDAgenda, RendezVous, Silence
from premier_accueil.agenda.regles import Ouverture
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.agenda import situations as s
from tests.pages.conftest import connecte
from tests.personnes import situations as personnes

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H


@pytest.fixture
def dominique(lieu):
    return f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Dominique")


@pytest.fixture
def plage(dominique, lieu):
    return s.plage(dominique, lieu.pk, agent_id=dominique.compte_id)


def champ(page: str, nom: str) -> str:
    return re.search(rf'name="{nom}" value="([^"]+)"', page).group(1)


def choisir(client: Client, adresse: str):
    """Click on the first free slot of the page."""
    page = client.get(adresse).content.decode()
    action = re.search(r'<form method="post" action="(/agenda/[^"]+)"', page).group(1)
    envoi = {"creneau": champ(page, "creneau"), "demande_id": champ(page, "demande_id")}
    return client.post(action, envoi)


def confirmer(client: Client, adresse: str, **dit: str):
    page = client.get(adresse).content.decode()
    return client.post(adresse, {c: champ(page, c) for c in ("creneau", "demande_id")} | dit)


def chez(role) -> None:
    situer(structure=role.structure_id, mission=role.mission_id)


def test_deux_clics_sans_dire_son_nom(guichet, role, plage):
    tenu = choisir(guichet, reverse("agenda:prendre"))
    assert tenu.status_code == 302
    pris = confirmer(guichet, tenu["Location"])
    assert pris.status_code == 302
    page = guichet.get(pris["Location"]).content.decode()
    assert "sans nom" in page and "mardi 24 novembre 2026 à 09:00" in page
    jour = guichet.get(reverse("agenda:jour"), {"jour": "2026-11-24"}).content.decode()
    assert "Sans nom" in jour and "Permanence sociale" in jour


def test_pour_une_personne_connue(guichet, role, plage):
    louise = personnes.personne(role)
    tenu = choisir(guichet, reverse("agenda:prendre_pour", args=[louise]))
    page = guichet.get(tenu["Location"]).content.decode()
    assert "Pour Louise Martin" in page and 'name="nom"' not in page
    confirmer(guichet, tenu["Location"])
    chez(role)
    assert RendezVous.objects.get().personne_id == louise
    assert "Permanence sociale" in guichet.get(reverse("agenda:personne", args=[louise])).content.decode()
    assert reverse("agenda:prendre_pour", args=[louise]) in guichet.get(reverse("personnes:dossier", args=[louise])).content.decode()


def test_celui_qui_arrive_second_lit_les_prochains_creneaux(guichet, role, dominique, plage):
    page = guichet.get(reverse("agenda:prendre")).content.decode()
    s.prendre(s.se_placer(dominique), plage)
    perdu = guichet.post(reverse("agenda:tenir"), {"creneau": champ(page, "creneau"), "demande_id": champ(page, "demande_id")})
    assert perdu.status_code == 409
    texte = perdu.content.decode()
    assert "vient d&#x27;être pris" in texte and "09:30" in texte


def test_un_rappel_sans_numero_se_corrige_et_garde_le_nom(guichet, role, plage, settings):
    settings.ENVOI = "fichier"
    tenu = choisir(guichet, reverse("agenda:prendre"))
    reponse = confirmer(guichet, tenu["Location"], nom="Madame au chien", rappel="SMS")
    assert reponse.status_code == 400
    texte = reponse.content.decode()
    assert "Madame au chien" in texte and "Pas de rappel" in texte and "Écrivez le numéro" in texte
    chez(role)
    assert RendezVous.objects.get().etat == "TENU"


def test_deplacer_puis_annuler_en_deux_clics(guichet, role, plage):
    cle = s.prendre(role, plage)
    deplace = choisir(guichet, reverse("agenda:deplacer", args=[cle]))
    assert deplace.status_code == 302
    chez(role)
    nouveau = RendezVous.objects.get(remplace_id=cle)
    guichet.post(reverse("agenda:annuler", args=[nouveau.pk]), {"par": "service"})
    chez(role)
    assert (s.etat(cle), s.etat(nouveau.pk)) == ("DEPLACE", "ANNULE_SERVICE")
    encore = guichet.post(reverse("agenda:annuler", args=[nouveau.pk]), {"par": "service"}, follow=True)
    assert "déjà « annulé par le service »" in encore.content.decode()


def test_deplacer_n_offre_que_ce_qui_sera_accepte(guichet, role, lieu, plage):
    """What she said of herself stays with those she said it to: another body's slots are not offered to be refused."""
    voisins = f.structure("France services")
    f.service(voisins, site=lieu)
    voisin = f.agent(voisins, Fonction.TRAVAIL_SOCIAL)
    la_bas = s.plage(s.se_placer(voisin), lieu.pk, nom="Relais des partenaires", ouverte_a=(Ouverture.ACCUEIL, Ouverture.HEBERGEUR))
    chez(role)
    dite, sans_nom = s.prendre(role, plage, nom="Ada"), s.prendre(role, plage)
    offerts = [guichet.get(reverse("agenda:deplacer", args=[cle])).content.decode() for cle in (dite, sans_nom)]
    assert [f'name="creneau" value="{la_bas}' in page for page in offerts] == [False, True]


def test_noter_la_venue_depuis_la_journee(guichet, role, plage, monkeypatch):
    cle = s.prendre(role, plage)
    assert "Venue<" not in guichet.get(reverse("agenda:jour"), {"jour": "2026-11-24"}).content.decode()
    monkeypatch.setattr("django.utils.timezone.now", lambda: A + timedelta(days=1))
    le_lendemain = connecte(role)  # a session does not last the night
    assert "Venue<" in le_lendemain.get(reverse("agenda:jour")).content.decode()
    le_lendemain.post(reverse("agenda:venue", args=[cle]), {"venue": "non"})
    chez(role)
    assert s.etat(cle) == "NON_VENU"


def test_la_feuille_du_jour_porte_tout_et_la_liste_quinze_lignes(guichet, role, dominique, lieu):
    groupe = s.plage(dominique, lieu.pk, capacite=18, nom="Atelier")
    debut = s.premier(role, groupe)
    for _ in range(18):
        s.prendre(role, groupe, debut=debut)
    adresse = {"jour": "2026-11-24"}
    assert guichet.get(reverse("agenda:jour"), adresse).content.decode().count('class="billet"') == 15
    assert guichet.get(reverse("agenda:jour"), adresse | {"page": "2"}).content.decode().count('class="billet"') == 3
    assert guichet.get(reverse("agenda:imprimer"), adresse).content.decode().count('<th scope="row">') == 18


@pytest.mark.parametrize("jour", ["", "9999-99-99", "0001-01-01", "9999-12-31", "x\x00"])
def test_un_jour_illisible_montre_aujourd_hui(guichet, plage, jour):
    reponse = guichet.get(reverse("agenda:jour"), {"jour": jour, "vue": "semaine"})
    assert reponse.status_code == 200 and "23 novembre" in reponse.content.decode()


def test_une_plage_s_ajoute_se_change_se_ferme_et_s_arrete(clients, lieu, dominique):
    administration = clients("ADMINISTRATION")
    formulaire = administration.get(reverse("agenda:nouvelle_plage")).content.decode()
    donnees = {
        "nom": "Permanence budget", "canal": "GUICHET", "site": lieu.pk, "rythme": "QUINZAINE", "rang": "0",
        "jours": ["1", "3"], "heure_debut": "14:00", "heure_fin": "16:00", "duree_minutes": "20", "capacite": "1",
        "debut": "2026-11-23", "ouverte_a": ["ACCUEIL", "HEBERGEUR"], "agent": dominique.compte_id,
        "demande_id": champ(formulaire, "demande_id"),
    }  # fmt: skip
    for _ in range(2):
        assert administration.post(reverse("agenda:nouvelle_plage"), donnees).status_code == 302
    plage = PlageDAgenda.objects.get()
    assert (plage.jours, plage.ouverte_a) == ([1, 3], ["ACCUEIL", "HEBERGEUR"])
    page = administration.get(reverse("agenda:plage", args=[plage.pk])).content.decode()
    assert "Mardi et jeudi, une semaine sur deux, 14:00 – 16:00" in page
    change = donnees | {"version": "1", "nom": "Budget"}
    assert administration.post(reverse("agenda:changer_plage", args=[plage.pk]), change).status_code == 302
    conflit = administration.post(reverse("agenda:changer_plage", args=[plage.pk]), change | {"nom": "Autre nom"})
    assert conflit.status_code == 400
    assert "a changé cette plage" in conflit.content.decode() and "Autre nom" in conflit.content.decode()
    ferme = {"genre": "FERME", "du": "2026-12-21", "au": "2027-01-02"}
    assert administration.post(reverse("agenda:plage", args=[plage.pk]), ferme).status_code == 302
    faux = administration.post(reverse("agenda:plage", args=[plage.pk]), ferme | {"au": "2026-12-01"})
    assert faux.status_code == 400 and "Le dernier jour est avant le premier" in faux.content.decode()
    administration.post(reverse("agenda:arreter_plage", args=[plage.pk]))
    assert reverse("agenda:plage", args=[plage.pk]) not in administration.get(reverse("agenda:plages")).content.decode()


def test_une_plage_mal_dite_garde_la_saisie(clients, lieu):
    administration = clients("ADMINISTRATION")
    reponse = administration.post(
        reverse("agenda:nouvelle_plage"),
        {"nom": "Permanence", "canal": "GUICHET", "rythme": "SEMAINE", "jours": ["1"], "heure_debut": "09:00", "heure_fin": "12:00",
         "duree_minutes": "30", "capacite": "1", "debut": "2026-11-23", "demande_id": "1b671a64-40d5-491e-99b0-da01ff1f3341"},
    )  # fmt: skip
    assert reponse.status_code == 400
    assert "dites dans quel lieu" in reponse.content.decode() and 'value="Permanence"' in reponse.content.decode()


def test_le_flux_dit_rendez_vous_et_rien_d_autre(lieu, dominique, plage):
    louise = personnes.personne(dominique)
    s.prendre(dominique, plage, personne_id=louise)
    s.prendre(dominique, plage, nom="Madame au chien")
    agent = connecte(dominique)
    page = agent.post(reverse("agenda:calendrier")).content.decode()
    adresse = re.search(r'value="http://testserver([^"]+\.ics)"', page).group(1)
    situer()
    reponse = Client().get(adresse)
    assert reponse["Content-Type"].startswith("text/calendar")
    evenements = Calendar.from_ical(reponse.content).walk("VEVENT")
    assert {str(e["summary"]) for e in evenements} == {"Rendez-vous"}
    assert {k for e in evenements for k in e} == {"SUMMARY", "UID", "DTSTAMP", "DTSTART", "DTEND", "CLASS"}
    assert len(evenements) == 2
    for mot in ("Martin", "Louise", "chien", "Permanence", "Pôle"):
        assert mot not in reponse.content.decode()
    secret = adresse.split("/")[-1].removesuffix(".ics")
    chez(dominique)
    assert secret not in str(FluxDeCalendrier.objects.values().get())


def test_le_flux_se_ferme_se_remplace_et_finit_avec_la_mission(dominique, plage):
    agent = connecte(dominique)

    def ouvrir() -> str:
        page = agent.post(reverse("agenda:calendrier")).content.decode()
        return re.search(r'value="http://testserver([^"]+\.ics)"', page).group(1)

    ancien, nouveau = ouvrir(), ouvrir()
    assert [Client().get(x).status_code for x in (ancien, nouveau)] == [404, 200]
    agent.post(reverse("agenda:fermer_le_calendrier"))
    assert Client().get(nouveau).status_code == 404
    dernier = ouvrir()
    Mission.objects.filter(pk=dominique.mission_id).update(fin=A.date() - timedelta(days=1))
    assert Client().get(dernier).status_code == 404
    assert Client().get(reverse("agenda:flux", args=["x" * 30])).status_code == 404


def test_t20_ne_plus_lui_ecrire(guichet, role):
    louise = personnes.personne(role)
    adresse = reverse("agenda:silence", args=[louise])
    assert guichet.post(adresse, {"raison": ""}).status_code == 400
    assert guichet.post(adresse, {"raison": "HOPITAL"}).status_code == 302
    assert "On ne lui écrit plus" in guichet.get(reverse("agenda:personne", args=[louise])).content.decode()
    chez(role)
    assert Silence.objects.get().raison == "HOPITAL"
    guichet.post(adresse, {"reprendre": "1"})
    chez(role)
    assert Silence.objects.get().leve_le == A


def test_une_tenue_perdue_se_dit(guichet, role, dominique, plage, monkeypatch):
    tenu = choisir(guichet, reverse("agenda:prendre"))
    page = guichet.get(tenu["Location"]).content.decode()
    envoi = {c: champ(page, c) for c in ("creneau", "demande_id")}
    tard = A + timedelta(minutes=11)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tard)
    s.prendre(s.se_placer(dominique), plage, a=tard)
    perdu = guichet.post(tenu["Location"], envoi)
    assert perdu.status_code == 409 and "plus tenu" in perdu.content.decode() and "09:30" in perdu.content.decode()


def test_les_plages_sont_tenues_par_le_travail_social_et_l_administration(clients, plage):
    entrent = {x for x in Fonction if clients(x.value).get(reverse("agenda:plages")).status_code == 200}
    assert entrent == {Fonction.TRAVAIL_SOCIAL, Fonction.ADMINISTRATION}


def test_prendre_reverifie_la_personne(guichet, role, lieu, plage):
    ailleurs = f.agent(f.structure("Ailleurs"), Fonction.ACCUEIL)
    autre = personnes.personne(ailleurs)
    assert guichet.get(reverse("agenda:prendre_pour", args=[autre])).status_code == 404
    assert guichet.post(reverse("agenda:tenir_pour", args=[autre])).status_code == 404
