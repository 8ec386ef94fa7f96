"""The partner without account: a link, a code said apart, a signature."""

from __future__ import annotations

from datetime import timedelta

import pytest

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.partage.actions import retirer_un_accord
from premier_accueil.partage.models import Communication
from premier_accueil.relais import actions
from premier_accueil.relais.actions import Dit, SaisieRefusee, Signature
from premier_accueil.relais.models import LienDeRelais, Relais
from premier_accueil.relais.regles import EtatDeRelais, GesteImpossible
from premier_accueil.relais.requetes import (
    relais_par_le_lien,
    relais_vu,
    seuil_du_lien,
)
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.partage import situations as partage
from tests.relais.situations import A, Monde, monde

pytestmark = pytest.mark.django_db
E = EtatDeRelais
DEMAIN = A + timedelta(days=1)


@pytest.fixture
def m() -> Monde:
    return monde()


def test_t1_un_lien_rejoue_apres_le_retrait_ne_dit_plus_rien(m):
    propose = m.proposer(lien=True)
    lien = propose.lien
    assert actions.essayer_le_code(lien.adresse, lien.code, a=A)
    assert relais_par_le_lien(lien.adresse, lien.code, A).lignes
    retirer_un_accord(m.relais(propose.relais_id).accord_id, role=m.chez_nous(), a=DEMAIN)
    vu = relais_par_le_lien(lien.adresse, lien.code, DEMAIN)
    assert (vu.lignes, vu.gestes, vu.quand) == ((), {}, None)
    assert "retiré son accord" in vu.message
    qui = Signature("Léa", "bénévole")
    assert actions.agir_par_le_lien(lien.adresse, lien.code, "accepter", Dit(), qui, a=DEMAIN) is None


def test_le_partenaire_repond_par_le_lien_avec_le_code_et_signe(m):
    propose = m.proposer(lien=True)
    adresse, code = propose.lien.adresse, propose.lien.code
    situer()
    assert seuil_du_lien(adresse, A).telephone == "+33240000001"
    assert relais_par_le_lien(adresse, "00000000", A) is None
    assert not actions.essayer_le_code(adresse, "00000000", a=A)
    assert actions.essayer_le_code(adresse, f"{code[:4]} {code[4:]}", a=A)
    vu = relais_par_le_lien(adresse, code, A)
    assert (vu.expediteur, vu.repondu_par) == ("CCAS de Loireauxence", "Mme Le Goff, secrétariat")
    assert "SANTE" not in {ligne.code for ligne in vu.lignes}  # the lowest projection
    with pytest.raises(SaisieRefusee, match="Signez"):
        actions.agir_par_le_lien(adresse, code, "accepter", Dit(), Signature("", ""), a=A)
    qui = Signature("Léa Morin", "bénévole")
    assert actions.agir_par_le_lien(adresse, code, "accepter", Dit(), qui, a=A) is E.ACCEPTE
    quand = m.relais(propose.relais_id).quand
    situer()
    for geste, motif in (("rencontrer", ""), ("rendre_compte", "INFORMEE")):
        assert actions.agir_par_le_lien(adresse, code, geste, Dit(motif), qui, a=quand)
    vu = relais_vu(propose.relais_id, m.chez_nous(), quand)
    assert (vu.issue, vu.historique[0].qui) == (
        "Elle a reçu l'information ou le conseil attendu",
        "Léa Morin, bénévole",
    )
    with pytest.raises(GesteImpossible, match="demande un compte"):
        actions.agir_par_le_lien(adresse, code, "annuler", Dit(), qui, a=quand)


def test_cinq_codes_faux_ferment_le_lien_et_un_nouveau_arrete_l_ancien(m):
    propose = m.proposer(lien=True)
    adresse, code = propose.lien.adresse, propose.lien.code
    situer()
    faux = "1" * 8 if code != "1" * 8 else "2" * 8
    assert not any(actions.essayer_le_code(adresse, faux, a=A) for _ in range(5))
    assert not actions.essayer_le_code(adresse, code, a=A)
    assert seuil_du_lien(adresse, A).bloque
    assert relais_par_le_lien(adresse, code, A) is None
    nouveau = actions.ouvrir_un_lien(propose.relais_id, role=m.chez_nous(), a=A)
    situer()
    assert seuil_du_lien(adresse, A) is None
    assert actions.essayer_le_code(nouveau.adresse, nouveau.code, a=A)
    actions.revoquer_le_lien(propose.relais_id, role=m.chez_nous(), a=A)
    situer()
    assert seuil_du_lien(nouveau.adresse, A) is None
    assert relais_par_le_lien(nouveau.adresse, nouveau.code, DEMAIN) is None


def test_le_lien_finit_avec_le_relais_et_la_base_ne_montre_rien_sans_le_code(m):
    propose = m.proposer(lien=True)
    adresse, code = propose.lien.adresse, propose.lien.code
    situer(jeton=adresse)
    assert LienDeRelais.objects.count() == 1
    assert not Relais.objects.exists()
    assert not Communication.objects.exists()
    situer(jeton=adresse + code)
    assert Relais.objects.count() == 1
    m.agir(propose.relais_id, "annuler", DEMAIN, motif="PERSONNE")
    situer()
    vu = relais_par_le_lien(adresse, code, DEMAIN + timedelta(hours=1))
    assert (vu.lignes, vu.gestes) == ((), {})


def test_par_telephone_avec_une_structure_sans_logiciel(m):
    """The seed's own gesture (S4): the date is given on the telephone, confirmed by link, the outcome comes back."""
    sans_logiciel = f.structure("EDS sans logiciel", "EDS")
    partage.engager(sans_logiciel)
    souhait = m.partage.souhait(destinataire_id=sans_logiciel.pk, fonction=Fonction.PARTENAIRE)
    propose = m.proposer(souhait=souhait, lien=True)
    adresse, code, qui = propose.lien.adresse, propose.lien.code, Signature("M. Roux", "assistant social")
    situer()
    assert actions.agir_par_le_lien(adresse, code, "accepter", Dit(), qui, a=A) is E.ACCEPTE
    quand = m.relais(propose.relais_id).quand
    situer()
    actions.agir_par_le_lien(adresse, code, "rendre_compte", Dit("AIDE_ACCORDEE"), qui, a=quand)
    assert m.etat(propose.relais_id) is E.ISSUE
