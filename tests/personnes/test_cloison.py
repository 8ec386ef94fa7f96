"""The walls of the database: raw SQL as the plain role, whatever the application thinks."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from premier_accueil.personnes.models import Personne
from tests import fabriques as f
from tests.personnes import situations as s

pytestmark = pytest.mark.django_db


def test_chaque_table_du_dossier_a_une_structure_et_une_cloison():
    tables = [m._meta.db_table for m in apps.get_app_config("personnes").get_models()]
    assert len(tables) == 11
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT relname FROM pg_class c WHERE relname = ANY(%s) AND relrowsecurity AND relforcerowsecurity"
            " AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'structure_id')",
            [tables],
        )
        assert sorted(nom for (nom,) in curseur.fetchall()) == sorted(tables)


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
