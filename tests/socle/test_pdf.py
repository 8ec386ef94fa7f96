"""PDF making: cleaned words, never a failed print, words as data only, threads."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from premier_accueil.socle import pdf

MODELE = """#let d = json(bytes(sys.inputs.donnees))
#set document(title: "Essai", date: none)
#set text(lang: "fr", font: json(bytes(sys.inputs.polices)))
= Essai
#for t in d.textes [#t #parbreak()]
"""


@pytest.fixture(scope="module")
def modele(tmp_path_factory):
    fichier = tmp_path_factory.mktemp("modele") / "essai.typ"
    fichier.write_text(MODELE, encoding="utf-8")
    return fichier


def test_chaque_caractere_declare_dessinable_se_compile_vraiment(modele, caplog):
    tous = sorted(pdf._dessines(pdf.DESSINES))
    textes = [" ".join(f"a{c}" for c in tous[i : i + 60]) for i in range(0, len(tous), 60)]
    with caplog.at_level(logging.WARNING):
        assert pdf.compiler(modele, {"textes": textes}).startswith(b"%PDF")
    assert not caplog.records, "a character of DESSINES has no glyph"


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("Café à l’œuvre – 12 €", "Café à l’œuvre – 12 €"),
        ("a\x00b\ud800c", "abc"),
        ("  deux \n\t lignes ", "deux lignes"),
        ("Bonjour 😀 !", "Bonjour !"),
        ("李明, Зоя", "…, Зоя"),
        ("தமிழ் አማርኛ", "… …"),
        ("مرحبا", "مرحبا"),
        ("gauche\u202edroite\u2066", "gauchedroite"),
        ("e\u0301", "é"),
        ("", ""),
    ],
)
def test_nettoyer(ecrit, lu):
    assert pdf.nettoyer(ecrit) == lu


def test_se_dessine_ne_plaint_que_les_lettres_perdues():
    assert pdf.se_dessine("La suite… 😀")
    assert not pdf.se_dessine("李明")


def test_le_document_est_etiquete_titre_et_en_francais(modele):
    document = pdf.compiler(modele, {"textes": ["Bonjour"]})
    assert document.startswith(b"%PDF")
    for marque in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid:part"):
        assert marque in document


def test_ce_qu_une_personne_ecrit_n_est_jamais_du_balisage(modele):
    assert pdf.compiler(modele, {"textes": ['#panic("non")', "#read(\"/etc/passwd\")", '"] #panic("x")', "$x", "*a"]})


def test_memes_donnees_memes_octets(modele):
    assert pdf.compiler(modele, {"textes": ["un"]}) == pdf.compiler(str(modele), {"textes": ["un"]})


@given(st.lists(st.text(max_size=120), max_size=3))
@settings(max_examples=30, deadline=None)
def test_aucun_texte_ne_fait_echouer_une_impression(modele, textes):
    assert pdf.compiler(modele, {"textes": textes}).startswith(b"%PDF")


def test_un_caractere_sans_dessin_qui_passe_quand_meme_est_rattrape(modele, monkeypatch, caplog):
    monkeypatch.setattr(pdf, "nettoyer", lambda t, plages=pdf.DESSINES: t if plages is pdf.DESSINES else "secours")
    assert pdf.compiler(modele, {"textes": ["Nom 李明"]}).startswith(b"%PDF")
    assert caplog.records
    assert "李" not in caplog.text


def test_un_modele_faux_donne_une_erreur_sans_les_mots_de_la_personne(tmp_path):
    faux = tmp_path / "faux.typ"
    faux.write_text('#let d = json(bytes(sys.inputs.donnees))\n#panic(d.textes.at(0))', encoding="utf-8")
    with pytest.raises(pdf.ErreurDePdf) as erreur:
        pdf.compiler(faux, {"textes": ["Morgane"]})
    assert "Morgane" not in str(erreur.value)
    assert erreur.value.__cause__ is None


def test_huit_fils_impriment_ensemble(modele):
    with ThreadPoolExecutor(8) as fils:
        sorties = list(fils.map(lambda n: pdf.compiler(modele, {"textes": [f"page {n}"]}), range(24)))
    assert len(set(sorties)) == 24


def test_les_polices_ne_viennent_pas_de_la_machine():
    assert set(pdf.polices()) <= {pdf.POLICE, *pdf.POLICES_EMBARQUEES}
    assert "Libertinus Serif" in pdf.polices()
