"""What one process keeps of the directory: its index, and the rows last read, for one edition.

Directories of a territory are indexed again as soon as they change. At the size of the country that takes a second or
two: meanwhile the index before answers, every row it points at is read as it stands now — what closed or moved is
seen at once — and the services added since are weighed too.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.db import connection, connections

from premier_accueil.annuaire.requetes import edition
from premier_accueil.orientation.regles.poids import poids_du_fichier
from premier_accueil.orientation.requetes.index import Index
from premier_accueil.orientation.requetes.indexation import construire
from premier_accueil.orientation.requetes.lignes import Ligne, lire
from premier_accueil.territoire.requetes import FicheCommune, commune_par_code

SERVICES_GARDES = 12_000
"""Services whose rows, texts included, one process keeps at most: 37 MB."""
COMMUNES_GARDEES = 2_000
NEUFS = 200
PETIT = 12_000
"""Services of a directory whose index is made again at once when it changes: a fifth of a second at most."""
REPOS_S = 15.0
"""A larger one is made again at most that often, aside."""
RECENTS = "SELECT id FROM annuaire_service WHERE id > %s ORDER BY id DESC LIMIT %s"
Edition = tuple[str, int, int]
C = TypeVar("C")
V = TypeVar("V")


@dataclass
class Memoire:
    """Rows of one edition, read when first needed; ``index`` may be of an edition just before.

    Attributes:
        neufs: services that the index does not know yet.
    """

    edition: Edition
    index: Index
    neufs: tuple[int, ...] = ()
    _lignes: dict[int, list[Ligne]] = field(default_factory=dict)
    _communes: dict[str, FicheCommune] = field(default_factory=dict)

    @property
    def petite(self) -> bool:
        """Tell whether the directory is small enough for its index to be made again at once."""
        return len(self.index.cles) <= PETIT

    def commune(self, code: str | None) -> FicheCommune | None:
        """Return a commune in force; ``None`` when none is told.

        Raises:
            LookupError: no such commune.
        """
        if code is None:
            return None
        trouvee = self._communes.get(code)
        if trouvee is None and (trouvee := commune_par_code(code)) is None:
            raise LookupError(code)
        _garder(self._communes, {code: trouvee}, COMMUNES_GARDEES)
        return trouvee

    def lire(self, services: Sequence[int]) -> Mapping[int, list[Ligne]]:
        """Return the rows of these services, by key; those that are gone are left out. One query for unread ones."""
        lues = {cle: lignes for cle in services if (lignes := self._lignes.get(cle))}
        neuves = lire([cle for cle in services if cle not in lues])
        _garder(self._lignes, neuves, SERVICES_GARDES)
        return lues | neuves


def _garder(gardes: dict[C, V], neufs: Mapping[C, V], au_plus: int) -> None:
    """Keep what was read; when it would be too much, forget the rest: simpler than who was asked last, and safe."""
    if len(gardes) + len(neufs) > au_plus:
        gardes.clear()
    gardes.update(neufs)


@dataclass
class _Etat:
    """What this process holds, and whether a new index is under way."""

    actuelle: Memoire | None = None
    commence_a: float = 0.0
    en_cours: bool = False


_etat = _Etat()
_verrou = threading.Lock()


def memoire() -> Memoire:
    """Return what is known of the directory as it stands; one short query when nothing changed."""
    vue = edition()
    with _verrou:
        garde = _etat.actuelle
        if garde is None or garde.index.edition[0] != vue[0] or (garde.edition != vue and garde.petite):
            garde = Memoire(vue, _construire(vue))
        elif garde.edition != vue:
            garde = Memoire(vue, garde.index, _neufs(garde.index))
        _etat.actuelle = garde
        if garde.index.edition != vue and not _etat.en_cours and time.monotonic() - _etat.commence_a > REPOS_S:
            _etat.en_cours = True
            threading.Thread(target=_refaire, args=[vue], name="index-de-l-annuaire", daemon=True).start()
        return garde


def _construire(vue: Edition) -> Index:
    _etat.commence_a = time.monotonic()
    return construire(vue, poids_du_fichier())


def _neufs(index: Index) -> tuple[int, ...]:
    with connection.cursor() as curseur:
        curseur.execute(RECENTS, [int(index.cles[-1]) if len(index.cles) else 0, NEUFS])
        return tuple(cle for (cle,) in curseur.fetchall())


def _refaire(vue: Edition) -> None:
    """Make the index again beside the requests, on a connection of its own."""
    try:
        index = _construire(edition())
        with _verrou:
            garde = _etat.actuelle
            if garde is not None and garde.index.edition[0] == vue[0]:
                neufs = () if index.edition == garde.edition else garde.neufs
                _etat.actuelle = replace(garde, index=index, neufs=neufs)
    finally:
        _etat.en_cours = False
        connections.close_all()
