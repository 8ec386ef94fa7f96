"""What a person is told of her data, and what has reached its term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model, Q

from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.models import DemandeDeDroit, Destruction
from premier_accueil.partage.regles.conservation import (
    GESTES_DE_DESTRUCTION,
    EtatDeDestruction,
    GenreDeDroit,
    echeance_d_un_droit,
)
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.declarations import Declaration, declarations
from premier_accueil.socle.etats import possibles
from premier_accueil.socle.journal import Geste, noter


@dataclass(frozen=True)
class Rubrique:
    """One table of a person's export: each row is a tuple of (label, value)."""

    libelle: str
    lignes: tuple[tuple[tuple[str, str], ...], ...]
    tait: str


@dataclass(frozen=True)
class DestructionVue:
    """A destruction, without any name."""

    id: int
    etat: str
    etat_libelle: str
    limite: datetime
    personnes: int
    comptes: tuple[tuple[str, int], ...]
    proposee_le: datetime
    visa: str
    finie_le: datetime | None
    gestes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DroitVu:
    """A right exercised, for whoever answers it."""

    id: int
    personne_id: int
    genre: str
    precisions: str
    recue_le: datetime
    echeance: datetime
    repondue_le: datetime | None
    reponse: str
    en_retard: bool


def donnees_de_la_personne(personne_id: int, *, role: Role, a: datetime) -> tuple[Rubrique, ...]:
    """Return all that is kept about a person, table by table, from the declarations; journaled as an export.

    A protected address is not in it: it is read at the reveal screen only (T3).

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    personne = Personne.objects.get(personnes_visibles(role, a), pk=personne_id)
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.EXPORT, action="donnees_de_la_personne",
        objet="PERSONNE", objet_id=personne.pk, a=a,
    )  # fmt: skip
    decide = _decision(personne.pk, a)
    return tuple(_rubrique(d, personne.pk, decide) for d in reversed(declarations()) if d.personne)


def _decision(personne_id: int, a: datetime) -> bool:
    """Tell whether the data-protection officer answered an access request of hers, for as long as an answer is due."""
    repondues = DemandeDeDroit.objects.filter(
        personne_id=personne_id, genre=GenreDeDroit.ACCES, repondue_le__isnull=False
    )
    derniere = repondues.order_by("-repondue_le", "-pk").values_list("repondue_le", flat=True).first()
    return derniere is not None and a <= echeance_d_un_droit(derniere)


def _rubrique(d: Declaration, personne_id: int, decide: bool) -> Rubrique:
    if not d.colonnes or (d.decision and not decide):
        return Rubrique(d.libelle, (), d.tait)
    rangees = d.classe._default_manager.filter(**{d.personne: personne_id}).order_by("pk")
    return Rubrique(d.libelle, tuple(tuple(_champs(r, d)) for r in rangees), d.tait)


def _champs(rangee: Model, d: Declaration) -> list[tuple[str, str]]:
    dits = []
    for nom, libelle in d.colonnes.items():
        montrer = getattr(rangee, f"get_{nom}_display", None)
        valeur = montrer() if callable(montrer) else getattr(rangee, nom)
        dit = _dire([d.codes.get(v, v) for v in valeur] if isinstance(valeur, list) else d.codes.get(valeur, valeur))
        if dit:
            dits.append((libelle, dit))
    return dits


def _dire(valeur: Any) -> str:
    if valeur is None or valeur == "":
        return ""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, datetime):
        return f"{valeur:%d/%m/%Y}"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    if isinstance(valeur, list | tuple):
        return ", ".join(str(v) for v in valeur)
    return str(valeur)


def destructions_de_la_structure(role: Role) -> tuple[DestructionVue, ...]:
    """Return the destructions of the role's structure, latest first; one query."""
    libelles = {d.modele: d.libelle for d in declarations()}
    return tuple(
        DestructionVue(
            d.pk, d.etat, d.get_etat_display(), d.limite, len(d.personnes),
            tuple((libelles.get(modele, modele), n) for modele, n in sorted(d.comptes.items())),
            d.proposee_le, d.visa, d.finie_le,
            tuple(possibles(GESTES_DE_DESTRUCTION, EtatDeDestruction(d.etat))),
        )
        for d in Destruction.objects.filter(structure_id=role.structure_id).order_by("-proposee_le", "-pk")
    )  # fmt: skip


def droits_exerces(role: Role, a: datetime) -> tuple[DroitVu, ...]:
    """Return the rights exercised in the role's structure: those to answer first, by term; one query."""
    un_an = a - timedelta(days=365)
    demandes = DemandeDeDroit.objects.filter(
        Q(repondue_le=None) | Q(recue_le__gte=un_an), structure_id=role.structure_id
    )
    return tuple(
        DroitVu(
            d.pk, d.personne_id, d.get_genre_display(), d.precisions, d.recue_le, d.echeance, d.repondue_le, d.reponse,
            d.repondue_le is None and d.echeance < a,
        )
        for d in sorted(demandes.order_by("echeance", "pk"), key=lambda d: d.repondue_le is not None)
    )  # fmt: skip
