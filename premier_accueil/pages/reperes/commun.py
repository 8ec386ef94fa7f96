"""What the pages of the sheets share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404, HttpRequest

from premier_accueil.accueil.requetes import Poste, poste_de_travail
from premier_accueil.pages.entree import RequeteDe
from premier_accueil.reperes.models import FicheRepere, GuideOperationnel, VersionDeFiche


@contextmanager
def sinon_introuvable() -> Iterator[None]:
    """Answer 404, always the same, for what does not exist or is another structure's draft."""
    try:
        yield
    except (FicheRepere.DoesNotExist, VersionDeFiche.DoesNotExist, GuideOperationnel.DoesNotExist) as erreur:
        raise Http404 from erreur


def numero_dit(requete: HttpRequest, nom: str) -> int | None:
    """Return a small number of the address or of the form, ``None`` when it is none."""
    dit = requete.POST.get(nom, "") or requete.GET.get(nom, "")
    return int(dit) if dit.isascii() and dit.isdigit() and len(dit) < 5 else None


def poste(requete: RequeteDe) -> Poste | None:
    """Return where the reader works, if their structure has a place."""
    return poste_de_travail(requete.role, requete.session.get("site"))
