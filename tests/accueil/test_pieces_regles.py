"""The checklists: only what a text requires, never what an administration holds, and dates that close nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from premier_accueil.accueil.feuille.neutralite import trahit
from premier_accueil.accueil.regles.pieces import LONGUEUR, ListeRefusee, echeance, examen, fin_du_code, lire, listes
from premier_accueil.annuaire.regles.horaires import feries

ATTENDUES = {
    "DOMICILIATION", "SECOURS_CCAS", "RSA", "AAH_MDPH", "APA", "COMPLEMENTAIRE_SANTE", "AME", "FSL", "LOGEMENT_SOCIAL",
    "TITRE_DE_SEJOUR", "CARTE_IDENTITE", "PRIME_ACTIVITE", "CHEQUE_ENERGIE", "ALLOCATION_LOGEMENT", "MICROCREDIT",
}  # fmt: skip
PAPIERS = [(p.code, papier) for p in listes().procedures.values() for papier in p.papiers]


def test_chaque_demarche_courante_a_sa_liste_datee():
    assert set(listes().procedures) == ATTENDUES
    assert listes().date >= date(2026, 11, 22)
    assert all(p.demandables and p.texte for p in listes().procedures.values())


@pytest.mark.parametrize(("procedure", "papier"), PAPIERS, ids=lambda x: getattr(x, "code", x))
def test_chaque_papier_a_son_texte_et_des_mots_qui_ne_trahissent_pas(procedure, papier):
    assert papier.texte
    assert len(papier.sur_le_bulletin) <= LONGUEUR
    if not papier.detenue_par:
        assert not trahit(papier.sur_le_bulletin), (procedure, papier.sur_le_bulletin)


def test_ce_qu_une_administration_detient_ne_se_demande_pas():
    """CRPA L.113-12: a tax notice is never on a slip."""
    for procedure in listes().procedures.values():
        assert not {p.code for p in procedure.demandables} & {p.code for p in procedure.interdits}
        assert not any("imposition" in p.libelle.lower() for p in procedure.demandables), procedure.code
    assert sum(len(p.interdits) for p in listes().procedures.values()) >= 8


def test_l_indispensable_est_rare_et_cite_un_article_certain():
    """CRPA L.114-5-1: the default is no, and doubt benefits the person."""
    rares = {(procedure, p.code) for procedure, p in PAPIERS if p.indispensable}
    assert rares == {
        ("AAH_MDPH", "FORMULAIRE"), ("AAH_MDPH", "CERTIFICAT"),
        ("LOGEMENT_SOCIAL", "FORMULAIRE"), ("LOGEMENT_SOCIAL", "IDENTITE"),
    }  # fmt: skip
    assert not [p for _, p in PAPIERS if p.indispensable and p.a_confirmer]


def fichier(tmp_path, **papier):
    contenu = {
        "date": date(2026, 11, 22), "delai": {"mois": 1}, "bulletin": {"jours_apres_l_echeance": 60},
        "autre_lieu": {"minutes_gagnees": 5},
        "procedures": {"X": {"libelle": "x", "texte": "x", "papiers": {"P": {"libelle": "p", "texte": "t"} | papier}}},
    }  # fmt: skip
    (tmp_path / "pieces.yaml").write_text(yaml.safe_dump(contenu, allow_unicode=True), encoding="utf-8")
    return tmp_path / "pieces.yaml"


@pytest.mark.parametrize(
    "papier",
    [{"texte": " "}, {"detenue_par": "les impôts", "indispensable": True}, {"libelle": "Carte Vitale"},
     {"libelle": "Numéro de sécurité sociale"}, {"a_defaut": "le NIR"}],
)  # fmt: skip
def test_une_liste_qui_demande_trop_est_refusee(tmp_path, papier):
    assert not lire(fichier(tmp_path)).procedures["X"].papiers[0].indispensable
    with pytest.raises(ListeRefusee, match=r"X\.P"):
        lire(fichier(tmp_path, **papier))


@given(st.integers(0, 11 * 8766), st.sampled_from(["44", "67", "974", ""]))
def test_une_echeance_est_un_jour_ouvert_au_moins_un_mois_plus_tard(heures, departement):
    a = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=heures)
    jour = echeance(a, departement=departement)
    assert jour.weekday() != 6
    assert jour not in feries(jour.year, departement)
    assert timedelta(days=27) <= jour - a.date() <= timedelta(days=36)
    assert fin_du_code(jour, a) - a >= timedelta(days=80)


def test_une_fin_de_mois_reste_une_fin_de_mois():
    assert echeance(datetime(2027, 1, 31, 9, tzinfo=UTC)) == date(2027, 3, 1)  # the 28th of February is a Sunday
    assert echeance(datetime(2026, 11, 25, 9, tzinfo=UTC)) == date(2026, 12, 26)  # not on Christmas
    assert echeance(datetime(2026, 11, 25, 9, tzinfo=UTC), departement="67") == date(2026, 12, 28)  # Alsace, then Sunday


def test_T13_un_papier_absent_ne_suspend_que_s_il_est_indispensable():
    assert not examen([("a", False, False), ("b", False, False)]).suspendu
    assert examen([("a", True, False), ("b", False, False)]).bloquants == ("a",)
    assert not examen([("a", True, True), ("b", False, False)]).suspendu
    assert examen([("a", True, True)]).manquent == 0
