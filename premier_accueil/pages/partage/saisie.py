"""What the pages of an agreement send: one form for all steps, nothing kept before the person said yes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.http import QueryDict

from premier_accueil.acteurs.regles import Fonction, GenreDeStructure
from premier_accueil.partage.actions import PAR_CODE, Recueil
from premier_accueil.partage.regles import Attestee, Remarque, relire, table_de_partage
from premier_accueil.partage.requetes import FONCTIONS_QUI_LISENT, Souhait
from premier_accueil.socle.texte import propre

TABLE = table_de_partage()
DUREES = [(j, f"{j} jours") for j in (30, 90, 180, 365) if j <= TABLE.duree_au_plus]
BASES = [(b.code, b.article) for b in TABLE.bases.values() if b.accord]
CONDITIONS = [(code, dit) for b in TABLE.bases.values() for code, dit in b.conditions.items()]
LONGUEUR = 4000


class SaisieDAccord(forms.Form):
    """Purpose and recipient, then items and their words, then how the person said yes."""

    demande_id = forms.UUIDField()
    but = forms.ChoiceField(
        choices=[(b.code, b.libelle) for b in TABLE.buts.values() if not b.texte_seul],
        error_messages={"required": "Choisissez pour quoi."},
    )
    base = forms.ChoiceField(choices=BASES, required=False)
    cherche = forms.CharField(max_length=120, required=False)
    destinataire = forms.IntegerField(
        min_value=1, max_value=2**62, error_messages={"required": "Cherchez puis choisissez une structure."}
    )
    fonction = forms.ChoiceField(choices=[(f.value, f.libelle) for f in FONCTIONS_QUI_LISENT], required=False)
    suivie_ensemble = forms.BooleanField(required=False)
    jours = forms.TypedChoiceField(choices=DUREES, coerce=int, required=False)
    elements = forms.MultipleChoiceField(
        choices=[(e.code, e.libelle) for e in TABLE.elements.values()], required=False
    )
    obtention = forms.ChoiceField(choices=list(TABLE.obtentions.items()), required=False)
    presents = forms.MultipleChoiceField(choices=[(p.code, p.libelle) for p in TABLE.presents.values()], required=False)
    demande_a_la_personne = forms.BooleanField(required=False)
    lien = forms.BooleanField(required=False)
    # Whose proposals these boxes already bear: a change of recipient proposes anew.
    propose_pour = forms.IntegerField(required=False)
    numero = forms.CharField(max_length=40, required=False)
    sans_risque = forms.BooleanField(required=False)
    code = forms.CharField(max_length=20, required=False)
    conditions = forms.MultipleChoiceField(choices=CONDITIONS, required=False)
    raison = forms.CharField(max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in TABLE.elements:
            self.fields[f"texte_{code}"] = forms.CharField(max_length=LONGUEUR, required=False, strip=False)

    @property
    def fonction_choisie(self) -> Fonction:
        """Return who would read: the social worker unless told otherwise."""
        return Fonction(self.cleaned_data.get("fonction") or Fonction.TRAVAIL_SOCIAL.value)

    def textes(self) -> dict[str, str]:
        """Return the words of the ticked items, in the order of the table; an imposed text needs none."""
        coches = self.cleaned_data.get("elements", [])
        return {code: propre(self.cleaned_data.get(f"texte_{code}", "")) for code in TABLE.elements if code in coches}

    def souhait(self, personne_id: int) -> Souhait:
        """Return what the agent would like to tell."""
        d = self.cleaned_data
        return Souhait(
            personne_id, d["but"], d["base"] or "ACCORD", d["destinataire"], self.fonction_choisie, self.textes(),
            d["suivie_ensemble"], d["jours"] or TABLE.duree_par_defaut,
        )  # fmt: skip

    def recueil(self, elements: Iterable[str], *, par_code: bool = False) -> Recueil:
        """Return how the person said yes, to these items; ``par_code``: with the code she received."""
        d = self.cleaned_data
        return Recueil(
            d["demande_id"], frozenset(elements), PAR_CODE if par_code else d["obtention"], frozenset(d["presents"]),
            d["demande_a_la_personne"], Attestee(frozenset(d["conditions"]), propre(d["raison"]), informee=True),
        )  # fmt: skip

    def proposer_la_duree(self, delai_jours: int | None) -> None:
        """Show the shortest length that covers the delay of a convention."""
        if delai_jours is not None:
            duree = next((j for j, _ in DUREES if j >= delai_jours), DUREES[-1][0])
            donnees = cast(QueryDict, self.data).copy()
            donnees["jours"] = str(duree)
            self.data = donnees

    def remarques(self) -> list[tuple[str, Remarque]]:
        """Return what deserves a second look, by label."""
        return [
            (TABLE.elements[code].libelle, r) for code, texte in self.textes().items() for r in relire(texte)
        ]  # fmt: skip


@dataclass(frozen=True)
class LigneDeSaisie:
    """One item of the second step."""

    code: str
    libelle: str
    texte: str
    impose: str
    coche: bool

    @property
    def champ(self) -> str:
        """Return the name of its field."""
        return f"texte_{self.code}"


def lignes(
    saisie: SaisieDAccord, genre: GenreDeStructure, connus: Mapping[str, str], proposes: Collection[str] = ()
) -> list[LigneDeSaisie]:
    """Return the items that move this purpose and enter this recipient's mission, with what the file already says.

    Nothing is ticked in advance but what a convention proposes: what leaves is chosen.

    Args:
        connus: words of the file, by code.
        proposes: codes to tick, once.
    """
    attendus = attendus_pour(saisie, genre)
    coches = {*saisie.cleaned_data.get("elements", []), *proposes}
    return [
        LigneDeSaisie(
            e.code, e.libelle,
            saisie.data.get(f"texte_{e.code}", connus.get(e.code, ""))[:LONGUEUR], e.impose, e.code in coches,
        )
        for e in TABLE.elements.values() if e.code in attendus
    ]  # fmt: skip


def attendus_pour(saisie: SaisieDAccord, genre: GenreDeStructure) -> frozenset[str]:
    """Return what moves the purpose and enters the mission of who would read."""
    return TABLE.buts[saisie.cleaned_data["but"]].elements & TABLE.attendus(genre, saisie.fonction_choisie)


def vierge() -> dict[str, Any]:
    """Return the first values of the page."""
    return {"demande_id": uuid4(), "base": "ACCORD", "fonction": "TRAVAIL_SOCIAL", "jours": TABLE.duree_par_defaut}
