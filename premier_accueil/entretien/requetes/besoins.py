"""Needs, as they stand: open until something answers them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import QuerySet

from premier_accueil.accueil.models import Besoin
from premier_accueil.accueil.regles import NATURES
from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.acces import passages_s_entretenir
from premier_accueil.orientation.requetes import libelles
from premier_accueil.socle.journal import Geste, noter

PAR_PAGE = 15
REPONSES = {code.value: libelle for code, libelle in NATURES}


@dataclass(frozen=True)
class BesoinVu:
    """A need: since when, in which passage, and what became of it.

    Open again (``rouvert_le``), it keeps what had been answered.
    """

    id: int
    libelle: str
    ouvert: bool
    passage_id: int
    entretien_id: int | None
    entendu_le: datetime
    reponse: str
    precisions: str
    repondu_le: datetime | None
    manque_le: datetime | None
    rouvert_le: datetime | None


@dataclass(frozen=True)
class BesoinsVus:
    """One page of open needs; ``total`` counts them all."""

    lignes: tuple[BesoinVu, ...]
    total: int
    page: int
    pages: int


def besoins_du_passage(passage_id: int) -> tuple[BesoinVu, ...]:
    """Return the needs of a passage that one already holds; one query."""
    return _vus(Besoin.objects.filter(passage_id=passage_id).order_by("pk"))


def besoins_ouverts(role: Role, a: datetime, page: int = 1) -> BesoinsVus:
    """Return the open needs of the structure, the oldest first, without a name nor a word; journaled.

    Args:
        page: from 1, of 15 needs.
    """
    ouverts = Besoin.objects.filter(
        passages_s_entretenir(role, a, "passage__"), etat=Besoin.Etat.OUVERT, passage__annule_le=None
    ).order_by("passage__arrive_le", "pk")
    suite = Paginator(ouverts, PAR_PAGE).get_page(page)
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="besoins_ouverts",
        objet="PASSAGE", objet_id=None, a=a,
    )  # fmt: skip
    debut = (suite.number - 1) * PAR_PAGE
    return BesoinsVus(
        _vus(ouverts[debut : debut + PAR_PAGE]), suite.paginator.count, suite.number, suite.paginator.num_pages
    )


def _vus(besoins: QuerySet[Besoin]) -> tuple[BesoinVu, ...]:
    mots = libelles()
    lignes = besoins.values_list(
        "pk", "thematique", "etat", "passage_id", "passage__entretien__pk", "passage__arrive_le", "suite__reponse",
        "suite__precisions", "suite__repondu_le", "suite__manque_le", "suite__rouvert_le",
    )  # fmt: skip
    return tuple(
        BesoinVu(
            cle, mots.get(code, "Besoin non reconnu"), etat == Besoin.Etat.OUVERT, passage, entretien, entendu,
            REPONSES.get(reponse or "", ""), precisions or "", repondu, manque, rouvert,
        )
        for cle, code, etat, passage, entretien, entendu, reponse, precisions, repondu, manque, rouvert in lignes
    )  # fmt: skip
