"""The cases told in the five seeds, and a table of turns of phrase: refusals, past, about whom, several needs, slang."""

from __future__ import annotations

from pathlib import Path

import pytest

from premier_accueil.orientation import comprendre
from premier_accueil.orientation.comprendre import lexique
from premier_accueil.socle import dossiers
from premier_accueil.socle.texte import cle
from tests.orientation.mesures import lire

CAS = Path(__file__).parent / "cas"
DROITS = "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"
DEMARCHES = "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives"
CITOYENNETE = "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-a-la-citoyennete"
HEBERGEMENT = "logement-hebergement--rechercher-une-solution-dhebergement-temporaire"


@pytest.fixture(scope="module")
def lecteur():
    return comprendre.charger()


@pytest.mark.parametrize(
    ("graine", "texte", "attendus", "motif"),
    [
        ("S0", "ma voiture est en panne et on habite en campagne", {"mobilite--entretenir-reparer-son-vehicule", "mobilite--financer-ma-mobilite"}, ""),
        ("S0", "un microcrédit pour faire réparer la voiture", {"mobilite--financer-ma-mobilite", "mobilite--entretenir-reparer-son-vehicule"}, ""),
        ("S0", "une femme victime de violences conjugales se présente", {"famille--surmonter-conflits-separation-violence"}, "VIOLENCE"),
        ("S0", "un usager agressif à l'accueil", None, "AGRESSIVITE"),
        ("S0", "une personne étrangère qui ne parle pas français", {"lecture-ecriture-calcul--maitriser-le-francais", DROITS}, ""),
        ("S1", "demande de domiciliation", {CITOYENNETE, DROITS, DEMARCHES, HEBERGEMENT}, ""),
        ("S1", "j'ai une question sur mon logement, sur mes enfants et sur ma santé", None, ""),
        ("S1", "rencontrer le défenseur des droits", {DROITS, "difficultes-administratives-ou-juridiques--connaitre-ses-droits-face-a-une-discrimination"}, ""),
        ("S1", "être aidé pour mon budget", {"difficultes-financieres--ameliorer-sa-gestion-budgetaire", "difficultes-financieres--acquerir-une-autonomie-budgetaire"}, ""),
        ("S2", "vérifier que tous mes droits sont ouverts", {DROITS}, ""),
        ("S3", "personne âgée qui a besoin d'aide pour rester chez elle", {"famille--prise-en-charge-personne-dependante", "equipement-et-alimentation--aide-menagere"}, ""),
        ("S3", "jeune sans travail ni formation", {"se-former--trouver-sa-formation", "trouver-un-emploi--repondre-a-des-offres-demploi", "preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi", "choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite"}, ""),
        ("S3", "relogement, l'immeuble va être démoli", {"logement-hebergement--changer-de-logement", "logement-hebergement--se-maintenir-dans-le-logement"}, ""),
        ("S3", "je ne demande plus mes aides, c'est trop compliqué", {DROITS, DEMARCHES}, ""),
        ("S4", "faire une demande de RSA", {DROITS, DEMARCHES}, ""),
        ("S4", "famille tout juste arrivée en France, sans logement", {HEBERGEMENT, DROITS}, "*"),
        ("S4", "il manque des papiers dans mon dossier", {DEMARCHES, DROITS}, ""),
    ],
)  # fmt: skip
def test_les_cas_des_graines_sont_compris(lecteur, graine, texte, attendus, motif):
    reponse = lecteur.comprendre(texte)
    assert reponse.compris or reponse.urgence
    assert not attendus or {t.code for t in reponse.thematiques[:2]} & attendus
    assert motif in {"*", reponse.urgence.motif if reponse.urgence else ""}


def _fautes(lecteur, texte: str, attendus: str, exclus: str, motif: str) -> list[str]:
    reponse = lecteur.comprendre(texte)
    codes = [t.code for t in reponse.thematiques]
    fautes = []
    if "+" in attendus and not set(attendus.split("+")) <= set(codes):
        fautes.append(f"attendus {codes}")
    if "+" not in attendus and not set(attendus.split("|")) & set(codes[:2]):
        fautes.append(f"attendu {codes[:3]}")
    if exclus and any(t.code.startswith(exclus) and t.score > 0.15 for t in reponse.thematiques):
        fautes.append(f"exclu {exclus}")
    vu = reponse.urgence.motif if reponse.urgence else ""
    if motif not in {"*", vu}:
        fautes.append(f"urgence {vu or 'aucune'}")
    return fautes


def test_la_table_des_tournures(lecteur):
    """Negation, tense, about whom, several needs, idioms, SMS, dictation, brands, mixed languages."""
    lignes = (CAS / "tournures.tsv").read_text(encoding="utf-8").splitlines()
    cas = [[*ligne.split("\t"), "", "", ""][:4] for ligne in lignes if ligne and not ligne.startswith("#")]
    assert len(cas) >= 60
    fautes = {texte: f for texte, *attendus in cas if (f := _fautes(lecteur, texte, *attendus))}
    assert not fautes


def test_les_jeux_de_phrases_sont_assez_grands_et_n_oublient_aucun_besoin():
    """Counts only: what is kept to measure is not looked at."""
    construits = lire(CAS / "construction.tsv")
    gardes = [cas for nom in ("mesure.tsv", "neuves.tsv", "controle.tsv", "temoin.tsv") if (CAS / nom).exists() for cas in lire(CAS / nom)]
    assert len(construits) + len(gardes) >= 600
    assert len(gardes) >= 250
    comptes = dict.fromkeys(lexique.CODES, 0)
    for _, codes, _ in construits + gardes:
        for code in codes:
            comptes[code] += 1
    assert min(comptes.values()) >= 4
    appris = {cle(e.dit) for e in lexique.lire(dossiers.donnees() / "lexique").entrees}
    assert not [1 for texte, _, _ in gardes if len(texte.split()) > 4 and cle(texte) in appris], "learnt by heart"
