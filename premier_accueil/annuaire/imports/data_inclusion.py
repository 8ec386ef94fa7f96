"""From data·inclusion v1 lines to our entries, with our own additions under the key ``premier_accueil``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from data_inclusion.schema import v1

from premier_accueil.acteurs.regles import GenreDeStructure
from premier_accueil.annuaire.imports.ajouts import interlocuteurs_de, lieu_de, permanences_de, places_et_langues
from premier_accueil.annuaire.imports.bilan import BilanDImport
from premier_accueil.annuaire.imports.fiches import (
    FicheService,
    FicheStructure,
    InterlocuteurVoulu,
    PermanenceVoulue,
)
from premier_accueil.annuaire.imports.lecture import Ligne
from premier_accueil.annuaire.imports.nettoyage import courriel_ou_rien, liste, telephone_ou_rien, texte_court
from premier_accueil.annuaire.imports.schema import origine_de, saine, verifier
from premier_accueil.annuaire.regles import Forme
from premier_accueil.annuaire.regles.horaires import valables
from premier_accueil.socle.texte import cle, propre

REQUISES_STRUCTURES = ("source", "id", "nom", "date_maj")
REQUISES_SERVICES = ("source", "structure_id", "id", "nom", "description", "date_maj")

# Which network makes which kind; the first that matches wins.
GENRES = (
    ("ccas-cias", GenreDeStructure.CCAS),
    ("caf", GenreDeStructure.CAF),
    ("cpam", GenreDeStructure.CPAM),
    ("cnam", GenreDeStructure.CPAM),
    ("france-travail", GenreDeStructure.FRANCE_TRAVAIL),
    ("mission-locale", GenreDeStructure.MISSION_LOCALE),
    ("mdph", GenreDeStructure.MDPH),
    ("maison-departementale-de-lautonomie", GenreDeStructure.MDPH),
    ("maisons-des-solidarites", GenreDeStructure.EDS),
    ("cms", GenreDeStructure.EDS),
    ("france-service", GenreDeStructure.FRANCE_SERVICES),
    ("msap", GenreDeStructure.FRANCE_SERVICES),
    ("pimms-mediation", GenreDeStructure.PIMMS),
    ("points-conseil-budget", GenreDeStructure.POINT_CONSEIL_BUDGET),
    ("points-justice", GenreDeStructure.JUSTICE),
    ("spip", GenreDeStructure.JUSTICE),
    ("pjj", GenreDeStructure.JUSTICE),
    ("fcsf", GenreDeStructure.CENTRE_SOCIAL),
    ("cmp", GenreDeStructure.SANTE),
    ("csapa", GenreDeStructure.SANTE),
    ("caarud", GenreDeStructure.SANTE),
    ("communes", GenreDeStructure.MAIRIE),
    *(
        (reseau, GenreDeStructure.ASSOCIATION)
        for reseau in (
            "croix-rouge",
            "emmaus",
            "restos-du-coeur",
            "secours-populaire",
            "banques-alimentaires",
            "federation-des-acteurs-de-la-solidarite",
            *("cidff", "cresus", "unaf", "mobin", "wimoov", "singa"),
        )
    ),
)


TELS_QUELS = {"nom", "description", "site_web", "lien_mobilisation", "courriel"}
TELS_QUELS_MAX = 500


def genre_de(reseaux: Iterable[str], nom: str) -> GenreDeStructure:
    """Derive the kind of a structure from its networks; a CIAS says so in its name."""
    connus = set(reseaux)
    for reseau, genre in GENRES:
        if reseau in connus:
            return GenreDeStructure.CIAS if reseau == "ccas-cias" and "cias" in cle(nom).split() else genre
    return GenreDeStructure.AUTRE


def fiche_structure(ligne: Ligne, fichier: str, bilan: BilanDImport) -> FicheStructure | None:
    """Read one structure; ``None`` once it is refused."""
    origine = origine_de(fichier, ligne)
    if not saine(ligne, origine, bilan):
        return None
    lue = verifier(v1.Structure, ligne, origine, bilan)
    if lue is None:
        return None
    ajouts = _ajouts(ligne)
    reseaux = sorted(str(r.value) for r in lue.reseaux_porteurs or ())
    horaires = lue.horaires_accueil or ""
    if horaires and (len(horaires) > 500 or not valables(horaires)):
        bilan.avertir(origine, "horaires_accueil", "horaires illisibles : laissés de côté", horaires)
        horaires = ""
    champs: dict[str, Any] = {
        "nom": lue.nom,
        "cle": cle(lue.nom)[:200],
        "siret": lue.siret or "",
        "description": lue.description or "",
        "telephone": telephone_ou_rien(ligne.valeurs.get("telephone"), "telephone", origine, bilan),
        "courriel": courriel_ou_rien(ligne.valeurs.get("courriel"), "courriel", origine, bilan),
        "site_web": str(lue.site_web or "")[:500],
        "reseaux": reseaux,
        "horaires": horaires,
        "date_maj": lue.date_maj,
    }
    if ajouts:
        genres = {g.value for g in GenreDeStructure}
        genre = str(ajouts.get("genre") or "")
        if genre and genre not in genres:
            bilan.avertir(origine, "genre", "genre inconnu : déduit du réseau", genre)
        champs["genre"] = genre if genre in genres else genre_de(reseaux, lue.nom).value
        champs["cercle"] = 1 if ajouts.get("cercle") == 1 else 2
        champs["exemple"] = ajouts.get("exemple") is True
        champs["assure_premier_accueil"] = ajouts.get("premier_accueil") is True
    elif reseaux:
        champs["genre"] = genre_de(reseaux, lue.nom).value
    _tels_quels(champs, ajouts)
    du_lieu = ajouts["lieu"] if isinstance(ajouts.get("lieu"), dict) else {}
    lieu = lieu_de({**ligne.valeurs, **du_lieu}, lue.nom, origine, bilan) if lue.code_insee or lue.commune else None
    return FicheStructure(origine, lue.source, lue.id, champs, lieu)


def fiche_service(
    ligne: Ligne, fichier: str, structures: dict[str, FicheStructure], bilan: BilanDImport
) -> FicheService | None:
    """Read one service; ``None`` once it is refused.

    Args:
        ligne: the line.
        fichier: name shown in the report.
        structures: structures of the same import by identifier, for the hours a service leaves to its structure.
        bilan: where refusals and warnings go.
    """
    origine = origine_de(fichier, ligne)
    if not saine(ligne, origine, bilan):
        return None
    lu = verifier(v1.Service, ligne, origine, bilan)
    if lu is None:
        return None
    ajouts = _ajouts(ligne)
    pieces = [str(p) for p in liste(ajouts["pieces"])] if ajouts.get("pieces") else []
    delai = ajouts.get("delai_jours")
    champs: dict[str, Any] = {
        "nom": lu.nom,
        "cle": cle(lu.nom)[:200],
        "description": lu.description,
        "type": lu.type.value if lu.type else "",
        "thematiques": sorted(str(t.value) for t in lu.thematiques or ()),
        "publics": sorted(str(p.value) for p in lu.publics or ()),
        "publics_precisions": lu.publics_precisions or "",
        "conditions_acces": lu.conditions_acces or "",
        "frais": lu.frais.value if lu.frais else "",
        "frais_precisions": lu.frais_precisions or "",
        "modes_accueil": sorted(str(m.value) for m in lu.modes_accueil or ()),
        "modes_mobilisation": sorted(str(m.value) for m in lu.modes_mobilisation or ()),
        "mobilisable_par": sorted(str(m.value) for m in lu.mobilisable_par or ()),
        "mobilisation_precisions": lu.mobilisation_precisions or "",
        "lien_mobilisation": str(lu.lien_mobilisation or "")[:500],
        "zone": [str(code) for code in lu.zone_eligibilite or ()],
        "telephone": telephone_ou_rien(ligne.valeurs.get("telephone"), "telephone", origine, bilan),
        "courriel": courriel_ou_rien(ligne.valeurs.get("courriel"), "courriel", origine, bilan),
        "date_maj": lu.date_maj,
    }
    if "pieces" in ajouts:
        champs["pieces"] = [texte_court(p, 200, "pieces", origine, bilan) for p in pieces]
    if "delai_jours" in ajouts:
        champs["delai_jours"] = delai if isinstance(delai, int) and 0 <= delai <= 3650 else None
    champs |= places_et_langues(ajouts, origine, bilan)
    horaires = ligne.valeurs.get("horaires_accueil") or ""
    structure = structures.get(lu.structure_id)
    if not horaires and structure:
        horaires = structure.champs["horaires"]
    _tels_quels(champs, ajouts)
    if "permanences" in ajouts:
        permanences = permanences_de(ajouts["permanences"], origine, bilan)
    else:
        permanences = _permanence_seule(lu, ligne, str(horaires), origine, bilan)
    contacts = interlocuteurs_de(ajouts.get("interlocuteurs"), origine, bilan)
    if lu.contact_nom_prenom and not contacts:
        contacts = (InterlocuteurVoulu(texte_court(lu.contact_nom_prenom, 120, "contact_nom_prenom", origine, bilan)),)
    return FicheService(origine, lu.source, lu.id, lu.structure_id, champs, permanences, contacts)


def _ajouts(ligne: Ligne) -> dict[str, Any]:
    ajouts = ligne.valeurs.get("premier_accueil")
    if isinstance(ajouts, str) and ajouts.startswith("{"):  # the cell of a CSV
        try:
            ajouts = json.loads(ajouts)
        except (ValueError, RecursionError):
            return {}
    return ajouts if isinstance(ajouts, dict) else {}


def _tels_quels(champs: dict[str, Any], ajouts: dict[str, Any]) -> None:
    """Put back the texts that data·inclusion had to refuse or to cut: our own export kept them beside."""
    bruts = ajouts.get("tel_quel")
    for champ, brut in bruts.items() if isinstance(bruts, dict) else ():
        if champ in TELS_QUELS & champs.keys() and isinstance(brut, str):
            champs[champ] = propre(brut)[: TELS_QUELS_MAX if champ != "nom" else 200]
    champs["cle"] = cle(champs["nom"])[:200]


def _permanence_seule(
    lu: v1.Service, ligne: Ligne, horaires: str, origine: Any, bilan: BilanDImport
) -> tuple[PermanenceVoulue, ...]:
    """Return the one permanence a plain data·inclusion service says: at its address, or by phone."""
    modes = {m.value for m in lu.modes_accueil or ()}
    bruts = {"horaires": horaires, "forme": (Forme.TELEPHONE if modes == {"a-distance"} else Forme.FIXE).value}
    if modes != {"a-distance"} and (lu.adresse or lu.code_insee):
        bruts["site"] = {**ligne.valeurs, "nom": ""}
    return permanences_de([bruts], origine, bilan)
