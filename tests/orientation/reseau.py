"""A very small network around Loireauxence, made up for the tests."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.models import Permanence, Service, Site
from premier_accueil.orientation.comprendre import Comprehension, ScoreThematique, Terme
from premier_accueil.socle.texte import cle
from premier_accueil.territoire.models import Commune, Mot

A = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Paris"))  # a Monday
REPARER = "mobilite--entretenir-reparer-son-vehicule"
FINANCER = "mobilite--financer-ma-mobilite"
DROITS = "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"
DEMARCHES = "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives"
INTERNET = "numerique--acceder-a-une-connexion-internet"
MOTS = "voiture en panne, ne peut plus aller travailler"


class LecteurSimple:
    """Understands three words; the real reader has tests of its own."""

    def comprendre(self, texte: str, *, attendre: bool = True) -> Comprehension:
        besoins = {"voiture": {REPARER: 0.9, FINANCER: 0.6}, "droits": {DROITS: 0.9}, "internet": {INTERNET: 0.8}}
        codes = next((b for mot, b in besoins.items() if mot in texte), {})
        return Comprehension(
            urgence=None,
            thematiques=tuple(ScoreThematique(code, score) for code, score in codes.items()),
            termes=(Terme("voiture en panne", (REPARER,)),) if "voiture en panne" in texte else (),
            publics=(),
            compris=bool(codes),
        )


def commune(code: str = "44213", nom: str = "Loireauxence", **autres) -> Commune:
    """Make or find a commune."""
    valeurs = {
        "nom": nom, "cle": cle(nom), "departement": code[:2], "epci_code": "244400552",
        "latitude": 47.386, "longitude": -1.032, "codes_postaux": [code[:2] + "370"],
    } | autres  # fmt: skip
    trouvee, neuve = Commune.objects.get_or_create(code=code, genre="COM", defaults=valeurs)
    for mot in cle(nom).split() if neuve else ():
        Mot.objects.create(mot=mot, communes=[trouvee.pk])
    return trouvee


def structure(nom: str, genre: str = "ASSOCIATION", **autres) -> Structure:
    """Make or find a structure."""
    valeurs = {"nom": nom, "cle": cle(nom), "genre": genre, "departement": "44", "telephone": ""} | autres
    return Structure.objects.get_or_create(source="essai", source_id=cle(nom), defaults=valeurs)[0]


def service(nom: str, thematiques: list[str], *, chez: Structure, lieu=(47.386, -1.032), **autres) -> Service:
    """Make a service held at a point of Loireauxence (``lieu`` = latitude, longitude), or without any place."""
    permanence = {"horaires": "Mo-Fr 09:00-12:00; PH off"} | autres.pop("permanence", {})
    ou = autres.pop("ou", None)
    valeurs = {
        "zone": ["44213"], "publics": ["tous-publics"], "date_maj": date(2026, 11, 1), "telephone": "+33261910099",
        "modes_mobilisation": ["se-presenter"], "description": "Un texte long.",
    } | autres  # fmt: skip
    fait = Service.objects.create(
        structure=chez, source="essai", source_id=cle(nom), nom=nom, cle=cle(nom), thematiques=thematiques, **valeurs
    )
    if lieu is None:
        Permanence.objects.create(service=fait, site=None, **({"forme": "TELEPHONE"} | permanence))
        return fait
    site = Site.objects.get_or_create(
        structure=chez, source_id=f"{lieu}",
        defaults={"nom": f"Lieu de {nom}", "commune": ou or commune(), "latitude": lieu[0], "longitude": lieu[1]},
    )[0]  # fmt: skip
    Permanence.objects.create(service=fait, site=site, **permanence)
    return fait


def petit_reseau() -> None:
    """A garage, a microcredit, a France services, a CCAS, and a service that covers elsewhere only."""
    service("Garage solidaire", [REPARER], chez=structure("La clé de douze"), lieu=(47.385, -1.03))
    service(
        "Microcrédit pour la voiture", [REPARER, FINANCER], chez=structure("Coup de pouce"), lieu=(47.366, -1.176),
        zone=["244400552"], pieces=["Devis du garage"],
    )  # fmt: skip
    service(
        "France services", [DROITS, DEMARCHES, INTERNET], chez=structure("France services", "FRANCE_SERVICES"),
        zone=[], date_maj=date(2024, 8, 1),
    )  # fmt: skip
    service("Premier accueil du CCAS", [DROITS, DEMARCHES], chez=structure("CCAS", "CCAS", assure_premier_accueil=True))
    service("Garage d’Angers", [REPARER], chez=structure("Ailleurs"), zone=["49"])
