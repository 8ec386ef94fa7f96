"""The demonstration network stands on its own files: no database, no Django.

Every entry is a valid data·inclusion v1 entry once our own key is set apart, what is invented says so, and what is
real says where it comes from and when.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from data_inclusion.schema.v1 import Service, Structure, Thematique
from opening_hours import OpeningHours

DOSSIER = Path(__file__).parents[2] / "donnees" / "demonstration"
NOTRE_CLE = "premier_accueil"
MARQUE = "(exemple)"
ANCENIS_EPCI = "244400552"

# Box around Loire-Atlantique, in degrees (south, west, north, east).
SUD, OUEST, NORD, EST = 46.86, -2.63, 47.84, -0.92

# Blocks kept by ARCEP for films and books: nobody answers there.
NUMERO_DE_FICTION = re.compile(r"\+33(19900|26191|35301|46571|53649|63998)\d{4}")

GENRES = {
    "EDS", "CCAS", "CIAS", "MAIRIE", "FRANCE_SERVICES", "ASSOCIATION", "CAF", "CPAM", "FRANCE_TRAVAIL", "MDPH", "SANTE",
    "MISSION_LOCALE", "POINT_CONSEIL_BUDGET", "CENTRE_SOCIAL", "BAILLEUR", "JUSTICE", "AUTRE",
}  # fmt: skip
FORMES = {"FIXE", "ITINERANTE", "MOBILE", "A_DOMICILE", "TELEPHONE"}
DIFFUSIONS = {"RESEAU", "PERSONNE_RECUE", "PUBLIC"}
JOURS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
REGLE_SIMPLE = re.compile(r"((?:(?:Mo|Tu|We|Th|Fr|Sa|Su)[-,]?)+) \d\d:\d\d.*")

Entree = dict[str, Any]


def lire(genre: str) -> list[Entree]:
    """Return every mapping of `donnees/demonstration/<genre>/*.yaml`, in file order."""
    lecteur = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entrees: list[Entree] = []
    for fichier in sorted((DOSSIER / genre).glob("*.yaml")):
        entrees += yaml.load(fichier.read_text(encoding="utf-8"), Loader=lecteur)
    return entrees


STRUCTURES = lire("structures")
SERVICES = lire("services")
PAR_ID = {structure["id"]: structure for structure in STRUCTURES}


def notre(entree: Entree) -> Entree:
    """Return what we add to one entry."""
    return entree[NOTRE_CLE]


def permanences() -> list[tuple[Entree, Entree]]:
    """Return each permanence with its service."""
    return [(service, p) for service in SERVICES for p in notre(service).get("permanences", [])]


def horaires() -> list[tuple[str, str]]:
    """Return every opening-hours string with the id of its entry."""
    directs = [(e["id"], e["horaires_accueil"]) for e in STRUCTURES + SERVICES if "horaires_accueil" in e]
    return directs + [(service["id"], p["horaires"]) for service, p in permanences() if "horaires" in p]


def ouvert(texte: str, a: str) -> bool:
    """Say whether an opening-hours string is open at a local time written YYYY-MM-DDTHH:MM."""
    return OpeningHours(texte).is_open(datetime.fromisoformat(a))


def test_every_entry_is_a_valid_data_inclusion_entry() -> None:
    for modele, entrees in ((Structure, STRUCTURES), (Service, SERVICES)):
        for entree in entrees:
            seul = {cle: valeur for cle, valeur in entree.items() if cle != NOTRE_CLE}
            assert set(seul) <= set(modele.model_fields), entree["id"]
            modele.model_validate(seul, context={"ignore_warnings": False})


def test_ids_are_unique_and_services_belong_to_a_structure() -> None:
    comptes = Counter(entree["id"] for entree in STRUCTURES + SERVICES)
    assert [identifiant for identifiant, n in comptes.items() if n > 1] == []
    assert all(entree["source"] == "demonstration" for entree in STRUCTURES + SERVICES)
    assert all(entree["id"].startswith("demonstration--") for entree in STRUCTURES + SERVICES)
    assert [s["id"] for s in SERVICES if s["structure_id"] not in PAR_ID] == []
    sans_service = set(PAR_ID) - {s["structure_id"] for s in SERVICES}
    assert sans_service == set()


def test_the_network_is_wide_enough() -> None:
    assert len(STRUCTURES) >= 80
    assert len(SERVICES) >= 200
    comptes = Counter(t for service in SERVICES for t in service["thematiques"])
    assert {t.value: comptes[t.value] for t in Thematique if comptes[t.value] < 2} == {}


def test_descriptions_say_something_and_never_repeat() -> None:
    assert [s["id"] for s in SERVICES if len(s["description"]) < 120] == []
    comptes = Counter(entree["description"] for entree in SERVICES)
    assert [texte for texte, n in comptes.items() if n > 1] == []


@pytest.mark.parametrize("genre", ["structures", "services"])
def test_what_is_invented_says_so_and_cannot_reach_anybody(genre: str) -> None:
    for entree in STRUCTURES if genre == "structures" else SERVICES:
        exemple = notre(entree)["exemple"]
        assert exemple is entree["nom"].endswith(MARQUE), entree["id"]
        if not exemple:
            continue
        if "telephone" in entree:
            assert NUMERO_DE_FICTION.fullmatch(entree["telephone"]), entree["id"]
        if "courriel" in entree:
            assert entree["courriel"].endswith(".example.org"), entree["id"]
        for cle in ("site_web", "lien_mobilisation"):
            assert cle not in entree or ".example.org/" in entree[cle], entree["id"]


def test_a_service_is_as_real_as_its_structure() -> None:
    for service in SERVICES:
        assert notre(service)["exemple"] is notre(PAR_ID[service["structure_id"]])["exemple"], service["id"]


def test_what_is_real_has_a_source_and_a_date() -> None:
    reels = [entree for entree in STRUCTURES + SERVICES if not notre(entree)["exemple"]]
    assert reels
    for entree in reels:
        fait = notre(entree)["fait"]
        assert len(fait["source"]) >= 10, entree["id"]
        assert isinstance(fait["date"], date), entree["id"]
        # A fact is as old as its source: the entry must not look fresher.
        assert entree["date_maj"] <= fait["date"], entree["id"]


def test_people_are_invented_and_marked() -> None:
    for service in SERVICES:
        for interlocuteur in notre(service).get("interlocuteurs", []):
            assert notre(service)["exemple"], service["id"]
            assert interlocuteur["nom"].endswith(MARQUE)
            assert interlocuteur["diffusion"] in DIFFUSIONS
            if "telephone" in interlocuteur:
                assert NUMERO_DE_FICTION.fullmatch(interlocuteur["telephone"])
        assert service.get("contact_nom_prenom", MARQUE).endswith(MARQUE), service["id"]


def test_our_own_fields_keep_their_words() -> None:
    for structure in STRUCTURES:
        ajout = notre(structure)
        assert set(ajout) <= {"genre", "cercle", "exemple", "premier_accueil", "fait"}, structure["id"]
        assert ajout["genre"] in GENRES
        assert ajout["cercle"] in {1, 2}
        assert isinstance(ajout["premier_accueil"], bool)
    for service in SERVICES:
        ajout = notre(service)
        attendu = {"exemple", "fait", "permanences", "interlocuteurs", "pieces", "delai_jours"}
        assert set(ajout) <= attendu, service["id"]
        assert ajout.get("delai_jours", 0) >= 0
        assert all(isinstance(piece, str) for piece in ajout.get("pieces", []))


def test_permanences_have_a_place_or_come_to_the_person() -> None:
    for service, permanence in permanences():
        assert permanence["forme"] in FORMES, service["id"]
        site = permanence.get("site")
        if site is None:
            assert permanence["forme"] in {"A_DOMICILE", "TELEPHONE"}, service["id"]
            continue
        assert set(site) == {
            "nom", "adresse", "code_insee", "code_postal", "commune", "latitude", "longitude", "hote",
        }  # fmt: skip
        assert site["hote"] is None or site["hote"] in PAR_ID, service["id"]
        for exception in permanence.get("exceptions", []):
            assert exception["du"] <= exception["au"]
            assert exception["ouvert"] is False
            assert exception["motif"]


def test_points_are_inside_the_departement() -> None:
    lieux = [(e["id"], e) for e in STRUCTURES + SERVICES if "latitude" in e]
    lieux += [(service["id"], p["site"]) for service, p in permanences() if "site" in p]
    for identifiant, lieu in lieux:
        assert SUD <= lieu["latitude"] <= NORD, identifiant
        assert OUEST <= lieu["longitude"] <= EST, identifiant
        assert lieu["code_insee"].startswith("44"), identifiant


def test_every_opening_hours_string_is_understood() -> None:
    assert len(horaires()) >= 200
    for identifiant, texte in horaires():
        try:
            OpeningHours(texte)
        except Exception as erreur:  # the parser has its own error class; the id is what helps here
            pytest.fail(f"{identifiant}: {texte!r}: {erreur}")


def test_no_weekday_rule_silently_replaces_another() -> None:
    # In OSM, "Mo-Fr 09:00-12:00; Tu 14:00-17:00" closes Tuesday morning: the last rule wins for the day.
    for identifiant, texte in horaires():
        vus: Counter[str] = Counter()
        for regle in texte.split("; "):
            simple = REGLE_SIMPLE.fullmatch(regle)
            if simple is None:
                continue
            for part in simple[1].split(","):
                debut, _, fin = part.partition("-")
                vus.update(JOURS[JOURS.index(debut) : JOURS.index(fin or debut) + 1])
        assert all(n == 1 for n in vus.values()), (identifiant, texte)
        for regle in texte.split("; "):
            bornes = re.findall(r"\d\d:\d\d", regle)
            assert bornes == sorted(bornes) or len(bornes) == 2, (identifiant, texte)


def test_hours_mean_what_they_say() -> None:
    ccas = PAR_ID["demonstration--ccas-loireauxence"]["horaires_accueil"]
    assert ouvert(ccas, "2026-11-24T10:00")  # Tuesday morning…
    assert ouvert(ccas, "2026-11-24T14:00")  # …and afternoon
    assert not ouvert(ccas, "2026-11-23T14:00")  # Monday afternoon
    credit = next(s for s in SERVICES if s["id"] == "demonstration--microcredit-loire--microcredit-voiture")
    varades = next(p for p in notre(credit)["permanences"] if p["site"]["code_insee"] == "44213")
    assert ouvert(varades["horaires"], "2026-12-01T15:00")  # first Tuesday
    assert not ouvert(varades["horaires"], "2026-12-08T15:00")  # second Tuesday


def test_some_things_stay_unknown_or_old() -> None:
    connus = {service["id"] for service, p in permanences() if "horaires" in p}
    assert [s for s in SERVICES if "horaires_accueil" not in s and s["id"] not in connus]
    assert [s for s in SERVICES if "telephone" not in s]
    assert [s for s in SERVICES if "frais" not in s]
    annees = {entree["date_maj"].year for entree in SERVICES}
    assert {2019, 2026} <= annees


def test_the_cases_of_the_field_are_there() -> None:
    genres = Counter(notre(structure)["genre"] for structure in STRUCTURES)
    assert genres["EDS"] >= 2
    assert genres["ASSOCIATION"] >= 20
    formes = {p["forme"] for _, p in permanences()}
    assert formes == FORMES
    assert notre(PAR_ID["demonstration--ccas-loireauxence"])["premier_accueil"]
    assert notre(PAR_ID["demonstration--ccas-nantes"])["premier_accueil"]
    mairie = PAR_ID["demonstration--mairie-montrelais"]
    assert notre(mairie)["genre"] == "MAIRIE"
    assert mairie["code_insee"] not in {s["code_insee"] for s in STRUCTURES if notre(s)["genre"] == "CCAS"}


def test_a_france_services_hosts_several_bodies() -> None:
    maison = "demonstration--france-services-blain"
    hotes = {service["structure_id"] for service, p in permanences() if p.get("site", {}).get("hote") == maison}
    genres = {notre(PAR_ID[identifiant])["genre"] for identifiant in hotes}
    assert {"CAF", "CPAM", "MISSION_LOCALE", "CCAS", "JUSTICE"} <= genres


def test_a_broken_car_at_loireauxence_has_answers() -> None:
    zones = {"44213", ANCENIS_EPCI, "44", "france"}
    reponses = {
        service["structure_id"]
        for service in SERVICES
        if "mobilite--entretenir-reparer-son-vehicule" in service["thematiques"]
        and zones & set(service.get("zone_eligibilite", []))
    }
    assert {"demonstration--microcredit-loire", "demonstration--garage-solidaire-varades"} <= reponses


def test_a_place_that_hides_its_address_shows_no_point() -> None:
    # Shelters for victims of violence: the address is given by phone only, and a point on a map would tell it.
    caches = [s for s in STRUCTURES if "code_insee" in s and "adresse" not in s]
    assert caches
    for structure in caches:
        assert not {"latitude", "longitude"} & set(structure), structure["id"]
        services = [s for s in SERVICES if s["structure_id"] == structure["id"]]
        assert not [s["id"] for s in services if {"adresse", "latitude", "longitude"} & set(s)]
        assert all(p["forme"] == "TELEPHONE" for s in services for p in notre(s)["permanences"])


def test_a_service_without_permanence_has_somewhere_to_be() -> None:
    for service in SERVICES:
        if not notre(service).get("permanences") and service.get("modes_accueil") != ["a-distance"]:
            assert {"code_insee", "latitude", "longitude"} <= set(service), service["id"]


def test_a_way_to_reach_a_service_is_given_with_its_means() -> None:
    moyens = {
        "telephoner": "telephone",
        "envoyer-un-courriel": "courriel",
        "utiliser-lien-mobilisation": "lien_mobilisation",
    }
    for service in SERVICES:
        for mode in service.get("modes_mobilisation", []):
            assert moyens.get(mode, "id") in service, (service["id"], mode)
