"""The walls of the database: raw SQL as the plain role, whatever the application thinks."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from premier_accueil.personnes.models import Personne
from premier_accueil.personnes.requetes import chercher
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.personnes import situations as s
from tests.personnes.volumes import remplir

pytestmark = pytest.mark.django_db


def test_chaque_table_du_dossier_a_une_structure_et_une_cloison():
    tables = [m._meta.db_table for m in apps.get_app_config("personnes").get_models()]
    assert len(tables) == 10
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT relname FROM pg_class c WHERE relname = ANY(%s) AND relrowsecurity AND relforcerowsecurity"
            " AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'structure_id')",
            [tables],
        )
        assert sorted(nom for (nom,) in curseur.fetchall()) == sorted(tables)


def compter(table: str) -> int:
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT count(*) FROM {table}")
        return curseur.fetchone()[0]


def test_50_000_personnes_ne_se_voient_pas_d_ailleurs_et_se_cherchent_ici_par_l_index(camille, ailleurs):
    remplir(s.se_placer(camille).structure_id, 50_000, f.LUNDI_10H)
    assert compter("personnes_personne") == 50_000
    for qui in ({"structure": ailleurs.structure_id}, {}, {"tache": "autre"}, {"jeton": "x"}):
        situer(**qui)
        assert compter("personnes_personne") == 0
        assert compter("personnes_motdenom") == 0
    plan = plan_de_la_recherche(camille)
    assert "mot_de_nom_structure_mot" in plan
    assert "Seq Scan on personnes_motdenom" not in plan
    assert "Seq Scan on personnes_personne" not in plan


def plan_de_la_recherche(role) -> str:
    """Return how the database runs a search under its walls."""
    quelqu_un = s.personne(role, "Quelquun", "Filip")
    with CaptureQueriesContext(connection) as vues:
        assert [ligne.id for ligne in chercher("quelquun philippe", role, f.LUNDI_10H).lignes] == [quelqu_un]
    (ordre,) = [v["sql"] for v in vues if '"personnes_motdenom"' in v["sql"]]
    with connection.cursor() as curseur:
        curseur.execute("EXPLAIN " + ordre)
        return "\n".join(ligne for (ligne,) in curseur.fetchall())


def test_on_n_ecrit_pas_chez_une_autre_structure(camille, ailleurs):
    cle = s.personne(camille)
    s.se_placer(ailleurs)
    assert Personne.objects.filter(pk=cle).update(nom="vu") == 0
    assert Personne.objects.filter(pk=cle).delete()[0] == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        Personne.objects.create(
            structure_id=camille.structure_id,
            demande_id=uuid4(),
            cle="",
            cree_le=f.LUNDI_10H,
            dernier_contact_le=f.LUNDI_10H,
        )
