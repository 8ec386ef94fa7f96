"""The files that can be taken away, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from data_inclusion.schema import v1

from premier_accueil.annuaire.exports import data_inclusion as di
from premier_accueil.annuaire.exports.data_inclusion import Ecartees
from premier_accueil.annuaire.exports.tableur import en_csv, en_ods, lignes

Ecriture = Callable[[str, Ecartees], Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    """One file: its name, what it is for, how it is written."""

    nom: str
    libelle: str
    famille: str
    type_mime: str
    ecrire: Ecriture


def produire(code: str, *, departement: str = "") -> tuple[bytes, tuple[str, ...]]:
    """Return a file, and what was left out of it, in French sentences.

    Args:
        code: key of ``FORMATS``.
        departement: code; empty for all.
    """
    ecartees = Ecartees()
    return b"".join(FORMATS[code].ecrire(departement, ecartees)), ecartees.phrases()


def _textes(morceaux: Callable[[str, Ecartees], Iterator[str]]) -> Ecriture:
    return lambda departement, ecartees: (m.encode() for m in morceaux(departement, ecartees))


_DI, _TABLEUR = "data·inclusion v1, pour d'autres logiciels", "Tableau, pour un tableur"
_JSON, _CSV, _NDJSON = "application/json", "text/csv; charset=utf-8", "application/x-ndjson"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"

FORMATS: dict[str, Format] = {
    "structures-json": Format(
        "structures.json", "Structures, JSON", _DI, _JSON, _textes(lambda d, e: di.en_json(di.structures(d, e)))
    ),
    "services-json": Format(
        "services.json", "Services, JSON", _DI, _JSON, _textes(lambda d, e: di.en_json(di.services(d, e)))
    ),
    "structures-ndjson": Format(
        "structures.ndjson", "Structures, une par ligne (NDJSON)", _DI, _NDJSON,
        _textes(lambda d, e: di.en_ndjson(di.structures(d, e))),
    ),
    "services-ndjson": Format(
        "services.ndjson", "Services, un par ligne (NDJSON)", _DI, _NDJSON,
        _textes(lambda d, e: di.en_ndjson(di.services(d, e))),
    ),
    "structures-csv": Format(
        "structures.csv", "Structures, CSV", _DI, _CSV,
        _textes(lambda d, e: di.en_csv(di.structures(d, e), v1.Structure)),
    ),
    "services-csv": Format(
        "services.csv", "Services, CSV", _DI, _CSV, _textes(lambda d, e: di.en_csv(di.services(d, e), v1.Service))
    ),
    "tableau-csv": Format("annuaire.csv", "Annuaire, CSV", _TABLEUR, _CSV, _textes(lambda d, _: en_csv(lignes(d)))),
    "tableau-ods": Format(
        "annuaire.ods", "Annuaire, LibreOffice ou Excel (ODS)", _TABLEUR, _ODS, lambda d, _: iter([en_ods(lignes(d))])
    ),
}  # fmt: skip
"""Every file, by code."""
