"""What the pages of the lexicon send."""

from __future__ import annotations

from typing import Any

from django import forms

from premier_accueil.orientation.actions.lexique import UN_A_TROIS, Dite, PhraseRefusee
from premier_accueil.orientation.regles.lexique import DIT_MAX, Registre
from premier_accueil.orientation.requetes import familles
from premier_accueil.orientation.requetes.lexique import EntreeVue
from premier_accueil.pages.personnes.formulaires import Formulaire, Libre

RANGS = ("vers_1", "vers_2", "vers_3")


def _phrase(libelle: str, aide: str) -> Libre:
    return Libre(
        label=libelle, max_length=DIT_MAX, help_text=aide, widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Écrivez la phrase, avec des mots."},
    )  # fmt: skip


def _besoin(libelle: str, *, requis: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=libelle, required=requis, error_messages={"required": UN_A_TROIS})


class SaisieDePhrase(Formulaire):
    """A phrase that was not understood, written for this purpose."""

    dit = _phrase(
        "La phrase, sans rien qui désigne quelqu'un",
        "Écrivez-la telle que les gens le disent : « ma caisse est morte ». Ni nom, ni lieu, ni numéro, ni date.",
    )


class SaisieDEntree(Formulaire):
    """A phrase and what it means."""

    dit = _phrase("Ce que les gens disent", "Comme on le dit. Ni nom, ni lieu, ni numéro, ni date.")
    vers_1 = _besoin("Ce que cela veut dire : besoin le plus probable", requis=True)
    vers_2 = _besoin("Deuxième besoin")
    vers_3 = _besoin("Troisième besoin")
    registre = forms.ChoiceField(
        label="Registre", required=False, choices=[("", "Sans préciser"), *((r.value, r.libelle) for r in Registre)]
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)

    def __init__(self, data: Any = None, *, entree: EntreeVue | None = None) -> None:
        super().__init__(data, initial=_de(entree) if entree else None)
        for nom in RANGS:
            self.choix(nom, [("", "Choisir…" if nom == RANGS[0] else "Aucun"), *_besoins()])

    @property
    def version_lue(self) -> int:
        """Return the version that was on the screen."""
        return self.cleaned_data.get("version") or 0

    def dite(self) -> Dite:
        """Return what the committee says."""
        d = self.cleaned_data
        return Dite(d["dit"], [d[nom] for nom in RANGS], d["registre"])


def refuser(saisie: Formulaire, refus: PhraseRefusee) -> None:
    """Say beside the field why it cannot be kept."""
    champ = RANGS[0] if refus.champ == "vers" else refus.champ
    for phrase in refus.phrases:
        saisie.add_error(champ if champ in saisie.fields else None, phrase)


def _besoins() -> list[tuple[str, Any]]:
    return [(f.libelle, list(f.thematiques)) for f in familles()]


def _de(e: EntreeVue) -> dict[str, Any]:
    return dict(zip(RANGS, e.vers, strict=False)) | {"dit": e.dit, "registre": e.registre_code, "version": e.version}
