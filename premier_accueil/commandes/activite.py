"""Give the demonstration a year behind it: the same seed, the same year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml

GRAINE = 44


def remplir(combien: int, *, a: datetime, progression: Callable[[int], object] | None = None) -> int:
    """Fill the counters of the demonstration with the year before today.

    Args:
        combien: visits in all; each place has its share (``donnees/demonstration/activite.yaml``).
        a: now; the year ends yesterday.
        progression: told how many visits were written at each block.

    Returns:
        how many were written; a place that already has visits is left alone.
    """
    from premier_accueil.accueil.actions.activite import charger_activite
    from premier_accueil.accueil.regles.activite import annee, modele
    from premier_accueil.accueil.requetes.activite import comptoir_de
    from premier_accueil.annuaire.regles.horaires import feries
    from premier_accueil.socle.horloge import jour_local

    plan = modele(lire_yaml(dossiers.donnees() / "demonstration" / "activite.yaml"))
    total, jour, parts = 0, jour_local(a), sum(plan.lieux.values())
    for rang, (lieu, part) in enumerate(plan.lieux.items()):
        comptoir = comptoir_de(lieu)
        if comptoir is None:
            continue
        chomes = feries(jour.year, comptoir.departement) | feries(jour.year - 1, comptoir.departement)
        visites = annee(
            plan, round(combien * part / parts), jusqu_a=jour, communes=list(comptoir.communes),
            feries=frozenset(chomes), graine=GRAINE + rang,
        )  # fmt: skip
        total += charger_activite(comptoir, visites, progression=progression)
    return total
