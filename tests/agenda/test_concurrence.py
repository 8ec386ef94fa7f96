"""Many hands at the same instant on one slot: as many appointments as places, and everybody else is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, transaction

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda import actions
from premier_accueil.agenda.actions import Coordonnees, CreneauPris, Pris
from premier_accueil.agenda.models import RendezVous
from premier_accueil.socle.cloison import situation
from tests import fabriques as f
from tests.agenda import situations as s

pytestmark = pytest.mark.base_neuve


@pytest.mark.parametrize("places", [1, 3])
def test_huit_agents_au_meme_instant(base_neuve, places):
    with transaction.atomic():
        lieu = f.site(f.structure())
        role = f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL)
        plage = s.plage(role, lieu.pk, capacite=places)
        debut = s.premier(role, plage)
    depart = Barrier(8)

    def prendre(_):
        try:
            depart.wait(10)
            with situation(structure=role.structure_id, mission=role.mission_id):
                return actions.prendre(plage, debut, Coordonnees(), demande_id=uuid4(), role=role, a=s.A)
        except Exception as erreur:
            return erreur
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as fils:
        sorties = list(fils.map(prendre, range(8)))
    assert sorted(type(x).__name__ for x in sorties) == ["CreneauPris"] * (8 - places) + ["Pris"] * places, sorties
    assert {type(x) for x in sorties} == {CreneauPris, Pris}
    assert all(x.prochains for x in sorties if isinstance(x, CreneauPris))
    with situation(structure=role.structure_id):
        assert RendezVous.objects.filter(etat="PRIS").count() == places
