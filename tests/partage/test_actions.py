"""Agreements and communications: one transaction, sent once, read as what the reader is, cut for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from premier_accueil.acteurs.models import Engagement, Mission
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.partage import actions
from premier_accueil.partage.models import (
    Accord,
    Communication,
    ElementCommunique,
    LienDeCommunication,
    LigneDeRegistre,
)
from premier_accueil.partage.requetes import (
    accords_de,
    apercu,
    communication_recue,
    communications,
    registre_de,
)
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.journal.verification import verifier
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.partage.situations import TEXTES, codes, lire, oui, personne

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H
PLUS_TARD = A + timedelta(hours=2)


def test_ce_qui_part_est_ce_que_l_apercu_montrait(m):
    m.chez_nous()
    vu = apercu(m.souhait(), m.nous, A)
    envoi = m.envoyer()
    lue = lire(m, envoi.communication_id)
    assert [(ligne.code, ligne.texte) for ligne in lue.lignes] == [
        (ligne.code, ligne.texte) for ligne in vu.projection.partent
    ]
    assert codes(lue) == set(TEXTES)


def test_l_expediteur_garde_la_lecture_et_le_destinataire_ne_lit_rien_d_autre(m):
    envoi = m.envoyer()
    assert Communication.objects.count() == ElementCommunique.objects.count() / len(TEXTES) == 1
    m.chez_eux()
    assert Communication.objects.get().pk == envoi.communication_id
    assert not Accord.objects.exists()
    assert not Personne.objects.exists()
    assert not LigneDeRegistre.objects.exists()
    situer(structure=f.structure("Ailleurs").pk)
    assert not Communication.objects.exists()
    assert not ElementCommunique.objects.exists()
    situer()
    assert not Communication.objects.exists()


def test_un_double_clic_n_envoie_qu_une_fois(m):
    recueil = oui()
    premier, second = m.envoyer(recueil, lien=True), m.envoyer(recueil, lien=True)
    assert (premier.deja, second.deja) == (False, True)
    assert premier.communication_id == second.communication_id
    assert not second.secret
    assert (Accord.objects.count(), Communication.objects.count(), LigneDeRegistre.objects.count()) == (1, 1, 1)


def test_rien_n_est_note_si_rien_ne_part(m):
    Engagement.objects.all().delete()
    with pytest.raises(actions.PartageRefuse, match="pas engagée"):
        m.envoyer()
    assert not Accord.objects.exists()
    assert not LigneDeRegistre.objects.exists()


def test_la_copie_ne_part_pas_sans_sa_trace(m, monkeypatch):
    def muet(*_, **__):
        raise DatabaseError("journal")

    monkeypatch.setattr("premier_accueil.partage.actions.commun.inscrire", muet)
    with pytest.raises(DatabaseError), transaction.atomic():
        m.envoyer()
    assert not Communication.objects.exists()


def test_la_projection_se_refait_a_l_instant_d_envoyer(m):
    m.chez_nous()
    accord = actions.recueillir_un_accord(m.souhait(), oui(), role=m.nous, a=A)
    Mission.objects.filter(pk=m.lui.mission_id).update(statut_de_secret="AUCUN", texte="")
    envoi = actions.communiquer(accord.pk, TEXTES, lien=False, role=m.nous, a=PLUS_TARD)
    assert "SANTE" not in set(ElementCommunique.objects.values_list("code", flat=True))
    assert envoi.communication_id


def test_chaque_lecteur_relit_selon_sa_propre_mission(m):
    envoi = m.envoyer()
    assert "SANTE" in codes(lire(m, envoi.communication_id))
    stagiaire = f.agent(m.eux, Fonction.TRAVAIL_SOCIAL, nom="Alex")
    m.chez_eux()
    assert "SANTE" not in codes(communication_recue(envoi.communication_id, stagiaire, PLUS_TARD))
    accueil = f.agent(m.eux, Fonction.REFERENT_METIER)
    assert communications(accueil, PLUS_TARD) == ()
    with pytest.raises(Communication.DoesNotExist):
        communication_recue(envoi.communication_id, accueil, PLUS_TARD)


@pytest.mark.parametrize("fonction", [Fonction.ELU, Fonction.BENEVOLE, Fonction.ENCADREMENT, Fonction.ACCUEIL])
def test_t10_ni_elu_ni_benevole_ni_encadrement_ne_lit(m, fonction):
    envoi = m.envoyer()
    role = f.agent(m.eux, fonction)
    m.chez_eux()
    assert communications(role, A) == ()
    with pytest.raises(Communication.DoesNotExist):
        communication_recue(envoi.communication_id, role, A)
    with pytest.raises(actions.PartageRefuse):
        m.envoyer(fonction=fonction)


def test_la_lecture_est_notee_des_deux_cotes_sans_un_mot(m):
    envoi = m.envoyer()
    lire(m, envoi.communication_id)
    assert Acces.objects.filter(action="communication_recue", structure_id=m.eux.pk).exists()
    m.chez_nous()
    copie = Communication.objects.get()
    assert (copie.lue_le, copie.lue_par_id) == (PLUS_TARD, m.lui.compte_id)
    vus = accords_de(m.personne.pk, m.nous, PLUS_TARD)
    assert (vus[0].lue_le, vus[0].lue_par, vus[0].en_cours) == (PLUS_TARD, "Sam", True)
    registre = repr(list(LigneDeRegistre.objects.values())) + repr(list(Acces.objects.values()))
    for mot in (*TEXTES.values(), "Lovelace"):
        assert mot not in registre


def test_le_registre_dit_a_la_personne_qui_sait_quoi(m):
    m.envoyer()
    (ligne,) = registre_de(m.personne.pk, m.nous, PLUS_TARD).lignes
    assert (ligne.structure, ligne.role, ligne.a) == ("EDS d'Ancenis", "Travailleur social", A)
    assert "Santé, comme la personne la dit" in ligne.elements
    assert ligne.but == "Être accompagné dans la durée"
    assert "Accord" in ligne.base


def test_le_registre_suit_la_personne_quand_deux_dossiers_n_en_font_qu_un(m):
    m.envoyer()
    gardee = personne(m.ici, nom="Byron", cle="byron")
    Personne.objects.filter(pk=m.personne.pk).update(fusionnee_dans=gardee)
    assert len(registre_de(gardee.pk, m.nous, A).lignes) == 1


def test_une_autre_structure_ne_demande_ni_ne_retire_rien_ici(m):
    envoi = m.envoyer()
    m.chez_eux()
    with pytest.raises(Personne.DoesNotExist):
        actions.recueillir_un_accord(m.souhait(), oui(), role=m.lui, a=A)
    with pytest.raises(Accord.DoesNotExist):
        actions.retirer_un_accord(envoi.accord_id, role=m.lui, a=A)
    with pytest.raises(Personne.DoesNotExist):
        registre_de(m.personne.pk, m.lui, A)


def test_on_n_ecrit_pas_a_sa_propre_structure(m):
    with pytest.raises(actions.PartageRefuse, match="la vôtre"):
        m.envoyer(destinataire_id=m.ici.pk)


def test_le_registre_reste_verifiable(m):
    envoi = m.envoyer()
    m.chez_nous()
    actions.retirer_un_accord(envoi.accord_id, role=m.nous, a=PLUS_TARD)
    bilan = verifier(m.ici.pk, a=PLUS_TARD)
    assert bilan.lignes >= 4
    assert not bilan.fautes
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT count(*) FROM pg_class WHERE relname LIKE 'partage\\_%' AND relkind = 'r' AND NOT relforcerowsecurity"
        )
        assert curseur.fetchone() == (0,)


def test_la_conservation_detruit_un_accord_sans_rouvrir_sa_copie(m):
    envoi = m.envoyer(lien=True)
    assert lire(m, envoi.communication_id).lignes
    situer(structure=m.ici.pk, tache="conservation")
    Accord.objects.filter(pk=envoi.accord_id).delete()
    assert "arrivé à sa fin" in lire(m, envoi.communication_id).message
    assert not actions.ouvrir_le_lien(envoi.secret, a=PLUS_TARD).lignes
    situer(structure=m.eux.pk, tache="conservation")
    Communication.objects.filter(structure_id=m.eux.pk).delete()
    m.chez_nous()
    assert not ElementCommunique.objects.exists()
    assert not LienDeCommunication.objects.exists()
    assert LigneDeRegistre.objects.count() == 1
