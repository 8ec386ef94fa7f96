"""The report of an import, line by line, as a CSV that opens in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from premier_accueil.annuaire.imports.bilan import BilanDImport

COLONNES = ("sort", "fichier", "ligne", "identifiant", "champ", "motif", "valeur")


def lignes(bilan: BilanDImport) -> Iterable[tuple[str, ...]]:
    """Return the headings, then every refusal and warning."""
    yield COLONNES
    for sort, remarques in (("refusée", bilan.refus), ("avertissement", bilan.avertissements)):
        for r in remarques:
            cases = (r.fichier, str(r.ligne), r.identifiant, r.champ, r.motif, r.valeur)
            yield (sort, *map(sans_formule, cases))


def en_csv(rangees: Iterable[tuple[str, ...]]) -> str:
    """Write rows as a spreadsheet of Europe reads them; begin the file with U+FEFF."""
    sortie = io.StringIO(newline="")
    csv.writer(sortie, delimiter=";").writerows(rangees)
    return "\ufeff" + sortie.getvalue()


def sans_formule(texte: str) -> str:
    """Keep a spreadsheet from running a value that begins like a formula."""
    return f"'{texte}" if texte[:1] in {"=", "+", "-", "@", "\t", "\r"} else texte
