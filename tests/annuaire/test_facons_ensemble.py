"""Two hands on one service at the same instant: the search reads what both wrote."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from premier_accueil.annuaire.models import Facon, Permanence
from tests import fabriques as f

pytestmark = pytest.mark.base_neuve


def test_deux_ecritures_d_un_service_s_attendent_et_la_recherche_lit_les_deux(base_neuve):
    with transaction.atomic():
        chez = f.structure("CCAS")
        service = f.service(chez, "Accueil", site=f.site(chez, "Mairie"), horaires="Mo 09:00-12:00")
        seconde = Permanence.objects.create(service=service, site=f.site(chez, "Annexe"), horaires="Tu 09:00-12:00")
    premiere = service.permanences.exclude(pk=seconde.pk).get()
    ecrite = Event()

    def d_abord():
        try:
            with transaction.atomic():
                Permanence.objects.filter(pk=premiere.pk).update(horaires="We 09:00-12:00")
                ecrite.set()
                with connection.cursor() as curseur:
                    curseur.execute("SELECT pg_sleep(1)")  # the other one writes meanwhile
        finally:
            connection.close()

    def ensuite():
        try:
            assert ecrite.wait(10)
            Permanence.objects.filter(pk=seconde.pk).update(horaires="Th 09:00-12:00")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as fils:
        for fait in [fils.submit(d_abord), fils.submit(ensuite)]:
            fait.result(30)
    lues = dict(Facon.objects.filter(service=service).values_list("permanence_id", "horaires"))
    assert lues == {premiere.pk: "We 09:00-12:00", seconde.pk: "Th 09:00-12:00"}
