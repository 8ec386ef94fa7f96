"""What this room holds about people. A passage attached to a person follows her file; others end with their date."""

from premier_accueil.socle.declarations import Declaration, declarer

declarer(
    Declaration(
        "accueil.PieceManquante", "Papiers demandés", "bulletin__passage__personne", "bulletin__cree_le",
        colonnes={"libelle": "papier", "texte": "exigé par", "vue_le": "montré le"},
    ),
    Declaration(
        "accueil.BulletinDePieces", "Papiers à rapporter", "passage__personne", "cree_le",
        colonnes={
            "libelle": "démarche", "cree_le": "donné le", "echeance": "à rapporter avant le",
            "revenue_le": "revenue le", "complet_le": "complet le", "sms_le": "envoyé par SMS le",
        },
    ),
    Declaration(
        "accueil.Besoin", "Vos besoins", "passage__personne", colonnes={"thematique": "besoin", "etat": "état"},
    ),
    Declaration(
        "accueil.PremiereReponse", "Ce qui vous a été répondu", "passage__personne",
        colonnes={"nature": "réponse", "donnee_le": "le"},
    ),
    Declaration(
        "accueil.Orientation", "Où l'on vous a orienté", "passage__personne",
        colonnes={"nom_service": "service", "raisons": "raisons"},
    ),
    Declaration(
        "accueil.Passage", "Vos passages", "personne", "arrive_le",
        colonnes={
            "arrive_le": "le", "canal": "comment", "site": "lieu", "commune": "commune", "nom": "nom donné",
            "mots": "ce que vous avez dit",
        },
    ),
    Declaration("accueil.FeuilleDeRoute", "Feuilles de route", date="creee_le"),
    Declaration("accueil.Attente", "Tickets de la file", date="arrive_le"),
    Declaration("accueil.FermetureDeFile", "Fermetures de la file", date="fermee_le"),
)  # fmt: skip
