"""Small situations for tests; each function names what it makes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from premier_accueil.accueil.actions import Demande
from premier_accueil.accueil.regles import Nature
from premier_accueil.acteurs.actions import fin_prevue
from premier_accueil.acteurs.models import Compte, Mission, Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role, role_de
from premier_accueil.annuaire.models import GuideImprime, Permanence, Service, Site
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.texte import cle
from premier_accueil.territoire.models import Commune

LUNDI_10H = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # Monday 23 November 2026, 10:00 in Paris
REPARER = "mobilite--entretenir-reparer-son-vehicule"
_numero = count(1)


def commune(nom: str = "Loireauxence", code: str = "44213", **champs: Any) -> Commune:
    defauts = {
        "genre": "COM", "nom": nom, "cle": cle(nom), "departement": code[:2], "codes_postaux": ["44370"],
        "latitude": 47.43, "longitude": -1.0, "population": 7500, "population_annee": 2023,
    }  # fmt: skip
    return Commune.objects.get_or_create(code=code, genre="COM", defaults=defauts | champs)[0]


def structure(nom: str = "CCAS de Loireauxence", genre: str = "CCAS", **champs: Any) -> Structure:
    n = next(_numero)
    return Structure.objects.create(
        **(
            {"source": "essai", "source_id": f"s{n}", "nom": nom, "cle": cle(nom), "genre": genre, "departement": "44"}
            | champs
        )
    )


def site(chez: Structure, nom: str = "Mairie", **champs: Any) -> Site:
    defauts = {
        "structure": chez, "source_id": f"l{next(_numero)}", "nom": nom, "adresse": "1 place de la Mairie",
        "code_postal": "44370", "latitude": 47.43, "longitude": -1.0, "point_verifie": True,
    }  # fmt: skip
    return Site.objects.create(**(defauts | {"commune": champs.pop("commune", None) or commune()} | champs))


def service(
    chez: Structure, nom: str = "Garage solidaire", thematiques: tuple[str, ...] = (REPARER,), **champs: Any
) -> Service:
    horaires = champs.pop("horaires", "Mo-Fr 09:00-17:00")
    lieu = champs.pop("site", None)
    cree = Service.objects.create(
        **({
            "structure": chez, "source": "essai", "source_id": f"v{next(_numero)}", "nom": nom, "cle": cle(nom),
            "description": "Répare les voitures à petit prix.", "thematiques": list(thematiques),
            "publics": ["tous-publics"], "modes_accueil": ["en-presentiel"], "date_maj": date(2026, 10, 1),
            "telephone": "+33261910001", "zone": ["44"], "pieces": ["Carte grise"],
        } | champs)
    )  # fmt: skip
    Permanence.objects.create(service=cree, site=lieu or site(chez), horaires=horaires)
    return cree


def livret(nom: str = "Loireauxence", **champs: Any) -> GuideImprime:
    defauts = {
        "cle": uuid4(), "nom": nom, "communes": ["44213"], "papier": "a5", "adresse": "https://exemple.test/", "etat": "PRET",
        "services": 1, "demande_le": LUNDI_10H, "fait_le": LUNDI_10H, "pdf": b"%PDF-1.7",
    }  # fmt: skip
    return GuideImprime.objects.create(**(defauts | champs))


def agent(
    chez: Structure, fonction: Fonction = Fonction.ACCUEIL, *, a: datetime = LUNDI_10H, nom: str = "Camille"
) -> Role:
    """Make somebody who works there; until the end of the test the database takes the test for them."""
    compte = Compte.objects.create_user(f"agent{next(_numero)}", nom)
    debut = date(2026, 1, 1)
    Mission.objects.create(
        compte=compte, structure=chez, fonction=fonction.value, debut=debut, fin=fin_prevue(fonction, debut)
    )
    role = role_de(compte, None, a)
    assert role is not None
    situer(structure=role.structure_id, mission=role.mission_id)
    return role


def demande(**champs: Any) -> Demande:
    return Demande(**({"demande_id": uuid4(), "nature": Nature.INFORMATION} | champs))
