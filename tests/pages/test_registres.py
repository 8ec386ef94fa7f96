"""The officer reads the journal of his structure line by line, and asks whether it still holds."""

from __future__ import annotations

import ast
import re
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from premier_accueil.accueil.actions import accueillir
from premier_accueil.acteurs.regles import Droit, Fonction, peut
from premier_accueil.pages.entree import EcritureEnLecture
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.environnement import RACINE
from tests.pages.conftest import connecte
from tests.socle.test_journal import toucher

JOURNAL = "/registres/"


def ligne(role, objet="PASSAGE", objet_id=1, *, jours=0, compte=True, structure_id=None):
    noter(
        structure_id=structure_id or role.structure_id, compte_id=role.compte_id if compte else None,
        geste=Geste.LECTURE, action="passage_vu", objet=objet, objet_id=objet_id, a=f.LUNDI_10H - timedelta(days=jours),
    )  # fmt: skip


@pytest.fixture
def dpo(lieu):
    return f.agent(lieu.structure, Fonction.DPO, nom="Dominique")


@pytest.fixture
def bureau(dpo):
    return connecte(dpo)


def lignes_de(reponse) -> list[str]:
    corps = reponse.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", tr).split()) for tr in re.findall(r"<tr>(.*?)</tr>", corps, re.DOTALL)]


@pytest.mark.django_db
def test_seul_qui_tient_les_registres_entre(clients):
    for fonction in Fonction:
        attendu = 200 if peut(fonction, Droit.TENIR_LES_REGISTRES) else 403
        assert clients(fonction).get(JOURNAL).status_code == attendu, fonction
        assert clients(fonction).post(f"{JOURNAL}verifier/").status_code == attendu, fonction


@pytest.mark.django_db
def test_le_journal_montre_sa_structure_et_elle_seule(bureau, role):
    ailleurs = f.structure("CCAS d'ailleurs")
    ligne(role, objet_id=41)
    ligne(role, objet_id=42, structure_id=ailleurs.pk)
    ligne(role, objet="FEUILLE", objet_id=43, compte=False)
    lignes = lignes_de(bureau.get(JOURNAL))
    assert lignes == [
        "23/11/2026 10:00:00 la personne, par son code lecture Lire un passage Feuille n° 43",
        "23/11/2026 10:00:00 Camille lecture Lire un passage Passage n° 41",
    ]
    assert "n° 42" not in bureau.get(JOURNAL, {"objet": "PASSAGE", "objet_id": "42"}).content.decode().partition("<tbody>")[2]


@pytest.mark.django_db
def test_on_filtre_par_jour_par_objet_et_par_compte(bureau, role, lieu):
    autre = f.agent(lieu.structure, nom="Sacha")
    ligne(role, objet_id=1, jours=2)
    ligne(role, objet_id=2, jours=1)
    ligne(autre, objet="FEUILLE", objet_id=2)

    def numeros(**filtre):
        return [vue.rsplit(" ", 1)[1] for vue in lignes_de(bureau.get(JOURNAL, filtre)) if "Lire le journal" not in vue]

    assert numeros(du="2026-11-21", au="2026-11-21") == ["1"]
    assert numeros(du="22/11/2026") == ["2", "2"]
    assert numeros(au="2026-11-22") == ["2", "1"]
    assert numeros(objet="PASSAGE", objet_id="2") == ["2"]
    assert numeros(compte=str(autre.compte_id)) == ["2"]
    page = bureau.get(JOURNAL, {"compte": str(autre.compte_id), "objet": "FEUILLE", "du": "2026-11-20"}).content.decode()
    assert f'<option value="{autre.compte_id}" selected>' in page
    assert '<option value="FEUILLE" selected>' in page
    assert 'value="2026-11-20"' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "filtre",
    [
        {"du": "hier"}, {"au": "2026-13-45"}, {"du": "0001-01-01", "au": "9999-12-31"}, {"objet_id": "deux"}, {"objet_id": "-1"},
        {"objet_id": "9" * 30}, {"compte": "x"}, {"compte": "9" * 40}, {"page": "0"}, {"page": "9" * 20},
        {"page": "1999"}, {"objet": "x" * 100000}, {"objet": "a\x00b\u202e"}, {"compte": "\ud800"},
    ],
)  # fmt: skip
def test_aucun_filtre_ne_fait_tomber_la_page(bureau, role, filtre):
    ligne(role)
    reponse = bureau.get(JOURNAL, {k: v.encode("utf-8", "replace").decode() for k, v in filtre.items()})
    assert reponse.status_code == 200
    assert "Votre demande n'a pas pu être lue" in reponse.content.decode() or "Élargissez" in reponse.content.decode() or lignes_de(reponse)


@pytest.mark.django_db
def test_une_date_mal_ecrite_garde_la_saisie_et_le_dit(bureau):
    page = bureau.get(JOURNAL, {"du": "le 23 novembre"}).content.decode()
    assert 'value="le 23 novembre"' in page
    assert "Cette date n'est pas reconnue. Écrivez-la ainsi" in page


@pytest.mark.django_db
def test_quinze_par_page_sans_dire_combien(bureau, role):
    for numero in range(1, 41):
        ligne(role, objet_id=numero)
    premiere = bureau.get(JOURNAL, {"objet": "PASSAGE"})
    assert len(lignes_de(premiere)) == 15
    assert lignes_de(premiere)[0].endswith("n° 40")
    suivante = re.search(r'href="(\?[^"]*page=2[^"]*)"', premiere.content.decode()).group(1).replace("&amp;", "&")
    assert "objet=PASSAGE" in suivante
    assert len(lignes_de(bureau.get(JOURNAL + suivante))) == 15
    derniere = bureau.get(JOURNAL, {"objet": "PASSAGE", "page": "3"})
    assert len(lignes_de(derniere)) == 10
    assert "Plus anciennes" not in derniere.content.decode()
    assert not re.search(r"\b40\b", re.sub(r"<tbody>.*</tbody>", "", premiere.content.decode(), flags=re.DOTALL))


@pytest.mark.django_db
def test_lire_le_journal_y_laisse_une_ligne_et_dit_de_qui_on_a_cherche_les_traces(bureau, dpo, role):
    bureau.get(JOURNAL)
    bureau.get(JOURNAL, {"compte": str(role.compte_id)})
    bureau.post(f"{JOURNAL}verifier/")
    with situation(structure=dpo.structure_id):
        vues = list(Acces.objects.order_by("rang").values_list("compte_id", "geste", "action", "objet", "objet_id"))
    assert vues == [
        (dpo.compte_id, "LECTURE", "journal_vu", "JOURNAL", None),
        (dpo.compte_id, "RECHERCHE", "journal_vu", "COMPTE", role.compte_id),
        (dpo.compte_id, "LECTURE", "verifier_les_registres", "JOURNAL", None),
    ]


@pytest.mark.django_db
def test_verifier_dit_que_tout_se_suit(bureau, role):
    ligne(role)
    ligne(role)
    page = bureau.post(f"{JOURNAL}verifier/").content.decode()
    assert "Tout se suit. Aucune ligne n'a été retirée" in page
    assert "2 lignes relues" in page


def test_verifier_montre_ce_qui_a_ete_touche(base_neuve):
    chez = f.structure()
    dpo = f.agent(chez, Fonction.DPO)
    for numero in range(3):
        ligne(dpo, objet_id=numero)
    toucher("socle_acces", f"DELETE FROM socle_acces WHERE structure_id = {chez.pk} AND rang = 2", chez.pk)
    page = connecte(dpo).post(f"{JOURNAL}verifier/").content.decode()
    assert "Un registre a été touché" in page
    assert "novembre 2026, ligne 2 : cette ligne a été retirée." in page


MUETS = {
    "renommé": "ALTER TABLE socle_acces RENAME TO ailleurs",
    "refusé": "CREATE FUNCTION panne() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'panne'; END$$;"
    "CREATE TRIGGER panne BEFORE INSERT ON socle_acces FOR EACH ROW EXECUTE FUNCTION panne()",
    "tête hors de portée": "REVOKE UPDATE ON socle_tete FROM {role}",
}


@pytest.mark.parametrize("panne", MUETS)
def test_un_journal_muet_ne_montre_rien_du_dossier(base_neuve, panne):
    lieu = f.site(f.structure(), "Pôle social")
    role = f.agent(lieu.structure)
    with situation(structure=role.structure_id):
        fait = accueillir(f.demande(mots="violences à la maison", nom="Mme Secrète"), role=role, site_id=lieu.pk, a=f.LUNDI_10H)
    adresse = f"/guichet/passages/{fait.passage_id}/"
    client = connecte(role)
    assert "Secrète" in client.get(adresse).content.decode()
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(MUETS[panne].replace("{role}", connection.settings_dict["USER"]))
    connections["proprietaire"].close()
    reponse = client.get(adresse)
    assert reponse.status_code == 503
    assert "Secrète" not in reponse.content.decode()
    assert "violences" not in reponse.content.decode()
    assert "revenez en arrière" in reponse.content.decode()


@pytest.mark.django_db
def test_un_get_n_ecrit_toujours_que_le_journal(bureau, monkeypatch):
    def fautive(*_, **__):
        with connection.cursor() as curseur:
            curseur.execute("INSERT INTO acteurs_organisme (nom) VALUES ('x')")

    monkeypatch.setattr("premier_accueil.pages.registres.views.journal_vu", fautive)
    with pytest.raises(EcritureEnLecture):
        bureau.get(JOURNAL)


@pytest.mark.django_db
def test_t19_aucune_page_aucune_commande_ne_compte_ni_ne_classe_les_agents(bureau, role, lieu):
    autre = f.agent(lieu.structure, nom="Sacha")
    for qui, fois in ((role, 7), (autre, 3)):
        for _ in range(fois):
            ligne(qui)
    with CaptureQueriesContext(connection) as requetes:
        for filtre in ({}, {"compte": str(role.compte_id)}, {"tri": "compte"}, {"ordre": "qui"}, {"objet": "PASSAGE"}):
            page = bureau.get(JOURNAL, filtre).content.decode()
            hors_lignes = re.sub(r"<tbody>.*</tbody>|<select.*?</select>|<option.*?</option>", "", page, flags=re.DOTALL)
            assert not re.search(r"\b(7|3|10) (lignes?|accès|fois)", hors_lignes)
            liens = " ".join(re.findall(r'(?:href|action|name)="([^"]*)"', hors_lignes))  # not the random token of the form
            assert not re.search(r"\b(tri|ordre|export|exporter|csv)\b", liens, re.IGNORECASE), liens
        bureau.post(f"{JOURNAL}verifier/")
    du_journal = [r["sql"] for r in requetes if 'FROM "socle_acces"' in r["sql"]]
    assert du_journal
    for ordre in du_journal:
        assert not re.search(r"GROUP BY|COUNT\(|OVER \(|ORDER BY[^)]*compte", ordre, re.IGNORECASE), ordre


COMPTER = {"annotate", "aggregate", "Count", "count", "Counter"}


def test_t19_aucun_code_ne_groupe_le_journal_par_compte():
    fautifs = []
    for fichier in (RACINE / "premier_accueil").rglob("*.py"):
        texte = fichier.read_text()
        if "migrations" in fichier.parts or not re.search(r"\bAcces\b|socle_acces", texte):
            continue
        for noeud in ast.walk(ast.parse(texte)):
            if not isinstance(noeud, ast.Call):
                continue
            nom = getattr(noeud.func, "attr", getattr(noeud.func, "id", ""))
            par_compte = "compte" in ast.dump(noeud)
            if nom in COMPTER or (nom in {"order_by", "groupby", "sorted"} and par_compte):
                fautifs.append(f"{fichier.name}:{noeud.lineno}")
    assert not fautifs
