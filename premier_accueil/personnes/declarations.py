"""What this room holds about people."""

from premier_accueil.socle.declarations import Declaration, declarer

ADRESSE = "L'adresse protégée ne sort jamais d'ici : elle se lit à l'écran de révélation, avec vous."

declarer(
    Declaration(
        "personnes.Personne", "Votre identité et vos coordonnées", "pk",
        colonnes={
            "nom": "nom", "prenom": "prénom", "nom_usage": "nom d'usage", "appellation": "appellation",
            "naissance_annee": "année de naissance", "naissance_mois": "mois de naissance",
            "naissance_jour": "jour de naissance", "adresse": "adresse", "commune": "commune",
            "telephone": "téléphone", "courriel": "courriel", "cree_le": "dossier ouvert le",
            "dernier_contact_le": "dernier contact",
        },
    ),
    Declaration(
        "personnes.RegleDeContact", "Comment vous joindre", "personne",
        colonnes={
            "numero": "numéro", "heures": "heures", "messagerie": "message vocal permis", "sms": "SMS permis",
            "langue": "langue", "interprete": "interprète", "precisions": "précisions",
        },
    ),
    Declaration("personnes.AdresseProtegee", "Adresse protégée", "personne", tait=ADRESSE),
    Declaration("personnes.MembreDuFoyer", "Votre foyer", "personne", colonnes={"lien": "lien", "depuis": "depuis"}),
    Declaration(
        "personnes.MesureDeProtection", "Mesure de protection", "personne",
        colonnes={"genre": "mesure", "debut": "début", "fin": "fin", "protecteur": "personne qui vous protège"},
    ),
    Declaration(
        "personnes.MotDeNom", "Index de recherche", "personne", tait="Il ne contient que les mots de votre nom."
    ),
    Declaration(
        "personnes.Blocage", "Agents qui ne voient pas ce dossier", "personne",
        colonnes={"pose_le": "depuis le", "leve_le": "jusqu'au"},
    ),
    Declaration(
        "personnes.StructureEcartee", "Structures qui ne reçoivent rien de vous", "personne",
        colonnes={"ecartee": "structure", "pose_le": "depuis le", "leve_le": "jusqu'au"},
    ),
    Declaration(
        "personnes.BrisDeGlace", "Ouvertures exceptionnelles", "personne",
        colonnes={"ouvert_le": "le", "raison": "raison"},
    ),
    Declaration(
        "personnes.Fusion", "Rapprochements de dossiers", "gardee",
        colonnes={"etat": "état", "proposee_le": "proposé le"},
    ),
)  # fmt: skip
