"""What every page of the interview shares: the same 404 for what is not and what one may not see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render

from premier_accueil.entretien.actions import GesteRefuse
from premier_accueil.pages.entree import RequeteDe
from premier_accueil.pages.personnes.commun import enregistre
from premier_accueil.pages.personnes.formulaires import Formulaire
from premier_accueil.personnes.actions import SaisieRefusee


@contextmanager
def sinon_introuvable() -> Iterator[None]:
    """Answer 404, always the same, for what does not exist, is another structure's or is blocked (T7)."""
    try:
        yield
    except ObjectDoesNotExist as erreur:
        raise Http404 from erreur


def fait(saisie: Formulaire, agir: Callable[[], object]) -> bool:
    """Do what a form asks; tell whether it was done, else the form says why and keeps what was typed."""

    def essayer() -> None:
        try:
            agir()
        except GesteRefuse as refus:
            raise SaisieRefusee("", str(refus)) from refus

    return enregistre(saisie, essayer)


def dire(requete: RequeteDe, agir: Callable[[], object], reussi: str) -> None:
    """Do a gesture that asks nothing more; say that it is done, or why it is not."""
    try:
        agir()
    except (GesteRefuse, SaisieRefusee) as refus:
        messages.error(requete, str(refus))
    else:
        messages.success(requete, reussi)


def formulaire(requete: RequeteDe, saisie: Formulaire, titre: str, bouton: str, **autres: Any) -> HttpResponse:
    """Show a form on its own page; 400 when it comes back to be corrected."""
    contexte = {
        "saisie": saisie, "titre": titre, "bouton": bouton, "qui": None, "aide": "", "raisons": (),
        "avertissements": (), "retour": "", **autres,
    }  # fmt: skip
    code = 400 if saisie.is_bound and saisie.errors else 200
    return render(requete, str(contexte.pop("gabarit", "entretien/formulaire.html")), contexte, status=code)
