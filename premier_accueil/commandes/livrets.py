"""The printed guide of the demonstration: one territory, so that its page shows something."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

ADRESSE = "http://localhost:8000/annuaire/ouvert/"
COMMUNES = ("44213", "44003")


def imprimer_les_guides(*, a: datetime) -> None:
    """Make the guide of two communes of the made-up network; run twice, it is made once."""
    from premier_accueil.annuaire.actions.guides import DemandeDeGuide, GuideRefuse, demander_un_guide
    from premier_accueil.annuaire.regles.guides import Papier
    from premier_accueil.annuaire.requetes.guide import Territoire

    for papier in Papier:
        demande = DemandeDeGuide(uuid5(NAMESPACE_URL, ADRESSE + papier), Territoire(COMMUNES), papier, ADRESSE)
        try:
            demander_un_guide(demande, a)
        except GuideRefuse:  # a demonstration cut down to nothing there
            return
