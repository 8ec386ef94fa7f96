"""The guide prints the table as the file says it: what a reader learns is what the software does."""

from __future__ import annotations

from premier_accueil.partage.regles import table_de_partage
from tests.environnement import RACINE

TABLE = table_de_partage()
GUIDE = RACINE / "docs" / "guide" / "partage.md"


def tableau(entetes: list[str], lignes: list[list[str]]) -> str:
    rangs = [entetes, ["---"] * len(entetes), *lignes]
    return "\n".join("| " + " | ".join(rang) + " |" for rang in rangs)


def elements_par_mission() -> str:
    genres = list(TABLE.genres)
    return tableau(
        ["Élément", *[g.libelle for g in genres]],
        [[e.libelle, *["oui" if e.code in TABLE.genres[g] else "" for g in genres]] for e in TABLE.elements.values()],
    )


def elements_par_fonction() -> str:
    fonctions = list(TABLE.fonctions)
    return tableau(
        ["Élément", *[f.libelle for f in fonctions]],
        [[e.libelle, *["oui" if e.code in TABLE.fonctions[f] else "" for f in fonctions]] for e in TABLE.elements.values()],
    )


def elements_par_but() -> str:
    return tableau(
        ["But", "Ce qui fait avancer"],
        [
            [b.libelle + (" (seul à seul)" if b.seul else ""), ", ".join(e.libelle for e in TABLE.elements.values() if e.code in b.elements)]
            for b in TABLE.buts.values()
        ],
    )  # fmt: skip


def bases() -> str:
    return tableau(
        ["Base", "Ce qu'elle dit", "Accord demandé", "À confirmer (DPO)"],
        [[b.article, b.dit, "oui" if b.accord else "non", "oui" if b.a_confirmer else ""] for b in TABLE.bases.values()],
    )


def test_le_guide_dit_la_table_du_fichier():
    guide = GUIDE.read_text()
    for attendu in (elements_par_mission(), elements_par_fonction(), elements_par_but(), bases()):
        assert attendu in guide, f"to paste in {GUIDE.name}:\n{attendu}"
