"""Facts proposed from the words, places named, the question that separates, the ten doors: pure rules."""

from __future__ import annotations

import pytest
from data_inclusion.schema import v1

from premier_accueil.orientation.comprendre import faits, lieux, questions
from premier_accueil.orientation.comprendre.mots import decouper
from premier_accueil.orientation.requetes import portes

LOYER = "logement-hebergement--reduire-les-impayes-de-loyer"
DETTES = "difficultes-financieres--situation-dendettement-surendettement"
CRECHE = "famille--garde-denfants"


def proposes(texte: str) -> dict[str, str]:
    return {fait.genre: fait.valeur for fait in faits.proposer(texte, decouper(texte))}


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("j'ai 34 ans et deux enfants de 3 et 7 ans, je suis au chômage", {"AGE": "34", "ENFANTS": "2:3,7", "TRAVAIL": "SANS_EMPLOI"}),
        ("ma mère a quatre-vingt-deux ans et ne peut plus rester seule", {"CONCERNE": "PROCHE", "AGE": "82"}),
        ("mon fils de 16 ans veut arrêter l'école", {"CONCERNE": "ENFANT", "ENFANTS": "1:16"}),
        ("trois enfants 4, 6 et 9 ans", {"ENFANTS": "3:4,6,9"}),
        ("bébé de 6 mois, pas de place en crèche", {"ENFANTS": "1:0"}),
        ("j'ai un fils et deux filles", {"ENFANTS": "3"}),
        ("je suis enceinte de 5 mois et je dors chez une amie", {"GROSSESSE": "OUI", "LOGEMENT": "HEBERGE"}),
        ("g 23ans jcherche du taf", {"AGE": "23", "TRAVAIL": "SANS_EMPLOI"}),
        ("monsieur 42 ans, au RSA, pas de voiture", {"AGE": "42", "RESSOURCES": "RSA", "DEPLACEMENT": "transport"}),
        ("j'étais au chômage, maintenant j'ai un CDI", {"TRAVAIL": "EN_EMPLOI"}),
        ("ma voisine a 75 ans elle tombe souvent", {"CONCERNE": "AUTRE", "AGE": "75"}),
        ("pour ma mère c'est l'apa", {"CONCERNE": "PROCHE"}),
        ("depuis 3 ans je vis dans ma voiture", {"LOGEMENT": "SANS_LOGEMENT"}),
        # What is not said, refused, past or a length of time is not proposed.
        ("il y a 12 ans que je suis en France", {}),
        ("vingt ans de caisse dans un crédit sur 5 ans", {}),
        ("je ne suis plus enceinte", {}),
        ("mes trois petits-enfants viennent en vacances", {}),
        ("mon mari me frappe, j'ai peur", {}),
        ("je veux passer le permis", {}),
        ("", {}),
        ("😀 \x00 ans", {}),
    ],
)  # fmt: skip
def test_les_faits_dits_et_eux_seuls_sont_proposes(texte, attendus):
    assert proposes(texte) == attendus


def test_un_fait_rend_les_mots_qui_l_ont_dit_et_se_relit_de_son_code():
    texte = "Ma mère a 82 ans, on a deux enfants de 3 et 7 ans, au RSA"
    for fait in faits.proposer(texte, decouper(texte)):
        assert all(dit in texte for dit in fait.dits) and fait.dits
        relu = faits.confirme(fait.code)
        assert relu is not None
        assert (relu.libelle, relu.publics) == (fait.libelle, fait.publics)


@pytest.mark.parametrize(
    "code", ["", "AGE", "AGE:", "AGE:-3", "AGE:999", "AGE:٣", "ENFANTS:99", "ENFANTS:2:a,b", "TRAVAIL:ROI", "X:Y", "CONCERNE:SOI", "☃" * 90]
)
def test_un_code_invente_ne_confirme_rien(code):
    assert faits.confirme(code) is None


def test_les_publics_confirmes_sont_ceux_du_vocabulaire():
    lus = [faits.confirme(c) for c in ("AGE:19", "AGE:67", "ENFANTS:2", "TRAVAIL:SANS_EMPLOI", "GROSSESSE:OUI", "AGE:40")]
    publics = faits.publics_confirmes(fait for fait in lus if fait)
    assert set(publics) == {"jeunes", "seniors", "familles", "demandeurs-emploi", "femmes"}
    connus = {str(p.value) for p in v1.Public}
    assert {p for s in faits.reserve().situations for p in s.publics} <= connus


@pytest.mark.parametrize(
    ("texte", "nom"),
    [
        ("j'habite à Saint-Mars-la-Jaille depuis deux ans", "Saint-Mars-la-Jaille"),
        ("je suis hébergée sur varades chez ma soeur", "varades"),
        ("dame de la commune de Loireauxence", "Loireauxence"),
        ("on vit au Fresne-sur-Loire", "Fresne-sur-Loire"),
    ],
)
def test_le_lieu_ou_l_on_vit_est_lu(texte, nom):
    assert nom in lieux.lieux(texte)


@pytest.mark.parametrize("texte", ["je travaille à Angers", "je suis né à Nantes en 82", "j'habite loin", "le bus pour Ancenis"])
def test_un_autre_lieu_n_est_pas_celui_ou_l_on_vit(texte):
    assert not any(nom in {"Angers", "Nantes", "Ancenis", "loin"} for nom in lieux.lieux(texte))


def test_deux_besoins_proches_appellent_la_question_qui_les_separe():
    posee = questions.question_utile({LOYER: 0.42, DETTES: 0.4}, questions.questions())
    assert posee is not None
    assert {LOYER, DETTES} <= {choix.code for choix in posee.choix}
    assert "loyer" in posee.demande


@pytest.mark.parametrize(
    "scores",
    [
        {},
        {LOYER: 0.5},
        {LOYER: 0.95, DETTES: 0.9},  # both clear: two needs, not a doubt
        {LOYER: 0.5, DETTES: 0.1},
        {LOYER: 0.42, CRECHE: 0.4},  # nobody mistakes one for the other
    ],
)
def test_on_ne_demande_rien_quand_il_n_y_a_pas_de_doute(scores):
    assert questions.question_utile(scores, questions.questions()) is None


def test_la_question_qui_partage_le_mieux_passe_devant():
    moitie = questions.Question("moitié", (questions.Reponse("a", ("a",)), questions.Reponse("b", ("b", "c"))))
    bout = questions.Question("bout", (questions.Reponse("a", ("a", "c")), questions.Reponse("b", ("b",))))
    scores = {"a": 0.4, "b": 0.3, "c": 0.1}
    regles = questions.Questions(0.4, 0.9, 0.1, (bout, moitie))
    assert questions.gain(scores, moitie.reponses) == pytest.approx(1.0)
    posee = questions.question_utile(scores, regles)
    assert posee is not None
    assert posee.demande == "moitié"


def test_chaque_question_separe_et_dit_peu_de_mots():
    for question in questions.questions().liste:
        assert question.demande.endswith("?")
        assert len(question.demande.split()) <= 17
        assert all(len(r.dit.split()) <= 9 for r in question.reponses)


def test_les_dix_portes_menent_a_tous_les_besoins():
    assert len(portes()) == 10
    assert sorted(code for porte in portes() for code, _ in porte.thematiques) == sorted(str(t.value) for t in v1.Thematique)
