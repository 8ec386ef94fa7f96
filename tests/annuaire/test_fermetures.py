"""Exceptional closings, for who books there: the nearest permanence speaks, an open one keeps the day."""

from __future__ import annotations

from datetime import date

import pytest

from premier_accueil.annuaire.models import Fermeture, Permanence
from premier_accueil.annuaire.requetes import Ici, jours_fermes
from tests import fabriques as f

pytestmark = pytest.mark.django_db
MARDI, MERCREDI = date(2026, 11, 24), date(2026, 11, 25)
SEMAINE = (date(2026, 11, 23), date(2026, 11, 29))


@pytest.fixture
def lieu():
    return f.site(f.structure(), "Pôle social")


def fermer(service, du=MARDI, au=None, motif="inventaire"):
    permanence = Permanence.objects.get(service=service)
    Fermeture.objects.create(permanence=permanence, du=du, au=au or du, motif=motif)


def fermes(lieu, structure=None, service=None):
    ici = Ici(lieu.pk, (structure or lieu.structure).pk, service.pk if service else None)
    return dict(jours_fermes([ici], *SEMAINE)[ici])


def test_une_fermeture_ferme_ses_jours_bornes_comprises(lieu, django_assert_num_queries):
    fermer(f.service(lieu.structure, site=lieu), date(2026, 11, 1), MARDI)
    with django_assert_num_queries(2):
        assert sorted(fermes(lieu)) == [date(2026, 11, 23), MARDI]
    assert fermes(lieu)[MARDI] == "inventaire"


def test_sans_fermeture_une_seule_requete(lieu, django_assert_num_queries):
    f.service(lieu.structure, site=lieu)
    with django_assert_num_queries(1):
        assert fermes(lieu) == {}


def test_une_autre_permanence_ouverte_ce_jour_la_garde_le_jour(lieu):
    fermer(f.service(lieu.structure, site=lieu), MARDI, MERCREDI)
    f.service(lieu.structure, "Aide aux démarches", site=lieu, horaires="Tu 09:00-12:00")
    assert sorted(fermes(lieu)) == [MERCREDI]


def test_le_service_demande_ne_suit_que_ses_permanences(lieu):
    social, repas = (f.service(lieu.structure, nom, site=lieu) for nom in ("Accueil social", "Repas"))
    fermer(repas)
    assert fermes(lieu, service=social) == {}
    assert sorted(fermes(lieu, service=repas)) == [MARDI]


def test_qui_est_heberge_suit_la_porte_du_lieu_sauf_s_il_y_tient_sa_permanence(lieu):
    fermer(f.service(lieu.structure, site=lieu))
    heberge = f.structure("CPAM", genre="CPAM")
    assert sorted(fermes(lieu, heberge)) == [MARDI]
    f.service(heberge, "Point CPAM", site=lieu)
    assert fermes(lieu, heberge) == {}


def test_des_heures_inconnues_ne_ferment_rien_de_plus(lieu):
    fermer(f.service(lieu.structure, site=lieu))
    f.service(lieu.structure, "Sans horaires", site=lieu, horaires="")
    assert fermes(lieu) == {}
