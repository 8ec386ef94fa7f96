"""What this room holds about people, and what it cuts when an agreement is withdrawn."""

from premier_accueil.relais.actions.gestes import couper
from premier_accueil.relais.regles import ETATS_DE_RELAIS, GESTES, reglages
from premier_accueil.socle.declarations import Declaration, couper_au_retrait, declarer

REGLAGES = reglages()
CODES = dict(ETATS_DE_RELAIS) | dict(REGLAGES.motifs) | {i.code: i.libelle for i in REGLAGES.issues.values()}
DES_GESTES = {nom: geste.libelle for nom, geste in GESTES.items()}

declarer(
    Declaration(
        "relais.Relais", "Vos relais vers d'autres services", "personne",
        colonnes={
            "destinataire": "vers", "envoye_le": "envoyé le", "etat": "état", "quand": "rendez-vous", "lieu": "lieu",
            "issue": "issue",
        },
        codes=CODES,
    ),
    Declaration(
        "relais.PasDeRelais", "Ce qui s'est passé dans vos relais", "relais__personne",
        colonnes={"geste": "geste", "fait_le": "le"}, codes=DES_GESTES,
    ),
    Declaration(
        "relais.MessageDeRelais", "Messages entre professionnels, avec votre accord", "relais__personne",
        colonnes={"signature": "de", "texte": "message", "envoye_le": "le"},
    ),
    Declaration(
        "relais.BrouillonDeRelais", "Relais préparés, pas encore envoyés", "relais__personne",
        colonnes={"relais": "relais"}, tait="Ce qui est préparé n'est pas encore dit : rien n'en est parti.",
    ),
    Declaration(
        "relais.LienDeRelais", "Liens donnés à un partenaire", "relais__personne",
        colonnes={"cree_le": "donné le", "ouvert_le": "ouvert le", "revoque_le": "arrêté le"},
    ),
)  # fmt: skip
couper_au_retrait("relais", couper)
