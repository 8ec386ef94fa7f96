"""Reads of what is shared: previews, agreements, registers, and what was received."""

from premier_accueil.partage.requetes.destinataires import (
    FONCTIONS_QUI_LISENT,
    StructureTrouvee,
    chercher_structures,
    courriels_du_destinataire,
    destinataire,
    lecteur_par_lien,
    statut_de,
)
from premier_accueil.partage.requetes.dossier import textes_connus
from premier_accueil.partage.requetes.envois import (
    AccordListe,
    Apercu,
    Souhait,
    accord_de,
    accords_de,
    apercu,
    dit_du_retrait,
)
from premier_accueil.partage.requetes.fondements import (
    ApercuSansAccord,
    AttestationVue,
    Envisage,
    apercu_sans_accord,
    attestations_de,
    bases_sans_accord,
    projeter_sans_accord,
)
from premier_accueil.partage.requetes.reception import (
    CommunicationListee,
    CommunicationLue,
    communication_recue,
    communications,
    lire,
)
from premier_accueil.partage.requetes.registre import (
    LigneDuDelegue,
    LigneVue,
    RegistreVu,
    registre_de,
    registre_du_delegue,
)

__all__ = [
    "FONCTIONS_QUI_LISENT",
    "AccordListe",
    "Apercu",
    "ApercuSansAccord",
    "AttestationVue",
    "CommunicationListee",
    "CommunicationLue",
    "Envisage",
    "LigneDuDelegue",
    "LigneVue",
    "RegistreVu",
    "Souhait",
    "StructureTrouvee",
    "accord_de",
    "accords_de",
    "apercu",
    "apercu_sans_accord",
    "attestations_de",
    "bases_sans_accord",
    "chercher_structures",
    "communication_recue",
    "communications",
    "courriels_du_destinataire",
    "destinataire",
    "dit_du_retrait",
    "lecteur_par_lien",
    "lire",
    "projeter_sans_accord",
    "registre_de",
    "registre_du_delegue",
    "statut_de",
    "textes_connus",
]
