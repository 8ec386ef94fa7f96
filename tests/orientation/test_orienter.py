"""The command line: from a sentence, or a file of them, to services."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from premier_accueil.commandes import orienter as commande
from premier_accueil.commandes.principal import principal
from premier_accueil.orientation.requetes import proposer
from tests.orientation import reseau
from tests.orientation.reseau import MOTS

QUAND = ["--a", "2026-11-23T10:00"]


@pytest.fixture
def lancer(db, monkeypatch):
    """Return a function that runs the command on the database of the test, with the simple reader."""
    monkeypatch.setattr(proposer, "_lecteur", reseau.LecteurSimple)
    monkeypatch.setattr(commande, "preparer", lambda: None)

    def executer(*arguments: str, entree: bytes | str | None = None):
        return CliRunner().invoke(principal, ["orienter", *arguments], input=entree)

    return executer


@pytest.fixture
def petit(db):
    reseau.petit_reseau()


def objets(resultat) -> list[dict]:
    assert resultat.exit_code == 0, resultat.stderr
    return [json.loads(ligne) for ligne in resultat.stdout.splitlines()]


def test_une_phrase_en_json(lancer, petit):
    (objet,) = objets(lancer(MOTS, "--commune", "44213", *QUAND, "--json", "--limite", "2"))
    assert objet["situation"] == MOTS
    assert objet["commune"]["nom"] == "Loireauxence"
    assert [p["nom"] for p in objet["propositions"]] == ["Microcrédit pour la voiture", "Premier accueil du CCAS"]
    assert objet["propositions"][0]["ouvert"] is True, "a naive time is told on the clock of Paris"


def test_l_heure_avec_decalage_est_crue(lancer, petit):
    (objet,) = objets(lancer(MOTS, "--commune", "44213", "--a", "2026-11-23T10:00-08:00", "--json"))
    assert objet["propositions"][0]["ouvert"] is False


@pytest.mark.parametrize("demande", ["44213", "Loireauxence", "loireauxence", "44370"])
def test_la_commune_se_dit_par_code_nom_ou_code_postal(lancer, petit, demande):
    assert objets(lancer(MOTS, "--commune", demande, "--json"))[0]["commune"]["code"] == "44213"


def test_une_commune_inconnue_est_dite_avec_une_proche(lancer, petit):
    resultat = lancer(MOTS, "--commune", "Loirauxance", "--json")
    assert resultat.exit_code == 1
    assert resultat.stdout == ""
    assert "« Loirauxance »" in resultat.stderr
    assert "Loireauxence (44213)" in resultat.stderr
    assert "Traceback" not in resultat.output
    assert lancer(MOTS, "--commune", "zzzzzz").exit_code == 1


def test_un_code_postal_partage_demande_laquelle(lancer, petit):
    reseau.commune("44214", "Autreville")
    resultat = lancer(MOTS, "--commune", "44370")
    assert resultat.exit_code == 1
    assert "Autreville (44214)" in resultat.stderr
    assert "Loireauxence (44213)" in resultat.stderr


def test_cinq_chiffres_a_deux_sens_le_disent(lancer, petit):
    assert lancer(MOTS, "--commune", "44213", "--json").stderr == ""
    reseau.commune("44214", "Autreville", codes_postaux=["44213"])
    resultat = lancer(MOTS, "--commune", "44213", "--json")
    assert objets(resultat)[0]["commune"]["nom"] == "Loireauxence"
    assert "lu comme le code INSEE de Loireauxence" in resultat.stderr


def test_le_lot_lit_la_premiere_colonne(lancer, petit, tmp_path):
    lot = tmp_path / "lot.tsv"
    lot.write_text(f"# commentaire\n{MOTS}\tmobilite--x\t\n\n   \nmes droits\tautre\r\n#fin", encoding="utf-8")
    lus = objets(lancer("--lot", str(lot), "--commune", "44213", *QUAND, "--json"))
    assert [o["situation"] for o in lus] == [MOTS, "mes droits"]
    assert lus[1]["propositions"][0]["nom"] == "Premier accueil du CCAS"


def test_le_lot_lit_l_entree_standard_et_remplace_l_illisible(lancer, petit):
    entree = "voiture \xe9\nmes droits\n".encode("latin-1")
    lus = objets(lancer("--lot", "-", "--commune", "44213", "--json", entree=entree))
    assert [o["situation"] for o in lus] == ["voiture \ufffd", "mes droits"]


def test_un_fichier_mal_encode_n_arrete_rien(lancer, petit, tmp_path):
    lot = tmp_path / "lot.txt"
    lot.write_bytes(b"\xef\xbb\xbfvoiture\n\xff\xfe voiture\n")
    lus = objets(lancer("--lot", str(lot), "--commune", "44213", "--json"))
    assert lus[0]["situation"] == "voiture"
    assert len(lus) == 2


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        ([], "Donnez une situation"),
        ([MOTS, "--lot", "x"], "Donnez une situation"),
        (["--lot", "/nulle/part"], "ne peut pas être lu"),
        ([MOTS, "--a", "demain"], "n’est pas une date"),
    ],
)
def test_une_demande_fausse_recoit_une_phrase(lancer, petit, arguments, phrase):
    resultat = lancer(*arguments)
    assert resultat.exit_code == 1
    assert phrase in resultat.stderr
    assert resultat.stdout == ""


def test_pour_une_personne_la_page_tient_en_80_colonnes(lancer, petit):
    resultat = lancer(MOTS, "--commune", "44213", *QUAND)
    assert resultat.exit_code == 0
    assert max(map(len, resultat.stdout.splitlines())) <= 80
    besoins, _, services = resultat.stdout.partition("1. Microcrédit")
    assert "Entretenir et réparer son véhicule" in besoins
    assert "- Répond à « voiture en panne »" in services
    assert "(estimation)" in services


def test_sans_service_le_besoin_est_quand_meme_entendu(lancer):
    reseau.commune()
    resultat = lancer(MOTS, "--commune", "44213", "--json")
    (objet,) = objets(resultat)
    assert objet["propositions"] == []
    assert objet["thematiques"]
    assert resultat.stderr.count("\n") == 1
    assert "premier-accueil demonstration" in resultat.stderr


def test_sans_aucune_commune_le_besoin_est_quand_meme_entendu(lancer):
    resultat = lancer(MOTS, "--commune", "44213", "--json")
    (objet,) = objets(resultat)
    assert objet["commune"] is None
    assert objet["thematiques"]
    assert "premier-accueil demonstration" in resultat.stderr
    assert resultat.stderr.count("\n") == 1


def test_les_mots_ne_vont_dans_aucun_journal(lancer, petit, caplog):
    with caplog.at_level("DEBUG"):
        lancer("voiture-mot-tres-reconnaissable", "--commune", "44213")
    assert "reconnaissable" not in "\n".join(r.getMessage() for r in caplog.records if r.name != "django.db.backends")


def test_la_vraie_commande_sur_une_vraie_base(base_neuve):
    reseau.petit_reseau()
    environnement = os.environ | {"PREMIER_ACCUEIL_BASE": base_neuve, "PYTHONIOENCODING": "utf-8"}
    programme = str(Path(sys.executable).parent / "premier-accueil")
    fini = subprocess.run(
        [programme, "orienter", MOTS, "--commune", "44213", "--json", *QUAND],
        capture_output=True, text=True, encoding="utf-8", env=environnement, check=False, timeout=120,
    )  # fmt: skip
    assert fini.returncode == 0, fini.stderr
    (ligne,) = fini.stdout.splitlines()
    assert json.loads(ligne)["propositions"][0]["nom"] in {"Microcrédit pour la voiture", "Garage solidaire"}
