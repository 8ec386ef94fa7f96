"""The reader that serves this process: the shipped lexicon, and what the committee published since."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from premier_accueil.orientation.models import EntreeDuLexique
from premier_accueil.orientation.regles.lexique import EtatDEntree
from premier_accueil.socle import dossiers

if TYPE_CHECKING:
    from premier_accueil.orientation.comprendre import Lecteur
    from premier_accueil.orientation.comprendre.lexique import Entree

SUJET = "lexique"
"""What is told to every process when the published lexicon moved (``socle.notification``)."""


@dataclass
class _Place:
    """Who serves, and with which entries beside the shipped ones; nobody yet is the shipped lexicon alone."""

    ajouts: tuple[Entree, ...] = ()
    lecteur: Lecteur | None = None
    verrou: threading.Lock = field(default_factory=threading.Lock)


_place = _Place()


def lecteur() -> Lecteur:
    """Return the reader that serves; asks nothing of the database."""
    # The reader is heavy (lexicon, sentence encoder): only the first orientation pays for it.
    from premier_accueil.orientation.comprendre import charger

    return _place.lecteur or charger()


def pret() -> bool:
    """Tell whether whole sentences are understood yet: a server that starts takes some seconds."""
    return lecteur().pret


def publiees() -> tuple[Entree, ...]:
    """Return the published entries; one query."""
    from premier_accueil.orientation.comprendre.lexique import CODES, Entree

    lignes = EntreeDuLexique.objects.filter(etat=EtatDEntree.PUBLIEE.value).order_by("cle").values_list("dit", "vers")
    # A thématique that a newer vocabulary dropped must not keep the server from starting.
    gardees = ((dit, tuple(code for code in vers if code in CODES)) for dit, vers in lignes)
    return tuple(Entree(dit, vers) for dit, vers in gardees if vers)


def prendre_le_lexique(*, premier: bool = False, chauffer: bool = True) -> bool:
    """Take the published lexicon if it moved, once its sentence model was learnt; meanwhile the one before answers.

    Learning costs up to a minute: a worker does it (``lexique.apprendre``) and tells when it is done.

    Args:
        premier: the process starts and serves nobody: learn here if nobody did.
        chauffer: load the encoder and the model now; a command that reads one sentence waits to see if it needs them.

    Returns:
        whether what serves is now the published lexicon.
    """
    from premier_accueil.orientation.comprendre import charger
    from premier_accueil.orientation.comprendre.lecteur import lire

    with _place.verrou:
        ajouts = publiees()
        if ajouts != _place.ajouts or premier:
            # Without anything published the shipped reader is the one: it is not made twice.
            nouveau = lire(dossiers.donnees(), ajouts) if ajouts else charger()
            if not premier and not nouveau.appris():
                return False
            if chauffer:
                nouveau.chauffer()
            _place.ajouts, _place.lecteur = ajouts, nouveau if ajouts else None
        return True
