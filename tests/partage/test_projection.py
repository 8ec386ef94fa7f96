"""The projection: three criteria, agreement necessary and never sufficient, unknown stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from premier_accueil.acteurs.regles import Droit, Fonction, GenreDeStructure, Profession, StatutDeSecret, peut
from premier_accueil.partage.regles import Element, projection, refus_d_accord, texte_a_lire
from tests.partage.valeurs import EUX, PERSONNE, TABLE, TOUS, A, accord, destinataire, dossier, partent, raisons


def test_avec_un_accord_part_ce_que_le_but_et_la_mission_demandent():
    attendu = TABLE.buts["ACCOMPAGNEMENT"].elements & TABLE.genres[GenreDeStructure.EDS]
    assert partent() == attendu


def test_chaque_element_dit_pourquoi_il_part_ou_reste():
    vu = projection(dossier(), destinataire(), accord(but="LOGEMENT"), TABLE.bases["ACCORD"], A)
    assert len(vu.lignes) == len(TOUS)
    assert all(ligne.raison for ligne in vu.lignes)
    assert all(bool(ligne.texte) == ligne.part for ligne in vu.lignes)


def test_on_ne_dira_pas_la_meme_chose_a_toutes_les_personnes():
    vus = {}
    for genre in GenreDeStructure:
        vus[genre] = partent(vers=destinataire(genre=genre))
        assert vus[genre] == TABLE.genres[genre] & TABLE.buts["ACCOMPAGNEMENT"].elements - (
            set() if genre in TABLE.genres_de_soins else {"SANTE"}
        )
    assert len({frozenset(v) for v in vus.values()}) > 8


@pytest.mark.parametrize("but", TABLE.buts)
def test_seulement_ce_qui_fait_avancer_le_but(but):
    assert partent(acc=accord(but=but)) <= TABLE.buts[but].elements


@pytest.mark.parametrize(
    ("changement", "raison"),
    [
        ({"acc": None}, "La personne n'a pas donné son accord."),
        ({"acc": accord(retire_le=A)}, "La personne a retiré son accord."),
        ({"acc": accord(fin=A)}, "L'accord est terminé."),
        ({"acc": accord(debut=A + timedelta(seconds=1))}, "L'accord n'a pas encore commencé."),
        ({"acc": accord(destinataire_id=99)}, "L'accord a été donné pour un autre destinataire."),
        ({"acc": accord(fonction=Fonction.PARTENAIRE)}, "L'accord a été donné pour un autre destinataire."),
        ({"acc": accord(personne_id=99)}, "L'accord concerne un autre dossier."),
        ({"acc": accord(elements=frozenset())}, "La personne n'a pas dit oui pour cet élément."),
        ({"acc": accord(but="INCONNU")}, "Le but n'est pas connu."),
        ({"d": dossier(suivie_avec=frozenset())}, "Vous ne suivez pas cette personne ensemble."),
        ({"vers": destinataire(engage=False)}, "Cette structure n'est pas engagée dans le réseau."),
        ({"vers": destinataire(en_mission=False)}, "Personne n'exerce cette mission dans cette structure aujourd'hui."),
        ({"d": dossier(structures_ecartees=frozenset({EUX}))}, "La personne a demandé que ce destinataire ne reçoive rien."),
        (
            {"d": dossier(comptes_ecartes=frozenset({5})), "vers": destinataire(compte_id=5)},
            "La personne a demandé que ce destinataire ne reçoive rien.",
        ),
        ({"base": "INCONNUE"}, "La base légale n'est pas connue, ou pas encore en vigueur."),
        ({"a": A.replace(year=2018)}, "La base légale n'est pas connue, ou pas encore en vigueur."),
    ],
)  # fmt: skip
def test_tout_reste_et_dit_pourquoi(changement, raison):
    assert partent(**changement) == set()
    assert raison in raisons(**changement)


@pytest.mark.parametrize("fonction", list(Fonction))
def test_qui_ne_lit_pas_ne_recoit_rien(fonction):
    recu = partent(vers=destinataire(fonction=fonction), acc=accord(fonction=fonction))
    assert bool(recu) == peut(fonction, Droit.LIRE_CE_QUI_EST_SOUMIS)
    assert (fonction in TABLE.fonctions) == peut(fonction, Droit.LIRE_CE_QUI_EST_SOUMIS)


@pytest.mark.parametrize(
    "fonction", [Fonction.ELU, Fonction.BENEVOLE, Fonction.COORDINATION, Fonction.ENCADREMENT, Fonction.ACCUEIL]
)
def test_t10_l_elu_le_benevole_et_l_encadrement_ne_recoivent_rien_d_une_personne(fonction):
    for base in TABLE.bases:
        assert partent(vers=destinataire(fonction=fonction), acc=accord(fonction=fonction), base=base) == set()


def test_etre_tenu_au_secret_n_est_pas_avoir_le_droit_de_recevoir():
    lie = destinataire(genre=GenreDeStructure.CAF, statut=StatutDeSecret.SECRET_PROFESSIONNEL)
    assert {"SANTE", "TRAVAIL", "NOTE"}.isdisjoint(partent(vers=lie))
    assert partent(vers=lie, acc=None) == set()


@pytest.mark.parametrize(
    "changement",
    [
        {"statut": StatutDeSecret.DISCRETION}, {"statut": StatutDeSecret.AUCUN}, {"profession": Profession.CESF},
        {"genre": GenreDeStructure.CCAS}, {"genre": GenreDeStructure.ASSOCIATION},
    ],
)  # fmt: skip
def test_la_sante_ne_part_que_vers_l_equipe_de_soins_tenue_au_secret(changement):
    assert "SANTE" in partent()
    assert "SANTE" not in partent(vers=destinataire(**changement))


@pytest.mark.parametrize("base", TABLE.bases)
def test_t3_l_adresse_protegee_ne_part_sur_aucune_base(base):
    textes = ["12 rue des Lilas, 44150 Ancenis", "Elle vit au 3 bis impasse du Moulin", "joindre au Lilas blanc"]
    elements = tuple(Element(code, t) for code in TABLE.elements for t in textes)
    d = dossier(elements=elements, adresse_protegee=True, mots_proteges=frozenset({"Lilas blanc"}))
    vu = projection(d, destinataire(), accord(), TABLE.bases[base], A)
    assert not [ligne for ligne in vu.partent if "ilas" in ligne.texte or "Moulin" in ligne.texte]
    assert "ADRESSE" not in {ligne.code for ligne in vu.partent}
    assert "ADRESSE" in partent()


@pytest.mark.parametrize("base", TABLE.bases)
def test_le_contenu_de_la_protection_de_l_enfance_n_est_jamais_un_element(base):
    d = dossier(elements=(Element("PROCEDURE_ENGAGEE", "Le petit a des bleus"), Element("PROTECTION_ENFANCE", "bleus")))
    for ligne in projection(d, destinataire(), accord(), TABLE.bases[base], A).lignes:
        assert "bleus" not in ligne.texte
        if ligne.part:
            assert ligne.code == "PROCEDURE_ENGAGEE"
            assert "119" in ligne.texte
            assert "CRIP" in ligne.texte


@pytest.mark.parametrize("base", [b for b in TABLE.bases.values() if not b.accord], ids=lambda b: b.code)
def test_sans_accord_seule_part_une_phrase_imposee(base):
    assert all(TABLE.elements[code].impose for code in base.elements)
    for genre in base.genres:
        assert partent(vers=destinataire(genre=genre), acc=None, base=base.code) == base.elements


@pytest.mark.parametrize("base", TABLE.bases.values(), ids=lambda b: b.code)
def test_chaque_base_tient_ses_conditions_et_cite_sa_source(base):
    assert base.article
    assert base.source
    assert base.depuis
    for genre in GenreDeStructure:
        for statut in StatutDeSecret:
            recu = partent(vers=destinataire(genre=genre, statut=statut), base=base.code)
            if recu:
                assert not base.genres or genre in base.genres
                assert not base.statuts or statut in base.statuts
                assert not base.elements or recu <= base.elements


def test_t9_l_accord_se_demande_a_la_personne_le_protecteur_n_est_pas_un_lecteur():
    sous_mesure = dossier(mesure="TUTELLE")
    assert partent(sous_mesure) == partent()
    assert partent(sous_mesure, acc=accord(demande_a_la_personne=False)) == set()
    assert "L'accord se demande à la personne elle-même, même avec une mesure de protection." in raisons(
        sous_mesure, acc=accord(demande_a_la_personne=False)
    )
    # A unit that protects gets nothing by that: no basis names it.
    assert partent(sous_mesure, acc=None) == set()
    assert not [b for b in TABLE.bases if "PROTECT" in b or "TUT" in b]


def test_t21_qui_etait_la_est_dit_et_un_enfant_ne_traduit_jamais():
    bon = {"but": "LOGEMENT", "obtention": "ORAL_DEVANT", "demande_a_la_personne": True}
    assert refus_d_accord(presents=["SEULE"], **bon) == ""
    assert refus_d_accord(presents=["CONJOINT"], **bon) == ""
    assert refus_d_accord(presents=["ENFANT_PRESENT"], **bon) == ""
    assert "qui était là" in refus_d_accord(presents=[], **bon)
    assert "qui était là" in refus_d_accord(presents=["SEULE", "CHIEN"], **bon)
    assert "Un enfant ne traduit jamais" in refus_d_accord(presents=["ENFANT"], **bon)
    assert "seule" in refus_d_accord(presents=["SEULE", "CONJOINT"], **bon)
    assert partent(acc=accord(presents=frozenset({"ENFANT"}))) == set()


@pytest.mark.parametrize("present", TABLE.presents)
def test_t21_la_ou_il_y_a_violence_l_accord_se_demande_seul_a_seul(present):
    permis = present in {"SEULE", "INTERPRETE", "PROFESSIONNEL"}
    assert bool(partent(acc=accord(but="MISE_A_L_ABRI", presents=frozenset({present})))) == permis
    theme = next(iter(TABLE.themes_seul_a_seul))
    d = dossier(elements=(Element("BESOIN", "partir", frozenset({theme})),))
    assert bool(partent(d, acc=accord(presents=frozenset({present})))) == permis


def test_le_texte_lu_a_voix_haute_demande_cette_communication_et_rien_de_plus():
    lu = " ".join(texte_a_lire(but="LOGEMENT", destinataire="CCAS", libelles=["Budget", "Logement"], fin=A.date()))
    assert "CCAS" in lu
    assert "budget, logement. Rien d'autre." in lu
    assert "Vous pouvez changer d'avis à tout moment" in lu
    for mot in ("consent", "traitement", "RGPD", "données"):
        assert mot not in lu
    assert max(len(p.split()) for p in lu.replace("?", ".").split(".")) <= 20


def test_la_table_ne_dit_rien_de_vide_ni_d_inconnu():
    assert set(TABLE.genres) == set(GenreDeStructure)
    assert all(b.elements and b.dit for b in TABLE.buts.values())
    assert PERSONNE
    assert TABLE.duree_par_defaut <= TABLE.duree_au_plus <= 366
    # Advice is asked without a name.
    assert {"IDENTITE", "CONTACT", "ADRESSE"}.isdisjoint(TABLE.buts["CONSEIL"].elements)
    assert {"IDENTITE", "CONTACT", "ADRESSE"}.isdisjoint(TABLE.fonctions[Fonction.REFERENT_METIER])
