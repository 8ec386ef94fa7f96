"""What somebody does in a structure, and what each function may do: one table, printed in the guide as it stands."""

from __future__ import annotations

from enum import Enum


class Fonction(Enum):
    """What somebody does in a structure; decides which pages they enter."""

    ACCUEIL = "ACCUEIL"
    TRAVAIL_SOCIAL = "TRAVAIL_SOCIAL"
    REFERENT_METIER = "REFERENT_METIER"
    ENCADREMENT = "ENCADREMENT"
    COORDINATION = "COORDINATION"
    PARTENAIRE = "PARTENAIRE"
    ELU = "ELU"
    BENEVOLE = "BENEVOLE"
    DPO = "DPO"
    ADMINISTRATION = "ADMINISTRATION"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return LIBELLES_DE_FONCTION[self]


LIBELLES_DE_FONCTION = {
    Fonction.ACCUEIL: "Agent d'accueil",
    Fonction.TRAVAIL_SOCIAL: "Travailleur social",
    Fonction.REFERENT_METIER: "Référent métier",
    Fonction.ENCADREMENT: "Encadrement",
    Fonction.COORDINATION: "Coordination du département",
    Fonction.PARTENAIRE: "Partenaire",
    Fonction.ELU: "Élu",
    Fonction.BENEVOLE: "Bénévole",
    Fonction.DPO: "Délégué à la protection des données",
    Fonction.ADMINISTRATION: "Administration de la structure",
}


class Droit(Enum):
    """Something that a function may do or not."""

    CONSULTER_L_ANNUAIRE = "CONSULTER_L_ANNUAIRE"
    RECEVOIR = "RECEVOIR"
    VOIR_LES_PASSAGES_DE_LA_STRUCTURE = "VOIR_LES_PASSAGES_DE_LA_STRUCTURE"
    OUVRIR_UN_DOSSIER = "OUVRIR_UN_DOSSIER"
    S_ENTRETENIR = "S_ENTRETENIR"
    CONSEILLER = "CONSEILLER"
    ETRE_PREVENU = "ETRE_PREVENU"
    COMMUNIQUER = "COMMUNIQUER"
    LIRE_CE_QUI_EST_SOUMIS = "LIRE_CE_QUI_EST_SOUMIS"
    VOIR_LES_VOLUMES = "VOIR_LES_VOLUMES"
    VOIR_LES_FAITS = "VOIR_LES_FAITS"
    TENIR_L_AGENDA = "TENIR_L_AGENDA"
    TENIR_LES_FICHES = "TENIR_LES_FICHES"
    TENIR_LES_REGISTRES = "TENIR_LES_REGISTRES"
    ADMINISTRER = "ADMINISTRER"
    TENIR_SA_FICHE = "TENIR_SA_FICHE"
    TENIR_L_ANNUAIRE = "TENIR_L_ANNUAIRE"

    @property
    def libelle(self) -> str:
        """Return the French words of the guide."""
        return LIBELLES_DE_DROIT[self]


LIBELLES_DE_DROIT = {
    Droit.CONSULTER_L_ANNUAIRE: "Consulter l'annuaire partagé et orienter",
    Droit.RECEVOIR: "Recevoir une personne, tenir la file, noter son passage",
    Droit.VOIR_LES_PASSAGES_DE_LA_STRUCTURE: "Voir tous les passages de sa structure (sinon : les siens)",
    Droit.OUVRIR_UN_DOSSIER: "Chercher, ouvrir et tenir le dossier d'une personne de sa structure",
    Droit.S_ENTRETENIR: "Mener un entretien, prévoir un point de situation, être référent",
    Droit.CONSEILLER: "Répondre aux demandes de conseil, sans identité",
    Droit.ETRE_PREVENU: "Être prévenu quand un collègue ouvre un dossier par exception",
    Droit.COMMUNIQUER: "Demander un accord et communiquer ce que l'accord permet",
    Droit.LIRE_CE_QUI_EST_SOUMIS: "Lire ce qui lui a été soumis ou communiqué, et rien d'autre",
    Droit.VOIR_LES_VOLUMES: "Voir des nombres d'au moins 10, jamais un contenu",
    Droit.VOIR_LES_FAITS: "Voir les faits sans identité du département, jamais une personne",
    Droit.TENIR_L_AGENDA: "Dire quand sa structure reçoit sur rendez-vous",
    Droit.TENIR_LES_FICHES: "Noter la décision qui valide une fiche repère, et voir qui l'a lue dans sa structure",
    Droit.TENIR_LES_REGISTRES: "Tenir le journal des accès, le registre des communications et la conservation",
    Droit.ADMINISTRER: "Donner et terminer les missions de sa structure, sauf les siennes",
    Droit.TENIR_SA_FICHE: "Corriger et confirmer la fiche de sa structure dans l'annuaire",
    Droit.TENIR_L_ANNUAIRE: "Tenir le lexique et l'annuaire du département (fiches, campagnes, imports, doublons)",
}

_TOUS = frozenset({Droit.CONSULTER_L_ANNUAIRE})
DROITS: dict[Fonction, frozenset[Droit]] = {
    Fonction.ACCUEIL: _TOUS
    | {
        Droit.RECEVOIR, Droit.VOIR_LES_PASSAGES_DE_LA_STRUCTURE, Droit.OUVRIR_UN_DOSSIER,
        Droit.VOIR_LES_VOLUMES, Droit.TENIR_SA_FICHE,
    },
    Fonction.TRAVAIL_SOCIAL: _TOUS
    | {
        Droit.RECEVOIR, Droit.VOIR_LES_PASSAGES_DE_LA_STRUCTURE, Droit.OUVRIR_UN_DOSSIER,
        Droit.S_ENTRETENIR, Droit.ETRE_PREVENU, Droit.COMMUNIQUER, Droit.LIRE_CE_QUI_EST_SOUMIS,
        Droit.VOIR_LES_VOLUMES, Droit.TENIR_L_AGENDA, Droit.TENIR_SA_FICHE,
    },
    Fonction.REFERENT_METIER: _TOUS
    | {
        Droit.CONSEILLER, Droit.LIRE_CE_QUI_EST_SOUMIS, Droit.VOIR_LES_VOLUMES, Droit.TENIR_SA_FICHE,
        Droit.TENIR_LES_FICHES,
    },
    Fonction.ENCADREMENT: _TOUS
    | {Droit.ETRE_PREVENU, Droit.VOIR_LES_VOLUMES, Droit.TENIR_SA_FICHE, Droit.TENIR_LES_FICHES},
    Fonction.COORDINATION: _TOUS
    | {Droit.VOIR_LES_VOLUMES, Droit.VOIR_LES_FAITS, Droit.TENIR_L_ANNUAIRE, Droit.TENIR_LES_FICHES},
    Fonction.PARTENAIRE: _TOUS | {Droit.LIRE_CE_QUI_EST_SOUMIS, Droit.TENIR_SA_FICHE},
    # T10: own visits and aggregates only. The deputy mayor receives where no CCAS exists (S0).
    Fonction.ELU: _TOUS | {Droit.RECEVOIR, Droit.VOIR_LES_VOLUMES},
    Fonction.BENEVOLE: _TOUS | {Droit.RECEVOIR, Droit.VOIR_LES_VOLUMES},
    Fonction.DPO: _TOUS | {Droit.TENIR_LES_REGISTRES},
    Fonction.ADMINISTRATION: _TOUS | {
        Droit.ADMINISTRER, Droit.ETRE_PREVENU, Droit.VOIR_LES_VOLUMES, Droit.TENIR_L_AGENDA,
        Droit.TENIR_SA_FICHE, Droit.TENIR_LES_FICHES,
    },
}  # fmt: skip
"""What each function may do; nothing is allowed that is not written here."""

FINISSENT = frozenset({Fonction.ELU, Fonction.BENEVOLE})
"""Functions whose missions always bear an end date: access ends with the mandate (T10)."""


def peut(fonction: Fonction, droit: Droit) -> bool:
    """Tell whether a function may do something."""
    return droit in DROITS[fonction]


def fonctions_qui(*droits: Droit) -> frozenset[Fonction]:
    """Return the functions that may do at least one of these things."""
    return frozenset(f for f, siens in DROITS.items() if siens & frozenset(droits))


RECOIVENT = fonctions_qui(Droit.RECEVOIR)
"""Functions that receive people at a counter."""
