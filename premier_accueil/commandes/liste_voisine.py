"""The demonstration's neighbouring list: a source read again by itself, its report, entries that look alike."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

NOM = "Liste voisine (exemple)"


def lire_la_liste_voisine(dossier: Path, *, a: datetime) -> None:
    """Declare the list and read it, once; a second time does nothing.

    Args:
        dossier: holds ``structures.json`` and ``services.json``.
        a: the moment.
    """
    from premier_accueil.annuaire.actions.sources import SourceRefusee, declarer_une_source, lire_une_source

    try:
        source = declarer_une_source(
            nom=NOM, genre="DATA_INCLUSION", adresse=str(dossier / "structures.json"),
            adresse_services=str(dossier / "services.json"), rythme="MOIS", role=None, a=a,
        )  # fmt: skip
    except SourceRefusee:  # it is there already
        return
    lire_une_source(a=a, source_id=source.pk)
