"""From words to services, on a small network."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from premier_accueil.annuaire.models import Fermeture, Permanence, Service, Site
from premier_accueil.orientation.actions import noter_manque
from premier_accueil.orientation.models import Manque
from premier_accueil.orientation.requetes import en_json, familles, libelles, memoire, proposer, propositions
from tests.orientation import reseau
from tests.orientation.reseau import DROITS, INTERNET, MOTS, REPARER, A

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lecteur(monkeypatch):
    monkeypatch.setattr(proposer, "_lecteur", reseau.LecteurSimple)


@pytest.fixture
def petit():
    reseau.petit_reseau()


def noms(situation: str = MOTS, **autres) -> list[str]:
    return [p.nom for p in demander(situation, **autres).propositions]


def demander(situation: str = MOTS, **autres):
    return propositions(situation, **({"commune": "44213", "a": A} | autres))


def test_le_specialiste_d_abord_le_premier_accueil_derriere(petit):
    reponse = demander()
    assert [p.nom for p in reponse.propositions][:2] == ["Microcrédit pour la voiture", "Garage solidaire"]
    assert [p.premier_accueil for p in reponse.propositions] == [False, False, True, True]
    assert reponse.propositions[0].raisons[0] == "Répond à « voiture en panne »"
    assert reponse.propositions[0].papiers == ("Devis du garage",)
    assert reponse.thematiques[0].code == REPARER
    assert reponse.compris
    assert reponse.ms > 0


def test_hors_zone_rien_ne_parait(petit):
    assert "Garage d’Angers" not in noms(limite=50)


def test_zone_inconnue_reste_et_le_dit(petit):
    france = next(p for p in demander("mes droits").propositions if p.nom == "France services")
    assert any(r.startswith("Secteur inconnu") for r in france.raisons)
    assert france.a_confirmer, "an entry of 2024 must be confirmed"
    assert france.distance_km == 0.0


def test_zone_inconnue_et_lointaine_ne_parait_pas():
    reseau.commune()
    reseau.service("Loin", [REPARER], chez=reseau.structure("Loin"), zone=[], lieu=(45.0, 4.0))
    assert noms() == []
    Service.objects.update(zone=["44213"])
    assert noms() == ["Loin"], "it says that it covers the commune: distance does not remove it"


def test_rien_de_compris_rien_d_invente(petit):
    reponse = demander("xyzzy")
    assert not reponse.compris
    assert reponse.thematiques == ()
    assert {p.nom for p in reponse.propositions} == {"Premier accueil du CCAS", "France services"}
    assert all(p.premier_accueil and p.raisons[0].startswith("Premier accueil") for p in reponse.propositions)


def test_l_agent_choisit_un_besoin(petit):
    reponse = demander("xyzzy", thematiques=[REPARER, "inventee"])
    assert reponse.compris
    assert [(t.code, t.score) for t in reponse.thematiques] == [(REPARER, 1.0)]
    assert reponse.propositions[0].raisons[0] == "Répond au besoin « Entretenir et réparer son véhicule »"


def test_a_distance_pas_de_trajet():
    reseau.commune()
    reseau.service("Plateforme", [REPARER], chez=reseau.structure("Tel"), lieu=None, zone=["france"])
    (vue,) = demander().propositions
    assert (vue.distance_km, vue.minutes, vue.site, vue.estimation) == (None, None, None, False)
    assert "À distance : pas de trajet à faire" in vue.raisons
    assert vue.forme == "par téléphone"


def test_sans_commune_seul_ce_qui_couvre_la_france(petit):
    reseau.service("Plateforme", [REPARER], chez=reseau.structure("Tel"), lieu=None, zone=["france"])
    assert noms(commune=None) == ["Plateforme"]


def test_ouvert_ferme_inconnu(petit):
    assert demander().propositions[0].ouvert is True
    assert demander().propositions[0].prochaine_en_clair == "aujourd’hui jusqu’à 12 h"
    le_soir = demander(a=A.replace(hour=20)).propositions[0]
    assert le_soir.ouvert is False
    assert le_soir.prochaine_ouverture == datetime(2026, 11, 24, 9, tzinfo=A.tzinfo)
    assert le_soir.prochaine_en_clair == "ouvre demain à 9 h"
    Permanence.objects.update(horaires="")
    muet = demander().propositions[0]
    assert (muet.ouvert, muet.a_confirmer, muet.prochaine_en_clair) == (None, True, "")


def test_une_fermeture_exceptionnelle_l_emporte(petit):
    garage = Permanence.objects.get(service__nom="Garage solidaire")
    Fermeture.objects.create(permanence=garage, du=date(2026, 11, 20), au=date(2026, 11, 25), motif="Inventaire")
    vue = next(p for p in demander().propositions if p.nom == "Garage solidaire")
    assert vue.ouvert is False
    assert vue.prochaine_ouverture == datetime(2026, 11, 26, 9, tzinfo=A.tzinfo)


def test_un_point_hors_de_sa_commune_n_est_pas_cru(petit):
    Site.objects.filter(nom__contains="Garage solidaire").update(latitude=47.0, longitude=-1.9, point_verifie=False)
    vue = next(p for p in demander().propositions if p.nom == "Garage solidaire")
    assert vue.distance_km == 0.0
    assert (vue.site.latitude, vue.site.longitude) == (47.386, -1.032)


def test_a_pied_n_est_pas_en_voiture(petit):
    en_voiture, a_pied = demander(), demander(mode="pied")
    minutes = [{p.nom: p.minutes for p in r.propositions} for r in (en_voiture, a_pied)]
    assert minutes[0] != minutes[1]
    assert all("à pied" in " ".join(p.raisons) for p in a_pied.propositions)


@pytest.mark.parametrize("copies", [1, 60])
def test_le_nombre_de_requetes_ne_depend_pas_des_services(petit, copies):
    for i in range(copies):
        reseau.service(f"Service {i}", [REPARER, DROITS], chez=reseau.structure(f"Structure {i}"))
    demander()
    with CaptureQueriesContext(connection) as requetes:
        demander(limite=20)
    assert len(requetes) <= 2, [q["sql"][:80] for q in requetes]


def test_ce_qui_change_dans_l_annuaire_se_voit_aussitot(petit):
    avant = noms()
    Service.objects.filter(nom=avant[0]).delete()
    assert avant[0] not in noms()


def test_une_reponse_se_lit_en_une_requete_sans_le_contour_des_communes(petit):
    """Rows and texts together: what changed since, the commune, then the services."""
    memoire.memoire()
    with CaptureQueriesContext(connection) as requetes:
        demander()
    edition, commune, services = requetes.captured_queries
    assert "annuaire_edition" in edition["sql"]
    assert "territoire_commune dite" in commune["sql"]
    assert "s.description" in services["sql"] and "contour" not in services["sql"]


def test_peu_de_services_sont_lus(petit, monkeypatch):
    """Whatever the directory holds: those that are shown, a first welcome, the first of each need, a trip's."""
    for i in range(80):
        reseau.service(f"Service {i}", [REPARER, DROITS], chez=reseau.structure(f"Structure {i}"))
    lus = []
    lire = memoire.lire
    monkeypatch.setattr(memoire, "lire", lambda cles: lus.extend(cles) or lire(cles))
    assert len(noms(limite=5)) == 5
    assert len(set(lus)) <= 5 + 1 + 2 + 2


def test_la_liste_respecte_la_limite(petit):
    assert [len(noms(limite=n)) for n in range(4)] == [0, 1, 2, 3]
    assert noms(limite=1) == ["Microcrédit pour la voiture"]


def test_le_contrat_json_est_exact(petit):
    objet = json.loads(json.dumps(en_json(demander())))
    assert list(objet) == ["situation", "commune", "urgence", "thematiques", "propositions", "ms"]
    assert objet["commune"] == {"code": "44213", "nom": "Loireauxence"}
    assert objet["urgence"] is None
    assert objet["thematiques"][0] == {"code": REPARER, "libelle": libelles()[REPARER], "score": 0.9}
    assert isinstance(objet["ms"], float)
    proposition = objet["propositions"][1]
    assert {cle: type(v).__name__ for cle, v in proposition.items()} == {
        "service": "str", "nom": "str", "structure": "str", "site": "dict", "thematiques": "list",
        "distance_km": "float", "minutes": "int", "mode": "str", "estimation": "bool", "ouvert": "bool",
        "prochaine_ouverture": "NoneType", "a_confirmer": "bool", "telephone": "str", "raisons": "list",
    }  # fmt: skip
    assert list(proposition["site"]) == ["nom", "commune", "latitude", "longitude"]
    ferme = en_json(demander(a=A.replace(hour=20)))["propositions"][0]
    assert ferme["prochaine_ouverture"] == "2026-11-24T09:00:00+01:00"
    assert ferme["service"] == "microcredit pour la voiture"


def test_l_urgence_passe_dans_le_contrat(petit, monkeypatch):
    from premier_accueil.orientation.comprendre import Comprehension, Numero, Urgence

    police = (Numero("17", "Police"),)
    urgence = Urgence("VITALE", "VIOLENCE", "Violences", police, ("Éloignez l’accompagnant.",), (DROITS,))

    class Alerte:
        def comprendre(self, texte, *, attendre=True):
            return Comprehension(urgence, (), (), (), compris=False)

    monkeypatch.setattr(proposer, "_lecteur", Alerte)
    reponse = demander("au secours")
    assert en_json(reponse)["urgence"] == {
        "niveau": "VITALE", "motif": "VIOLENCE", "numeros": ["17"], "conduite": ["Éloignez l’accompagnant."],
    }  # fmt: skip
    assert reponse.compris
    assert [t.code for t in reponse.thematiques] == [DROITS], "services match the need that the urgency opens"


@pytest.mark.parametrize(
    ("autres", "erreur"),
    [({"a": A.replace(tzinfo=None)}, ValueError), ({"mode": "fusée"}, ValueError), ({"commune": "99999"}, LookupError)],
)
def test_une_demande_fausse_est_refusee(petit, autres, erreur):
    with pytest.raises(erreur):
        demander(**autres)


def test_les_familles_rangent_toutes_les_thematiques():
    codes = [code for famille in familles() for code, _ in famille.thematiques]
    assert sorted(codes) == sorted(libelles())
    assert len(codes) == 69
    assert INTERNET in codes


def test_un_manque_n_a_ni_personne_ni_mots():
    ici = reseau.commune()
    noter_manque(thematique=REPARER, commune_id=ici.pk, a=A.replace(hour=0) - timedelta(minutes=30))
    (manque,) = Manque.objects.all()
    assert (manque.thematique, manque.commune_id, manque.jour) == (REPARER, ici.pk, date(2026, 11, 22))
    assert {c.name for c in Manque._meta.get_fields()} == {"id", "thematique", "commune", "jour"}
    with pytest.raises(ValueError, match="aware"):
        noter_manque(thematique="", commune_id=None, a=A.replace(tzinfo=None))
