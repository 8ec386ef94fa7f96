"""What the professionals' search asks: every field may stay empty; what was typed stays on the page."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from premier_accueil.annuaire.regles.emploi import Moment
from premier_accueil.annuaire.regles.langues import langues
from premier_accueil.annuaire.regles.lieux import FAITS_DU_LIEU
from premier_accueil.annuaire.regles.recherche import (
    MINUTES,
    RAYON_KM,
    RAYONS,
    RELACHABLES,
    Criteres,
    canaux,
    famille_de,
    publics,
    themes,
)
from premier_accueil.pages.communes import trouver_commune
from premier_accueil.pages.personnes.formulaires import COMPLETER, Champs, Formulaire, case
from premier_accueil.pages.personnes.formulaires import jour as une_date
from premier_accueil.pages.personnes.formulaires import texte as ligne
from premier_accueil.territoire.regles import Mode

TOUT = ("", "Peu importe")
MODES = {Mode.VOITURE: "en voiture", Mode.TRANSPORT: "en transport", Mode.VELO: "à vélo", Mode.PIED: "à pied"}


@cache
def themes_par_famille() -> list[tuple[str, Any]]:
    """Return the themes for a list: each family, then its own under its name."""
    return [
        (mots, [(code, f"{mots} : tout"), *((c, m) for c, m in themes().items() if c.startswith(f"{code}--"))])
        for code, mots in themes().items()
        if famille_de(code) == code
    ]


def de_ce_siecle(champ: forms.DateField) -> forms.DateField:
    """Refuse the years that are a slip: 0026 is not 2026."""
    dit = "Vérifiez l'année."
    champ.validators += [MinValueValidator(date(2000, 1, 1), dit), MaxValueValidator(date(2100, 1, 1), dit)]
    return champ


def un(libelle: str, choix: list[tuple[str, Any]], aide: str = "") -> forms.ChoiceField:
    """Return a list from which nothing has to be chosen."""
    return forms.ChoiceField(label=libelle, choices=choix, required=False, help_text=aide)


def plusieurs(libelle: str, choix: list[tuple[str, str]]) -> forms.MultipleChoiceField:
    """Return boxes of which none has to be ticked."""
    return forms.MultipleChoiceField(
        label=libelle, choices=choix, required=False, widget=forms.CheckboxSelectMultiple
    )


class Recherche(Formulaire):
    """The search of a professional."""

    texte = ligne("Service, structure, mot", 120, widget=forms.TextInput({"data-raccourci": "/"}))
    commune = ligne("Près de", 120, widget=forms.TextInput(COMPLETER))
    theme = un("Thématique", [TOUT, *themes_par_famille()])
    portee = un(
        "Jusqu'où",
        [*((f"km-{n}", f"{n} km") for n in RAYONS), *((f"min-{n}", f"{n} minutes (estimation)") for n in MINUTES)],
    )
    mode = un("Comment", [(m.value, mots) for m, mots in MODES.items()], "Pour estimer le temps de trajet.")
    public = un("Public", [TOUT, *publics().items()])
    jour = de_ce_siecle(une_date("Ouvert le"))
    heure = forms.TimeField(label="à", required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    canal = un("Façon de recevoir", [TOUT, *canaux().items()])
    langue = un("Langue parlée", [TOUT, *langues().items()])
    acces = plusieurs("Le lieu", list(FAITS_DU_LIEU.items()))
    emploi = plusieurs("Pour qui travaille", [(m.value, m.libelle) for m in Moment])
    hors_ccas = case("Une autre porte que le CCAS")

    precisions = ("portee", "mode", "jour", "heure", "public", "canal", "langue", "emploi", "acces", "hors_ccas")

    def __init__(self, data: Any = None, **options: Any) -> None:
        options.setdefault("initial", {"portee": f"km-{RAYON_KM}", "mode": Mode.VOITURE.value})
        super().__init__(data, **options)
        self.fields["texte"].widget.attrs["class"] = "form-control"
        self.commune_code = ""

    def relacher(self, nom: str) -> None:
        """Empty what one criterion fills."""
        champs = {"ouvert_a": ("jour", "heure"), "minutes": ("portee",), "mots": ("texte",)}.get(nom, (nom,))
        for champ in champs if nom in RELACHABLES else ():
            self.data.pop(champ, None)  # type: ignore[attr-defined]

    def clean_commune(self) -> str:
        """Find the commune that is meant."""
        dite: str = self.cleaned_data["commune"]
        trouvee = trouver_commune(dite) if dite else None
        if dite and trouvee is None:
            raise forms.ValidationError("Nous ne connaissons pas cette commune. Vérifiez le nom, ou laissez vide.")
        self.commune_code = trouvee.code if trouvee else ""
        return trouvee.libelle if trouvee else ""

    def clean(self) -> Champs:
        """Ask for the hour of a day."""
        super().clean()
        if self.cleaned_data.get("jour") and not self.cleaned_data.get("heure") and "heure" not in self.errors:
            self.add_error("heure", "Donnez aussi l'heure : un service n'est pas ouvert toute la journée.")
        return self.cleaned_data

    @property
    def mode_dit(self) -> str:
        """Return how one travels, in words."""
        return MODES[Mode(self.cleaned_data["mode"] or Mode.VOITURE.value)]

    @property
    def precise(self) -> bool:
        """Tell whether something beyond words and place is asked: the rest of the form stays open."""
        d = self.data if self.is_bound else {}
        defauts = {"portee": f"km-{RAYON_KM}", "mode": Mode.VOITURE.value}
        return bool(self.errors) or any(d.get(n) and d.get(n) != defauts.get(n) for n in self.precisions)

    def criteres(self, a: datetime) -> Criteres:
        """Return what is asked; an hour without a day is that of today."""
        d = self.cleaned_data
        genre, _, nombre = (d["portee"] or f"km-{RAYON_KM}").partition("-")
        ouvert_a = None
        if d["heure"]:
            jour = d["jour"] or timezone.localdate(a)
            ouvert_a = timezone.make_aware(datetime.combine(jour, d["heure"]))
        return Criteres(
            mots=d["texte"], theme=d["theme"], public=d["public"], commune=self.commune_code,
            rayon_km=int(nombre) if genre == "km" else RAYON_KM, minutes=int(nombre) if genre == "min" else None,
            mode=d["mode"] or Mode.VOITURE.value, ouvert_a=ouvert_a, canal=d["canal"], langue=d["langue"],
            acces=frozenset(d["acces"]), emploi=frozenset(map(Moment, d["emploi"])), hors_ccas=d["hors_ccas"],
        )  # fmt: skip
