"""What this room holds about people."""

from premier_accueil.socle.declarations import Declaration, declarer

declarer(
    Declaration(
        "partage.Accord", "Accords que vous avez donnés", "personne",
        colonnes=("but", "destinataire", "elements", "debut", "fin", "obtention", "presents", "retire_le"),
    ),
    Declaration(
        "partage.DemandeDeDroit", "Droits que vous avez exercés", "personne",
        colonnes=("genre", "precisions", "recue_le", "echeance", "reponse", "repondue_le"),
    ),
    # A copy belongs to whoever received it; it ends with its own date, the person's file apart.
    Declaration("partage.Communication", "Copies reçues", date="fin"),
)  # fmt: skip
