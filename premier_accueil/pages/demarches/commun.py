"""What these pages share: the same 404 for what is not and what one may not see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404

from premier_accueil.accueil.models import Passage
from premier_accueil.entretien.models import Demarche, Domiciliation
from premier_accueil.personnes.models import Personne


@contextmanager
def sinon_introuvable() -> Iterator[None]:
    """Answer 404, always the same, for what does not exist, is another structure's or is blocked (T4, T7)."""
    try:
        yield
    except (Demarche.DoesNotExist, Domiciliation.DoesNotExist, Passage.DoesNotExist, Personne.DoesNotExist) as erreur:
        raise Http404 from erreur
