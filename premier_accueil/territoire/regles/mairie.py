"""What the source says of a commune and its mairie, said our way."""

from __future__ import annotations

import re
from collections.abc import Mapping

from premier_accueil.territoire.regles.horaires import horaires_osm

# Type of the name in clear (TNCC), INSEE, Code officiel géographique: https://www.insee.fr/fr/information/2560684
ARTICLES = {"2": "Le ", "3": "La ", "4": "Les ", "5": "L'", "6": "Aux ", "7": "Las ", "8": "Los "}
# Accessibility of the building in the public directory. NAC is left out on purpose: it is the default of the source
# and all 35,611 mairies carry it (version 1.1.0), so that it says "unknown", never "not accessible".
ACCESSIBILITES = {"ACC": "accessible", "DEM": "accessible sur demande"}
TELEPHONE = re.compile(r"(\d *){10}")
CODE_POSTAL = re.compile(r"^(\d{5})\b", re.MULTILINE)


def nom_complet(nom: str, type_de_nom: str) -> str:
    """Return the name with its article: ``("Mans", "2")`` gives ``"Le Mans"``.

    Args:
        nom: name without article.
        type_de_nom: INSEE type of name (TNCC), one digit.
    """
    return ARTICLES.get(type_de_nom, "") + nom


def fiche_de_mairie(ligne: Mapping[str, str]) -> dict[str, str]:
    """Return what is known of a mairie: adresse, telephone, courriel, site, horaires (OSM), accessibilite.

    Args:
        ligne: the columns ``mairie_*`` of the source.

    Returns:
        only what is known; an absent key is unknown, never "none".
    """
    telephone = ligne["mairie_telephone"].strip()
    fiche = {
        "adresse": ligne["mairie_adresse"].strip(),
        "telephone": telephone if TELEPHONE.fullmatch(telephone) else "",
        "courriel": ligne["mairie_email"].strip(),
        "site": ligne["mairie_site"].strip(),
        "horaires": horaires_osm(ligne["mairie_horaires"]),
        "accessibilite": ACCESSIBILITES.get(ligne["mairie_accessibilite"], ""),
    }
    return {cle: valeur for cle, valeur in fiche.items() if valeur}


def code_postal_de(adresse: str) -> str:
    """Return the postal code written at the head of a line of an address, empty when there is none."""
    trouve = CODE_POSTAL.search(adresse)
    return trouve.group(1) if trouve else ""
