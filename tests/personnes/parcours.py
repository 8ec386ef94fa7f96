"""How tests walk the pages of a file."""

from __future__ import annotations

import re
from html import unescape

from django.urls import reverse


def adresse(nom, *cles):
    return reverse(f"personnes:{nom}", args=cles)


def texte(reponse) -> str:
    return unescape(reponse.content.decode())


def sans_jeton(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|demande_id" value)="[^"]+"', "", page)


def pages_du_parcours(cle) -> list[str]:
    sans = ("recherche", "nouvelle", "ouverture", "signalements", "rapprochements")
    avec = (
        "dossier", "identite", "regle_de_contact", "proteger_l_adresse", "lever_la_protection", "blocages", "ajouter_au_foyer",
        "poser_une_mesure", "rapprocher",
    )  # fmt: skip
    return [adresse(n) for n in sans] + [adresse(n, cle) for n in avec]
