"""Who comes back with a slip: here first, at any place of the structure; elsewhere, what the code shows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from premier_accueil.accueil import actions as accueil
from premier_accueil.accueil.actions import pieces as actions
from premier_accueil.accueil.actions import pieces_retour as retours
from premier_accueil.accueil.models import Attente, BulletinDePieces, Passage, PieceManquante
from premier_accueil.accueil.regles import Etape
from premier_accueil.accueil.regles.retour import Lieu, proposer
from premier_accueil.accueil.requetes.pieces import bulletin_vu, bulletins_attendus
from premier_accueil.accueil.requetes.pieces_lieux import lieux_de_retour
from premier_accueil.faits.models import Fait
from premier_accueil.socle.cloison import situation, situer
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.accueil.situations_pieces import DEMAIN, bulletin, faits, passage


@pytest.fixture
def lieu(db):
    return f.site(f.structure(), "Hôtel de ville")


@pytest.fixture
def camille(lieu):
    return f.agent(lieu.structure)


def test_un_papier_coche_dans_un_autre_lieu_de_la_structure_est_vu_ici(camille, lieu):
    autre = f.site(lieu.structure, "Mairie de proximité")
    collegue = f.agent(lieu.structure, nom="Sacha")
    cle = bulletin(camille, lieu)
    piece = bulletin_vu(cle, role=camille, a=f.LUNDI_10H).pieces[0]
    actions.cocher(cle, piece.id, True, role=collegue, site_id=autre.pk, a=DEMAIN)
    vue = bulletin_vu(cle, role=camille, a=DEMAIN).pieces[0]
    assert (vue.vue_par, vue.vue_a, vue.vue_le) == ("Sacha", "Mairie de proximité", DEMAIN)
    assert faits("RETOUR_AVEC_PIECES") == [{"procedure": "RSA", "lieu": "AUTRE_LIEU"}]


def test_une_autre_structure_ne_voit_rien_sans_le_code(camille, lieu):
    cle = bulletin(camille, lieu)
    reference = BulletinDePieces.objects.get(pk=cle).reference
    ailleurs = f.agent(f.site(f.structure("Autre CCAS")).structure)
    situer(structure=ailleurs.structure_id, mission=ailleurs.mission_id)
    for geste in (
        lambda: bulletin_vu(cle, role=ailleurs, a=f.LUNDI_10H),
        lambda: actions.tout_est_la(cle, role=ailleurs, site_id=lieu.pk, a=DEMAIN),
    ):
        with pytest.raises(BulletinDePieces.DoesNotExist):
            geste()
    assert not BulletinDePieces.objects.exists()
    assert not PieceManquante.objects.exists()
    with situation(jeton=reference):
        assert PieceManquante.objects.count() == 3
        assert not Passage.objects.exists()
        assert PieceManquante.objects.update(libelle="volé") == 0


def test_le_code_montre_la_liste_et_dix_faux_la_ferment(camille, lieu):
    cle = bulletin(camille, lieu, "AAH_MDPH", vues=frozenset({"FORMULAIRE"}))
    b = BulletinDePieces.objects.get(pk=cle)
    situer()
    lu = retours.ouvrir_bulletin(b.reference.upper(), f"{b.code[:3]} {b.code[3:]}", a=DEMAIN)
    assert lu is not None
    assert [(x.libelle, x.vue) for x in lu.lignes][:2] == [
        ("Le formulaire Cerfa 15692, signé", True), ("Certificat médical de moins d'un an (Cerfa 15695)", False)
    ]  # fmt: skip
    faux = "000000" if b.code != "000000" else "111111"
    assert [retours.ouvrir_bulletin(b.reference, faux, a=DEMAIN) for _ in range(10)] == [None] * 10
    assert retours.ouvrir_bulletin(b.reference, b.code, a=DEMAIN) is None
    situer(structure=camille.structure_id, mission=camille.mission_id)
    assert bulletin_vu(cle, role=camille, a=DEMAIN).ferme
    actions.rouvrir_le_code(cle, role=camille, a=DEMAIN)
    assert retours.ouvrir_bulletin(b.reference, b.code, a=DEMAIN) is not None
    assert retours.ouvrir_bulletin(b.reference, b.code, a=b.expire_le + timedelta(days=400)) is None
    assert Acces.objects.filter(action="ouvrir_bulletin", compte_id=None).count() == 2


def test_qui_revient_passe_devant_a_tout_lieu_de_la_structure(camille, lieu):
    autre = f.site(lieu.structure, "Mairie de proximité")
    for _ in range(3):
        accueil.donner_ticket(etape=Etape.ACCUEIL, prenom="", role=camille, site_id=autre.pk, a=DEMAIN)
    cle, clic = bulletin(camille, lieu), uuid4()
    numeros = {
        retours.revenir(cle, etape=Etape.ACCUEIL, demande_id=clic, role=camille, site_id=autre.pk, a=DEMAIN)
        for _ in range(2)
    }
    assert numeros == {4}
    appele = accueil.appeler_suivant(etape=Etape.ACCUEIL, bureau="A", role=camille, site_id=autre.pk, a=DEMAIN)
    assert (appele.numero, appele.priorite, appele.prenom) == (4, "RETOUR", "")
    assert faits("RETOUR_AVEC_PIECES") == [{"procedure": "RSA", "lieu": "AUTRE_LIEU"}]


def test_un_retour_rejoint_son_passage_et_n_attend_qu_une_fois(camille, lieu):
    p = passage(camille, lieu, mots="RSA")
    cle = bulletin(camille, lieu, passage_id=p.pk)
    numeros = {
        retours.revenir(cle, etape=etape, demande_id=uuid4(), role=camille, site_id=lieu.pk, a=DEMAIN)
        for etape in (Etape.ACCUEIL, Etape.TRAVAIL_SOCIAL)
    }
    assert len(numeros) == 1
    assert Attente.objects.get(jour=DEMAIN.date()).passage_id == p.pk


def test_T11_un_jour_passe_ne_ferme_rien(camille, lieu):
    cle = bulletin(camille, lieu)
    tard = f.LUNDI_10H + timedelta(days=45)
    vu = bulletin_vu(cle, role=camille, a=tard)
    assert (vu.depasse, vu.complet_le) == (True, None)
    assert bulletins_attendus(site_id=lieu.pk, role=camille, a=tard).lignes[0].depasse
    assert retours.revenir(
        cle, etape=Etape.ACCUEIL, demande_id=uuid4(), role=camille, site_id=lieu.pk, a=tard
    )


def test_deux_agents_cochent_en_meme_temps_le_bulletin_est_complet_une_fois(base_neuve):
    from django.db import connection

    lieu = f.site(f.structure())
    camille = f.agent(lieu.structure)
    with situation(structure=camille.structure_id, mission=camille.mission_id):
        cle = bulletin(camille, lieu)
        pieces = list(PieceManquante.objects.filter(bulletin_id=cle).order_by("pk").values_list("pk", flat=True))

    def cocher(piece):
        try:
            with situation(structure=camille.structure_id, mission=camille.mission_id):
                return actions.cocher(cle, piece, True, role=camille, site_id=lieu.pk, a=DEMAIN)
        except actions.PieceDejaDite:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as agents:
        dits = list(agents.map(cocher, pieces * 2))
    assert dits.count(True) == 1
    assert dits.count(None) == len(pieces)
    with situation(structure=camille.structure_id, mission=camille.mission_id):
        assert BulletinDePieces.objects.get(pk=cle).complet_le == DEMAIN
        assert Fait.objects.filter(genre="RETOUR_AVEC_PIECES").count() == 1


def lieu_vu(cle, attente=None, trajet=None):
    return Lieu(cle, f"Lieu {cle}", "", 3, attente, trajet)


def test_un_lieu_n_est_conseille_que_s_il_fait_gagner_du_temps():
    vus = proposer(
        [lieu_vu(1, 40, 10), lieu_vu(2, 10, 25), lieu_vu(3, 38, 9), lieu_vu(4, 45, 40), lieu_vu(5)], ici=1, seuil=5
    )
    assert [(p.lieu.site_id, p.ici, p.gain) for p in vus] == [(1, True, 0), (2, False, 15), (3, False, 0), (4, False, 0), (5, False, 0)]
    assert vus[1].raisons == (
        "moins d'attente d'habitude : 10 min au lieu de 40", "mais plus loin : environ 25 min (estimation)"
    )  # fmt: skip


def test_le_lieu_plus_proche_est_propose_avec_son_trajet(camille, lieu):
    loin = f.commune("Ancenis", "44003", latitude=47.37, longitude=-1.18)
    f.site(lieu.structure, "Annexe", commune=loin, latitude=47.37, longitude=-1.18)
    p = passage(camille, lieu, commune_id=loin.pk)
    vus = lieux_de_retour(site_id=lieu.pk, passage_id=p.pk, role=camille, a=f.LUNDI_10H)
    assert [x.lieu.nom for x in vus] == ["Hôtel de ville", "Annexe"]
    assert "plus proche" in vus[1].raisons[0]
    assert "(estimation)" in vus[1].raisons[0]
    anonymes = lieux_de_retour(site_id=lieu.pk, passage_id=None, role=camille, a=f.LUNDI_10H)
    assert not any(x.raisons for x in anonymes)
