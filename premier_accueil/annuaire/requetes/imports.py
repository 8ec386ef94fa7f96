"""Read the declared sources and what their last readings did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from premier_accueil.annuaire.imports.bilan import BilanDImport
from premier_accueil.annuaire.models import BlocDImport, ImportDAnnuaire, SourceDAnnuaire
from premier_accueil.annuaire.regles.sources import GenreDeSource, Rythme

PAR_PAGE = 12


@dataclass(frozen=True)
class ImportVu:
    """One reading: its counts in words, its progress while it lasts, why it could not be done."""

    id: int
    source: str
    fichiers: str
    genre: str
    commence_le: datetime
    fini_le: datetime | None
    avance: str
    comptes: str
    doublons: int
    remarques: int
    echec: str


@dataclass(frozen=True)
class SourceVue:
    """A declared source, when it is read next, and its last reading."""

    id: int
    nom: str
    genre: str
    adresses: tuple[str, ...]
    rythme: str
    prochain_le: datetime | None
    arretee: bool
    dernier: ImportVu | None


def sources_vues() -> tuple[SourceVue, ...]:
    """Return the sources, stopped ones last; three queries."""
    dernier = ImportDAnnuaire.objects.filter(source=OuterRef("pk")).order_by("-commence_le", "-pk").values("pk")[:1]
    lignes = list(SourceDAnnuaire.objects.annotate(lu=Subquery(dernier)).order_by("arretee_le", "nom", "pk"))
    vus = _vus(ImportDAnnuaire.objects.filter(pk__in=[s.lu for s in lignes if s.lu]).order_by("pk"))
    return tuple(
        SourceVue(
            s.pk, s.nom, GenreDeSource(s.genre).libelle,
            tuple(_sans_dossier(x) for x in (s.adresse, s.adresse_services) if x),
            Rythme(s.rythme).libelle, s.prochain_le, s.arretee_le is not None, vus.get(s.lu),
        )
        for s in sorted(lignes, key=lambda s: s.arretee_le is not None)
    )  # fmt: skip


def derniers_imports() -> tuple[ImportVu, ...]:
    """Return the last readings, latest first, those of the command line too; two queries."""
    vus = _vus(ImportDAnnuaire.objects.order_by("-commence_le", "-pk")[:PAR_PAGE])
    return tuple(vus.values())


def rapport_de(import_id: int) -> tuple[str, BilanDImport] | None:
    """Return the files and the remarks of a reading, line by line; ``None`` when it is unknown."""
    importation = ImportDAnnuaire.objects.filter(pk=import_id).first()
    if importation is None:
        return None
    bilan = BilanDImport()
    for ecrit in BlocDImport.objects.filter(importation=import_id).order_by("rang").values_list("bilan", flat=True):
        bilan.ajouter(BilanDImport.de_json(ecrit))
    return importation.fichiers, bilan


def _sans_dossier(adresse: str) -> str:
    """Show an address; of a file of this machine, its name only."""
    return adresse if "://" in adresse else f"fichier de cette machine : {adresse.rpartition('/')[2]}"


def _vus(imports: Any) -> Mapping[int, ImportVu]:
    lignes = list(imports.select_related("source"))
    en_cours = [i.pk for i in lignes if i.fini_le is None]
    faits: dict[int, int] = {}
    for pk in BlocDImport.objects.filter(importation__in=en_cours, rang__gt=0).order_by().values_list(
        "importation_id", flat=True
    ):
        faits[pk] = faits.get(pk, 0) + 1
    return {i.pk: _vu(i, faits.get(i.pk, 0)) for i in lignes}


def _vu(i: ImportDAnnuaire, faits: int) -> ImportVu:
    r: dict[str, int] = i.resume
    comptes = (
        f"{r['lus']} lignes : {r['crees']} créées, {r['modifies']} modifiées, {r['inchanges']} inchangées,"
        f" {r['refuses']} refusées"
        if r else ""
    )  # fmt: skip
    return ImportVu(
        i.pk, i.source.nom if i.source else "", i.fichiers, GenreDeSource(i.genre).libelle, i.commence_le, i.fini_le,
        f"{faits} bloc(s) sur {i.blocs or '?'}" if i.fini_le is None else "", comptes, r.get("doublons", 0),
        r.get("refuses", 0) + r.get("avertissements", 0), i.echec,
    )  # fmt: skip
