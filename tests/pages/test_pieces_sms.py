"""The slip of papers sent by SMS, through its page: as the person said, once, and a typed number kept nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from premier_accueil.accueil.models import BulletinDePieces, Passage
from premier_accueil.agenda.actions import ne_plus_ecrire
from premier_accueil.personnes.actions import Regle, poser_la_regle_de_contact
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.pages.test_pieces import faire, page, poster, recevoir
from tests.personnes import situations as personnes

pytestmark = pytest.mark.django_db
MOBILE = "06 12 34 56 78"
SUR = {"numero": MOBILE, "sans_risque": "oui"}


@pytest.fixture
def envoyer(guichet, django_capture_on_commit_callbacks):
    """Return who presses the button of a slip."""

    def presser(bulletin, **champs):
        with django_capture_on_commit_callbacks(execute=True):
            return poster(guichet, f"/pieces/{bulletin.pk}/sms/", **champs)

    return presser


@pytest.fixture
def connue(guichet, role):
    """Return a slip whose passage is attached to a file, and the key of that file."""

    def faire_pour(**regle):
        cle = personnes.personne(role, telephone="06 99 99 99 99")
        if regle:
            poser_la_regle_de_contact(cle, Regle(**regle), role=role, a=f.LUNDI_10H)
        passage = recevoir(guichet)
        Passage.objects.filter(pk=passage.pk).update(personne_id=cle)
        return faire(guichet, "FSL", passage), cle

    return faire_pour


def chez(role):
    situer(structure=role.structure_id, mission=role.mission_id)


def test_sans_fournisseur_le_texte_se_copie_et_rien_n_est_offert(guichet, settings):
    settings.ENVOI = "console"
    vue = page(guichet, f"/pieces/{faire(guichet).pk}/")
    assert "Texte du SMS, à copier" in vue and "Envoyer le SMS" not in vue


def test_t5_une_personne_anonyme_recoit_son_sms_et_son_numero_n_est_garde_nulle_part(guichet, role, envoyer, envois):
    bulletin = faire(guichet, "FSL")
    assert "Envoyer le SMS" in page(guichet, f"/pieces/{bulletin.pk}/")
    assert "SMS envoyé" in envoyer(bulletin, **SUR)
    (message,) = envois()
    assert message["vers"] == "+33612345678"
    assert "revenez avec vos papiers" in message["texte"]
    for mot in ("logement", "loyer", "FSL", bulletin.code):
        assert mot.lower() not in message["texte"].lower(), mot
    chez(role)
    garde = BulletinDePieces.objects.values().get(pk=bulletin.pk)
    assert garde["sms_le"] == f.LUNDI_10H
    traces = [*garde.values(), *(v for acces in Acces.objects.values() for v in acces.values())]
    assert not any("612345678" in str(v).replace(" ", "") for v in traces)
    assert Acces.objects.filter(action="envoyer_par_sms", objet_id=bulletin.pk).count() == 1


def test_un_double_clic_n_envoie_qu_un_sms(guichet, envoyer, envois):
    bulletin = faire(guichet)
    envoyer(bulletin, **SUR)
    assert "rien n'est envoyé deux fois" in envoyer(bulletin, **SUR)
    assert len(envois()) == 1
    assert "Envoyé le 23 novembre à 10:00" in page(guichet, f"/pieces/{bulletin.pk}/")


@pytest.mark.parametrize(("champs", "dit"), [
    ({"numero": "02 40 00 00 00", "sans_risque": "oui"}, "ne reçoit pas de SMS"),
    ({"numero": "bonjour", "sans_risque": "oui"}, "pas lisible"),
    ({"numero": "", "sans_risque": "oui"}, "Écrivez son numéro"),
    ({"numero": MOBILE}, "sans risque pour elle"),
    ({"numero": "06\x00 12 34 56 78 ", "sans_risque": ""}, "sans risque pour elle"),
])  # fmt: skip
def test_un_refus_dit_quoi_faire_garde_la_saisie_et_n_envoie_rien(guichet, role, envoyer, envois, champs, dit):
    bulletin = faire(guichet)
    vue = envoyer(bulletin, **champs)
    assert dit in vue and "Rien n'est parti" in vue
    assert f'value="{" ".join(champs["numero"].replace(chr(0), "").split())}"' in vue
    assert ('value="oui" checked' in vue) is (champs.get("sans_risque") == "oui")
    assert envois() == []
    chez(role)
    assert BulletinDePieces.objects.get(pk=bulletin.pk).sms_le is None


def test_avec_un_dossier_seule_compte_sa_regle_de_contact(guichet, connue, envoyer, envois):
    bulletin, _ = connue(numero="06 11 11 11 11", sms=True, heures="9 h à 12 h")
    vue = page(guichet, f"/pieces/{bulletin.pk}/")
    assert "Envoyer le SMS" in vue and 'name="numero"' not in vue and "11 11 11" not in vue
    envoyer(bulletin, numero=MOBILE, sans_risque="oui")
    assert [m["vers"] for m in envois()] == ["+33611111111"]


@pytest.mark.parametrize(("regle", "dit"), [
    ({}, "Elle n'a pas dit"),
    ({"numero": "06 11 11 11 11", "sms": False}, "Elle n'a pas dit"),
    ({"numero": "06 11 11 11 11", "sms": True, "heures": "quand il dort"}, "avec des mots"),
    ({"numero": "06 11 11 11 11", "sms": True, "heures": "14 h à 16 h"}, "Ses heures : 14 h à 16 h"),
])  # fmt: skip
def test_t3_ce_qu_elle_n_a_pas_permis_ne_part_pas(guichet, connue, envoyer, envois, regle, dit):
    bulletin, _ = connue(**regle)
    vue = page(guichet, f"/pieces/{bulletin.pk}/")
    assert dit in vue and "Envoyer le SMS" not in vue and 'id="sms"' in vue
    assert dit in envoyer(bulletin, **SUR)
    assert envois() == []


def test_t20_rien_ne_part_vers_qui_l_on_n_ecrit_plus(guichet, role, connue, envoyer, envois):
    bulletin, cle = connue(numero="06 11 11 11 11", sms=True)
    chez(role)
    ne_plus_ecrire(cle, "DECES", role=role, a=f.LUNDI_10H)
    assert "On ne lui écrit plus" in envoyer(bulletin)
    assert envois() == []


def test_hors_des_heures_et_apres_le_dernier_papier_rien_ne_part(guichet, role, envoyer, envois, monkeypatch):
    bulletin, complet = faire(guichet), faire(guichet)
    poster(guichet, f"/pieces/{complet.pk}/tout/")
    assert "plus rien à rapporter" in envoyer(complet, **SUR)
    monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H + timedelta(hours=10))
    from tests.pages.conftest import connecte

    client = connecte(role)
    vue = client.post(f"/pieces/{bulletin.pk}/sms/", SUR).content.decode()
    assert "aucun SMS ne part avant 9 h" in vue and 'name="numero"' not in vue
    assert envois() == []
