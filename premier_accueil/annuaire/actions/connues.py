"""The structures that a block of an import speaks of: its own, those it points at, those they were merged into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.imports.fiches import FicheService, FicheStructure
from premier_accueil.annuaire.models import AliasDeSource
from premier_accueil.annuaire.regles.sources import prefixe_des_lieux

Cle = tuple[str, str]


def cles_possibles(source: str, source_id: str) -> tuple[Cle, ...]:
    """Return the identifiers that mean one entry: data·inclusion writes « source--identifiant », and so do we."""
    court = source_id.removeprefix(f"{source}--")
    return ((source, source_id),) if court == source_id else ((source, source_id), (source, court))


class Connues:
    """Structures by source and identifier; three queries."""

    def __init__(
        self, structures: Sequence[FicheStructure], services: Sequence[FicheService], hotes: Iterable[str]
    ) -> None:
        """Read them.

        Args:
            structures: entries of the block.
            services: their structures are needed too.
            hotes: identifiers of structures that keep a place, of any source.
        """
        paires = [(f.source, f.source_id) for f in structures] + [(f.source, f.structure_source_id) for f in services]
        cles = {c for source, cle in paires for c in (*cles_possibles(source, cle), *_sans_source(cle))}
        ids = {i for _, i in cles}
        sources = {s for s, _ in cles}
        ids_d_hotes = {c[1] for h in hotes for c in (*cles_possibles("", h), *_sans_source(h))}
        lignes = Structure.objects.filter(source__in=sources, source_id__in=ids).order_by("pk")
        self._par_cle: dict[Cle, Structure] = {(s.source, s.source_id): s for s in lignes}
        alias = AliasDeSource.objects.filter(source__in=sources, source_id__in=ids).select_related("structure")
        self._alias = {(x.source, x.source_id): x for x in alias.order_by("pk")}
        # One row, one object: a line of each source may change the same structure.
        par_pk = {s.pk: s for s in self._par_cle.values()}
        for cle, autre in self._alias.items():
            self._par_cle.setdefault(cle, par_pk.setdefault(autre.structure_id, autre.structure))
        self._hotes: dict[str, Structure] = {}
        if ids_d_hotes:
            for structure in Structure.objects.filter(source_id__in=ids_d_hotes).order_by("pk"):
                vue = par_pk.setdefault(structure.pk, structure)
                self._hotes.setdefault(structure.source_id, vue)
                self._hotes.setdefault(f"{structure.source}--{structure.source_id}", vue)

    def connue(self, source: str, source_id: str) -> Structure | None:
        """Return the structure that a line of this source means; the one it was merged into, where it was."""
        return next((self._par_cle[c] for c in cles_possibles(source, source_id) if c in self._par_cle), None)

    def structure(self, source: str, source_id: str) -> Structure | None:
        """Return the structure that an entry points at.

        It may be of another source: its identifier then says which (« source--identifiant »).
        """
        autre = next((self._par_cle[c] for c in _sans_source(source_id) if c in self._par_cle), None)
        return self.connue(source, source_id) or autre

    def hote(self, source: str, source_id: str) -> Structure | None:
        """Return the structure that keeps a place: of the same source first, else of any."""
        return self.structure(source, source_id) or self._hotes.get(source_id)

    def alias(self, source: str, source_id: str) -> AliasDeSource | None:
        """Return the merge of an entry, when it was merged into another."""
        return next((self._alias[c] for c in cles_possibles(source, source_id) if c in self._alias), None)

    def prefixe(self, source: str, source_id: str) -> str:
        """Return what the places of a merged entry begin with, among those of the structure that took it in."""
        alias = self.alias(source, source_id)
        return prefixe_des_lieux(alias.source, alias.source_id) if alias else ""

    def ajouter(self, source: str, source_id: str, structure: Structure) -> None:
        """Know a structure of this block too."""
        self._par_cle[source, source_id] = structure

    def toutes(self) -> list[Structure]:
        """Return every structure that is written."""
        return [s for s in (*self._par_cle.values(), *self._hotes.values()) if s.pk is not None]


def _sans_source(identifiant: str) -> tuple[Cle, ...]:
    source, separateur, reste = identifiant.partition("--")
    return ((source, reste), (source, identifiant)) if separateur else ()
