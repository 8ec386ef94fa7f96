"""T1: agreement withdrawn after sharing; links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from premier_accueil.partage import actions
from premier_accueil.partage.models import (
    Accord,
    Communication,
    ElementCommunique,
    LienDeCommunication,
    LigneDeRegistre,
)
from premier_accueil.partage.regles import FIN_D_ACCES
from premier_accueil.partage.requetes import (
    accord_de,
    communication_recue,
    communications,
    dit_du_retrait,
    registre_de,
)
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.partage.situations import TEXTES, codes, lire, oui

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H
PLUS_TARD = A + timedelta(hours=2)


def test_t1_le_retrait_coupe_tout_dans_la_meme_requete(m):
    envoi = m.envoyer(lien=True)
    assert lire(m, envoi.communication_id).lignes
    assert actions.ouvrir_le_lien(envoi.secret, a=PLUS_TARD).lignes
    m.chez_nous()
    assert actions.retirer_un_accord(envoi.accord_id, role=m.nous, a=PLUS_TARD)
    m.chez_eux()
    lue = communication_recue(envoi.communication_id, m.lui, PLUS_TARD)
    assert (lue.message, lue.lignes, lue.auteur, lue.but) == (FIN_D_ACCES, (), "", "")
    assert lue.fermee_le == PLUS_TARD
    assert not ElementCommunique.objects.exists()  # raw, as the recipient: the database itself shows nothing
    par_lien = actions.ouvrir_le_lien(envoi.secret, a=PLUS_TARD)
    assert (par_lien.message, par_lien.lignes) == (FIN_D_ACCES, ())
    m.chez_nous()
    assert not actions.retirer_un_accord(envoi.accord_id, role=m.nous, a=PLUS_TARD)
    with pytest.raises(actions.PartageRefuse, match="retiré"):
        accord = actions.recueillir_un_accord(m.souhait(), oui(), role=m.nous, a=A)
        actions.retirer_un_accord(accord.pk, role=m.nous, a=A)
        actions.communiquer(accord.pk, TEXTES, lien=False, role=m.nous, a=A)


def test_t1_l_accord_se_relit_a_chaque_lecture_pas_la_copie(m):
    envoi = m.envoyer(lien=True)
    assert lire(m, envoi.communication_id).lignes
    m.chez_nous()
    Accord.objects.filter(pk=envoi.accord_id).update(retire_le=PLUS_TARD)  # the copy was not told
    assert not lire(m, envoi.communication_id).lignes
    assert not actions.ouvrir_le_lien(envoi.secret, a=PLUS_TARD).lignes


def test_t1_le_destinataire_voit_d_abord_qu_il_doit_arreter(m):
    envoi = m.envoyer()
    m.envoyer(a=PLUS_TARD)
    m.chez_nous()
    actions.retirer_un_accord(envoi.accord_id, role=m.nous, a=PLUS_TARD)
    m.chez_eux()
    vues = communications(m.lui, PLUS_TARD)
    assert [(v.id == envoi.communication_id, v.message) for v in vues] == [(True, FIN_D_ACCES), (False, "")]
    assert vues[0].fermee_le == PLUS_TARD


def test_t1_la_personne_sait_ce_que_le_destinataire_garde(m):
    envoi = m.envoyer()
    m.chez_nous()
    actions.retirer_un_accord(envoi.accord_id, role=m.nous, a=PLUS_TARD)
    assert "Personne ne l'avait encore lu" in " ".join(dit_du_retrait(accord_de(envoi.accord_id, m.nous, PLUS_TARD)[1]))
    envoi = m.envoyer(a=PLUS_TARD)
    lire(m, envoi.communication_id)
    m.chez_nous()
    actions.retirer_un_accord(envoi.accord_id, role=m.nous, a=PLUS_TARD)
    dit = " ".join(dit_du_retrait(accord_de(envoi.accord_id, m.nous, PLUS_TARD)[1]))
    assert "lu par Sam le 23/11/2026 à 12:00" in dit
    assert "ne peut pas être" in dit
    assert "cela reste là-bas, sous sa responsabilité" in dit


def test_t1_les_registres_ne_se_recrivent_jamais(m):
    envoi = m.envoyer()
    m.chez_nous()
    actions.retirer_un_accord(envoi.accord_id, role=m.nous, a=PLUS_TARD)
    assert [ligne.geste for ligne in registre_de(m.personne.pk, m.nous, PLUS_TARD).lignes] == [
        "Accord retiré, accès fermé", "Communiqué",
    ]  # fmt: skip
    for geste in (lambda: LigneDeRegistre.objects.update(destinataire="autre"), LigneDeRegistre.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            geste()


@pytest.mark.parametrize("champs", [{"fermee_le": None}, {"fin": A + timedelta(days=999)}, {"lue_le": A}])
def test_t1_une_copie_fermee_ne_se_rouvre_pas_meme_en_base(m, champs):
    envoi = m.envoyer()
    lire(m, envoi.communication_id)
    m.chez_nous()
    actions.retirer_un_accord(envoi.accord_id, role=m.nous, a=PLUS_TARD)
    for chez in (m.chez_nous, m.chez_eux):
        chez()
        with pytest.raises(DatabaseError), transaction.atomic():
            Communication.objects.update(**champs)
    m.chez_nous()
    with pytest.raises(DatabaseError), transaction.atomic():
        Accord.objects.update(retire_le=None)


def test_le_destinataire_ne_ferme_ni_ne_change_ni_ne_detruit_une_copie(m):
    m.envoyer()
    m.chez_eux()
    with pytest.raises(DatabaseError), transaction.atomic():
        Communication.objects.update(fermee_le=A)
    assert ElementCommunique.objects.update(texte="autre chose") == 0
    assert Communication.objects.all()._raw_delete("default") == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        Communication.objects.create(
            structure=m.eux, expediteur=m.ici, accord_id=99, fonction="TRAVAIL_SOCIAL", but="SOINS", base="ACCORD",
            auteur_id=m.lui.compte_id, envoyee_le=A, fin=PLUS_TARD,
        )  # fmt: skip


def test_un_accord_termine_ferme_la_lecture(m):
    envoi = m.envoyer(jours=1, lien=True)
    assert lire(m, envoi.communication_id).lignes
    demain = A + timedelta(days=1)
    lue = communication_recue(envoi.communication_id, m.lui, demain)
    assert "arrivé à sa fin" in lue.message
    assert not lue.lignes
    assert actions.ouvrir_le_lien(envoi.secret, a=demain) is None


def test_un_lien_n_ouvre_que_sa_communication_et_rien_de_la_sante(m):
    envoi = m.envoyer(lien=True)
    situer()
    lue = actions.ouvrir_le_lien(envoi.secret, a=PLUS_TARD)
    assert codes(lue) == set(TEXTES) - {"SANTE"}
    assert actions.ouvrir_le_lien(envoi.secret[:-1] + "x", a=PLUS_TARD) is None
    for secret in ("", "x" * 10_000, "é\ud800", LienDeCommunication):
        assert actions.ouvrir_le_lien(str(secret), a=PLUS_TARD) is None
    situer(jeton=envoi.secret)
    assert Communication.objects.count() == LienDeCommunication.objects.count() == 1
    assert ElementCommunique.objects.count() == len(TEXTES)
    assert not Accord.objects.exists()
    assert not Personne.objects.exists()
    situer(jeton="autre")
    assert not Communication.objects.exists()


def test_le_secret_du_lien_n_est_garde_nulle_part(m):
    envoi = m.envoyer(lien=True)
    assert len(envoi.secret) >= 43
    assert envoi.secret not in repr(list(LienDeCommunication.objects.values()))
    assert LienDeCommunication.objects.get().expire_le == A + timedelta(days=30)
