"""Whatever an owner of the database removes, changes, moves or adds is found, and named."""

from __future__ import annotations

import pytest
from django.db import connection

from premier_accueil.partage.models import LigneDeRegistre
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.journal import ajouter, chaine
from premier_accueil.socle.journal.conservation import conservations, registres
from premier_accueil.socle.journal.verification import verifier
from tests.socle.test_journal import AILLEURS, ICI, NOVEMBRE, ecrire, fautes, mois, toucher

TOUCHES = {
    "ligne changée": ("socle_acces", "UPDATE socle_acces SET compte_id = 4 WHERE rang = 2 AND mois = '2026-12-01'", "décembre 2026, ligne 2 : cette ligne a été changée"),
    "auteur effacé": ("socle_acces", "UPDATE socle_acces SET compte_id = NULL WHERE rang = 2 AND mois = '2026-12-01'", "décembre 2026, ligne 2 : cette ligne a été changée"),
    "heure changée": ("socle_acces", "UPDATE socle_acces SET a = a + interval '1 microsecond' WHERE rang = 2 AND mois = '2026-11-01'", "novembre 2026, ligne 2 : cette ligne a été changée"),
    "ligne retirée": ("socle_acces", "DELETE FROM socle_acces WHERE rang = 2 AND mois = '2026-11-01'", "novembre 2026, ligne 2 : cette ligne a été retirée"),
    "première ligne retirée": ("socle_acces", "DELETE FROM socle_acces WHERE rang = 1 AND mois = '2026-12-01'", "décembre 2026, ligne 1 : cette ligne a été retirée"),
    "dernière ligne retirée": ("socle_acces", "DELETE FROM socle_acces WHERE rang = 3 AND mois = '2026-12-01'", "décembre 2026, ligne 3 : cette ligne a été retirée"),
    "lignes échangées": ("socle_acces", "UPDATE socle_acces x SET objet_id = y.objet_id, a = y.a, empreinte = y.empreinte FROM socle_acces y WHERE x.mois = '2026-11-01' AND y.mois = x.mois AND (x.rang, y.rang) IN ((1, 2), (2, 1))", "novembre 2026, ligne 1 : cette ligne a été changée"),
    "ligne ajoutée à la fin": ("socle_acces", "INSERT INTO socle_acces (structure_id, mois, rang, a, empreinte, geste, action, objet) VALUES (7, '2026-12-01', 4, now(), repeat('a', 64), 'LECTURE', 'x', 'Y')", "décembre 2026, ligne 4 : cette ligne a été ajoutée"),
    "ligne ajoutée dans un mois scellé": ("socle_acces", "INSERT INTO socle_acces (structure_id, mois, rang, a, empreinte, geste, action, objet) VALUES (7, '2026-10-01', 4, now(), repeat('a', 64), 'LECTURE', 'x', 'Y')", "octobre 2026, ligne 4 : cette ligne a été ajoutée"),
    "ligne dans un mois inventé": ("socle_acces", "INSERT INTO socle_acces (structure_id, mois, rang, a, empreinte, geste, action, objet) VALUES (7, '2026-09-01', 1, now(), repeat('a', 64), 'LECTURE', 'x', 'Y')", "septembre 2026 : des lignes sont dans un mois que la chaîne ne connaît pas"),
    "tête reculée": ("socle_tete", "UPDATE socle_tete SET rang = 2", "décembre 2026, ligne 3 : cette ligne a été ajoutée"),
    "tête retirée": ("socle_tete", "DELETE FROM socle_tete", "la tête de la chaîne a été retirée"),
    "empreinte de la tête": ("socle_tete", "UPDATE socle_tete SET empreinte = repeat('a', 64)", "décembre 2026, ligne 3 : la dernière ligne n'est pas celle"),
    "sceau changé": ("socle_segment", "UPDATE socle_segment SET nombre = 2 WHERE mois = '2026-11-01'", "novembre 2026 : le sceau ne suit pas"),
    "premier mois retiré": ("socle_segment", "DELETE FROM socle_segment WHERE mois = '2026-10-01'", "novembre 2026 : le sceau ne suit pas"),
    "dernier mois scellé retiré": ("socle_segment", "DELETE FROM socle_segment WHERE mois = '2026-11-01'", "décembre 2026 : le mois scellé juste avant a été retiré"),
    "mois dit détruit trop tôt": ("socle_segment", "UPDATE socle_segment SET detruit_le = '2026-11-20' WHERE mois = '2026-10-01'", "octobre 2026 : ce mois a été détruit avant son terme"),
    "mois inventé": ("socle_segment", "INSERT INTO socle_segment (registre, structure_id, mois, nombre, derniere, sceau, scelle_le) VALUES ('JOURNAL_DES_ACCES', 7, '2026-09-01', 1, repeat('a', 64), repeat('b', 64), now())", "septembre 2026 : le sceau ne suit pas"),
}  # fmt: skip


@pytest.fixture
def trois_mois(base_neuve):
    for a in (mois(2026, 10), NOVEMBRE, mois(2026, 12)):
        ecrire(3, a=a)
        ecrire(1, a=a, chez=AILLEURS)
    assert not fautes()


@pytest.mark.parametrize("touche", TOUCHES)
def test_ce_qui_est_touche_se_voit(trois_mois, touche):
    table, ordre, attendu = TOUCHES[touche]
    toucher(table, _chez_nous(ordre))
    trouvees = fautes(a=mois(2026, 12))
    assert any(attendu in f for f in trouvees), trouvees
    assert all(f.startswith("Journal des accès, structure 7") for f in trouvees)
    assert not fautes(AILLEURS, a=mois(2026, 12)), "the neighbour's chain is sound"


def _chez_nous(ordre: str) -> str:
    if ordre.startswith("INSERT"):
        return ordre
    colonne = "x.structure_id = 7 AND y.structure_id = 7" if " x SET" in ordre else "structure_id = 7"
    return f"{ordre} AND {colonne}" if " WHERE " in ordre else f"{ordre} WHERE {colonne}"


def test_une_ligne_seule_fait_une_seule_faute(trois_mois):
    toucher("socle_acces", "DELETE FROM socle_acces WHERE structure_id = 7 AND rang = 2 AND mois = '2026-11-01'")
    assert len(fautes()) == 1


def test_un_segment_entier_retire_avec_ses_lignes_se_voit(trois_mois):
    toucher("socle_acces", "DELETE FROM socle_acces WHERE structure_id = 7 AND mois = '2026-11-01'")
    toucher("socle_segment", "DELETE FROM socle_segment WHERE structure_id = 7 AND mois = '2026-11-01'")
    assert any("le mois scellé juste avant a été retiré" in f for f in fautes())


def test_une_chaine_ramenee_en_arriere_se_voit_au_temoin(trois_mois):
    with situation(structure=ICI):
        temoins = verifier(ICI, a=NOVEMBRE).temoins
    toucher("socle_acces", "DELETE FROM socle_acces WHERE structure_id = 7 AND rang = 3 AND mois = '2026-12-01'")
    toucher("socle_tete", "UPDATE socle_tete SET rang = 2, empreinte = (SELECT empreinte FROM socle_acces WHERE structure_id = 7 AND rang = 2 AND mois = '2026-12-01') WHERE structure_id = 7")
    assert not fautes(), "the chain agrees with itself: only a witness outside the database tells"
    assert any("ramenée en arrière" in f for f in fautes(temoins=temoins))
    ecrire(1, a=mois(2026, 12))  # the head is as far as before, by another line
    assert any("ramenée en arrière" in f for f in fautes(temoins=temoins))


def test_la_cle_n_est_pas_dans_la_base_et_sans_elle_rien_ne_se_refait(trois_mois, monkeypatch):
    monkeypatch.setattr(chaine, "cle", lambda: b"une autre cle")
    assert len(fautes()) >= 9


def test_chaque_registre_a_sa_duree_ses_declencheurs_et_son_mur(base_neuve):
    assert registres().keys() == conservations().keys()
    with connection.cursor() as curseur:
        for registre, modele in registres().items():
            curseur.execute("SELECT relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [modele._meta.db_table])
            assert curseur.fetchone() == (True,), registre
            curseur.execute(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgfoid IN ('journal_refuser'::regproc, 'journal_detruire'::regproc)",
                [modele._meta.db_table],
            )
            assert curseur.fetchone() == (3,), registre


def test_le_registre_des_communications_tient_la_meme_chaine(base_neuve):
    valeurs = {
        "geste": LigneDeRegistre.Geste.ENVOI, "personne_id": 1, "accord_id": 2, "compte_id": 3, "destinataire_id": 4,
        "destinataire": "CCAS d'à côté", "fonction": "TRAVAIL_SOCIAL", "elements": ["IDENTITE", "LOGEMENT"], "but": "RELAIS",
        "base": "ACCORD",
    }  # fmt: skip
    for _ in range(3):
        ajouter(LigneDeRegistre, structure_id=ICI, valeurs=valeurs, a=NOVEMBRE)
    ecrire(2)
    assert not fautes()
    toucher("partage_lignederegistre", "UPDATE partage_lignederegistre SET elements = elements || '{SANTE}' WHERE rang = 2")
    (faute,) = fautes()
    assert faute.startswith("Registre des communications, structure 7, novembre 2026, ligne 2 : cette ligne a été changée")
