"""The walls and the index at the size of a large town, in a database where the rows are committed and counted."""

from __future__ import annotations

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.personnes.requetes import chercher
from premier_accueil.socle.cloison import situation
from tests import fabriques as f
from tests.personnes import situations as s
from tests.personnes.volumes import remplir

pytestmark = pytest.mark.base_neuve
COMBIEN = 50_000


@pytest.fixture
def camille(base_neuve):
    """Return who works where 50,000 persons are known; the database has looked at its tables, as it does by itself."""
    camille = f.agent(f.structure(), nom="Camille")
    with situation(structure=camille.structure_id):
        remplir(camille.structure_id, COMBIEN, f.LUNDI_10H)
    # Without fresh statistics the plan depends on when the autovacuum passed.
    connections["proprietaire"].cursor().execute("ANALYZE personnes_personne, personnes_motdenom")
    return camille


def test_50_000_personnes_ne_se_voient_pas_d_ailleurs_et_se_cherchent_ici_par_l_index(camille):
    ailleurs = f.agent(f.structure("EDS d'Ancenis", "EDS"), Fonction.TRAVAIL_SOCIAL, nom="Ines")
    assert compter("personnes_personne", structure=camille.structure_id) == COMBIEN
    for qui in ({"structure": ailleurs.structure_id}, {}, {"tache": "autre"}, {"jeton": "x"}):
        assert compter("personnes_personne", **qui) == 0
        assert compter("personnes_motdenom", **qui) == 0
    plan = plan_de_la_recherche(camille)
    assert "mot_de_nom_structure_mot" in plan
    assert "Seq Scan on personnes_motdenom" not in plan
    assert "Seq Scan on personnes_personne" not in plan


def compter(table: str, **qui) -> int:
    with situation(**qui), connection.cursor() as curseur:
        curseur.execute(f"SELECT count(*) FROM {table}")
        return curseur.fetchone()[0]


def plan_de_la_recherche(role) -> str:
    """Return how the database runs a search under its walls."""
    with transaction.atomic():
        quelqu_un = s.personne(role, "Quelquun", "Filip")
        with CaptureQueriesContext(connection) as vues:
            assert [ligne.id for ligne in chercher("quelquun philippe", role, f.LUNDI_10H).lignes] == [quelqu_un]
        (ordre,) = [v["sql"] for v in vues if '"personnes_motdenom"' in v["sql"]]
        with connection.cursor() as curseur:
            curseur.execute("EXPLAIN " + ordre)
            return "\n".join(ligne for (ligne,) in curseur.fetchall())
