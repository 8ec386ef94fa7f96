"""Registers that only grow, one chain per structure and per register, sealed month by month.

``noter`` writes a line of the access journal, ``ajouter`` a line of any register (a subclass of ``Maillon``).
"""

from premier_accueil.socle.journal.ecriture import Geste, JournalMuet, ajouter, differer, noter

__all__ = ["Geste", "JournalMuet", "ajouter", "differer", "noter"]
