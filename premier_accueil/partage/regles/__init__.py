"""What may leave of a file, for whom and why; how an agreement is asked; how words are re-read. No database."""

from premier_accueil.partage.regles.accord import (
    FIN_D_ACCES,
    dire_le_retrait,
    refus_d_accord,
    texte_a_lire,
    themes_entendus,
)
from premier_accueil.partage.regles.bases import RIEN_D_ATTESTE, Attestee, refus_d_attestation, refus_de_base
from premier_accueil.partage.regles.projection import projection
from premier_accueil.partage.regles.table import But, GenreDElement, Regime, TableDePartage, table_de_partage
from premier_accueil.partage.regles.texte_libre import Remarque, relire
from premier_accueil.partage.regles.valeurs import AccordVu, Destinataire, Dossier, Element, Ligne, Projection

__all__ = [
    "FIN_D_ACCES",
    "RIEN_D_ATTESTE",
    "AccordVu",
    "Attestee",
    "But",
    "Destinataire",
    "Dossier",
    "Element",
    "GenreDElement",
    "Ligne",
    "Projection",
    "Regime",
    "Remarque",
    "TableDePartage",
    "dire_le_retrait",
    "projection",
    "refus_d_accord",
    "refus_d_attestation",
    "refus_de_base",
    "relire",
    "table_de_partage",
    "texte_a_lire",
    "themes_entendus",
]
