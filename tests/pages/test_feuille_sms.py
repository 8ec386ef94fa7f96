"""The feuille de route sent by SMS, through its page: as the slip of papers is, by the same mechanism."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from premier_accueil.accueil.models import FeuilleDeRoute, Passage
from premier_accueil.personnes.actions import Regle, poser_la_regle_de_contact
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.pages.test_pieces import recevoir
from tests.pages.test_pieces_sms import MOBILE, SUR
from tests.personnes import situations as personnes
from tests.personnes.parcours import texte

pytestmark = pytest.mark.django_db


@pytest.fixture
def passage(guichet):
    """Return a passage whose sheet is ready."""
    recu = recevoir(guichet)
    guichet.post(reverse("feuille:editer", args=[recu.pk]))
    return recu


@pytest.fixture
def envoyer(guichet, passage, django_capture_on_commit_callbacks):
    def presser(**champs):
        with django_capture_on_commit_callbacks(execute=True):
            return texte(guichet.post(reverse("feuille:sms", args=[passage.pk]), champs, follow=True))

    return presser


def feuille(role):
    situer(structure=role.structure_id, mission=role.mission_id)
    return FeuilleDeRoute.objects.get()


def test_t5_la_feuille_d_une_personne_anonyme_part_une_fois_et_son_numero_n_est_pas_garde(role, envoyer, envois):
    assert "SMS envoyé" in envoyer(**SUR)
    assert "rien n'est envoyé deux fois" in envoyer(**SUR)
    (message,) = envois()
    partie = feuille(role)
    assert message["vers"] == "+33612345678" and partie.reference in message["texte"]
    assert partie.code not in message["texte"] and partie.sms_le == f.LUNDI_10H
    assert Acces.objects.filter(action="envoyer_par_sms", objet="FEUILLE", objet_id=partie.pk).count() == 1
    traces = [v for acces in Acces.objects.values() for v in acces.values()]
    assert not any("612345678" in str(v).replace(" ", "") for v in traces)


def test_sans_fournisseur_le_texte_se_copie(guichet, passage, settings):
    settings.ENVOI = "console"
    vue = texte(guichet.get(reverse("feuille:agent", args=[passage.pk])))
    assert "Texte du SMS, à copier" in vue and "Envoyer le SMS" not in vue


def test_un_refus_garde_la_saisie(role, envoyer, envois):
    vue = envoyer(numero=MOBILE)
    assert "sans risque pour elle" in vue and "Rien n'est parti" in vue and f'value="{MOBILE}"' in vue
    assert envois() == [] and feuille(role).sms_le is None


def test_t3_avec_un_dossier_seule_compte_sa_regle_de_contact(role, passage, envoyer, envois):
    cle = personnes.personne(role, telephone="06 99 99 99 99")
    Passage.objects.filter(pk=passage.pk).update(personne_id=cle)
    assert "Elle n'a pas dit" in envoyer(**SUR) and envois() == []
    poser_la_regle_de_contact(cle, Regle(numero="06 11 11 11 11", sms=True), role=role, a=f.LUNDI_10H)
    envoyer(**SUR)
    assert [m["vers"] for m in envois()] == ["+33611111111"]


def test_une_feuille_qui_n_est_plus_ouverte_ne_part_pas(role, envoyer, envois):
    feuille(role)
    passe = f.LUNDI_10H - timedelta(days=1)
    FeuilleDeRoute.objects.update(creee_le=passe - timedelta(days=1), expire_le=passe)
    assert "n'est plus ouverte" in envoyer(**SUR) and envois() == []
