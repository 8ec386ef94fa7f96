"""How well an entry is filled: the criteria of data·inclusion, and what would raise its score.

The score is the package's own; the age alone is counted here, by the clock that is handed down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data_inclusion.schema import v1
from data_inclusion.schema.v1.score_qualite import CRITERES

SIX_MOIS, DEUX_ANS = 183, 730
DATE = "date_maj_recente"
CONSEILS = {
    "adresse_bien_definie": "Écrire l'adresse : on y reçoit sur place.",
    "modes_mobilisation_bien_definis": "Dire comment les joindre, et qui peut le faire.",
    "au_moins_un_public": "Dire pour quels publics ; « tous publics » est une réponse.",
    "au_moins_une_thematique": "Choisir au moins une thématique.",
    "au_moins_un_moyen_de_contact": "Donner un téléphone, un courriel ou un lien.",
    "courriel_bien_defini": "Écrire le courriel : la fiche dit qu'on peut leur écrire.",
    DATE: "Confirmer la fiche : « rien n'a changé » suffit.",
    "frais_bien_definis": "Dire le coût ; s'il est payant, combien.",
    "description_bien_definie": "Décrire en 200 à 2 000 caractères ce que l'on y fait, pour qui.",
    "telephone_bien_defini": "Écrire le téléphone : la fiche dit qu'on peut les appeler.",
}
"""What would raise each criterion of the package."""


@dataclass(frozen=True)
class Remplissage:
    """What the criteria look at."""

    adresse: str = ""
    telephone: str = ""
    courriel: str = ""
    lien_mobilisation: str = ""
    description: str = ""
    frais: str = ""
    frais_precisions: str = ""
    modes_accueil: tuple[str, ...] = ()
    modes_mobilisation: tuple[str, ...] = ()
    mobilisable_par: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    thematiques: tuple[str, ...] = ()
    le: date | None = None


@dataclass(frozen=True)
class Qualite:
    """A score out of 100, and what would raise it, what counts most first.

    Attributes:
        notes: 0 to 1 by criterion of the package; what does not apply is left out.
    """

    sur_cent: int
    conseils: tuple[str, ...]
    notes: Mapping[str, float] = field(default_factory=dict)


def qualite(r: Remplissage, jour: date) -> Qualite:
    """Score an entry.

    Args:
        r: what is filled.
        jour: the local day.
    """
    service = _en_data_inclusion(r)
    notes: dict[str, float] = {}
    for critere in CRITERES:
        note = _age(r.le, jour) if critere.__name__ == DATE else _note(critere, service)
        if note is not None:
            notes[critere.__name__] = round(note, 2)
    manquent = sorted((note, nom) for nom, note in notes.items() if note < 1)
    return Qualite(round(100 * sum(notes.values()) / len(notes)), tuple(CONSEILS[nom] for _, nom in manquent), notes)


def _note(critere: Any, service: v1.Service) -> float | None:
    try:
        note: float | None = critere(service)
    except ValueError:  # a description of no character, or far too long
        return 0.0
    return note


def _age(le: date | None, jour: date) -> float:
    if le is None:
        return 0.0
    jours = (jour - le).days
    if jours < SIX_MOIS:
        return 1.0
    return max(0.0, (DEUX_ANS - jours) / (DEUX_ANS - SIX_MOIS))


def _en_data_inclusion(r: Remplissage) -> v1.Service:
    def codes(vocabulaire: Any, dits: tuple[str, ...]) -> Any:
        connus = {v.value for v in vocabulaire}
        return {vocabulaire(d) for d in dits if d in connus} or None

    return v1.Service.model_construct(
        adresse=r.adresse or None, telephone=r.telephone or None, courriel=r.courriel or None,
        lien_mobilisation=r.lien_mobilisation or None, description=r.description,
        frais=v1.Frais(r.frais) if r.frais in {f.value for f in v1.Frais} else None,
        frais_precisions=r.frais_precisions or None, modes_accueil=codes(v1.ModeAccueil, r.modes_accueil),
        modes_mobilisation=codes(v1.ModeMobilisation, r.modes_mobilisation),
        mobilisable_par=codes(v1.PersonneMobilisatrice, r.mobilisable_par), publics=codes(v1.Public, r.publics),
        thematiques=codes(v1.Thematique, r.thematiques), source="", date_maj=None,
    )  # fmt: skip
