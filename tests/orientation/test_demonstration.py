"""The case of the seed, with the real words reader, on the demonstration network as it is shipped."""

from __future__ import annotations

import re

import pytest

from premier_accueil.annuaire.actions import charger_demonstration
from premier_accueil.annuaire.models import Service
from premier_accueil.orientation.requetes import propositions
from premier_accueil.socle import dossiers
from premier_accueil.socle.texte import cle
from premier_accueil.territoire.models import Commune
from tests.orientation.reseau import MOTS, A

LOIREAUXENCE = {"latitude": 47.385893, "longitude": -1.032294, "epci_code": "244400552", "nom": "Loireauxence"}
MOBILITE = {
    "mobilite--entretenir-reparer-son-vehicule", "mobilite--financer-ma-mobilite", "mobilite--acceder-a-un-vehicule",
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration() -> None:
    """Load the network on the communes it names (the 37,000 of France have tests of their own)."""
    dossier = dossiers.donnees() / "demonstration"
    codes = set()
    for fichier in dossier.glob("*/*.yaml"):
        codes |= set(re.findall(r"code_insee: '(\d{5})'", fichier.read_text(encoding="utf-8")))
    for code in codes | {"44213"}:
        valeurs = {"nom": f"Commune {code}", "latitude": 47.2, "longitude": -1.55, "epci_code": "999999999"}
        valeurs |= LOIREAUXENCE if code == "44213" else {}
        Commune.objects.create(
            code=code, genre="COM", cle=cle(valeurs["nom"]), departement=code[:2], codes_postaux=[code], **valeurs
        )
    charger_demonstration(dossier, a=A)


@pytest.mark.parametrize("mode", ["voiture", "pied", "transport"])
def test_la_voiture_en_panne_a_loireauxence(demonstration, mode):
    reponse = propositions(MOTS, commune="44213", a=A, mode=mode)
    assert reponse.urgence is None
    deux = reponse.propositions[:2]
    assert all(MOBILITE & set(p.thematiques) for p in deux)
    assert any("microcrédit" in p.nom.lower() for p in deux)
    assert deux[0].raisons[0] == "Répond à « voiture en panne »"
    assert any(r == "Couvre Loireauxence" for r in deux[0].raisons)
    assert sum(p.premier_accueil for p in reponse.propositions) >= 1
    assert len({p.service_id for p in reponse.propositions}) == len(reponse.propositions) == 5


def test_un_reseau_hors_zone_reste_dehors(demonstration):
    vus = {p.service_id for p in propositions(MOTS, commune="44213", a=A, limite=200).propositions}
    assert vus
    for zone in Service.objects.filter(pk__in=vus).values_list("zone", flat=True):
        assert not zone or {"44213", "244400552", "44", "france", "99100"} & set(zone)


def test_l_urgence_passe_avant_les_services(demonstration):
    reponse = propositions("mon mari me frappe, j'ai peur de rentrer", commune="44213", a=A)
    assert reponse.urgence is not None
    assert reponse.urgence.numeros
    assert reponse.propositions
