"""What changes a person's file; each call is one transaction with its line in the journal."""

from premier_accueil.personnes.actions.adresse import (
    AdresseRevelee,
    lever_la_protection,
    proteger_l_adresse,
    reveler_l_adresse,
)
from premier_accueil.personnes.actions.commun import SaisieRefusee
from premier_accueil.personnes.actions.contact import Regle, poser_la_regle_de_contact
from premier_accueil.personnes.actions.dossier import Cree, DossierModifie, Etat, creer, modifier, noter_un_contact
from premier_accueil.personnes.actions.entourage import (
    Protection,
    ajouter_au_foyer,
    finir_une_mesure,
    poser_une_mesure,
    retirer_du_foyer,
)
from premier_accueil.personnes.actions.fusion import (
    defaire_une_fusion,
    proposer_une_fusion,
    refuser_une_fusion,
    valider_une_fusion,
)
from premier_accueil.personnes.actions.visibilite import (
    briser_la_glace,
    ecarter_une_structure,
    lever_un_blocage,
    ne_plus_ecarter,
    poser_un_blocage,
    voir_un_signalement,
)

__all__ = [
    "AdresseRevelee",
    "Cree",
    "DossierModifie",
    "Etat",
    "Protection",
    "Regle",
    "SaisieRefusee",
    "ajouter_au_foyer",
    "briser_la_glace",
    "creer",
    "defaire_une_fusion",
    "ecarter_une_structure",
    "finir_une_mesure",
    "lever_la_protection",
    "lever_un_blocage",
    "modifier",
    "ne_plus_ecarter",
    "noter_un_contact",
    "poser_la_regle_de_contact",
    "poser_un_blocage",
    "poser_une_mesure",
    "proposer_une_fusion",
    "proteger_l_adresse",
    "refuser_une_fusion",
    "retirer_du_foyer",
    "reveler_l_adresse",
    "valider_une_fusion",
    "voir_un_signalement",
]
