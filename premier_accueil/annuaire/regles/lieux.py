"""What is known of a place: accessibility, neutrality, a room to speak apart. Unknown stays unknown, never "no"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from premier_accueil.annuaire.regles.en_clair import MOIS_EN_CLAIR

ACCESSIBILITE: Mapping[str, str] = {
    "fauteuil": "accessible en fauteuil roulant",
    "toilettes_adaptees": "toilettes adaptées",
    "stationnement_adapte": "stationnement réservé",
    "boucle_magnetique": "boucle magnétique (malentendants)",
    "reperes_malvoyants": "repères pour malvoyants",
}
"""Column of ``Site`` and its words; each is yes, no, or not known."""

CADRE: Mapping[str, str] = {
    "neutre": "lieu neutre : rien dehors ne dit pourquoi l'on vient",
    "bureau_confidentiel": "bureau fermé pour parler à part",
}
"""S2: neutrality and confidentiality of the place."""

FAITS_DU_LIEU: Mapping[str, str] = {**ACCESSIBILITE, **CADRE}


PLACES = ("places", "places_libres", "liste_d_attente", "places_dites_le")
"""Fields of a service that say how much room there is."""


def faits_dits(faits: Mapping[str, bool | None]) -> tuple[tuple[str, bool], ...]:
    """Return (words, yes or no) of the facts that are known, in the order of the table; the others stay unsaid."""
    return tuple((mots, bool(faits[nom])) for nom, mots in FAITS_DU_LIEU.items() if faits.get(nom) is not None)


def places_dites(places: int | None, libres: int | None, attente: bool | None, le: date | None) -> str:
    """Say how much room there is, and since when one knows it; nothing without a day: such numbers age in a week.

    >>> places_dites(12, 3, False, date(2026, 11, 20))
    "3 places libres sur 12, pas de liste d'attente (dit le 20 novembre 2026)"
    >>> places_dites(12, 3, None, None)
    ''
    """
    dits = []
    if libres is not None:
        dits.append(f"{libres} place{'s' if libres > 1 else ''} libre{'s' if libres > 1 else ''}")
    if places is not None:
        dits.append(f"{dits.pop()} sur {places}" if dits else f"{places} place{'s' if places > 1 else ''} en tout")
    if attente is not None:
        dits.append("une liste d'attente" if attente else "pas de liste d'attente")
    if le is None or not dits:
        return ""
    return f"{', '.join(dits)} (dit le {le.day}{'er' if le.day == 1 else ''} {MOIS_EN_CLAIR[le.month - 1]} {le.year})"
