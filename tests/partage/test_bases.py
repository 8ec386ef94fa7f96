"""Texts other than the agreement: who may use them, what is attested, what may leave, who reads it then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Fonction, GenreDeStructure, StatutDeSecret
from premier_accueil.partage import actions
from premier_accueil.partage.actions.conservation import exercer_un_droit
from premier_accueil.partage.models import Accord, Attestation, Communication, ElementCommunique, LigneDeRegistre
from premier_accueil.partage.regles import Attestee, refus_d_attestation, refus_de_base
from premier_accueil.partage.regles.conservation import GenreDeDroit
from premier_accueil.partage.requetes import (
    Envisage,
    attestations_de,
    bases_sans_accord,
    communication_recue,
    registre_de,
    registre_du_delegue,
)
from premier_accueil.personnes.actions import ecarter_une_structure
from premier_accueil.socle.journal.verification import verifier
from tests import fabriques as f
from tests.partage.situations import codes, lire, oui, tenir_au_secret
from tests.partage.valeurs import TABLE

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H
ENFANCE = TABLE.bases["CASF_L226_2_2"]
TOUT = Attestee(frozenset(ENFANCE.conditions), "SIGNALEMENT", informee=True)


def envisage(m, base="CASF_L226_2_2", **champs):
    return Envisage(m.personne.pk, base, m.eux.pk, Fonction.TRAVAIL_SOCIAL, **champs)


def communiquer(m, attestee=TOUT, base="CASF_L226_2_2", demande=None, a=A):
    m.chez_nous()
    return actions.communiquer_sans_accord(envisage(m, base), attestee, demande_id=demande or uuid4(), role=m.nous, a=a)


@pytest.fixture
def m(m):
    tenir_au_secret(m.nous)
    return m


@pytest.mark.parametrize("code", [c for c, b in TABLE.bases.items() if c != "ACCORD"])
def test_chaque_texte_dit_ses_conditions_ou_pourquoi_il_ne_sert_pas(code):
    base = TABLE.bases[code]
    assert base.a_confirmer
    assert bool(base.conditions) != bool(base.refus)
    assert refus_de_base(base, StatutDeSecret.AUCUN)
    for oubliee in base.conditions:
        reste = Attestee(frozenset(base.conditions) - {oubliee}, next(iter(base.raisons), "une phrase"), informee=True)
        assert base.conditions[oubliee] in refus_d_attestation(base, reste)


def test_seul_part_qu_une_procedure_est_engagee_sans_nom_ni_contenu(m):
    cle, deja = communiquer(m)
    assert not deja
    (element,) = ElementCommunique.objects.all()
    assert element.code == "PROCEDURE_ENGAGEE"
    assert "119" in element.texte
    assert "CRIP" in element.texte
    assert not Accord.objects.exists()
    lue = lire(m, cle)
    assert codes(lue) == {"PROCEDURE_ENGAGEE"}
    assert (lue.avec_accord, lue.article) == (False, ENFANCE.article)


def test_un_double_clic_n_atteste_qu_une_fois(m):
    demande = uuid4()
    premier = communiquer(m, demande=demande)
    assert communiquer(m, demande=demande) == (premier[0], True)
    assert (Attestation.objects.count(), Communication.objects.count(), LigneDeRegistre.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("attestee", "dit"),
    [
        (Attestee(frozenset({"NECESSAIRE"}), "SIGNALEMENT", informee=True), "il manque une condition"),
        (Attestee(TOUT.conditions, "Il frappe son fils", informee=True), "Rien d'un enfant ne s'écrit"),
        (Attestee(TOUT.conditions, "SIGNALEMENT"), "si la personne est informée"),
        (Attestee(TOUT.conditions, "SIGNALEMENT", pas_informee="INVENTE"), "si la personne est informée"),
    ],
)  # fmt: skip
def test_rien_ne_part_tant_que_tout_n_est_pas_atteste(m, attestee, dit):
    with pytest.raises(actions.PartageRefuse, match=dit):
        communiquer(m, attestee)
    assert not Attestation.objects.exists()
    assert not LigneDeRegistre.objects.exists()


def test_qui_n_est_pas_tenu_au_secret_ne_s_en_sert_pas(m):
    Mission.objects.filter(pk=m.nous.mission_id).update(statut_de_secret="DISCRETION", texte="CGFP_L121_6", profession="AUTRE")
    with pytest.raises(actions.PartageRefuse, match="votre mission ne l'est pas"):
        communiquer(m)
    m.chez_nous()
    assert {b.code for b in bases_sans_accord(m.nous) if not b.refus} == {"CP_226_14", "REQUISITION"}
    with pytest.raises(actions.PartageRefuse, match="votre mission ne l'est pas"):
        m.envoyer(base="CASF_L121_6_2")


@pytest.mark.parametrize(("base", "dit"), [
    *((code, "se demande") for code, b in TABLE.bases.items() if b.accord), ("INCONNUE", "pas connue"),
])  # fmt: skip
def test_les_autres_textes_n_envoient_rien_sans_accord(m, base, dit):
    with pytest.raises(actions.PartageRefuse, match=dit):
        communiquer(m, base=base)


SANS_ACCORD = [b for b in TABLE.bases.values() if b.sans_accord]


def attestee(base, **champs):
    tue = next(iter(base.pas_informee)) if base.taire else ""
    tout = Attestee(frozenset(base.conditions), next(iter(base.raisons)), informee=not tue, pas_informee=tue)
    return replace(tout, **champs)


def vers_la_justice(m):
    m.eux.__class__.objects.filter(pk=m.eux.pk).update(genre="JUSTICE")


@pytest.mark.parametrize("base", SANS_ACCORD, ids=lambda b: b.code)
def test_chaque_texte_qui_sert_sans_accord_envoie_une_phrase_et_s_inscrit(m, base):
    if GenreDeStructure.EDS not in base.genres:
        vers_la_justice(m)
    for oubliee in base.conditions:
        with pytest.raises(actions.PartageRefuse, match="il manque une condition"):
            communiquer(m, attestee(base, conditions=frozenset(base.conditions) - {oubliee}), base=base.code)
    with pytest.raises(actions.PartageRefuse, match="Choisissez la raison"):
        communiquer(m, attestee(base, raison="Une phrase libre"), base=base.code)
    communiquer(m, attestee(base), base=base.code)
    (element,) = ElementCommunique.objects.all()
    assert {element.code} == base.elements
    assert element.texte == TABLE.elements[element.code].impose
    assert "Lovelace" not in element.texte
    (ligne,), _ = registre_du_delegue(m.nous, A)
    assert (ligne.ligne.base, ligne.attestation.raison) == (base.article, next(iter(base.raisons.values())))
    assert not verifier(m.ici.pk, a=A).fautes


def test_seuls_restent_refuses_les_textes_qui_supposent_la_personne_presente_et_ils_disent_pourquoi(m):
    m.chez_nous()
    vues = {b.code: b.refus for b in bases_sans_accord(m.nous)}
    assert {code for code, refus in vues.items() if not refus} == {b.code for b in SANS_ACCORD}
    assert {"CSP_L1110_4", "CRPA_L114_8_I", "CRPA_L114_8_II"} == {code for code, refus in vues.items() if refus}
    assert {b.code for b in SANS_ACCORD} == {"CASF_L121_6_2_SEUL", "CASF_L226_2_2", "CP_226_14", "REQUISITION"}


def test_une_requisition_se_repond_a_une_autorite_sans_compte_et_la_personne_ne_l_apprend_pas_tout_de_suite(m):
    vers_la_justice(m)
    Mission.objects.filter(pk=m.lui.mission_id).delete()
    base = TABLE.bases["REQUISITION"]
    m.chez_nous()
    partenaire = Envisage(m.personne.pk, base.code, m.eux.pk, Fonction.PARTENAIRE)
    with pytest.raises(actions.PartageRefuse, match="ne peut pas être informée maintenant"):
        actions.communiquer_sans_accord(partenaire, attestee(base, informee=True), demande_id=uuid4(), role=m.nous, a=A)
    actions.communiquer_sans_accord(partenaire, attestee(base), demande_id=uuid4(), role=m.nous, a=A)
    assert (registre_de(m.personne.pk, m.nous, A).lignes, Communication.objects.count()) == ((), 1)
    (vue,) = attestations_de(m.personne.pk, m.nous, A)
    actions.dire_a_la_personne(vue.id, role=m.nous, a=A)
    assert registre_de(m.personne.pk, m.nous, A).lignes[0].but == "Répondre à la justice"


@pytest.mark.parametrize("refuser", ["retirer", "opposer"])
def test_le_refus_de_la_personne_arrete_le_partage_entre_professionnels_mais_pas_un_signalement(m, refuser):
    seul, penal = TABLE.bases["CASF_L121_6_2_SEUL"], TABLE.bases["CP_226_14"]
    if refuser == "retirer":
        actions.retirer_un_accord(m.envoyer().accord_id, role=m.nous, a=A)
    else:
        m.chez_nous()
        exercer_un_droit(m.personne.pk, GenreDeDroit.OPPOSITION, demande_id=uuid4(), precisions="", role=m.nous, a=A)
    with pytest.raises(actions.PartageRefuse, match="son refus arrête tout"):
        communiquer(m, attestee(seul), base=seul.code)
    communiquer(m, attestee(penal), base=penal.code)


def test_qui_recoit_doit_aussi_etre_tenu_au_secret(m):
    Mission.objects.filter(pk=m.lui.mission_id).update(statut_de_secret="AUCUN", texte="")
    with pytest.raises(actions.PartageRefuse, match="destinataire tenu au secret"):
        communiquer(m)


def test_une_structure_ecartee_ne_recoit_rien_sur_aucun_texte_et_ne_lit_plus(m):
    cle, _ = communiquer(m)
    assert lire(m, cle).lignes
    envoi = m.envoyer()
    assert lire(m, envoi.communication_id).lignes
    m.chez_nous()
    ecarter_une_structure(m.personne.pk, structure_id=m.eux.pk, motif="proche", role=m.nous, a=A)
    for passe in (lambda: communiquer(m), m.envoyer):
        with pytest.raises(actions.PartageRefuse, match="ce destinataire ne reçoive rien"):
            passe()
    assert not lire(m, cle).lignes
    assert not lire(m, envoi.communication_id).lignes


def test_avec_l_accord_un_texte_demande_aussi_ses_conditions(m):
    base = TABLE.bases["CASF_L121_6_2"]
    with pytest.raises(actions.PartageRefuse, match="il manque une condition"):
        m.envoyer(base=base.code)
    with pytest.raises(actions.PartageRefuse, match="en une phrase"):
        m.envoyer(oui(attestee=Attestee(frozenset(base.conditions))), base=base.code)
    m.envoyer(oui(attestee=Attestee(frozenset(base.conditions), "Dettes suivies à deux.", informee=True)), base=base.code)
    attestation = Attestation.objects.get()
    assert attestation.accord_id == Accord.objects.get().pk
    assert set(attestation.conditions) == set(base.conditions)
    assert registre_de(m.personne.pk, m.nous, A).lignes[0].base == base.article


def test_la_personne_lit_la_ligne_des_qu_elle_est_informee_et_le_delegue_tout_de_suite(m):
    communiquer(m, Attestee(TOUT.conditions, "SIGNALEMENT", pas_informee="INTERET_DE_L_ENFANT"))
    vu = registre_de(m.personne.pk, m.nous, A)
    assert (vu.lignes, vu.retenues) == ((), 1)
    (ligne,), suite = registre_du_delegue(m.nous, A)
    assert ligne.attestation.pas_informee == ENFANCE.pas_informee["INTERET_DE_L_ENFANT"]
    assert ligne.attestation.raison == ENFANCE.raisons["SIGNALEMENT"]
    assert (ligne.ligne.base, suite) == (ENFANCE.article, False)
    (attestation,) = attestations_de(m.personne.pk, m.nous, A)
    actions.dire_a_la_personne(attestation.id, role=m.nous, a=A)
    actions.dire_a_la_personne(attestation.id, role=m.nous, a=A + timedelta(days=1))
    assert Attestation.objects.get().informee_le == A
    vu = registre_de(m.personne.pk, m.nous, A)
    assert (vu.lignes[0].base, vu.retenues) == (ENFANCE.article, 0)
    assert not verifier(m.ici.pk, a=A).fautes


def test_une_attestation_ne_se_change_pas(m):
    communiquer(m)
    for champs in ({"raison": "MESURE_EN_COURS"}, {"informee_le": None, "pas_informee": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Attestation.objects.update(**champs)


def test_la_copie_se_ferme_a_son_terme(m):
    cle, _ = communiquer(m)
    lire(m, cle)
    assert communication_recue(cle, m.lui, A + timedelta(days=200)).message


def test_l_autre_structure_ne_voit_jamais_l_attestation(m):
    communiquer(m)
    m.chez_eux()
    assert not Attestation.objects.exists()
    with pytest.raises(Attestation.DoesNotExist):
        actions.dire_a_la_personne(1, role=m.lui, a=A)
