"""What this room holds about people."""

from premier_accueil.socle.declarations import Declaration, declarer

ADRESSE = "L'adresse protégée ne sort jamais d'ici : elle se lit à l'écran de révélation, avec vous."

declarer(
    Declaration(
        "personnes.Personne", "Votre identité et vos coordonnées", "pk",
        colonnes=(
            "nom", "prenom", "nom_usage", "appellation", "naissance_annee", "naissance_mois", "naissance_jour",
            "adresse", "commune", "telephone", "courriel", "cree_le", "dernier_contact_le",
        ),
    ),
    Declaration(
        "personnes.RegleDeContact", "Comment vous joindre", "personne",
        colonnes=("numero", "heures", "messagerie", "sms", "langue", "interprete", "precisions"),
    ),
    Declaration("personnes.AdresseProtegee", "Adresse protégée", "personne", tait=ADRESSE),
    Declaration("personnes.MembreDuFoyer", "Votre foyer", "personne", colonnes=("lien", "depuis")),
    Declaration(
        "personnes.MesureDeProtection", "Mesure de protection", "personne",
        colonnes=("genre", "debut", "fin", "protecteur"),
    ),
    Declaration(
        "personnes.MotDeNom", "Index de recherche", "personne", tait="Il ne contient que les mots de votre nom."
    ),
    Declaration(
        "personnes.Blocage", "Agents qui ne voient pas ce dossier", "personne", colonnes=("pose_le", "leve_le")
    ),
    Declaration(
        "personnes.BrisDeGlace", "Ouvertures exceptionnelles", "personne", colonnes=("ouvert_le", "raison")
    ),
    Declaration("personnes.Fusion", "Rapprochements de dossiers", "gardee", colonnes=("etat", "proposee_le")),
)  # fmt: skip
