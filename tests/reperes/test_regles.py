"""Pure rules: safe text, differences said, plain language as advice."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from premier_accueil.reperes.regles import (
    GESTES,
    ajouts_et_retraits,
    comparer,
    conseils,
    en_blocs,
    en_html,
    numeros_de,
    prochaine_revue,
    reglages,
)

HOSTILES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)", "<a href='javascript:x'>y</a>", "[x](vbscript:x)", "![x](http://a.fr/y.png)",
    "<svg/onload=alert(1)>", "[x](&#106;avascript:alert(1))", "</p><style>body{}</style>", "<https://a.fr/\"onmouseover=alert(1)>",
    "`<iframe src=x>`", "    <object>", "[r]: javascript:alert(1)\n\n[x][r]",
]  # fmt: skip


@pytest.mark.parametrize("mechant", HOSTILES)
def test_rien_de_ce_qui_est_tape_ne_devient_une_balise(mechant):
    html = en_html(f"Avant\n\n{mechant}\n\nAprès")
    assert "Avant" in html and "Après" in html
    for interdit in ("<script", "<img", "<svg", "<style", "<iframe", "<object", "onerror=\"", "onmouseover=\"", "href=\"javascript",
                     "href=\"data", "href=\"vbscript"):  # fmt: skip
        assert interdit not in html.lower(), html


def test_les_titres_se_rangent_sous_celui_de_la_page_sans_saut():
    html = en_html("### Un\n# Deux\n#### Trois", sous=2)
    assert [x for x in ("<h3>Un", "<h3>Deux", "<h4>Trois") if x not in html] == []
    assert "<h1" not in html and "<h2" not in html


def test_les_liens_sont_surs_et_le_telephone_s_appelle():
    html = en_html("[le 115](tel:115) et [la page](https://exemple.fr)")
    assert 'href="tel:115"' in html and html.count('rel="noopener noreferrer"') == 2


def test_l_imprime_recoit_des_valeurs_et_garde_les_espaces():
    (un, deux) = en_blocs("# Titre\nUn **mot** [lien](https://a.fr)")
    assert un["t"] == "titre" and un["niveau"] == 1
    assert [(m["x"].strip(), m["gras"], m["apres"]) for m in deux["mots"]] == [
        ("Un", False, True), ("mot", True, False), ("", False, True), ("lien", False, False)
    ]  # fmt: skip


def test_une_difference_se_lit_en_mots():
    lignes = comparer("Bonjour\nAppelez le 17 maintenant\nFin", "Bonjour\nAppelez le 114 maintenant\nFin\nMerci")
    assert not lignes[0].change
    assert [(m.nature.value, m.texte) for m in lignes[1].morceaux] == [
        ("EGAL", "Appelez le "), ("RETIRE", "17"), ("AJOUTE", "114"), ("EGAL", " maintenant"),
    ]  # fmt: skip
    assert [(m.nature.value, m.texte) for m in lignes[-1].morceaux] == [("AJOUTE", "Merci")]
    assert [m.nature.value for m in ajouts_et_retraits(["a", "b"], ["b", "c"])] == ["EGAL", "RETIRE", "AJOUTE"]
    assert not any(x.change for x in comparer("é" * 10_000, "é" * 10_000))


def test_le_langage_clair_conseille_et_ne_bloque_rien():
    vus = {(c.genre, c.extrait): c.dit for c in conseils(
        "Le CCAS procède. Il convient de fournir les pièces justificatives. " + "mot " * 25 + "."
    )}  # fmt: skip
    assert "centre communal" in vus["SIGLE", "CCAS"]
    assert ("MOT", "pieces justificatives") in vus and ("MOT", "il convient de") in vus
    assert any(genre == "PHRASE" and "26" not in extrait for genre, extrait in vus)
    assert conseils("Venez au CCAS (centre communal d'action sociale). On vous aide.") == ()
    assert len(conseils(" ".join(f"ABC{chr(65 + n)}" for n in range(26)))) == reglages().conseils_au_plus
    assert conseils("é" * 50_000) is not None


def test_les_numeros_sont_ceux_verifies_et_la_relecture_est_datee():
    (un,) = numeros_de(["115", "n'existe plus"])
    assert un.numero == "115" and un.verifie >= date(2026, 11, 22)
    assert prochaine_revue(datetime(2027, 2, 28, 12, tzinfo=UTC)) == date(2028, 2, 28)
    assert all(g.libelle for g in GESTES.values())
