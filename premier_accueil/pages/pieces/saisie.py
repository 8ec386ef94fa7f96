"""What the pages of papers send, checked and kept. No file is ever taken in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from premier_accueil.accueil.actions.pieces import DemandeDeBulletin
from premier_accueil.accueil.regles.pieces import Procedure

RAPPORTER, VUE, SANS_OBJET = "RAPPORTER", "VUE", "SANS_OBJET"
DITS = [(RAPPORTER, "À rapporter"), (VUE, "Vu aujourd'hui"), (SANS_OBJET, "Pas pour elle")]


def sans_copie(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse whatever comes with a file: a paper is shown and given back, never copied."""

    @wraps(vue)
    def gardee(requete: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if requete.method == "POST" and requete.FILES:
            return render(requete, "pieces/sans_copie.html", status=400)
        return vue(requete, *args, **kwargs)

    return gardee


class SaisieDeBulletin(forms.Form):
    """One choice for each paper that a text lets one ask; nothing is required: "à rapporter" is the default."""

    demande_id = forms.UUIDField(widget=forms.HiddenInput)
    retour = forms.IntegerField(required=False, min_value=1, max_value=2**53)

    def __init__(self, procedure: Procedure, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"demande_id": uuid4()})
        super().__init__(*args, **kwargs)
        self.procedure = procedure
        for papier in procedure.demandables:
            self.fields[_champ(papier.code)] = forms.ChoiceField(
                choices=DITS, required=False, initial=RAPPORTER, label=papier.libelle, widget=forms.RadioSelect
            )

    def lignes(self) -> list[dict[str, Any]]:
        """Return each paper with its choices, for the page."""
        return [
            {"papier": p, "nom": _champ(p.code), "dit": self[_champ(p.code)].value() or RAPPORTER, "choix": DITS}
            for p in self.procedure.demandables
        ]

    def demande(self, passage_id: int | None) -> DemandeDeBulletin:
        """Return the slip to make."""
        d = self.cleaned_data
        dits = {p.code: d.get(_champ(p.code)) for p in self.procedure.demandables}
        return DemandeDeBulletin(
            demande_id=d["demande_id"], procedure=self.procedure.code, retour_id=d["retour"], passage_id=passage_id,
            vues=frozenset(c for c, dit in dits.items() if dit == VUE),
            sans_objet=frozenset(c for c, dit in dits.items() if dit == SANS_OBJET),
        )  # fmt: skip


def _champ(code: str) -> str:
    return f"papier_{code}"


def entier(texte: str) -> int | None:
    """Return a key sent by a page, ``None`` when it is not one."""
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 16 else None


def identifiant(texte: str) -> UUID:
    """Return the identifier drawn by the page, a fresh one when it is not readable."""
    try:
        return UUID(texte)
    except ValueError:
        return uuid4()
