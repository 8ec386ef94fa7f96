"""Check one line against data·inclusion v1: what is required refuses the line, what is optional is dropped and said."""

from __future__ import annotations

from typing import Any, TypeVar

import pydantic

from premier_accueil.annuaire.imports.bilan import BilanDImport, Origine
from premier_accueil.annuaire.imports.lecture import REMPLACEMENT, Ligne
from premier_accueil.annuaire.imports.nettoyage import caractere_interdit, liste

LISTES = frozenset(
    {
        "thematiques",
        "publics",
        "modes_accueil",
        "modes_mobilisation",
        "mobilisable_par",
        "zone_eligibilite",
        "reseaux_porteurs",
    }
)
# Cleaned by ourselves, more kindly than the schema: several numbers in one cell, a decimal comma…
A_PART = frozenset({"telephone", "courriel", "latitude", "longitude", "premier_accueil"})
IDENTIFIANT_MAX, SOURCE_MAX = 160, 60

Modele = TypeVar("Modele", bound=pydantic.BaseModel)

MOTIFS = {
    "missing": "champ obligatoire absent",
    "enum": "valeur inconnue de data·inclusion",
    "string_type": "un texte est attendu",
    "string_too_short": "texte trop court (au moins {min_length} caractères)",
    "string_too_long": "texte trop long (au plus {max_length} caractères)",
    "string_pattern_mismatch": "format inattendu",
    "literal_error": "valeur inconnue",
    "url_parsing": "adresse web non reconnue",
    "url_scheme": "adresse web non reconnue",
    "url_too_long": "adresse web trop longue",
    "float_parsing": "un nombre est attendu",
    "int_parsing": "un nombre entier est attendu",
    "set_type": "une liste est attendue",
    "list_type": "une liste est attendue",
    "too_short": "la liste est vide",
}


def motif_de(erreur: Any) -> str:
    """Say a schema error in French."""
    genre = str(erreur["type"])
    if genre == "value_error":
        return str(erreur["msg"]).removeprefix("Value error, ").replace("`", "« ", 1).replace("`", " »", 1)
    if genre.startswith("date"):
        return "date non reconnue (attendu : AAAA-MM-JJ)"
    if genre.startswith("url"):
        return "adresse web non reconnue"
    return MOTIFS.get(genre, "valeur non reconnue").format_map(_Contexte(erreur.get("ctx") or {}))


class _Contexte(dict[str, Any]):
    def __missing__(self, cle: str) -> str:
        return "?"


def origine_de(fichier: str, ligne: Ligne, cle: str = "id") -> Origine:
    """Return where a line comes from, with its identifier when it has one."""
    return Origine(fichier, ligne.numero, str(ligne.valeurs.get(cle) or "")[:IDENTIFIANT_MAX])


def saine(ligne: Ligne, origine: Origine, bilan: BilanDImport) -> bool:
    """Tell whether a line may be read at all; refuse it otherwise."""
    if ligne.defaut:
        bilan.refuser(origine, "", ligne.defaut)
    elif caractere_interdit(ligne.valeurs):
        bilan.refuser(origine, "", "la ligne contient un caractère interdit (octet nul) ou des valeurs trop imbriquées")
    elif any(isinstance(v, str) and REMPLACEMENT in v for v in ligne.valeurs.values()):
        bilan.refuser(origine, "", "des caractères de la ligne sont abîmés (encodage)")
    else:
        return True
    return False


def verifier(modele: type[Modele], ligne: Ligne, origine: Origine, bilan: BilanDImport) -> Modele | None:
    """Return the line as a data·inclusion object, or ``None`` once it is refused."""
    valeurs = {c: v for c, v in ligne.valeurs.items() if c in modele.model_fields and c not in A_PART}
    valeurs = {c: _preparer(c, v) for c, v in valeurs.items() if v is not None and v != ""}
    for champ, longueur in (("id", IDENTIFIANT_MAX), ("structure_id", IDENTIFIANT_MAX), ("source", SOURCE_MAX)):
        if len(str(valeurs.get(champ, ""))) > longueur:
            bilan.refuser(origine, champ, f"identifiant trop long (au plus {longueur} caractères)", valeurs[champ])
            return None
    for _ in range(3):  # dropping a list element may leave an empty list, which is dropped in turn
        try:
            return modele.model_validate(valeurs)
        except pydantic.ValidationError as echec:
            if not _alleger(modele, valeurs, echec, origine, bilan):
                return None
    bilan.refuser(origine, "", "la ligne ne suit pas data·inclusion v1")
    return None


def _preparer(champ: str, valeur: object) -> object:
    if champ in LISTES:
        return liste(valeur)
    if isinstance(valeur, str):
        return valeur.strip()
    # Spreadsheets and JSON writers turn codes into numbers; a number stays what it shows.
    if isinstance(valeur, int) and not isinstance(valeur, bool) and champ not in {"nombre_semaines"}:
        return str(valeur)
    return valeur


def _alleger(
    modele: type[Modele],
    valeurs: dict[str, Any],
    echec: pydantic.ValidationError,
    origine: Origine,
    bilan: BilanDImport,
) -> bool:
    """Drop the optional values at fault; refuse the line and return ``False`` when a required one is."""
    fautes: dict[tuple[str, int | None], Any] = {}
    for erreur in echec.errors(include_url=False, include_context=True):
        champ = str(erreur["loc"][0]) if erreur["loc"] else ""
        rang = erreur["loc"][1] if len(erreur["loc"]) > 1 and isinstance(erreur["loc"][1], int) else None
        fautes.setdefault((champ, rang), erreur)
    graves = [(c, e) for (c, _), e in fautes.items() if c not in modele.model_fields or _requis(modele, c)]
    if graves:
        for champ, erreur in graves:
            bilan.refuser(origine, champ, motif_de(erreur), "" if erreur["type"] == "missing" else erreur["input"])
        return False
    for (champ, rang), erreur in sorted(fautes.items(), key=lambda f: (f[0][0], -(f[0][1] or 0))):
        bilan.avertir(origine, champ, f"{motif_de(erreur)} : valeur laissée de côté", erreur["input"])
        if rang is not None and isinstance(valeurs.get(champ), list):
            del valeurs[champ][rang]
            if not valeurs[champ]:
                del valeurs[champ]
        else:
            valeurs.pop(champ, None)
    return True


def _requis(modele: type[pydantic.BaseModel], champ: str) -> bool:
    return modele.model_fields[champ].is_required()
