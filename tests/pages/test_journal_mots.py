"""The journal speaks French: every action that the house writes has its words, and no word is left without action."""

from __future__ import annotations

import ast
import re

import pytest

from premier_accueil.entretien.regles.domiciliation import GESTES_DE_DOMICILIATION
from premier_accueil.entretien.regles.etats import GESTES_DE_POINT
from premier_accueil.pages.registres.lecture import dire_l_action, mots_du_journal
from premier_accueil.partage.regles.conservation import GESTES_DE_DESTRUCTION
from premier_accueil.relais.regles import GESTES
from tests.environnement import RACINE

ECRIVENT = re.compile(r"^_?(?:noter|tracer|lire|noter_ecriture)$")
COMPOSEES = {
    "_une_destruction": GESTES_DE_DESTRUCTION, "_une_fusion": ("defaire", "refuser"),
    "_un_point": GESTES_DE_POINT, "_un_relais": GESTES, "_une_domiciliation": GESTES_DE_DOMICILIATION,
}  # fmt: skip


def dits(noeud: ast.expr) -> set[str]:
    """Return the actions that an argument may name; a composed one gives each of its gestures."""
    if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str):
        return {noeud.value} if re.fullmatch(r"[a-z][a-z_]+", noeud.value) else set()
    if isinstance(noeud, ast.IfExp):
        return dits(noeud.body) | dits(noeud.orelse)
    if isinstance(noeud, ast.JoinedStr) and isinstance(noeud.values[-1], ast.Constant):
        fin = str(noeud.values[-1].value)
        return {f"{geste}{fin}" for geste in COMPOSEES[fin]} if re.fullmatch(r"_[a-z_]+", fin) else set()
    return set()


def actions_ecrites() -> set[str]:
    trouvees: set[str] = set()
    for fichier in (RACINE / "premier_accueil").rglob("*.py"):
        for appel in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            if not isinstance(appel, ast.Call):
                continue
            nom = getattr(appel.func, "id", getattr(appel.func, "attr", ""))
            arguments = [k.value for k in appel.keywords if k.arg == "action"]
            arguments += appel.args if ECRIVENT.match(nom) else []
            trouvees = trouvees.union(*map(dits, arguments))
    return trouvees


def test_chaque_action_ecrite_au_journal_a_ses_mots():
    sans = actions_ecrites() - mots_du_journal().keys()
    assert not sans, f"to write in donnees/journal_mots.yaml: {sorted(sans)}"


def test_les_mots_se_lisent_comme_une_phrase():
    for action, mots in mots_du_journal().items():
        assert "_" not in mots, action
        assert mots[0].isupper(), action
        assert not mots.endswith("."), action


@pytest.mark.parametrize(("action", "dit"), [
    ("entete", "Voir le nom d'une personne en tête d'une page"), ("jamais_vue", "jamais vue"),
])  # fmt: skip
def test_le_journal_dit_en_francais(action, dit):
    assert dire_l_action(action) == dit
