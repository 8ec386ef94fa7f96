"""What this room holds about people: an interview follows the person's file; without one, its own date."""

from premier_accueil.accueil.regles import NATURES
from premier_accueil.entretien.regles.demarches import DECISIONS, ETATS_DE_DEMARCHE, GESTES_DE_DEMARCHE, PROCEDURES
from premier_accueil.entretien.regles.domaines import domaines, presents
from premier_accueil.entretien.regles.domiciliation import DOMICILIATION, ETATS_DE_DOMICILIATION
from premier_accueil.entretien.regles.etats import FINS_DE_REFERENT, SUITES
from premier_accueil.socle.declarations import Declaration, declarer

A_RELIRE = "Remis quand le délégué à la protection des données a répondu à votre demande d'accès : il relit avant."
PAR_ENTRETIEN = "entretien__passage__personne"
CODES = (
    {d.code: d.libelle for d in domaines()}
    | {p.code: p.libelle for p in presents()}
    | dict(SUITES)
    | dict(FINS_DE_REFERENT)
    | {code.value: libelle for code, libelle in NATURES}
)
DES_DEMARCHES = {code: p.libelle for code, p in PROCEDURES.items()} | dict(ETATS_DE_DEMARCHE) | dict(DECISIONS)
DE_LA_DOMICILIATION = {
    **DOMICILIATION.refus, **DOMICILIATION.fins, **DOMICILIATION.soutien, **dict(ETATS_DE_DOMICILIATION),
}  # fmt: skip

declarer(
    Declaration(
        "entretien.Entretien", "Vos entretiens", "passage__personne", "ouvert_le",
        colonnes={
            "ouvert_le": "le", "presents": "qui était là", "natures": "premières réponses", "resume": "résumé",
            "suite": "suite donnée",
        },
        codes=CODES, tait=A_RELIRE, decision=True,
    ),
    Declaration(
        "entretien.Evaluation", "Ce qui a été compris de votre situation", PAR_ENTRETIEN, "posee_le",
        colonnes={"posee_le": "le", "phrase": "en une phrase"}, tait=A_RELIRE, decision=True,
    ),
    Declaration(
        "entretien.NotePrivee", "Notes de travail de vos entretiens", PAR_ENTRETIEN, "ecrite_le",
        colonnes={"ecrite_le": "le", "texte": "note"}, tait=A_RELIRE, decision=True,
    ),
    Declaration(
        "entretien.DomaineAborde", "Sujets abordés", PAR_ENTRETIEN,
        colonnes={"code": "sujet", "texte": "ce qui en a été dit"}, codes=CODES, tait=A_RELIRE, decision=True,
    ),
    Declaration(
        "entretien.Promesse", "Ce que nous avons promis de faire", PAR_ENTRETIEN,
        colonnes={"texte": "quoi", "pour_le": "pour le", "faite_le": "fait le"},
    ),
    Declaration(
        "entretien.SuiteDuBesoin", "Réponses à vos besoins", "besoin__passage__personne",
        colonnes={
            "reponse": "réponse", "precisions": "précisions", "repondu_le": "le", "manque_le": "sans réponse, noté le",
            "rouvert_le": "rouvert le",
        },
        codes=CODES,
    ),
    Declaration(
        "entretien.PointDeSituation", "Points de situation", PAR_ENTRETIEN, "prevu_le",
        colonnes={"prevu_le": "prévu le", "etat": "état", "prevenue_le": "changement dit le"},
    ),
    Declaration(
        "entretien.ReferentDeParcours", "Votre référent", "personne",
        colonnes={"compte": "nom", "debut": "depuis le", "fin": "jusqu'au", "motif_de_fin": "fin"}, codes=CODES,
    ),
    Declaration(
        "entretien.Demarche", "Vos démarches", "personne", "modifiee_le",
        colonnes={
            "procedure": "démarche", "objet": "objet", "aupres": "auprès de", "deposee_le": "déposée le",
            "reference": "référence", "competente": "transmise à", "pieces": "pièces demandées", "etat": "état",
            "decision": "décision", "decidee_le": "le", "recours_le": "contestée le",
        },
        codes=DES_DEMARCHES,
    ),
    Declaration(
        "entretien.GesteDeDemarche", "Ce qui a été fait dans vos démarches", "demarche__personne",
        colonnes={"geste": "geste", "jour": "le"}, codes={g: t.libelle for g, t in GESTES_DE_DEMARCHE.items()},
    ),
    Declaration(
        "entretien.Domiciliation", "Vos domiciliations", "personne",
        colonnes={
            "demandee_le": "demandée le", "etat": "état", "debut": "du", "fin": "au", "motif": "raison",
            "decision_ecrite": "décision", "orientee_vers": "orientation", "soutien": "accompagnement proposé",
            "referent_souhaite": "avec",
        },
        codes=DE_LA_DOMICILIATION,
    ),
    Declaration(
        "entretien.ContactDeDomiciliation", "Vos passages et appels (domiciliation)", "domiciliation__personne",
        colonnes={"genre": "comment", "jour": "le"}, codes=dict(DOMICILIATION.contacts),
    ),
    Declaration(
        "entretien.AbsenceExpliquee", "Vos absences expliquées (domiciliation)", "domiciliation__personne",
        colonnes={"motif": "raison", "du": "du", "au": "au"}, codes=dict(DOMICILIATION.excuses),
    ),
    Declaration("entretien.Absence", "Absences et remplacements", date="fin"),
    Declaration("entretien.DemandeDeConseil", "Demandes de conseil", date="posee_le"),
    Declaration("entretien.Vignette", "Vignettes", date="ecrite_le"),
)  # fmt: skip
