"""The sheet's words: neutral, cut to fit, stored and opened again, told by SMS."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from premier_accueil.accueil.feuille import sms
from premier_accueil.accueil.feuille.contenu import TITRE, Etape, Feuille, depuis_json, en_json, neutre, trahit
from premier_accueil.accueil.feuille.neutralite import NOM_NEUTRE, adresse_neutre, phrases_neutres
from premier_accueil.accueil.feuille.page import (
    MAX_ETAPES,
    MAX_ETAPES_GRAND,
    ajuster,
    couper,
    mots_retires,
    neutraliser,
)

ETAPE = Etape(
    numero=1, verbe="Appelez", nom="Maison des services", structure="Mairie", adresse="4 rue du Parc",
    commune="44370 Loireauxence", telephone="02 40 00 00 11", horaires=("Lundi : 9 h – 12 h",),
    prochaine_ouverture="Ouvre lundi à 9 h", trajet="environ 12 min en voiture (estimation)", a_confirmer=True,
    papiers=("Une pièce d'identité",), lien_plan="https://plan.test/1", coordonnees=(47.37, -1.0), remarque="Sonnez.",
)  # fmt: skip
FEUILLE = Feuille(
    titre=TITRE, date=date(2026, 11, 23), structure="CCAS de Loireauxence", site_adresse="182 rue du Parc",
    site_telephone="02 40 00 00 00", agent="Mme Exemple", etapes=(ETAPE,), papiers=("Un justificatif de domicile",),
    note="Revenez quand vous voulez.", reference="K7M4-PX2D", code="482915", adresse_web="https://exemple.test/f/K7M4",
)  # fmt: skip


def test_une_feuille_relue_est_la_meme():
    import json

    assert depuis_json(json.loads(json.dumps(en_json(FEUILLE)))) == FEUILLE


def test_une_feuille_ancienne_ou_plus_recente_s_ouvre_encore():
    brut = en_json(FEUILLE) | {"version": 99, "cle_future": 1}
    del brut["note"], brut["etapes"][0]["trajet"]
    brut["etapes"][0]["autre"] = True
    relue = depuis_json(brut)
    assert relue == replace(FEUILLE, note="", etapes=(replace(ETAPE, trajet=""),))
    assert depuis_json({"date": "2026-11-23"}).titre == TITRE


@pytest.mark.parametrize("brut", [{}, {"date": 3}, {"date": "hier"}, []])
def test_ce_qui_n_est_pas_une_feuille_est_refuse(brut):
    with pytest.raises(ValueError):
        depuis_json(brut)


@pytest.mark.parametrize(
    "texte",
    ["Violences conjugales", "SURENDETTEMENT", "Centre médico-psychologique", "Dépôt de plainte", "Addictions France",
     "CSAPA Le Triangle", "Centre de santé", "Ordonnance de protection", "Planning familial", "SPIP 44"],
)  # fmt: skip
def test_ce_qui_trahit_devient_neutre(texte):
    assert trahit(texte)
    assert neutre(texte) == NOM_NEUTRE


@pytest.mark.parametrize(
    "texte", ["France services", "Microcrédit mobilité", "Cours de violon", "Assurance maladie", "Un vélo", "CAF", ""]
)
def test_les_mots_ordinaires_restent(texte):
    assert neutre(texte) == texte


def test_la_rue_de_la_sante_n_accuse_personne():
    assert adresse_neutre("Foyer des victimes, 3 rue de la Santé") == "3 rue de la Santé"
    assert adresse_neutre("3 rue de l'Hôpital, CSAPA") == "3 rue de l'Hôpital"


def test_seule_la_phrase_qui_trahit_disparait():
    assert phrases_neutres("Venez lundi. Apportez la plainte. À bientôt !") == "Venez lundi. À bientôt !"


def test_une_etape_discrete_ne_garde_que_telephone_et_horaires():
    (etape,) = neutraliser(replace(FEUILLE, etapes=(replace(ETAPE, discret=True, nom="Solidarité", numero=7),))).etapes
    assert etape == Etape(
        numero=7, verbe="Appelez", nom=NOM_NEUTRE, telephone=ETAPE.telephone, horaires=ETAPE.horaires,
        prochaine_ouverture=ETAPE.prochaine_ouverture, a_confirmer=True, discret=True,
    )  # fmt: skip


def test_rien_de_ce_qui_trahit_ne_reste_sur_la_feuille():
    mot = "Violences conjugales"
    chargee = replace(
        FEUILLE, titre=mot, structure=mot, agent=mot, note=mot, papiers=(mot,), site_adresse=mot,
        etapes=(
            replace(
                ETAPE, verbe=mot, nom=mot, structure=mot, adresse=mot, horaires=(mot,), prochaine_ouverture=mot,
                trajet=mot, papiers=(mot,), lien_plan="https://plan.test/?q=violences", remarque=mot,
            ),
        ),
    )  # fmt: skip
    assert "violen" not in str(en_json(neutraliser(chargee))).lower()
    assert "violen" not in sms.texte(chargee).lower()
    assert mots_retires(chargee) == (mot,)
    assert mots_retires(FEUILLE) == ()


@given(st.text(alphabet=st.sampled_from("violence dette santé, .!rue 3\n"), max_size=60))
@settings(max_examples=60, deadline=None)
def test_neutraliser_deux_fois_ne_change_plus_rien(texte):
    feuille = replace(FEUILLE, note=texte, site_adresse=texte, etapes=(replace(ETAPE, nom=texte, adresse=texte),))
    une = neutraliser(feuille)
    assert neutraliser(une) == une


@given(st.text(max_size=200), st.integers(min_value=2, max_value=80))
@settings(max_examples=100, deadline=None)
def test_couper_tient_la_longueur(texte, maximum):
    assert len(couper(texte, maximum)) <= maximum


def test_couper_s_arrete_a_un_mot():
    assert couper("Mairie de Loireauxence", 12) == "Mairie de…"
    assert couper("Mairie de Loireauxence", 10) == "Mairie de…"
    assert couper("Mairie", 6) == "Mairie"
    assert len(couper("x" * 10_000, 30)) == 30


@pytest.mark.parametrize(("grand", "limite"), [(False, MAX_ETAPES), (True, MAX_ETAPES_GRAND)])
def test_le_nombre_d_etapes_est_borne_et_le_reste_compte(grand, limite):
    page = ajuster(replace(FEUILLE, etapes=tuple(replace(ETAPE, numero=n) for n in range(1, 7))), grand=grand)
    assert len(page.feuille.etapes) == limite
    assert page.reste == 6 - limite
    assert not page.coupe
    assert ajuster(replace(FEUILLE, papiers=("a",) * 2 + tuple(map(str, range(20))))).coupe


def test_sms_dit_l_essentiel():
    assert sms.texte(FEUILLE) == (
        "CCAS de Loireauxence : votre feuille de route. Appelez le 02 40 00 00 11. Ouvre lundi à 9 h (à confirmer). "
        "Votre page : https://exemple.test/f/K7M4 Référence : K7M4-PX2D. Code remis sur papier."
    )


def test_sms_ne_porte_jamais_le_code_meme_dans_le_lien():
    message = sms.texte(replace(FEUILLE, adresse_web="https://exemple.test/f?code=482915"))
    assert "482915" not in message
    assert "exemple.test" not in message


def test_sms_est_en_alphabet_gsm():
    message = sms.texte(replace(FEUILLE, structure="L’Ôtel “Çà” 😀 œuvre – 中", etapes=()))
    assert set(message) <= sms.GSM7 | sms.GSM7_DOUBLE
    assert message.startswith("L'Otel \"Çà\" oeuvre -")


@given(st.text(max_size=400), st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_sms_tient_en_320_signes(nom, heures, lien):
    feuille = replace(
        FEUILLE, structure=nom, adresse_web=lien, reference=nom,
        etapes=(replace(ETAPE, telephone=nom, prochaine_ouverture=heures),),
    )  # fmt: skip
    message = sms.texte(feuille)
    assert sms.longueur(message) <= sms.MAXIMUM
    assert set(message) <= sms.GSM7 | sms.GSM7_DOUBLE


def test_sms_sans_etape_joignable_donne_le_telephone_de_l_accueil():
    assert "Téléphone : 02 40 00 00 00." in sms.texte(replace(FEUILLE, etapes=()))
