"""The queue: each ticket once, whatever happens at the same time."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Attente
from premier_accueil.accueil.regles import GESTES, Etape, EtatDAttente, GesteImpossible, Nature
from premier_accueil.accueil.requetes import ecran_par_jeton, etat_de_l_ecran, file_du_site
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.socle.cloison import situation
from tests import fabriques as f


def donner(role, lieu, a=f.LUNDI_10H, **champs):
    donne = {"etape": Etape.ACCUEIL, "prenom": ""} | champs
    return actions.donner_ticket(**donne, role=role, site_id=lieu.pk, a=a).numero


@pytest.fixture
def lieu(db):
    return f.site(f.structure())


@pytest.fixture
def camille(lieu):
    return f.agent(lieu.structure)


@pytest.mark.django_db
def test_les_numeros_se_suivent_et_recommencent_chaque_matin(camille, lieu):
    assert [donner(camille, lieu) for _ in range(3)] == [1, 2, 3]
    assert donner(camille, lieu, a=f.LUNDI_10H + timedelta(days=1)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("geste", GESTES)
@pytest.mark.parametrize("etat", EtatDAttente)
def test_chaque_geste_dans_chaque_etat(camille, lieu, geste, etat):
    donner(camille, lieu)
    ticket = Attente.objects.get()
    appele = {"appele_le": f.LUNDI_10H, "appele_par_id": camille.compte_id} if etat in {"APPELE", "TERMINE"} else {}
    Attente.objects.filter(pk=ticket.pk).update(etat=etat, **appele)
    if etat in GESTES[geste].depuis:
        assert actions.faire(geste, ticket.pk, role=camille, a=f.LUNDI_10H).etat == GESTES[geste].vers
    else:
        with pytest.raises(GesteImpossible, match="Le ticket 1 est déjà"):
            actions.faire(geste, ticket.pk, role=camille, a=f.LUNDI_10H)
        assert Attente.objects.get().etat == etat


@pytest.mark.django_db
def test_seul_qui_a_appele_termine(camille, lieu):
    donner(camille, lieu)
    actions.appeler_suivant(etape=Etape.ACCUEIL, bureau="1", role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    autre = f.agent(lieu.structure, nom="Noa")
    with pytest.raises(GesteImpossible, match="par Camille"):
        actions.faire("terminer", Attente.objects.get().pk, role=autre, a=f.LUNDI_10H)


@pytest.mark.django_db
def test_la_file_d_une_autre_structure_n_existe_pas(camille, lieu):
    donner(camille, lieu)
    ailleurs = f.agent(f.structure("Autre"))
    with pytest.raises(Attente.DoesNotExist):
        actions.faire("appeler", Attente.objects.get().pk, role=ailleurs, a=f.LUNDI_10H)
    assert (
        actions.appeler_suivant(etape=Etape.ACCUEIL, bureau="", role=ailleurs, site_id=lieu.pk, a=f.LUNDI_10H) is None
    )
    assert file_du_site(site_id=lieu.pk, etape=Etape.ACCUEIL, role=ailleurs, a=f.LUNDI_10H).en_attente == ()


@pytest.mark.django_db
def test_la_coordination_ne_voit_aucune_file(lieu, camille):
    donner(camille, lieu)
    coordination = f.agent(lieu.structure, Fonction.COORDINATION)
    assert file_du_site(site_id=lieu.pk, etape=Etape.ACCUEIL, role=coordination, a=f.LUNDI_10H).en_attente == ()


@pytest.mark.django_db
def test_l_ecran_ne_montre_que_numeros_et_prenoms(camille, lieu):
    jeton = actions.renouveler_ecran(role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    actions.accueillir(
        f.demande(mots="motif secret", nom="Durand", nature=Nature.TRAVAILLEUR_SOCIAL, prenom_affiche="Lou"),
        role=camille, site_id=lieu.pk, a=f.LUNDI_10H,
    )  # fmt: skip
    actions.appeler_suivant(etape=Etape.TRAVAIL_SOCIAL, bureau="Bureau 2", role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    assert ecran_par_jeton(jeton) == (lieu.pk, "Mairie")
    etat = etat_de_l_ecran(lieu.pk, f.LUNDI_10H).en_json()
    assert etat == {
        "appeles": ({"numero": 1, "prenom": "Lou", "bureau": "Bureau 2", "rappels": 0},),
        "derniers": (), "en_attente": 0, "estimation": "", "ferme": "", "son": False,
    }  # fmt: skip
    assert "secret" not in json.dumps(etat)
    assert "Durand" not in json.dumps(etat)


@pytest.mark.django_db
def test_un_nouveau_lien_d_ecran_arrete_l_ancien(camille, lieu):
    ancien = actions.renouveler_ecran(role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    nouveau = actions.renouveler_ecran(role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    assert ecran_par_jeton(ancien) is None
    assert ecran_par_jeton(nouveau)


def test_mille_appels_de_huit_guichets_chaque_ticket_une_fois(base_neuve):
    from django.db import connection

    lieu = f.site(f.structure())
    agents = [f.agent(lieu.structure) for _ in range(2)]
    chez_eux = {"structure": lieu.structure_id, "mission": agents[0].mission_id}
    with situation(**chez_eux):
        Attente.objects.bulk_create(
            Attente(
                structure=lieu.structure, site=lieu, jour=f.LUNDI_10H.date(), numero=n, etape=Etape.ACCUEIL,
                arrive_le=f.LUNDI_10H,
            )
            for n in range(1, 1001)
        )  # fmt: skip

    def guichet(rang):
        role, appeles = agents[rang % 2], []
        while True:
            with situation(**chez_eux):
                ticket = actions.appeler_suivant(
                    etape=Etape.ACCUEIL, bureau="", role=role, site_id=lieu.pk, a=f.LUNDI_10H
                )
            if ticket is None:
                break
            appeles.append(ticket.numero)
        connection.close()
        return appeles

    with ThreadPoolExecutor(8) as guichets:
        tous = [n for liste in guichets.map(guichet, range(8)) for n in liste]
    assert sorted(tous) == list(range(1, 1001))
    with situation(**chez_eux):
        assert Attente.objects.filter(etat=EtatDAttente.APPELE).count() == 1000


def test_des_arrivees_simultanees_ont_des_numeros_differents(base_neuve):
    from django.db import connection

    lieu = f.site(f.structure())
    role = f.agent(lieu.structure)

    def arriver(_):
        with situation(structure=role.structure_id, mission=role.mission_id):
            numero = donner(role, lieu)
        connection.close()
        return numero

    with ThreadPoolExecutor(8) as portes:
        assert sorted(portes.map(arriver, range(100))) == list(range(1, 101))


@pytest.mark.django_db
def test_une_longue_file_montre_les_prochains_et_compte_les_autres(camille, lieu):
    for _ in range(23):
        donner(camille, lieu)
    vue = file_du_site(site_id=lieu.pk, etape=Etape.ACCUEIL, role=camille, a=f.LUNDI_10H)
    assert ([t.numero for t in vue.en_attente], vue.derriere, vue.attendent) == (list(range(1, 13)), 11, 23)


@pytest.mark.django_db
def test_la_file_compte_les_personnes_recues_et_se_lit_en_une_requete(camille, lieu, django_assert_num_queries):
    for _ in range(3):
        donner(camille, lieu)
    for _ in range(2):
        ticket = actions.appeler_suivant(etape=Etape.ACCUEIL, bureau="B", role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    actions.faire("terminer", ticket.pk, role=camille, a=f.LUNDI_10H)
    with django_assert_num_queries(1):
        vue = file_du_site(site_id=lieu.pk, etape=Etape.ACCUEIL, role=camille, a=f.LUNDI_10H + timedelta(minutes=9))
    assert ([t.numero for t in vue.appeles], [t.numero for t in vue.en_attente], vue.recus) == ([1], [3], 1)
    assert (vue.appeles[0].appele_par, vue.appeles[0].a_moi, vue.en_attente[0].minutes) == ("Camille", True, 9)
