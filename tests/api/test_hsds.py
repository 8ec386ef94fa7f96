"""The open directory: what leaves is what Open Referral asks, what our stricter profile asks, and nobody's name."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from uuid import UUID

import jsonschema_rs
import pytest
from django.core.cache import cache
from django.test import Client
from pydantic import ValidationError

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.hsds import profil
from premier_accueil.annuaire.hsds.documents import cle_de_service, cle_de_site, cle_de_structure
from premier_accueil.annuaire.models import Fermeture, Interlocuteur, Permanence, Service
from premier_accueil.socle.identifiants import identifiant, paire
from tests import fabriques as f
from tests.annuaire.conftest import donnees_reelles

pytestmark = pytest.mark.django_db
__all__ = ["donnees_reelles"]


@pytest.fixture(autouse=True)
def sans_limite(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H)
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def annuaire():
    """A structure with two services: one at two places and on the telephone, one bare."""
    chez = f.structure("Garage associatif", "ASSOCIATION", siret="12345678901234", courriel="contact@exemple.fr",
                       site_web="garage.exemple.fr/été", telephone="02 61 91 00 01")  # fmt: skip
    mairie = f.site(chez, "Mairie", complement="Bâtiment B", fauteuil=True, boucle_magnetique=False, telephone="+33261910009")
    loin = f.site(chez, "Ailleurs", commune=f.commune("Ancenis", "44003", codes_postaux=["44150"], latitude=47.36,
                  longitude=-1.17), code_postal="44150", latitude=47.36, longitude=-1.17, point_verifie=False)  # fmt: skip
    plein = f.service(
        chez, site=mairie, horaires="Mo-Fr 09:00-12:00,13:30-17:00; PH off", zone=["44", "44213", "france", "zz9"],
        frais="gratuit", courriel="pas un courriel", delai_jours=3, mobilisable_par=["usagers"], langues=["fr", "zz"],
        places=8, places_libres=2, places_dites_le=date(2026, 11, 2), confirme_le=date(2026, 11, 3),
        conditions_acces="Habiter la commune.", lien_mobilisation="https://exemple.fr/rdv",
    )  # fmt: skip
    premiere = plein.permanences.get()
    Fermeture.objects.create(permanence=premiere, du=date(2026, 12, 24), au=date(2026, 12, 31), motif="Congés")
    Fermeture.objects.create(permanence=premiere, du=date(2019, 8, 1), au=date(2019, 8, 31))  # over: not said
    Permanence.objects.create(service=plein, site=loin, horaires="We[1] 09:30-12:00", sur_rendez_vous=True)
    Permanence.objects.create(service=plein, site=mairie, horaires="week 1-53/2 Sa 09:00-12:00")
    Permanence.objects.create(service=plein, forme="TELEPHONE", horaires_texte="le soir, parfois")
    for nom, diffusion in (("Ada Publique", "PUBLIC"), ("Zoé Réseau", "RESEAU"), ("Léa Reçue", "PERSONNE_RECUE")):
        Interlocuteur.objects.create(service=plein, nom=nom, telephone="0261910002", diffusion=diffusion)
    f.service(chez, "Vélo", thematiques=(), site=mairie, horaires="", date_maj=None, zone=[], pieces=[], telephone="", publics=[])
    return plein


def lire(chemin: str, statut: int = 200, **parametres):
    reponse = Client().get(f"/api/hsds{chemin}", parametres)
    assert reponse.status_code == statut, reponse.content[:500]
    return reponse.json()


def officiel(dossier: Path, nom: str) -> jsonschema_rs.Validator:
    schemas = dossier / "hsds-3.1" / "schema"

    def trouver(adresse: str):
        return json.loads((schemas / adresse.rsplit("/", 1)[-1]).read_text())

    return jsonschema_rs.Draft202012Validator(
        trouver(f"{nom}.json"), validate_formats=True, retriever=trouver, base_uri="https://hsds.test/schema/"
    )


def test_un_service_entier_dit_tout_ce_que_l_on_sait(annuaire):
    d = lire(f"/services/{cle_de_service(annuaire)}")
    assert (d["name"], d["status"], d["organization"]["website"]) == (
        "Garage solidaire", "active", "https://garage.exemple.fr/%C3%A9t%C3%A9",
    )  # fmt: skip
    assert "email" not in d  # a wrong one is left out, the answer stands
    assert d["assured_date"] == "2026-11-03"  # the last day somebody vouched for it
    mairie, loin = sorted(d["service_at_locations"], key=lambda x: x["location"]["name"], reverse=True)
    assert mairie["id"] == str(paire(cle_de_service(annuaire), cle_de_site(annuaire.permanences.order_by("pk").first().site)))
    matin, soir, samedis = mairie["schedules"]
    assert (matin["freq"], matin["byday"], matin["opens_at"], matin["closes_at"]) == ("WEEKLY", "MO,TU,WE,TH,FR", "09:00", "12:00")
    assert (soir["opens_at"], soir["notes"]) == ("13:30", "Fermé du 24/12/2026 au 31/12/2026. Congés")
    assert matin["attributes"][0]["value"] == "Mo-Fr 09:00-12:00,13:30-17:00; PH off"
    # What a recurrence cannot say stays in words: half of it would mislead.
    assert ("freq" in samedis, "semaines impaires" in samedis["description"]) == (False, True)
    assert (loin["schedules"][0]["freq"], loin["schedules"][0]["byday"]) == ("MONTHLY", "1WE")
    assert "latitude" not in loin["location"]  # a point outside its commune is not believed
    assert d["schedules"][0] | {"id": ""} == {
        "id": "", "description": "le soir, parfois", "attending_type": "phone", "attributes": [],
    }  # fmt: skip
    assert {z["extent"]: z["name"] for z in d["service_areas"]} == {
        "departement:44": "Département 44", "commune:44213": "Loireauxence", "pays:france": "France",
    }  # fmt: skip
    assert {a["value"] for a in d["attributes"] if a["link_type"] == "thematique"} == {f.REPARER}
    assert [x["code"] for x in d["languages"]] == ["fr"]
    assert (d["capacities"][0]["available"], d["capacities"][0]["updated"]) == (2, "2026-11-02T00:00:00Z")
    assert [x["details"] for x in mairie["location"]["accessibility"]] == ["oui", "non"]
    assert d["required_documents"][0]["document"] == "Carte grise"


def test_aucun_nom_sans_diffusion_publique(annuaire):
    d = lire(f"/services/{cle_de_service(annuaire)}")
    assert [c["name"] for c in d["contacts"]] == ["Ada Publique"]
    tout = [lire("/services", full="true"), lire("/organizations", full_service="true"), lire("/service_at_locations", full="true")]
    assert "Ada Publique" in json.dumps(tout, ensure_ascii=False)
    assert not [n for n in ("Zoé", "Léa") if n in json.dumps(tout, ensure_ascii=False)]


def test_les_identifiants_viennent_de_la_source_et_survivent_a_un_rechargement(annuaire):
    assert cle_de_service(annuaire) == identifiant("service", annuaire.source, annuaire.source_id)
    avant = lire("/services", minimal="true")["contents"]
    Service.objects.filter(pk=annuaire.pk).delete()
    f.service(annuaire.structure, source_id=annuaire.source_id)
    assert {x["id"] for x in avant} == {x["id"] for x in lire("/services", minimal="true")["contents"]}
    assert UUID(avant[0]["id"]).version == 8


def test_un_identifiant_se_trouve_par_un_index(annuaire):
    from django.db import connection

    from premier_accueil.annuaire.hsds.pages import _par_cle

    with connection.cursor() as curseur:  # a planner that may not read a small table whole shows what it can use
        curseur.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    for lignes, genre, cle in (
        (Service.objects, "service", cle_de_service(annuaire)),
        (Structure.objects, "structure", cle_de_structure(annuaire.structure)),
    ):
        assert f"{genre}_identifiant" in _par_cle(lignes.all(), genre, cle, cle).order_by().explain()


def test_chaque_reponse_suit_les_schemas_officiels_et_les_notres(annuaire, donnees_reelles):
    service, structure = lire("/services")["contents"][0]["id"], str(cle_de_structure(annuaire.structure))
    au_lieu = lire("/service_at_locations")["contents"][0]["id"]
    terme, taxonomie = lire("/taxonomy_terms")["contents"][0]["id"], lire("/taxonomies")["contents"][0]["id"]
    nos = lire("/profile")
    for nom, listes, un in (
        ("service", [lire("/services"), lire("/services", full="true")], lire(f"/services/{service}")),
        ("organization", [lire("/organizations"), lire("/organizations", full="true"), lire("/organizations", full_service="true")],
         lire(f"/organizations/{structure}")),
        ("service_at_location", [lire("/service_at_locations"), lire("/service_at_locations", full="true")],
         lire(f"/service_at_locations/{au_lieu}")),
        ("taxonomy", [lire("/taxonomies")], lire(f"/taxonomies/{taxonomie}")),
        ("taxonomy_term", [lire("/taxonomy_terms")], lire(f"/taxonomy_terms/{terme}")),
    ):  # fmt: skip
        leur, notre = officiel(donnees_reelles, nom), jsonschema_rs.Draft202012Validator(nos[nom], validate_formats=True)
        for document in [un, *(d for page in listes for d in page["contents"])]:
            leur.validate(document)
            notre.validate(document)
    compile_ = json.loads((donnees_reelles / "hsds-3.1" / "compiled_service.json").read_text())
    jsonschema_rs.Draft202012Validator(compile_, validate_formats=True).validate(lire(f"/services/{service}"))


@pytest.mark.parametrize(
    ("ou", "champ", "faux"),
    [("schedules", "opens_at", "25h99"), ("location", "latitude", 400), ("schedules", "byday", "LUNDI"),
     ("service", "assured_date", "hier"), ("location", "longitude", -181)],
)  # fmt: skip
def test_le_profil_refuse_ce_que_l_officiel_accepte_a_tort(annuaire, donnees_reelles, ou, champ, faux):
    d = lire(f"/services/{cle_de_service(annuaire)}")
    profil.Service.model_validate(d)
    cible = {"service": d, "location": d["service_at_locations"][0]["location"],
             "schedules": d["service_at_locations"][0]["schedules"][0]}[ou]  # fmt: skip
    cible[champ] = faux
    officiel(donnees_reelles, "service").validate(d)
    assert not jsonschema_rs.Draft202012Validator(profil.schemas()["service"]).is_valid(d)
    with pytest.raises(ValidationError):
        profil.Service.model_validate(d)


def test_la_racine_dit_la_version_le_profil_et_le_contrat(annuaire):
    d = lire("/")
    assert d["version"] == "3.1"
    assert lire(d["openapi_url"].split("/api/hsds")[1])["info"]["version"] == "3.1"
    assert set(lire(d["profile"].split("/api/hsds")[1])) >= {"service", "organization"}


def test_les_pages_et_les_filtres_de_la_norme(annuaire):
    premiere = lire("/services", per_page=1)
    assert {k: premiere[k] for k in premiere if k != "contents"} == {
        "total_items": 2, "total_pages": 2, "page_number": 1, "size": 1, "first_page": True, "last_page": False, "empty": False,
    }  # fmt: skip
    derniere = lire("/services", per_page=1, page=2)
    assert (derniere["last_page"], derniere["contents"][0]["name"]) == (True, "Vélo")
    assert lire("/services", page=9)["empty"] is True
    thematique = str(identifiant("terme", "thematique", f.REPARER))
    famille = str(identifiant("terme", "thematique", "mobilite"))
    for filtre, attendus in (
        ({"search": "GARAGE solidaire"}, {"Garage solidaire"}),
        ({"search": "associatif velo"}, {"Vélo"}),
        ({"taxonomy_term_id": thematique}, {"Garage solidaire"}),
        ({"taxonomy_term_id": famille}, {"Garage solidaire"}),
        ({"taxonomy_id": str(identifiant("taxonomie", "public"))}, {"Garage solidaire"}),
        ({"taxonomy_id": str(identifiant("rien"))}, set()),
        ({"taxonomy_term_id": str(identifiant("rien"))}, set()),
        ({"organization_id": str(cle_de_structure(annuaire.structure))}, {"Garage solidaire", "Vélo"}),
        ({"organization_id": str(identifiant("rien"))}, set()),
        ({"modified_after": "2026-09-30T00:00:00Z"}, {"Garage solidaire"}),
        ({"modified_after": "2026-11-04T00:00:00Z"}, set()),
    ):
        assert {s["name"] for s in lire("/services", **filtre)["contents"]} == attendus, filtre
        assert lire("/services", **filtre)["total_items"] == len(attendus), filtre
    assert lire("/organizations", taxonomy_term_id=thematique)["total_items"] == 1
    assert lire("/organizations", search="rien")["total_items"] == 0
    lieux = lire("/service_at_locations", postcode="44150", proximity=2000)
    assert lieux["total_items"] == 0  # the only place there stands on a point that is not believed
    assert lire("/service_at_locations", postcode="44370", proximity=2000)["total_items"] == 2
    assert lire("/service_at_locations", postcode="44150")["total_items"] == 2  # the département is served
    assert {t["taxonomy"] for t in lire("/taxonomy_terms", top_only="true", search="mobilité")["contents"]} == {"Thématiques"}
    enfants = lire("/taxonomy_terms", parent_id=famille)["contents"]
    assert f.REPARER in {t["code"] for t in enfants}
    assert Client().post("/api/hsds/services?search=velo").json()["total_items"] == 1


def test_une_question_mal_posee_est_refusee_avec_son_champ(annuaire):
    for filtre in ({"page": 0}, {"per_page": -1}, {"format": "xml"}, {"taxonomy_id": "x"}, {"modified_after": "hier"}):
        assert Client().get("/api/hsds/services", filtre).status_code == 422, filtre
    for chemin in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"):
        lire(f"/{chemin}/{identifiant('rien')}", 404)
        lire(f"/{chemin}/1", 422)
    assert Client().delete("/api/hsds/services").status_code == 405


@pytest.mark.parametrize(
    "chemin", ["services?full=true", "services", "organizations?full_service=true", "service_at_locations?full=true"]
)
def test_le_nombre_de_questions_ne_depend_pas_du_nombre_de_lignes(annuaire, django_assert_max_num_queries, chemin):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def compter() -> int:
        with CaptureQueriesContext(connection) as vues:
            assert Client().get(f"/api/hsds/{chemin}").status_code == 200
        return len(vues)

    un = compter()
    for n in range(5):
        s = f.service(f.structure(f"Autre {n}"), zone=["44", "44213"])
        Interlocuteur.objects.create(service=s, nom="Publique", diffusion="PUBLIC")
        Fermeture.objects.create(permanence=s.permanences.get(), du=date(2026, 12, 1), au=date(2026, 12, 2))
    assert compter() == un <= 13


def test_trop_de_demandes_attendent(annuaire, monkeypatch):
    from premier_accueil.api.hsds import LIMITE

    monkeypatch.setattr(LIMITE, "num_requests", 2)
    assert [Client().get("/api/hsds/services").status_code for _ in range(3)] == [200, 200, 429]
    assert Client(REMOTE_ADDR="10.0.0.9").get("/api/hsds/services").status_code == 200
