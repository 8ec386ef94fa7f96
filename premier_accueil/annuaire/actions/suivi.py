"""Remember which blocks of an import are done, so that a killed one goes on where it stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from premier_accueil.annuaire.imports.bilan import BilanDImport
from premier_accueil.annuaire.models import BlocDImport, ImportDAnnuaire
from premier_accueil.annuaire.regles.sources import GenreDeSource, table_des_sources

LECTURE = 0
"""Rank of what reading the file said, before any block."""


class Suivi:
    """The record of one import."""

    def __init__(self, importation: ImportDAnnuaire) -> None:
        """Follow an import (see ``ouvrir``)."""
        self.importation = importation
        self.repris_a = 0

    def commencer(self, blocs: int, lecture: BilanDImport) -> None:
        """Say how many blocks there are, and what reading the file said."""
        ImportDAnnuaire.objects.filter(pk=self.importation.pk).update(blocs=blocs)
        BlocDImport.objects.update_or_create(
            importation=self.importation, rang=LECTURE, defaults={"bilan": lecture.en_json()}
        )

    def deja(self, rang: int) -> BilanDImport | None:
        """Return what a block did when it is already done."""
        fait = BlocDImport.objects.filter(importation=self.importation, rang=rang).values_list("bilan", flat=True)
        ecrit = fait.first()
        if ecrit is None:
            return None
        self.repris_a = max(self.repris_a, rang)
        return BilanDImport.de_json(ecrit)

    def noter(self, rang: int, bilan: BilanDImport) -> None:
        """Write that a block is done, in its own transaction."""
        BlocDImport.objects.create(importation=self.importation, rang=rang, bilan=bilan.en_json())

    def finir(self, bilan: BilanDImport, *, a: datetime, doublons: int = 0) -> None:
        """Keep the counts; the lines are in the blocks."""
        resume = {
            "lus": bilan.lus, "crees": bilan.crees, "modifies": bilan.modifies, "inchanges": bilan.inchanges,
            "refuses": bilan.refuses, "absents": bilan.absents, "avertissements": len(bilan.avertissements),
            "doublons": doublons,
        }  # fmt: skip
        ImportDAnnuaire.objects.filter(pk=self.importation.pk).update(fini_le=a, resume=resume)
        self.importation.refresh_from_db()


def ouvrir(
    genre: GenreDeSource, noms: Sequence[str], contenus: Sequence[bytes], *, a: datetime, source_id: int | None = None
) -> Suivi:
    """Return the record of an import: the one that was interrupted on the same files, else a new one.

    Args:
        genre: format of the files.
        noms: of the files, and of what changes their reading (the day they are true of).
        contenus: of the files.
        a: the moment.
        source_id: the declared source it comes from.
    """
    somme = hashlib.sha256(repr((genre.value, *noms)).encode())
    for contenu in contenus:
        somme.update(hashlib.sha256(contenu).digest())
    empreinte = somme.hexdigest()
    limite = a - timedelta(days=int(table_des_sources()["reprise_jours"]))
    ImportDAnnuaire.objects.filter(empreinte=empreinte, fini_le=None, commence_le__lt=limite).delete()
    en_cours = ImportDAnnuaire.objects.filter(empreinte=empreinte, fini_le=None)
    neuf = {
        "genre": genre.value, "fichiers": ", ".join(n for n in noms if n)[:500], "empreinte": empreinte,
        "commence_le": a, "source_id": source_id,
    }  # fmt: skip
    try:
        with transaction.atomic():
            return Suivi(en_cours.order_by("pk").first() or ImportDAnnuaire.objects.create(**neuf))
    except IntegrityError:  # somebody began the same one this very moment
        return Suivi(en_cours.get())
