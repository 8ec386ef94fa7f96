"""Write many rows fast, without letting one bad row take the others down."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import DataError, IntegrityError, models, transaction

from premier_accueil.annuaire.imports.bilan import BilanDImport, Origine, Sort

LOT = 500

Rang = TypeVar("Rang", bound=models.Model)
Progression = Callable[[int, int], None]


@dataclass
class Pose(Generic[Rang]):
    """Rows to write: the new, and the changed with the names of their changed fields."""

    modele: type[Rang]
    bilan: BilanDImport
    principale: bool = True
    nouveaux: list[tuple[Origine, Rang]] = field(default_factory=list)
    changes: list[tuple[Origine, Rang]] = field(default_factory=list)
    champs_changes: set[str] = field(default_factory=set)

    def vouloir(
        self, origine: Origine, existant: Rang | None, identite: Mapping[str, Any], champs: Mapping[str, Any]
    ) -> Rang:
        """Ask for a row: made when it does not exist, changed where it differs, left alone otherwise."""
        if existant is None:
            nouveau = self.modele(**identite, **champs)
            self.nouveaux.append((origine, nouveau))
            return nouveau
        differents = [c for c, v in champs.items() if getattr(existant, c) != v]
        if differents:
            for champ in differents:
                setattr(existant, champ, champs[champ])
            self.champs_changes.update(differents)
            self.changes.append((origine, existant))
        else:
            self.bilan.noter(origine, Sort.INCHANGE)
        return existant

    def ecrire(self, progression: Progression | None = None) -> None:
        """Write everything asked for, by lots; a row the database refuses is reported and left out."""
        total, faits = len(self.nouveaux) + len(self.changes), 0
        nomme = {f.attname: f.name for f in self.modele._meta.concrete_fields}
        maj = sorted(nomme[c] for c in self.champs_changes)
        cree = Sort.CREE if self.principale else Sort.MODIFIE
        for rangs, champs, sort in ((self.nouveaux, [], cree), (self.changes, maj, Sort.MODIFIE)):
            for debut in range(0, len(rangs), LOT):
                lot = rangs[debut : debut + LOT]
                self._ecrire_lot(lot, champs, sort)
                faits += len(lot)
                if progression:
                    progression(faits, total)

    def _ecrire_lot(self, lot: list[tuple[Origine, Rang]], champs: list[str], sort: Sort) -> None:
        try:
            self._envoyer([rang for _, rang in lot], champs)
        except (DataError, IntegrityError, ValueError) as erreur:
            if len(lot) > 1:
                for seul in lot:
                    self._ecrire_lot([seul], champs, sort)
                return
            origine, rang = lot[0]
            if sort != Sort.MODIFIE or not champs:
                rang.pk = None
            self.bilan.refuser(origine, "", f"la base refuse cette ligne : {str(erreur).splitlines()[0]}")
            return
        for origine, _ in lot:
            self.bilan.noter(origine, sort)

    def _envoyer(self, rangs: list[Rang], champs: list[str]) -> None:
        with transaction.atomic():
            if champs:
                # One INSERT … ON CONFLICT (id) DO UPDATE: far faster than bulk_update's CASE WHEN.
                self.modele._default_manager.bulk_create(
                    rangs, update_conflicts=True, unique_fields=["id"], update_fields=champs
                )
            else:
                self.modele._default_manager.bulk_create(rangs)


def par_cle(rangs: Iterable[Rang], *champs: str) -> dict[Hashable, Rang]:
    """Index rows by some of their fields."""
    return {tuple(getattr(rang, champ) for champ in champs): rang for rang in rangs}
