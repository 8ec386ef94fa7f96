"""Reads of what is shared: previews, agreements, registers, and what was received."""

from premier_accueil.partage.requetes.destinataires import (
    FONCTIONS_QUI_LISENT,
    StructureTrouvee,
    chercher_structures,
    destinataire,
)
from premier_accueil.partage.requetes.dossier import textes_connus
from premier_accueil.partage.requetes.envois import (
    AccordListe,
    Apercu,
    LigneVue,
    Souhait,
    accord_de,
    accords_de,
    apercu,
    dit_du_retrait,
    registre_de,
)
from premier_accueil.partage.requetes.reception import (
    CommunicationListee,
    CommunicationLue,
    communication_recue,
    communications,
)

__all__ = [
    "FONCTIONS_QUI_LISENT",
    "AccordListe",
    "Apercu",
    "CommunicationListee",
    "CommunicationLue",
    "LigneVue",
    "Souhait",
    "StructureTrouvee",
    "accord_de",
    "accords_de",
    "apercu",
    "chercher_structures",
    "communication_recue",
    "communications",
    "destinataire",
    "dit_du_retrait",
    "registre_de",
    "textes_connus",
]
