"""A plausible year: the same seed gives the same, numbers follow the seeds, tables and facts agree."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import mean

import pytest
from data_inclusion.schema.v1 import Thematique
from django.db import connection

from premier_accueil.accueil.actions.activite import charger_activite
from premier_accueil.accueil.models import Attente, Besoin, Passage, PremiereReponse
from premier_accueil.accueil.regles import CANAUX, CONCERNES, NATURES, EtatDAttente
from premier_accueil.accueil.regles.activite import annee, modele
from premier_accueil.accueil.requetes.activite import Comptoir
from premier_accueil.faits.models import Fait
from premier_accueil.socle import dossiers
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.fichiers import lire_yaml
from tests import fabriques as f

JOUR, FERIES = date(2026, 11, 23), frozenset({date(2026, 5, 1), date(2026, 7, 14)})


@pytest.fixture(scope="module")
def plan():
    return modele(lire_yaml(dossiers.donnees() / "demonstration" / "activite.yaml"))


@pytest.fixture(scope="module")
def visites(plan):
    return list(annee(plan, 5_000, jusqu_a=JOUR, communes=[1, 2, 3], feries=FERIES, graine=44))


def test_la_meme_graine_donne_la_meme_annee(plan, visites):
    assert visites == list(annee(plan, 5_000, jusqu_a=JOUR, communes=[1, 2, 3], feries=FERIES, graine=44))
    assert visites != list(annee(plan, 5_000, jusqu_a=JOUR, communes=[1, 2, 3], feries=FERIES, graine=45))


def test_chaque_jour_est_ouvre_et_l_annee_finit_hier(visites):
    jours = {v.a.date() for v in visites}
    assert len(visites) == 5_000
    assert JOUR - timedelta(days=365) <= min(jours) <= max(jours) < JOUR
    assert all(jour.weekday() < 5 and jour not in FERIES for jour in jours)


def test_les_codes_sont_ceux_de_la_maison(plan, visites):
    assert {v.canal for v in visites} <= {code for code, _ in CANAUX}
    assert {v.concerne for v in visites} <= {code for code, _ in CONCERNES}
    assert {v.reponse for v in visites} <= {code for code, _ in NATURES}
    assert {b for v in visites for b in v.besoins} <= {t.value for t in Thematique}


def test_s4_la_moitie_passe_et_l_on_attend_vingt_cinq_minutes_en_moyenne(visites):
    recus = [v for v in visites if v.accueil and v.accueil.appel and v.accueil.fin]
    passes = [v for v in recus if v.travail_social]
    assert 0.46 < len(passes) / len(recus) < 0.54
    attentes = [
        (v.accueil.appel - v.accueil.arrivee) + (v.travail_social.appel - v.travail_social.arrivee)
        for v in passes if v.travail_social.appel
    ]  # fmt: skip
    assert 22 < mean(attente.total_seconds() / 60 for attente in attentes) < 28


def test_personne_n_est_appele_avant_d_arriver_et_qui_part_n_est_pas_appele(visites):
    for station in (s for v in visites for s in (v.accueil, v.travail_social) if s):
        assert station.appel is None or station.arrivee <= station.appel
        assert station.fin is None or (station.appel or station.arrivee) <= station.fin
        assert station.appel is not None or station.fin is not None


@pytest.mark.django_db
def test_une_annee_dans_les_tables_une_seule_fois(plan):
    ici = f.structure()
    role, commune = f.agent(ici, nom="Camille"), f.commune()
    comptoir = Comptoir(
        structure_id=role.structure_id, departement="44", site_id=f.site(ici).pk,
        accueil=(role.compte_id,), travail_social=(), communes={commune.pk: ("44213", 9_000)},
    )  # fmt: skip
    ecrites, blocs = list(annee(plan, 300, jusqu_a=JOUR, communes=list(comptoir.communes), feries=FERIES, graine=1)), []
    assert charger_activite(comptoir, ecrites, progression=blocs.append) == sum(blocs) == 300
    assert charger_activite(comptoir, ecrites) == 0
    situer(structure=role.structure_id)
    assert Passage.objects.count() == PremiereReponse.objects.count() == 300
    assert Besoin.objects.count() == sum(len(v.besoins) for v in ecrites)
    etats = Counter(Attente.objects.order_by().values_list("etat", flat=True))
    stations = [s for v in ecrites for s in (v.accueil, v.travail_social) if s]
    assert etats[EtatDAttente.PARTI] == sum(s.appel is None for s in stations)
    assert etats.total() == len(stations)
    assert Fait.objects.filter(structure_id=role.structure_id, genre="PASSAGE").count() == 300
    situer(structure=f.structure("Ailleurs").pk)
    assert Passage.objects.count() == 0
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM accueil_attente")
        assert curseur.fetchone()[0] == 0
