"""What is known of a place: accessibility, neutrality, a room to speak apart. Unknown stays unknown, never "no"."""

from __future__ import annotations

from collections.abc import Mapping

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


def faits_dits(faits: Mapping[str, bool | None]) -> tuple[tuple[str, bool], ...]:
    """Return (words, yes or no) of the facts that are known, in the order of the table; the others stay unsaid."""
    return tuple((mots, bool(faits[nom])) for nom, mots in FAITS_DU_LIEU.items() if faits.get(nom) is not None)
