"""Live the lexicon through the product's own gestures: phrases offered, others ready to be tried."""

from __future__ import annotations

from datetime import datetime, timedelta

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


def completer_le_lexique(*, a: datetime) -> int:
    """Offer the example phrases and prepare others, once; return how many entries there are now.

    Args:
        a: now; everything happened before.
    """
    from premier_accueil.commandes.relais_vecus import role_du_compte
    from premier_accueil.orientation.actions.lexique import Dite, ajouter, proposer_une_phrase
    from premier_accueil.orientation.models import EntreeDuLexique

    fichier = lire_yaml(dossiers.donnees() / "demonstration" / "lexique.yaml")
    for p in fichier["proposees"]:
        proposer_une_phrase(p["dit"], a=a - timedelta(days=p["jours"]))
    role = role_du_compte(fichier["pretes"]["par"], a)
    for p in fichier["pretes"]["phrases"] if role else ():
        if role and not EntreeDuLexique.objects.filter(dit=p["dit"]).exists():
            ajouter(Dite(p["dit"], p["vers"], p["registre"]), role=role, a=a - timedelta(days=p["jours"]))
    return EntreeDuLexique.objects.count()
