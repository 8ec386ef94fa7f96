"""Write many rows fast, without letting one bad row take the others down."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db import DataError, IntegrityError, models, transaction

from premier_accueil.annuaire.actions.garde import OBJETS, Garde
from premier_accueil.annuaire.imports.bilan import BilanDImport, Origine, Sort
from premier_accueil.annuaire.models import AliasDeSource, Revision
from premier_accueil.annuaire.regles import historique

LOT = 500

# Drawn from other fields, or said by the report: no line of history.
SANS_HISTOIRE = frozenset({"cle", "point_verifie", "departement", "date_maj", "structure_id"})

Rang = TypeVar("Rang", bound=models.Model)
Progression = Callable[[int, int], None]


@dataclass
class Pose(Generic[Rang]):
    """Rows to write: the new, and the changed with the names of their changed fields.

    Attributes:
        a: moment of the import, written in the history.
        source: who says it, in the history.
        garde: fields that rows keep; none when the table has no history.
    """

    modele: type[Rang]
    bilan: BilanDImport
    a: datetime
    source: str = ""
    garde: Garde | None = None
    principale: bool = True
    nouveaux: list[tuple[Origine, Rang]] = field(default_factory=list)
    changes: list[tuple[Origine, Rang]] = field(default_factory=list)
    champs_changes: set[str] = field(default_factory=set)
    _histoire: dict[int, list[Revision]] = field(default_factory=dict)

    def vouloir(
        self,
        origine: Origine,
        existant: Rang | None,
        identite: Mapping[str, Any],
        champs: Mapping[str, Any],
        alias: AliasDeSource | None = None,
    ) -> Rang:
        """Ask for a row: made when it does not exist, changed where it differs and may, left alone otherwise."""
        if existant is None:
            nouveau = self.modele(**identite, **champs)
            self.nouveaux.append((origine, nouveau))
            return nouveau
        if self.garde is not None and existant.pk is not None:
            champs = self.garde.ecrits(existant, champs, origine, self.bilan, alias)
        avants = {c: getattr(existant, c) for c, v in champs.items() if getattr(existant, c) != v}
        if avants:
            self._raconter(existant, avants, champs)
            for champ in avants:
                setattr(existant, champ, champs[champ])
            self.champs_changes.update(avants)
            self.changes.append((origine, existant))
        else:
            self.bilan.noter(origine, Sort.INCHANGE)
        return existant

    def ecrire(self) -> None:
        """Write everything asked for, by lots; a row the database refuses is reported and left out."""
        nomme = {f.attname: f.name for f in self.modele._meta.concrete_fields}
        maj = sorted(nomme[c] for c in self.champs_changes)
        cree = Sort.CREE if self.principale else Sort.MODIFIE
        for rangs, champs, sort in ((self.nouveaux, [], cree), (self.changes, maj, Sort.MODIFIE)):
            for debut in range(0, len(rangs), LOT):
                self._ecrire_lot(rangs[debut : debut + LOT], champs, sort)
        Revision.objects.bulk_create([r for liste in self._histoire.values() for r in liste], batch_size=LOT)

    def _raconter(self, rangee: Rang, avants: Mapping[str, Any], champs: Mapping[str, Any]) -> None:
        objet = OBJETS.get(self.modele)
        if objet is None or rangee.pk is None:
            return
        self._histoire.setdefault(rangee.pk, []).extend(
            Revision(
                objet=objet.value, objet_id=rangee.pk, champ=champ, avant=_en_json(avant),
                apres=_en_json(champs[champ]), origine=historique.Origine.IMPORT.value,
                auteur_dit=self.source[:200], le=self.a,
            )
            for champ, avant in avants.items() if champ not in SANS_HISTOIRE
        )  # fmt: skip

    def _ecrire_lot(self, lot: list[tuple[Origine, Rang]], champs: list[str], sort: Sort) -> None:
        try:
            self._envoyer([rang for _, rang in lot], champs)
        except (DataError, IntegrityError, ValueError) as erreur:
            if len(lot) > 1:
                for seul in lot:
                    self._ecrire_lot([seul], champs, sort)
                return
            origine, rang = lot[0]
            self._histoire.pop(rang.pk, None)
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


def _en_json(valeur: Any) -> Any:
    return valeur.isoformat() if isinstance(valeur, date) else valeur


def par_cle(rangs: Iterable[Rang], *champs: str) -> dict[Hashable, Rang]:
    """Index rows by some of their fields."""
    return {tuple(getattr(rang, champ) for champ in champs): rang for rang in rangs}
