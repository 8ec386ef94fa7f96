"""data·inclusion: good lines come in, bad ones are told, twice changes nothing."""

from __future__ import annotations

import csv
import io
import json

import pytest

from premier_accueil.annuaire import actions
from tests.annuaire.fabriques import service, structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def importer(tmp_path, a, communes):
    def faire(structures, services, ecrire=json.dumps):
        chemins = []
        for nom, fiches in (("structures", structures), ("services", services)):
            chemin = tmp_path / f"{nom}.txt"
            texte = ecrire(fiches)
            chemin.write_bytes(texte if isinstance(texte, bytes) else texte.encode())
            chemins.append(chemin)
        return actions.importer_data_inclusion(*chemins, a=a)

    return faire


def en_csv(fiches, liste=json.dumps) -> str:
    colonnes = list(dict.fromkeys(c for f in fiches for c in f))
    sortie = io.StringIO()
    ecrivain = csv.DictWriter(sortie, colonnes, delimiter=";")
    ecrivain.writeheader()
    for fiche in fiches:
        ecrivain.writerow({c: liste(v) if isinstance(v, list) else v for c, v in fiche.items()})
    return sortie.getvalue()


def comptes(bilan):
    return bilan.lus, bilan.crees, bilan.modifies, bilan.inchanges, bilan.refuses


def test_creer_puis_rien_puis_modifier(importer):
    from premier_accueil.annuaire.models import Permanence, Service, Site

    premiere = importer([structure(1), structure(2)], [service(1), service(2, de=2)])
    assert comptes(premiere) == (4, 4, 0, 0, 0)
    assert comptes(importer([structure(1), structure(2)], [service(1), service(2, de=2)])) == (4, 0, 0, 4, 0)
    permanence = Permanence.objects.get(service__source_id="essai--v1")
    assert permanence.horaires == "Mo-Fr 09:00-12:00"  # those of its structure
    assert Site.objects.get(pk=permanence.site_id).point_verifie is True

    suite = importer([structure(1, horaires_accueil="Mo 10:00-11:00", telephone="115")], [service(1, nom="Autre nom")])
    assert comptes(suite) == (2, 0, 2, 0, 0)
    assert suite.absents == 2  # the second structure and its service are kept
    permanence.refresh_from_db()
    assert permanence.horaires == "Mo 10:00-11:00"  # the same row: what points at it stays
    assert Service.objects.count() == 2


@pytest.mark.parametrize("liste", [json.dumps, "|".join, ",".join, lambda v: "{" + ",".join(v) + "}"])
def test_csv_avec_listes_ecrites_de_plusieurs_facons(importer, liste):
    from premier_accueil.annuaire.models import Service

    bilan = importer(
        [structure(1)],
        [service(1, thematiques=["mobilite--financer-ma-mobilite", "numerique--acquerir-un-equipement"])],
        lambda fiches: en_csv(fiches, liste),
    )
    assert comptes(bilan) == (2, 2, 0, 0, 0), bilan.refus
    assert Service.objects.get().thematiques == ["mobilite--financer-ma-mobilite", "numerique--acquerir-un-equipement"]


def test_une_mauvaise_ligne_parmi_les_bonnes(importer):
    mauvaises = [
        structure(2, nom="X"), structure(3, date_maj="hier"), structure(4, code_insee="99999", commune="Nulle part"),
        structure(5, nom="Nul \x00 octet"), structure(6, description="x" * 100_000, nom="y" * 100_000),
        "pas une fiche", structure(1, nom="Doublon"), structure(7, id="z" * 500),
    ]  # fmt: skip
    bilan = importer([structure(1), *mauvaises, structure(8)], [service(1), service(2, de=4), service(3, de=8)])
    assert bilan.crees == 4
    assert bilan.refuses == 9
    motifs = {r.ligne: (r.champ, r.motif) for r in bilan.refus if r.fichier == "structures.txt"}
    assert motifs[2] == ("nom", "texte trop court (au moins 3 caractères)")
    assert motifs[3] == ("date_maj", "date non reconnue (attendu : AAAA-MM-JJ)")
    assert motifs[4] == ("code_insee", "commune inconnue")
    assert "caractère interdit" in motifs[5][1]
    assert motifs[6] == ("nom", "texte trop long (au plus 150 caractères)")
    assert motifs[8] == ("id", "identifiant déjà vu à la ligne 1")
    assert [r.identifiant for r in bilan.refus if r.fichier == "services.txt"] == ["essai--v2"]
    assert all(len(r.valeur) <= 80 for r in bilan.refus)


def test_les_valeurs_facultatives_fausses_sont_dites_et_laissees(importer):
    from premier_accueil.annuaire.models import Service, Site

    bilan = importer(
        [
            structure(
                1, telephone="12", courriel="pas un courriel", latitude=99, longitude="x", horaires_accueil="9h-12h"
            )
        ],
        [service(1, thematiques=["inventee", "mobilite--financer-ma-mobilite"], publics=["martiens"], frais="troc")],
    )
    assert comptes(bilan) == (2, 2, 0, 0, 0)
    dits = {(v.champ, v.valeur) for v in bilan.avertissements}
    assert {("telephone", "12"), ("thematiques", "inventee"), ("publics", "martiens"), ("frais", "troc")} <= dits
    lu = Service.objects.get()
    assert (lu.thematiques, lu.publics, lu.frais) == (["mobilite--financer-ma-mobilite"], [], "")
    assert Site.objects.get().latitude is None


def test_le_point_hors_de_sa_commune_n_est_pas_cru(importer):
    from premier_accueil.annuaire.models import Site

    bilan = importer(
        [structure(1, latitude=48.8, longitude=2.3), structure(2, code_insee="75111", commune="Paris")], [service(1)]
    )
    assert Site.objects.get(source_id="principal", commune__code="44213").point_verifie is False
    assert Site.objects.get(commune__code="75056").point_verifie is None  # no contour to judge with
    assert [v.champ for v in bilan.avertissements] == ["latitude"]


def test_ancienne_commune_et_commune_sans_code(importer):
    from premier_accueil.annuaire.models import Site

    importer(
        [structure(1, code_insee="44017", commune="Belligné"), structure(2, code_insee=None, commune="Varades")],
        [service(1)],
    )
    assert list(Site.objects.order_by("pk").values_list("commune__code", flat=True)) == ["44213", "44213"]


def test_service_a_distance_et_service_ailleurs(importer):
    from premier_accueil.annuaire.models import Permanence

    importer(
        [structure(1)],
        [
            service(1, modes_accueil=["a-distance"], horaires_accueil="24/7"),
            service(
                2,
                code_insee="44003",
                commune="Ancenis-Saint-Géréon",
                adresse="3 quai",
                horaires_accueil="Sa 09:00-12:00",
            ),
            service(3, adresse="1 rue de l'essai", code_insee="44213"),
        ],
    )
    lues = {
        p.service.source_id: p for p in Permanence.objects.select_related("service", "site__commune").order_by("pk")
    }
    assert (lues["essai--v1"].site, lues["essai--v1"].forme, lues["essai--v1"].horaires) == (None, "TELEPHONE", "24/7")
    assert lues["essai--v2"].site.commune.code == "44003"
    assert lues["essai--v3"].site.source_id == "principal"  # the same address, written otherwise


def test_nos_ajouts(importer):
    from premier_accueil.annuaire.models import Fermeture, Interlocuteur, Permanence, Service

    ajouts = {
        "pieces": ["carte d'identité"], "delai_jours": 7,
        "permanences": [
            {"site": {"nom": "Hôte", "adresse": "2 rue de l'Essai", "code_insee": "44213", "hote": "essai--s2"},
             "horaires": "Th[1] 09:00-12:00", "forme": "ITINERANTE", "sur_rendez_vous": True, "precision": "1er étage",
             "exceptions": [{"du": "2026-12-24", "au": "2026-12-31", "ouvert": False, "motif": "fêtes"},
                            {"du": "2026-12-24", "au": "2026-12-01", "ouvert": False}]},
            {"forme": "A_DOMICILE"},
        ],
        "interlocuteurs": [{"nom": "Exemple", "diffusion": "PUBLIC"}, {"nom": "Discrète"}, {"fonction": "sans nom"}],
    }  # fmt: skip
    fiches = ([structure(1, premier_accueil={"genre": "CCAS", "cercle": 1, "exemple": True, "premier_accueil": True}),
               structure(2)], [service(1, premier_accueil=ajouts)])  # fmt: skip
    assert comptes(importer(*fiches)) == (3, 3, 0, 0, 0)
    assert comptes(importer(*fiches)) == (3, 0, 0, 3, 0)
    lu = Service.objects.select_related("structure").get()
    assert (lu.structure.genre, lu.structure.cercle, lu.structure.exemple) == ("CCAS", 1, True)
    assert (lu.pieces, lu.delai_jours) == (["carte d'identité"], 7)
    itinerante = Permanence.objects.select_related("site__structure").get(forme="ITINERANTE")
    assert itinerante.site.structure.source_id == "essai--s2"
    assert itinerante.site.source_id == "principal"
    assert Fermeture.objects.get().motif == "fêtes"
    assert dict(Interlocuteur.objects.order_by("nom").values_list("nom", "diffusion")) == {
        "Exemple": "PUBLIC",
        "Discrète": "RESEAU",
    }


def test_ce_qui_est_ecrit_ici_a_la_main_survit_a_un_nouvel_import(importer):
    from premier_accueil.acteurs.models import Structure
    from premier_accueil.annuaire.models import Fermeture, Interlocuteur, Permanence, Service

    importer([structure(1)], [service(1)])
    Structure.objects.update(assure_premier_accueil=True, cercle=1)
    Fermeture.objects.create(permanence=Permanence.objects.get(), du="2026-12-24", au="2026-12-24")
    Interlocuteur.objects.create(service=Service.objects.get(), nom="Ajoutée ici")
    importer([structure(1, nom="Nouveau nom", horaires_accueil="Mo 10:00-11:00")], [service(1)])
    assert Structure.objects.get().assure_premier_accueil is True
    assert Fermeture.objects.count() == Interlocuteur.objects.count() == 1


def test_le_genre_vient_du_reseau(importer):
    from premier_accueil.acteurs.models import Structure

    importer(
        [structure(1, reseaux_porteurs=["ccas-cias"]), structure(2, reseaux_porteurs=["ccas-cias"], nom="CIAS d'ici"),
         structure(3, reseaux_porteurs=["caf"]), structure(4)],
        [service(1)],
    )  # fmt: skip
    assert list(Structure.objects.order_by("source_id").values_list("genre", flat=True)) == [
        "CCAS",
        "CIAS",
        "CAF",
        "AUTRE",
    ]


def test_telephones(importer):
    from premier_accueil.acteurs.models import Structure

    dits = ["+33240983000", "02.40.98.30.00", "3919", "02 40 98 30 00 / 06 39 98 00 01", "0800 730 087"]
    bilan = importer([structure(i, telephone=t) for i, t in enumerate(dits)], [service(1)])
    attendus = ["02 40 98 30 00", "02 40 98 30 00", "3919", "02 40 98 30 00", "0 800 73 00 87"]
    assert list(Structure.objects.order_by("source_id").values_list("telephone", flat=True)) == attendus
    assert len(bilan.avertissements) == 1


def test_un_courriel_qui_contient_et_n_est_pas_coupe():
    from premier_accueil.annuaire.imports.bilan import BilanDImport, Origine
    from premier_accueil.annuaire.imports.nettoyage import courriel_ou_rien

    bilan, origine = BilanDImport(), Origine("f", 1, "x")
    assert courriel_ou_rien("val-et-bois@example.org", "mail", origine, bilan) == "val-et-bois@example.org"
    assert courriel_ou_rien("a@example.org - b@example.org", "mail", origine, bilan) == "a@example.org"
    assert len(bilan.avertissements) == 1


VALEURS_FOLLES = [
    None, "", 0, -1, float("nan"), float("inf"), 10**30, True, [], {}, [[]], [None], {"a": 1}, "x" * 100_000, "\ud800",
    "2026-13-01", "http://[", [3], {"permanences": [3, {"site": {"code_insee": 7, "latitude": "z"}, "horaires": [1],
    "forme": 4, "exceptions": [3, {"du": 1}]}], "interlocuteurs": [3, {"nom": 5}], "pieces": "a", "genre": []},
]  # fmt: skip


@pytest.mark.parametrize("champ", [*structure(1), "courriel", "site_web", "reseaux_porteurs", "premier_accueil"])
def test_aucune_valeur_folle_n_arrete_l_import(communes, a, champ):
    from premier_accueil.annuaire.actions.importer import importer_lignes
    from premier_accueil.annuaire.imports.lecture import Ligne

    structures, services = [], []
    for rang, folle in enumerate(VALEURS_FOLLES, start=1):
        structures.append(Ligne(rang, {**structure(rang), champ: folle}))
        services.append(Ligne(rang, {**service(rang, de=rang), champ: folle}))
    bilan = importer_lignes(
        [*structures, Ligne(99, structure(99))], [*services, Ligne(99, service(99, de=99))], "s", "v", a=a
    )
    assert bilan.crees >= 2  # the last, sane lines
    assert bilan.crees + bilan.modifies + bilan.inchanges + bilan.refuses == bilan.lus
    encore = importer_lignes(
        [*structures, Ligne(99, structure(99))], [*services, Ligne(99, service(99, de=99))], "s", "v", a=a
    )
    assert (encore.crees, encore.modifies) == (0, 0)
