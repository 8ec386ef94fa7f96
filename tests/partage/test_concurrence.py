"""Two hands at the same instant: one sending, and a withdrawal always wins over the copy it crosses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from premier_accueil.partage import actions
from premier_accueil.partage.models import Accord, Communication, LigneDeRegistre
from premier_accueil.socle.cloison import situation
from tests import fabriques as f
from tests.partage.situations import TEXTES, monde, oui

pytestmark = pytest.mark.base_neuve
A = f.LUNDI_10H


def ensemble(*gestes):
    depart = Barrier(len(gestes))

    def faire(geste):
        try:
            depart.wait(10)
            return geste()
        except Exception as erreur:
            return erreur
        finally:
            connection.close()

    with ThreadPoolExecutor(len(gestes)) as fils:
        return list(fils.map(faire, gestes))


def prepare():
    with transaction.atomic():
        return monde()


def chez(m, geste):
    def faire():
        with situation(structure=m.ici.pk, mission=m.nous.mission_id):
            return geste()

    return faire


def test_un_double_clic_au_meme_instant_n_envoie_qu_une_fois(base_neuve):
    m = prepare()
    recueil = oui()
    envois = ensemble(*[
        chez(m, lambda: actions.demander_et_communiquer(m.souhait(), recueil, lien=True, role=m.nous, a=A))
        for _ in range(4)
    ])  # fmt: skip
    assert [type(e) for e in envois] == [actions.Envoi] * 4, envois
    assert sorted(e.deja for e in envois) == [False, True, True, True]
    assert len({e.communication_id for e in envois}) == 1
    assert sum(bool(e.secret) for e in envois) == 1
    with situation(structure=m.ici.pk):
        assert (Accord.objects.count(), Communication.objects.count(), LigneDeRegistre.objects.count()) == (1, 1, 1)


def test_t1_un_retrait_qui_croise_l_envoi_ne_laisse_aucune_copie_ouverte(base_neuve):
    m = prepare()
    for _ in range(6):
        accord = chez(m, lambda: actions.recueillir_un_accord(m.souhait(), oui(), role=m.nous, a=A))()
        ensemble(
            chez(m, lambda: actions.communiquer(accord.pk, TEXTES, lien=False, role=m.nous, a=A)),  # noqa: B023
            chez(m, lambda: actions.retirer_un_accord(accord.pk, role=m.nous, a=A)),  # noqa: B023
        )
        with situation(structure=m.ici.pk):
            assert Accord.objects.get(pk=accord.pk).retire_le == A
            assert not Communication.objects.filter(accord=accord, fermee_le=None).exists()
