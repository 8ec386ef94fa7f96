"""What this room holds about people. A passage knows no person: its own date ends it."""

from premier_accueil.socle.declarations import Declaration, declarer

declarer(
    Declaration(
        "accueil.PieceManquante", "Papiers demandés", "bulletin__passage__personne", "bulletin__cree_le",
        colonnes={"libelle": "papier", "texte": "exigé par", "vue_le": "montré le"},
    ),
    Declaration(
        "accueil.BulletinDePieces", "Papiers à rapporter", "passage__personne", "cree_le",
        colonnes={
            "libelle": "démarche", "cree_le": "donné le", "echeance": "à rapporter avant le", "revenue_le": "revenue le",
            "complet_le": "complet le",
        },
    ),
    Declaration("accueil.FeuilleDeRoute", "Feuilles de route", date="creee_le"),
    Declaration("accueil.Attente", "Tickets de la file", date="arrive_le"),
    Declaration("accueil.Passage", "Passages", date="arrive_le"),
)
