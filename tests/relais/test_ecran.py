"""What the pages rely on: a reminder by hand reaches somebody, a past date is refused, an address leaves without code."""

from __future__ import annotations

from datetime import timedelta

import pytest

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.relais import actions
from premier_accueil.relais.actions import SaisieRefusee
from premier_accueil.relais.models import Relais
from premier_accueil.relais.regles import EtatDeRelais, GesteImpossible
from premier_accueil.relais.requetes import accueil_du_destinataire, brouillon_de, origine
from tests import fabriques as f
from tests.partage import situations as partage
from tests.partage.situations import TEXTES
from tests.relais.situations import A, Monde, monde

pytestmark = pytest.mark.django_db
E = EtatDeRelais


@pytest.fixture
def m() -> Monde:
    return monde()


@pytest.fixture
def messages(settings, monkeypatch):
    partis: list = []
    settings.ENVOI = "fichier"
    monkeypatch.setattr("premier_accueil.socle.envoi.en_fichier", partis.append)
    monkeypatch.setattr("premier_accueil.socle.envoi.transaction.on_commit", lambda g: g())
    return partis


def test_relancer_a_la_main_previent_vraiment(m, messages):
    cle = m.envoyer()
    Structure.objects.filter(pk=m.partage.eux.pk).update(courriel="accueil@eds.test")
    messages.clear()
    m.agir(cle, "relancer")
    assert m.etat(cle) is E.RELANCE
    assert [x.vers for x in messages] == ["accueil@eds.test"]


def test_accepter_avec_une_date_passee_est_refuse(m):
    cle = m.envoyer(rendez_vous=actions.RendezVousVoulu())
    with pytest.raises(SaisieRefusee, match="passée"):
        m.agir(cle, "accepter", eux=True, quand=A - timedelta(days=1))
    assert m.etat(cle) is E.ENVOYE


@pytest.mark.parametrize("geste", sorted(actions.PAR_L_ECRAN))
def test_un_geste_ne_remplace_pas_l_ecran(m, geste):
    cle = m.envoyer()
    with pytest.raises(GesteImpossible, match="écran"):
        m.agir(cle, geste)


def test_l_adresse_part_sans_son_code_et_seulement_vivante(m, messages):
    propose = m.proposer(lien=True)
    lien = propose.lien
    with pytest.raises(SaisieRefusee, match="Aucune adresse"):
        actions.envoyer_l_adresse(propose.relais_id, lien.adresse, "https://x.test/", role=m.chez_nous(), a=A)
    Structure.objects.filter(pk=m.partage.eux.pk).update(courriel="accueil@eds.test")
    messages.clear()
    assert actions.envoyer_l_adresse(propose.relais_id, lien.adresse, "https://x.test/", role=m.chez_nous(), a=A) == 1
    assert lien.code not in messages[0].texte
    actions.revoquer_le_lien(propose.relais_id, role=m.nous, a=A)
    with pytest.raises(SaisieRefusee, match="ne s'ouvre plus"):
        actions.envoyer_l_adresse(propose.relais_id, lien.adresse, "https://x.test/", role=m.nous, a=A)


def test_qui_lit_la_bas_se_sait_avant_d_ecrire(m):
    assert accueil_du_destinataire(m.partage.eux.pk, m.chez_nous(), A).lisent == (Fonction.TRAVAIL_SOCIAL,)
    assert accueil_du_destinataire(f.structure("Garage", "ASSOCIATION").pk, m.chez_nous(), A).lisent == ()


def test_la_suite_reprend_ce_qui_etait_dit_et_rien_d_une_autre_personne(m):
    cle = m.envoyer()
    dite = {"suite_de": cle}
    depuis = origine(m.partage.personne.pk, dite, m.chez_nous(), A)
    assert (depuis.suite_de, depuis.ecarte_id, depuis.but) == (cle, m.partage.eux.pk, "ACCOMPAGNEMENT")
    assert depuis.textes["BESOIN"] == TEXTES["BESOIN"]
    autre = partage.personne(m.partage.ici, nom="Durand", prenom="Léa", cle="durand lea")
    assert origine(autre.pk, dite, m.chez_nous(), A).textes == {}
    m.agir(cle, "accepter", eux=True)
    assert origine(m.partage.personne.pk, dite, m.chez_nous(), A).suite_de is None


def test_t4_un_brouillon_s_ouvre_sous_le_nom_de_sa_personne(m):
    demande = m.demande()
    cle = actions.garder_le_brouillon(
        demande.demande_id, m.partage.personne.pk, m.partage.eux.pk, {"but": ["LOGEMENT"]}, role=m.chez_nous(), a=A
    )
    assert brouillon_de(cle, m.partage.personne.pk, m.nous, A) == {"but": ["LOGEMENT"], "version": ["1"]}
    autre = partage.personne(m.partage.ici, nom="Durand", prenom="Léa", cle="durand lea")
    assert brouillon_de(cle, autre.pk, m.chez_nous(), A) is None
    assert Relais.objects.get(pk=cle).etat == E.BROUILLON
