"""The boundary suggests with its reason and blocks nothing; a text without identity is re-read (T2)."""

from __future__ import annotations

from datetime import date

import pytest

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.entretien import actions
from premier_accueil.entretien.models import DemandeDeConseil, Vignette
from premier_accueil.entretien.regles.curseur import Situation, reconnaissable, suggerer
from premier_accueil.entretien.regles.domaines import a_demander_seule, domaines, presents, refus_des_presents
from premier_accueil.entretien.requetes import conseils, vignettes
from tests import fabriques as f
from tests.entretien.situations import DEMANDE, travailleuse

JOUR = date(2026, 11, 23)


def codes(mots="", domaines=0, besoins=0, rencontres=1, jour=JOUR):
    return [s.code for s in suggerer(Situation(mots, domaines, besoins, rencontres), jour)]


@pytest.mark.parametrize(
    "mots",
    [
        "Une famille arrivée récemment en France, avec deux enfants",
        "Primo-arrivants, trois enfants à scolariser",
        "Ils viennent d'arriver en France avec leur fils",
    ],
)
def test_s4_une_famille_qui_arrive_est_proposee_au_departement(mots):
    assert codes(mots) == ["PRIMO_ARRIVANTS"]


@pytest.mark.parametrize("mots", ["Arrivé récemment en France, seul", "Une famille de Loireauxence", ""])
def test_s4_sinon_rien_n_est_propose(mots):
    assert codes(mots) == []


def test_les_signes_de_complexite_s_additionnent():
    assert codes(domaines=3) == []
    assert codes(domaines=4) == ["PLUSIEURS_DOMAINES"]
    assert codes(besoins=1, rencontres=2) == ["BESOINS_QUI_RESTENT"]
    assert codes(rencontres=3) == ["TROISIEME_RENCONTRE"]


def test_une_regle_vaut_depuis_sa_date():
    assert codes(rencontres=3, jour=date(2026, 11, 21)) == []


def test_chaque_suggestion_dit_sa_raison_et_sa_source():
    for s in suggerer(Situation("famille primo arrivante, enfants", 9, 9, 9), JOUR):
        assert s.raison.endswith(".") and "S" in s.source


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("Madame demande comment avancer avec son bailleur.", []),
        ("Mme Durand ne paie plus son loyer.", ["NOM"]),
        ("Né le 3 avril, il vit seul.", []),
        ("né le 03/04/1980", ["DATE"]),
        ("On l'appelle au 06 12 34 56 78.", ["TELEPHONE"]),
        ("Elle habite 12 rue des Lilas.", ["ADRESSE"]),
        ("Une boulangère de 42 ans, veuve, mère de trois enfants.", ["COMBINAISON"]),
    ],
)
def test_t2_ce_qui_ferait_reconnaitre_est_montre(texte, attendus):
    assert [av.code for av in reconnaissable(texte)] == attendus


@pytest.mark.django_db
def test_t2_une_petite_commune_est_montree_une_grande_non():
    role = travailleuse()
    f.commune("Vair-sur-Loire", "44163", population=4600)
    f.commune("Ancenis-Saint-Géréon", "44003", population=11000)
    with pytest.raises(actions.Reconnaissable) as doute:
        actions.demander_conseil(
            "Une dame de Vair-sur-Loire, comment l'aider ?", relu=False, demande_id=DEMANDE, role=role, a=f.LUNDI_10H
        )
    assert [av.code for av in doute.value.avertissements] == ["COMMUNE"]
    assert "4600" not in str(doute.value) and not DemandeDeConseil.objects.exists()
    texte = "Une dame d'Ancenis-Saint-Géréon, comment l'aider ?"
    actions.demander_conseil(texte, relu=False, demande_id=DEMANDE, role=role, a=f.LUNDI_10H)
    actions.demander_conseil(texte, relu=False, demande_id=DEMANDE, role=role, a=f.LUNDI_10H)
    assert DemandeDeConseil.objects.count() == 1


@pytest.mark.django_db
def test_le_referent_metier_ne_lit_que_ce_qui_lui_est_soumis():
    role = travailleuse()
    cle = actions.demander_conseil("Comment faire ?", relu=True, demande_id=DEMANDE, role=role, a=f.LUNDI_10H)
    from premier_accueil.acteurs.models import Structure

    conseiller = f.agent(Structure.objects.get(pk=role.structure_id), Fonction.REFERENT_METIER)
    assert [c.texte for c in conseils(conseiller, f.LUNDI_10H)] == ["Comment faire ?"]
    actions.repondre_au_conseil(cle, "Voyez la CAF.", role=conseiller, a=f.LUNDI_10H)
    with pytest.raises(actions.GesteRefuse, match="déjà sa réponse"):
        actions.repondre_au_conseil(cle, "Non.", role=conseiller, a=f.LUNDI_10H)
    assert [c.reponse for c in conseils(role, f.LUNDI_10H)] == ["Voyez la CAF."]
    collegue = f.agent(Structure.objects.get(pk=role.structure_id), Fonction.TRAVAIL_SOCIAL)
    assert conseils(collegue, f.LUNDI_10H) == ()
    assert vignettes(conseiller, f.LUNDI_10H) == ()


@pytest.mark.django_db
def test_t2_une_vignette_n_a_aucun_lien_avec_une_personne():
    role = travailleuse()
    actions.ecrire_une_vignette(
        "Mme Petit cherche un logement.", "Qui l'accompagne ?", relu=True, demande_id=DEMANDE, role=role, a=f.LUNDI_10H
    )
    vignette = Vignette.objects.get()
    assert vignette.avertissements == ["NOM"]
    liens = {c.related_model.__name__ for c in Vignette._meta.get_fields() if c.is_relation}
    assert liens == {"Structure", "Compte"}
    assert {c.related_model.__name__ for c in DemandeDeConseil._meta.get_fields() if c.is_relation} == {
        "Structure", "Compte",
    }  # fmt: skip


def test_t21_un_enfant_ne_traduit_jamais():
    assert "interprète par téléphone" in refus_des_presents(["ENFANT"])
    assert "Votre saisie est gardée" in refus_des_presents(["ENFANT", "CONJOINT"])
    assert refus_des_presents(["ENFANT_PRESENT", "INTERPRETE"]) == ""
    assert refus_des_presents([]) == ""
    assert refus_des_presents(["SEULE", "CONJOINT"]) and refus_des_presents(["INCONNU"])
    assert refus_des_presents(["SEULE", "INTERPRETE"]) == ""


def test_t21_la_securite_se_demande_seule():
    assert a_demander_seule(codes=["CONJOINT"], ouverts=["SECURITE"])
    assert not a_demander_seule(codes=["SEULE"], ouverts=["SECURITE"])
    assert not a_demander_seule(codes=["CONJOINT"], ouverts=["LOGEMENT"])


def test_les_dix_domaines_et_leurs_aide_memoire():
    assert [d.code for d in domaines()] == [
        "LOGEMENT", "BUDGET", "SANTE", "EMPLOI", "FAMILLE", "MOBILITE", "NUMERIQUE", "DROITS", "SECURITE", "LIEN_SOCIAL",
    ]  # fmt: skip
    assert all(d.questions for d in domaines())
    assert len({p.libelle for p in presents()}) == len(presents())
