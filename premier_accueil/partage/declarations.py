"""What this room holds about people."""

from premier_accueil.partage.regles.table import table_de_partage
from premier_accueil.socle.declarations import Declaration, declarer

TABLE = table_de_partage()
CODES = (
    {code: but.libelle for code, but in TABLE.buts.items()}
    | {code: element.libelle for code, element in TABLE.elements.items()}
    | {code: present.libelle for code, present in TABLE.presents.items()}
    | TABLE.obtentions
)

declarer(
    Declaration(
        "partage.Accord", "Accords que vous avez donnés", "personne",
        colonnes={
            "but": "pour", "destinataire": "à", "elements": "ce qui pouvait partir", "debut": "du", "fin": "au",
            "obtention": "comment vous l'avez donné", "presents": "qui était là", "retire_le": "retiré le",
        },
        codes=CODES,
    ),
    Declaration(
        "partage.DemandeDeDroit", "Droits que vous avez exercés", "personne",
        colonnes={
            "genre": "demande", "precisions": "précisions", "recue_le": "reçue le", "echeance": "réponse due le",
            "reponse": "réponse", "repondue_le": "répondue le",
        },
    ),
    Declaration(
        "partage.Attestation", "Ce qui a été attesté pour communiquer", "personne",
        tait="Ce qui est parti se lit dans « Qui sait quoi de moi » ; le reste, auprès du délégué à la protection des "
        "données.",
    ),
    Declaration(
        "partage.CodeDAccord", "Codes envoyés sur votre téléphone", "personne", colonnes={"cree_le": "envoyé le"},
        tait="Ni le code ni le numéro ne sont gardés.",
    ),
    # A copy belongs to whoever received it; it ends with its own date, the person's file apart.
    Declaration("partage.Communication", "Copies reçues", date="fin"),
)  # fmt: skip
