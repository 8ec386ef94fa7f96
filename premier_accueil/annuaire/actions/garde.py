"""What an import must leave alone: what somebody corrected by hand, and what another source masters after a merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from premier_accueil.annuaire.imports.bilan import BilanDImport, Origine
from premier_accueil.annuaire.models import AliasDeSource, Revision
from premier_accueil.annuaire.regles.historique import A_LA_MAIN, FICHE, Objet
from premier_accueil.annuaire.requetes.historique import champs_humains, en_doute
from premier_accueil.annuaire.requetes.valeurs import MODELES

CORRIGE = "corrigé à la main : gardé"
RIEN: frozenset[str] = frozenset()

# What follows a field: a corrected name keeps its sorting key, corrected hours keep their words.
SUIVENT = {
    "nom": {"cle"},
    "horaires": {"horaires_texte"},
    "horaires_texte": {"horaires"},
    "commune_id": {"departement", "point_verifie"},
    "latitude": {"longitude", "point_verifie"},
    "longitude": {"latitude", "point_verifie"},
}
OBJETS: dict[type[models.Model], Objet] = {modele: objet for objet, modele in MODELES.items()}


class Garde:
    """Fields that the rows at hand keep, whatever the file says."""

    def __init__(self, modele: type[models.Model], cles: Iterable[int]) -> None:
        """Read them; at most two queries.

        Args:
            modele: the table.
            cles: keys of the rows that may change.
        """
        self._objet = OBJETS.get(modele)
        demandees = sorted(set(cles))
        self._humains = champs_humains(self._objet, demandees) if self._objet and demandees else {}
        self._d_ailleurs: dict[int, set[str]] = defaultdict(set)
        if self._objet == Objet.STRUCTURE and demandees:
            for alias in AliasDeSource.objects.filter(structure__in=demandees).order_by("pk"):
                self._d_ailleurs[alias.structure_id] |= set(alias.champs)
        if self._objet == Objet.SERVICE and demandees:
            self._d_ailleurs |= {cle: {"date_maj"} for cle in en_doute(demandees)}

    def a_la_main(self, cle: int | None) -> frozenset[str]:
        """Return the fields of a row that somebody corrected."""
        return self._humains.get(cle, RIEN) if cle else RIEN

    def ecrits(
        self,
        rangee: models.Model,
        champs: Mapping[str, Any],
        origine: Origine,
        bilan: BilanDImport,
        alias: AliasDeSource | None = None,
    ) -> dict[str, Any]:
        """Return the fields that the file may write; say those kept by hand where it differs.

        Args:
            rangee: the row of today.
            champs: what the file says.
            alias: the entry that was merged into this one, when the line is of its source: it writes the fields chosen
                from it, and what is empty.
        """
        humains = self.a_la_main(rangee.pk)
        if FICHE in humains:  # somebody wrote the whole row here
            humains = frozenset(champs)
        tenus = _avec_ce_qui_suit(humains)
        for champ in humains & champs.keys():
            if not _pareil(getattr(rangee, champ), champs[champ]):
                bilan.avertir(origine, champ, CORRIGE, champs[champ])
        if alias is not None:
            siens = _avec_ce_qui_suit(alias.champs)
            tenus |= {c for c in champs if c not in siens and (c not in VIDES or getattr(rangee, c) not in (None, ""))}
        else:
            tenus |= _avec_ce_qui_suit(self._d_ailleurs.get(rangee.pk, ()))
        return {c: v for c, v in champs.items() if c not in tenus}


VIDES = frozenset({"description", "telephone", "courriel", "site_web", "siret"})
"""Fields of a structure that a merged source fills when nobody else does."""


def _avec_ce_qui_suit(champs: Iterable[str]) -> set[str]:
    dits = set(champs)
    return dits.union(*(SUIVENT.get(c, ()) for c in dits))


def _pareil(ici: object, la: object) -> bool:
    if isinstance(ici, list) and isinstance(la, list):
        return sorted(map(str, ici)) == sorted(map(str, la))
    return ici == la


def anciens_noms(cles: Iterable[int]) -> set[tuple[int, str]]:
    """Return the contacts that somebody renamed, with the name they had: a file that still gives it means them."""
    renommes = Revision.objects.filter(
        objet=Objet.INTERLOCUTEUR.value, objet_id__in=sorted(cles), champ="nom", annule_par=None,
        origine__in=[o.value for o in A_LA_MAIN],
    )  # fmt: skip
    return {(pk, str(avant)) for pk, avant in renommes.order_by("pk").values_list("objet_id", "avant")}
