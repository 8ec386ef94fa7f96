"""What this room holds about people."""

from premier_accueil.agenda.regles import CANAUX, ETATS_DE_RENDEZ_VOUS, RAISONS_DE_SILENCE
from premier_accueil.socle.declarations import Declaration, declarer

CODES = {str(code): libelle for code, libelle in (*ETATS_DE_RENDEZ_VOUS, *RAISONS_DE_SILENCE)}

declarer(
    Declaration(
        "agenda.RendezVous", "Vos rendez-vous", "personne",
        colonnes={"debut": "le", "canal": "comment", "etat": "état", "agent": "avec", "site": "lieu"},
        codes=CODES | {str(code): libelle.lower() for code, libelle in CANAUX},
    ),
    Declaration(
        "agenda.Silence", "Pourquoi on ne vous écrit plus", "personne",
        colonnes={"raison": "raison", "depuis": "depuis le", "leve_le": "jusqu'au"}, codes=CODES,
    ),
    Declaration(
        "agenda.Rappel", "Rappels de vos rendez-vous", "rendez_vous__personne",
        tait="Ils ne gardent ni votre numéro, ni ce qui a été écrit.",
    ),
    # Attached to nobody's file: its own date ends it.
    Declaration("agenda.RendezVousAnonyme", "Rendez-vous sans dossier", date="debut"),
)  # fmt: skip
