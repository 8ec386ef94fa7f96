"""An agreement given by a code on her telephone: neutral, short-lived, few tries, one agreement, no number kept."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from premier_accueil.partage import actions
from premier_accueil.partage.models import Accord, CodeDAccord
from premier_accueil.personnes.actions import Regle, poser_la_regle_de_contact
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.partage.situations import TEXTES, oui

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H
PORTABLE = "06 12 34 56 78"


def demander(m, demande, a=A, numero=PORTABLE, sans_risque=True, **champs):
    m.chez_nous()
    return actions.envoyer_un_code(
        m.souhait(**champs), demande, numero=numero, sans_risque=sans_risque, role=m.nous, a=a
    )


def recu(messages) -> str:
    return re.search(r"\d{6}", messages[-1].texte)[0]


def accorder(m, demande, a=A, **champs):
    return m.envoyer(oui(demande_id=demande, obtention="CODE_SMS"), a=a, **champs)


def essayer(m, demande, code, a=A):
    return actions.essayer_un_code(demande, code, role=m.nous, a=a)


def test_l_accord_n_est_note_qu_apres_le_bon_code(m, messages):
    demande = uuid4()
    assert demander(m, demande) == "78"
    assert not Accord.objects.exists()
    with pytest.raises(actions.PartageRefuse, match="Tapez le code"):
        accorder(m, demande)
    code = recu(messages)
    assert essayer(m, demande, f"{code[:3]} {code[3:]}") == ""
    accorder(m, demande)
    assert Accord.objects.get().obtention == "CODE_SMS"


def test_le_message_est_neutre_et_rien_du_numero_n_est_garde(m, messages):
    demander(m, uuid4())
    (message,) = messages
    assert message.vers == "+33612345678"
    assert message.texte == f"Votre code : {recu(messages)}. Il dure 10 minutes."
    with connection.cursor() as curseur:
        curseur.execute("SELECT row_to_json(c)::text FROM partage_codedaccord c")
        garde = curseur.fetchone()[0]
    assert "12345678" not in garde
    assert recu(messages) not in garde.replace(str(CodeDAccord.objects.get().demande_id), "")
    assert not Acces.objects.filter(action__contains="6").exists()


def test_un_mauvais_code_compte_et_le_sixieme_essai_ne_vaut_plus(m, messages):
    demande = uuid4()
    demander(m, demande)
    faux = f"{(int(recu(messages)) + 1) % 1_000_000:06d}"
    dits = [essayer(m, demande, faux) for _ in range(5)]
    assert "Il reste 4 essais" in dits[0]
    assert "Envoyez un nouveau code" in dits[4]
    assert "Trop d'essais" in essayer(m, demande, recu(messages))
    with pytest.raises(actions.PartageRefuse):
        accorder(m, demande)


def test_un_code_trop_vieux_ne_vaut_plus_ni_a_l_essai_ni_a_l_accord(m, messages):
    demande = uuid4()
    demander(m, demande)
    assert "trop vieux" in essayer(m, demande, recu(messages), A + timedelta(minutes=10))
    assert not essayer(m, demande, recu(messages), A + timedelta(minutes=9))
    with pytest.raises(actions.PartageRefuse, match="trop vieux"):
        accorder(m, demande, a=A + timedelta(minutes=11))


def test_un_code_ne_donne_qu_un_accord(m, messages):
    demande = uuid4()
    demander(m, demande)
    essayer(m, demande, recu(messages))
    premier = accorder(m, demande)
    assert essayer(m, demande, recu(messages)) == ""  # a double click finds the first agreement again
    assert accorder(m, demande).accord_id == premier.accord_id
    autre = uuid4()
    assert "Envoyez d'abord" in essayer(m, autre, recu(messages))
    with pytest.raises(actions.PartageRefuse):
        accorder(m, autre)
    assert Accord.objects.count() == 1


def test_un_code_ne_vaut_que_pour_ce_qui_a_ete_lu(m, messages):
    demande = uuid4()
    demander(m, demande)
    essayer(m, demande, recu(messages))
    for change in ({"but": "LOGEMENT"}, {"jours": 365}, {"textes": TEXTES | {"BUDGET": "autre chose"}}):
        with pytest.raises(actions.PartageRefuse, match="a changé depuis"):
            accorder(m, demande, **change)
    accorder(m, demande)


def test_dans_deux_onglets_le_code_le_plus_recent_vaut_et_chacun_le_sien(m, messages):
    un, deux = uuid4(), uuid4()
    demander(m, un)
    ancien = recu(messages)
    demander(m, un, A + timedelta(seconds=1))
    demander(m, deux, A + timedelta(seconds=2))
    dernier, autre = re.search(r"\d{6}", messages[1].texte)[0], recu(messages)
    if ancien != dernier:
        assert "pas ce code" in essayer(m, un, ancien, A + timedelta(seconds=3))
    if autre != dernier:
        assert "pas ce code" in essayer(m, un, autre, A + timedelta(seconds=3))
    assert not essayer(m, un, dernier, A + timedelta(seconds=3))


def test_les_envois_sont_comptes_par_personne_et_par_heure(m, messages):
    for n in range(4):
        demander(m, uuid4(), A + timedelta(minutes=n))
    with pytest.raises(actions.PartageRefuse, match="attendez une heure"):
        demander(m, uuid4(), A + timedelta(minutes=5))
    assert len(messages) == 4
    demander(m, uuid4(), A + timedelta(minutes=61))


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"sans_risque": False}, "sans risque"), ({"numero": "02 40 00 00 00"}, "portable"),
        ({"numero": ""}, "Écrivez le numéro"), ({"numero": "12"}, "chiffres"),
    ],
)  # fmt: skip
def test_rien_ne_part_sans_numero_ni_sans_son_avis(m, messages, champs, dit):
    with pytest.raises(actions.PartageRefuse, match=dit):
        demander(m, uuid4(), **champs)
    assert not messages
    assert not CodeDAccord.objects.exists()


def test_le_numero_sur_sert_seulement_si_elle_accepte_les_sms(m, messages):
    regle = Regle(numero="06 98 76 54 32", heures="", messagerie=False, sms=False, langue="", interprete=False, precisions="")
    m.chez_nous()
    poser_la_regle_de_contact(m.personne.pk, regle, role=m.nous, a=A)
    with pytest.raises(actions.PartageRefuse):
        demander(m, uuid4(), numero="")
    from dataclasses import replace

    poser_la_regle_de_contact(m.personne.pk, replace(regle, sms=True), role=m.nous, a=A)
    demander(m, uuid4(), numero="")
    assert messages[-1].vers == "+33698765432"


def test_sans_fournisseur_l_ecran_ne_promet_rien(m, settings):
    settings.ENVOI = "console"
    with pytest.raises(actions.PartageRefuse, match="pas réglé ici"):
        demander(m, uuid4())


def test_les_vieux_codes_s_effacent(m, messages):
    demander(m, uuid4())
    demander(m, uuid4(), A + timedelta(days=2))
    assert CodeDAccord.objects.count() == 1
