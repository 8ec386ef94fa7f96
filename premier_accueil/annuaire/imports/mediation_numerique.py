"""From the places of digital help of Maine-et-Loire (JSON, Lambert 93) to our entries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from premier_accueil.annuaire.imports.ajouts import lieu_de
from premier_accueil.annuaire.imports.bilan import BilanDImport, Origine
from premier_accueil.annuaire.imports.communs import service_simple, structure_simple
from premier_accueil.annuaire.imports.fiches import FicheService, FicheStructure
from premier_accueil.annuaire.imports.lecture import Ligne
from premier_accueil.annuaire.imports.nettoyage import courriel_ou_rien, telephone_ou_rien, texte_court
from premier_accueil.annuaire.imports.schema import origine_de, saine
from premier_accueil.annuaire.regles.sources import table_des_sources
from premier_accueil.socle.texte import cle

SOURCE = "mediation-numerique-49"
REQUISES = ("ID_LieuMed", "NOM_STRUCTURE", "COMMUNE", "x", "y")


def fiches(
    ligne: Ligne, fichier: str, date_maj: date | None, bilan: BilanDImport
) -> tuple[FicheStructure, FicheService] | None:
    """Read one place; ``None`` once it is refused: a closed place must send nobody before its door."""
    origine = origine_de(fichier, ligne, "ID_LieuMed")
    if not saine(ligne, origine, bilan):
        return None
    v = {c.lower(): str(x if x is not None else "").strip() for c, x in ligne.valeurs.items()}
    for champ in ("id_lieumed", "nom_structure", "commune"):
        if not v.get(champ):
            bilan.refuser(origine, champ.upper(), "champ obligatoire absent")
            return None
    if cle(v.get("affichage", "")) == "inactif" or cle(v.get("accueil", "")) == "non":
        bilan.refuser(origine, "AFFICHAGE", "le fichier dit que ce lieu ne reçoit pas", v.get("affichage", ""))
        return None
    nom = texte_court(v["nom_structure"], 200, "NOM_STRUCTURE", origine, bilan)
    communs = {
        "telephone": telephone_ou_rien(v.get("num_tel"), "NUM_TEL", origine, bilan),
        "courriel": courriel_ou_rien(v.get("mail_struc"), "MAIL_STRUC", origine, bilan),
        "date_maj": _jour(v.get("dat_maj", "")) or date_maj,
    }
    genre, reseau = _genre(v.get("ss_cat", ""), nom)
    structure = structure_simple(
        origine, SOURCE, v["id_lieumed"], nom, lieu_de(_adresse(v, origine, bilan), nom, origine, bilan),
        communs | {"genre": genre, "site_web": v.get("site_web", "")[:500]}, reseau,
    )  # fmt: skip
    return structure, service_simple(origine, SOURCE, v["id_lieumed"], _mots(v), communs)


def _adresse(v: Mapping[str, str], origine: Origine, bilan: BilanDImport) -> dict[str, Any]:
    latitude, longitude = en_degres(v.get("x", ""), v.get("y", ""))
    if latitude is None and (v.get("x") or v.get("y")):
        bilan.avertir(origine, "x", "point Lambert 93 impossible, laissé vide", f"{v.get('x')}, {v.get('y')}")
    return {
        "adresse": " ".join(m for m in (v.get("n°", ""), v.get("adresse", "")) if m),
        "complement_adresse": v.get("comp_adresse", ""),
        "code_postal": v.get("cp", ""),
        "commune": v["commune"],
        "latitude": latitude,
        "longitude": longitude,
    }


def _mots(v: Mapping[str, str]) -> dict[str, Any]:
    table = table_des_sources()["mediation_numerique_49"]
    dites = [code for champ, code in table["thematiques"].items() if cle(v.get(champ, "")) == "oui"]
    publics = [code for champ, code in table["publics"].items() if v.get(champ)]
    return {
        "nom": "Aide au numérique",
        "description": "Accès à un ordinateur ou aide pour les démarches en ligne, selon le lieu : appelez avant.",
        "thematiques": dites or [table["thematiques"]["internet"]],
        "publics": publics or ["tous-publics"],
    }


def _genre(categorie: str, nom: str) -> tuple[str, str]:
    dite = cle(categorie)
    for mot, genre, reseau in table_des_sources()["mediation_numerique_49"]["genres"]:
        if mot in dite:
            return genre, reseau
    return ("MAIRIE", "communes") if cle(nom).startswith("mairie ") else ("AUTRE", "")


def _jour(texte: str) -> date | None:
    jour, mois, annee = [*texte.split("/"), "", ""][:3]
    try:
        return date(int(annee), int(mois), int(jour))
    except ValueError:
        return None


def en_degres(x: str, y: str) -> tuple[float, float] | tuple[None, None]:
    """Return (latitude, longitude) in degrees of a Lambert 93 point, in metres, decimal comma or point."""
    try:
        est, nord = (float(m.replace(",", ".")) for m in (x, y))
    except ValueError:
        return None, None
    # The square where the projection is meant to be used (EPSG:2154).
    if not (-378_000 <= est <= 1_320_000 and 6_000_000 <= nord <= 7_250_000):
        return None, None
    longitude, latitude = _projection().transform(est, nord)
    return round(latitude, 6), round(longitude, 6)


@cache
def _projection() -> Any:
    from pyproj import Transformer  # heavy, and only this list needs it

    return Transformer.from_crs("EPSG:2154", "EPSG:4326", always_xy=True)
