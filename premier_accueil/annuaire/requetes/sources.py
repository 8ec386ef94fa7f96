"""Find the entries of a source by the identifiers it gives, those of merged entries included."""

from __future__ import annotations

from collections.abc import Iterable

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.models import AliasDeSource


def ids_connus(sources: Iterable[str]) -> set[tuple[str, str]]:
    """Return the (source, identifier) of the structures of some sources."""
    demandees = sorted(sources)
    return {
        paire
        for modele in (Structure, AliasDeSource)
        for paire in modele._default_manager.filter(source__in=demandees).order_by().values_list("source", "source_id")
    }
