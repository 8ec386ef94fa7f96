"""The sheet on paper and its QR code: one page whatever is written, tagged, neutral, larger when asked."""

from __future__ import annotations

import re
import zlib
from dataclasses import fields, replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from premier_accueil.accueil.feuille import rendu
from premier_accueil.accueil.feuille.contenu import TITRE, Etape, Feuille
from premier_accueil.socle.qr import qr, qr_svg

LONG = "Permanence d'accueil et d'accompagnement des habitants du territoire rural " * 200
ETAPE = Etape(
    numero=1, verbe="Appelez", nom="Maison des services", structure="Mairie", adresse="4 rue du Parc",
    commune="44370 Loireauxence", telephone="02 40 00 00 11", horaires=("Lundi : 9 h – 12 h", "Mardi : 14 h – 17 h"),
    prochaine_ouverture="Ouvre lundi à 9 h", trajet="environ 12 min en voiture (estimation)", a_confirmer=True,
    papiers=("Une pièce d'identité",), remarque="Sonnez à l'interphone.",
)  # fmt: skip
FEUILLE = Feuille(
    titre=TITRE, date=date(2026, 12, 1), structure="CCAS de Loireauxence", site_adresse="182 rue du Parc",
    site_telephone="02 40 00 00 00", agent="Mme Exemple", etapes=(ETAPE,), papiers=("Un justificatif", "Un relevé"),
    note="Revenez quand vous voulez.", reference="K7M4-PX2D", code="482915", adresse_web="https://exemple.test/f/K7M4",
)  # fmt: skip
TAILLES = pytest.mark.parametrize("grand", [False, True])


def clair(document: bytes) -> bytes:
    """Return the document with its compressed streams opened."""
    ouverts = []
    for flux in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL):
        try:
            ouverts.append(zlib.decompress(flux))
        except zlib.error:
            continue
    return document + b"\n".join(ouverts)


def pages(document: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page(?![a-zA-Z])", clair(document)))


def corps_les_plus_frequents(document: bytes) -> float:
    """Return the font size that draws the most glyph runs (the page matrix is not scaled)."""
    tailles = [float(t) for t in re.findall(rb"/\S+ ([\d.]+) Tf", clair(document))]
    return max(set(tailles), key=tailles.count)


def avec(n: int, **changes: object) -> Feuille:
    return replace(FEUILLE, etapes=tuple(replace(ETAPE, numero=i + 1, **changes) for i in range(n)))


@TAILLES
@pytest.mark.parametrize("n", range(7))
def test_une_seule_page_de_zero_a_six_etapes(n, grand):
    assert pages(rendu.pdf(avec(n), grand=grand)) == 1


@TAILLES
def test_le_document_est_accessible_et_neutre(grand):
    document = clair(rendu.pdf(FEUILLE, grand=grand))
    assert document.startswith(b"%PDF")
    for marque in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid:part", b"/Figure"):
        assert marque in document
    assert re.search(rb"/Lang\s*\(fr", document)
    assert TITRE.encode() in document
    assert re.search(rb"/Alt\s*[(<]", document), "the QR image has an alternative text"
    # Nothing of the machine, of the person or of the clock in the metadata.
    assert b"/Author" not in document
    assert b"/CreationDate" not in document


def test_les_grands_caracteres_sont_vraiment_plus_grands():
    plein = avec(4)
    assert corps_les_plus_frequents(rendu.pdf(plein)) == pytest.approx(11, abs=1.5)
    assert corps_les_plus_frequents(rendu.pdf(plein, grand=True)) >= 15.9


@TAILLES
@pytest.mark.parametrize(
    "texte",
    ["", " ", "\x00", "😀👍🏽", "李明中文", "مرحبا بكم في المركز", "שלום עולם", "தமிழ்", "አማርኛ", "\u202egauche",
     "W" * 10_000, LONG, "#panic()", '"]#x', "a" * 200 + " " + "b" * 200, "\ud800", "ligne\nligne"],
)  # fmt: skip
def test_aucun_texte_ne_fait_echouer_ni_deborder_une_page(texte, grand):
    etape = replace(
        ETAPE, **{c.name: texte for c in fields(Etape) if c.type == "str"}, horaires=(texte,) * 9, papiers=(texte,) * 9
    )
    champs = {c.name: texte for c in fields(Feuille) if c.type == "str"}
    partout = replace(FEUILLE, **champs, etapes=(etape,) * 6, papiers=(texte,) * 30)
    assert pages(rendu.pdf(partout, grand=grand)) == 1


@given(st.text(max_size=300), st.text(max_size=80), st.booleans())
@settings(max_examples=30, deadline=None)
def test_tout_texte_s_imprime(texte, court, grand):
    feuille = replace(avec(2, nom=court, remarque=texte, telephone=court), note=texte, adresse_web=court)
    assert pages(rendu.pdf(feuille, grand=grand)) == 1


def test_la_suite_est_annoncee_au_modele(monkeypatch):
    vus = []
    monkeypatch.setattr(rendu, "compiler", lambda modele, donnees: vus.append(donnees) or b"")
    rendu.pdf(avec(6))
    rendu.pdf(avec(2, nom="李明"))
    rendu.pdf(avec(2))
    assert [(v["reste"], v["coupe"], len(v["etapes"])) for v in vus] == [(2, False, 4), (0, True, 2), (0, False, 2)]
    assert vus[0]["date"] == "Faite le mardi 1er décembre 2026"
    assert vus[0]["etapes"][0]["horaires"][0] == "Lundi\u00a0: 9\u00a0h – 12\u00a0h"


def test_une_etape_discrete_ne_laisse_aucune_trace_dans_le_fichier(monkeypatch):
    vus = []
    monkeypatch.setattr(rendu, "compiler", lambda modele, donnees: vus.append(donnees) or b"")
    rendu.pdf(avec(1, **dict.fromkeys(("nom", "structure", "adresse", "commune"), "Lieu secret"), discret=True))
    assert "secret" not in str(vus)


def test_le_nom_du_fichier_ne_dit_rien():
    assert rendu.nom_de_fichier(FEUILLE) == "feuille-de-route.pdf"


def test_le_carre_pour_l_ecran_est_celui_de_l_adresse_et_passe_une_csp_stricte():
    svg = qr_svg(FEUILLE.adresse_web, titre='Votre page <"&>')
    racine = ET.fromstring(svg)
    assert "style" not in svg
    assert "<script" not in svg
    assert racine[0].text == 'Votre page <"&>'
    code = qr(FEUILLE.adresse_web)
    assert code is not None
    assert code.matrix == segno.make(FEUILLE.adresse_web, error="m", micro=False).matrix
    assert f'viewBox="0 0 {code.symbol_size(border=4)[0]} ' in svg


@pytest.mark.parametrize("adresse", ["", "  ", "x" * 5000])
def test_sans_adresse_utilisable_il_n_y_a_pas_de_carre(adresse):
    assert qr_svg(adresse) == ""
    assert pages(rendu.pdf(replace(FEUILLE, adresse_web=adresse))) == 1
