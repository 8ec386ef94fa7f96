"""What every page of a file shares: the same 404 for what is not and what one may not see, the same way to send."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from premier_accueil.pages.entree import RequeteDe
from premier_accueil.pages.personnes.formulaires import Formulaire
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.personnes.models import Fusion, Personne
from premier_accueil.personnes.requetes import DossierVu, entete


@contextmanager
def sinon_introuvable() -> Iterator[None]:
    """Answer 404, always the same, for what does not exist, is another structure's or is blocked (T7)."""
    try:
        yield
    except (Personne.DoesNotExist, Fusion.DoesNotExist) as erreur:
        raise Http404 from erreur


def enregistre(saisie: Formulaire, agir: Callable[[], object]) -> bool:
    """Do what a form asks; tell whether it was done, else the form says why and keeps what was typed."""
    if not saisie.is_valid():
        return False
    try:
        agir()
    except SaisieRefusee as refus:
        saisie.add_error(refus.champ if refus.champ in saisie.fields else None, str(refus))
        return False
    return True


def page(
    requete: RequeteDe, personne_id: int, saisie: Formulaire, titre: str, bouton: str, *,
    dossier: DossierVu | None = None, **autres: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form about a person, under her name; 400 when it comes back to be corrected.

    Args:
        dossier: her file, when the page read it already: one reading, one line in the journal.
    """
    qui = dossier.entete if dossier else entete(personne_id, requete.role, timezone.now())
    contexte = {"qui": qui, "dossier": dossier, "saisie": saisie, "titre": titre, "bouton": bouton, "aide": ""} | autres
    gabarit = contexte.pop("gabarit", "personnes/formulaire.html")
    code = 400 if saisie.is_bound and saisie.errors else 200
    return render(requete, str(gabarit), contexte, status=code)


def au_dossier(personne_id: int, section: str = "") -> HttpResponse:
    """Go back to the file, at the section that changed."""
    reponse = redirect("personnes:dossier", personne_id)
    reponse["Location"] += f"#{section}" if section else ""
    return reponse
