"""Whatever the file, a sentence; whatever the encoding and separator, the same lines."""

from __future__ import annotations

import json

import pytest

from premier_accueil.annuaire.imports.lecture import FichierIllisible, lire_lignes

REQUISES = ("id", "nom")
TABLE = "id{s}nom{s}ville\n1{s}Étoile{s}Ancenis\n2{s}Cœur{s}Nantes\n"


def ecrire(tmp_path, contenu: bytes, nom="fichier.csv"):
    chemin = tmp_path / nom
    chemin.write_bytes(contenu)
    return chemin


@pytest.mark.parametrize("separateur", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separateurs_et_encodages(tmp_path, separateur, encodage):
    lignes = lire_lignes(ecrire(tmp_path, TABLE.format(s=separateur).encode(encodage)), REQUISES)
    assert [(ligne.numero, ligne.valeurs["nom"]) for ligne in lignes] == [(2, "Étoile"), (3, "Cœur")]


def test_latin_1_et_fins_de_ligne_windows(tmp_path):
    brut = "id;nom\r\n1;Été\r\n".encode("latin-1")
    assert lire_lignes(ecrire(tmp_path, brut), REQUISES)[0].valeurs == {"id": "1", "nom": "Été"}


def test_quelques_octets_abimes_ne_gatent_que_leur_ligne(tmp_path):
    brut = ("id,nom\n" + "".join(f"{i},Étoile n°{i}\n" for i in range(50))).encode() + b"99,Caf\xe9\n"
    lignes = lire_lignes(ecrire(tmp_path, brut), REQUISES)
    assert lignes[3].valeurs["nom"] == "Étoile n°3"
    assert "\ufffd" in lignes[-1].valeurs["nom"]


@pytest.mark.parametrize(
    ("contenu", "mot"),
    [
        (b"PK\x03\x04" + b"\x00" * 50, "Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 50, "Excel"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "page web"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"", "vide"),
        (b"  \n ", "vide"),
        (b"\x00\x01\x02" * 500, "texte"),
        (bytes(range(256)) * 20, "texte"),
        (b"\xff\xfei\x00d\x00,", "UTF-16"),
        (b"bonjour", "il manque les colonnes"),
        (b"id;ville\n1;2\n", "il manque la colonne"),
        (b"[1, 2", "JSON"),
        (b"{}", "il manque les colonnes"),
        (b"[]", "aucune fiche"),
        (b"[" * 100_000, "JSON"),
        (b'{"data": 3}', "il manque les colonnes"),
    ],
)
def test_un_mauvais_fichier_recoit_une_phrase(tmp_path, contenu, mot):
    with pytest.raises(FichierIllisible, match=mot) as echec:
        lire_lignes(ecrire(tmp_path, contenu), REQUISES)
    assert "\n" not in str(echec.value)
    assert str(echec.value).endswith(".") or str(echec.value).endswith("CSV.")


def test_absent_ou_dossier(tmp_path):
    with pytest.raises(FichierIllisible, match="n'existe pas"):
        lire_lignes(tmp_path / "rien.csv", REQUISES)
    with pytest.raises(FichierIllisible, match="dossier"):
        lire_lignes(tmp_path, REQUISES)


FICHES = [{"id": "1", "nom": "Étoile"}, {"id": "2", "nom": "Cœur"}]


@pytest.mark.parametrize(
    "texte",
    [json.dumps(FICHES), json.dumps({"data": FICHES}), "\n".join(json.dumps(f, ensure_ascii=False) for f in FICHES)],
)
def test_json_liste_objet_ou_ligne_a_ligne(tmp_path, texte):
    lignes = lire_lignes(ecrire(tmp_path, b"\xef\xbb\xbf" + texte.encode()), REQUISES)
    assert [ligne.valeurs for ligne in lignes] == FICHES


def test_ndjson_une_mauvaise_ligne_au_milieu(tmp_path):
    lignes = lire_lignes(ecrire(tmp_path, b'{"id":"1","nom":"a"}\n{oups\n{"id":"3","nom":"c"}\n'), REQUISES)
    assert [bool(ligne.defaut) for ligne in lignes] == [False, True, False]
    assert lignes[1].numero == 2


def test_lignes_csv_trop_longues_et_cases_enormes(tmp_path):
    brut = "id,nom\n1,a,trop\n2," + "x" * 200_000 + "\n3,c\n"
    lignes = lire_lignes(ecrire(tmp_path, brut.encode()), REQUISES)
    assert [bool(ligne.defaut) for ligne in lignes] == [True, False, False]
    assert lignes[2].valeurs["nom"] == "c"
