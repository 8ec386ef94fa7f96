"""What screens read of the directory."""

from __future__ import annotations

import json

import pytest

from premier_accueil.annuaire import actions
from premier_accueil.annuaire.regles import Diffusion
from premier_accueil.annuaire.requetes import chercher_public, fiche_service, sites_de
from tests.annuaire.fabriques import service, structure

pytestmark = pytest.mark.django_db

CONTACTS = [
    {"nom": "Pour tous", "diffusion": "PUBLIC", "telephone": "0240983001"},
    {"nom": "Pour la personne", "diffusion": "PERSONNE_RECUE"},
    {"nom": "Entre nous", "diffusion": "RESEAU", "telephone": "0639980001"},
]


@pytest.fixture
def reseau(tmp_path, a, communes):
    ancenis = {"code_insee": "44003", "commune": "Ancenis-Saint-Géréon", "latitude": 47.36, "longitude": -1.17}
    structures = [structure(1, nom="CCAS"), structure(2, nom="Garage", **ancenis)]
    services = [
        service(1, nom="Accueil social", premier_accueil={
            "interlocuteurs": CONTACTS,
            "permanences": [
                {"horaires": "Mo-Fr 09:00-12:00",
                 "exceptions": [{"du": "2026-11-23", "au": "2026-11-23", "motif": "pont"}]},
                {"horaires": "24/7", "forme": "TELEPHONE"}]}),
        service(2, de=2, nom="Réparation de voitures"),
    ]  # fmt: skip
    chemins = tmp_path / "s.json", tmp_path / "v.json"
    for chemin, fiches in zip(chemins, (structures, services), strict=True):
        chemin.write_text(json.dumps(fiches), encoding="utf-8")
    bilan = actions.importer_data_inclusion(*chemins, a=a)
    assert not bilan.refus


def identifiant(source_id: str) -> int:
    from premier_accueil.annuaire.models import Service

    return Service.objects.get(source_id=source_id).pk


def test_fiche_service(reseau, a, django_assert_num_queries):
    pk = identifiant("essai--v1")
    with django_assert_num_queries(4):
        fiche = fiche_service(pk, a)
    assert fiche is not None
    assert fiche.structure.nom == "CCAS"
    telephone, place = sorted(fiche.permanences, key=lambda p: p.forme.value, reverse=True)
    assert (telephone.lieu, telephone.ouverture.ouvert) == (None, True)
    assert place.horaires == ("lundi à vendredi : 9 h–12 h",)
    assert place.prochaine == "ouvre mardi 24 novembre à 9 h"  # Monday is an exceptional closing
    assert [f[2] for f in place.fermetures] == ["pont"]
    assert fiche_service(0, a) is None


def test_chacun_voit_les_contacts_de_son_cercle(reseau, a):
    fiche = fiche_service(identifiant("essai--v1"), a)
    assert fiche is not None
    assert [c.nom for c in fiche.contacts_pour(Diffusion.PUBLIC)] == ["Pour tous"]
    assert [c.nom for c in fiche.contacts_pour(Diffusion.PERSONNE_RECUE)] == ["Pour la personne", "Pour tous"]
    assert len(fiche.contacts_pour(Diffusion.RESEAU)) == 3


def test_recherche_publique(reseau, a, django_assert_num_queries):
    with django_assert_num_queries(4):
        proches = chercher_public("", "44213", a)
    assert [lieu.structure for lieu in proches] == ["CCAS", "Garage"]
    assert [lieu.structure for lieu in chercher_public("", "44003", a)] == ["Garage", "CCAS"]
    assert [lieu.structure for lieu in chercher_public("", "44213", a, 1)] == ["CCAS"]
    (garage,) = chercher_public("Garage d'ANCENIS ouvert quand ?", None, a)
    assert garage.permanence.lieu is not None
    assert (garage.permanence.lieu.commune, garage.permanence.prochaine) == (
        "Ancenis-Saint-Géréon",
        "ouvre demain à 9 h",
    )
    assert chercher_public("introuvable", "44213", a) == ()


def test_la_recherche_publique_ne_laisse_sortir_aucun_contact(reseau, a):
    sortie = repr(chercher_public("accueil", "44213", a)) + repr(chercher_public("", None, a))
    assert "Accueil social" in sortie
    for contact in CONTACTS:
        assert contact["nom"] not in sortie
    assert "06 39 98 00 01" not in sortie


def test_un_point_hors_commune_ne_sert_pas(reseau, a):
    from premier_accueil.annuaire.models import Site

    # The garage pretends to stand at the CCAS: its commune is believed, not its point.
    Site.objects.filter(structure__nom="Garage").update(latitude=47.39, longitude=-1.03, point_verifie=False)
    proches = chercher_public("", "44003", a)
    assert [lieu.structure for lieu in proches] == ["Garage", "CCAS"]
    assert proches[0].permanence.lieu is not None
    assert proches[0].permanence.lieu.latitude is None


def test_sites_d_une_structure(reseau, django_assert_num_queries):
    from premier_accueil.acteurs.models import Structure

    pk = Structure.objects.get(nom="Garage").pk
    with django_assert_num_queries(1):
        sites = sites_de(pk)
    assert [(s.nom, s.commune, s.tenu_par) for s in sites] == [("Garage", "Ancenis-Saint-Géréon", "Garage")]
