"""Publics suggested by the words: a hint for the ranking, never a proof and never stored."""

from __future__ import annotations

from collections.abc import Sequence

from premier_accueil.orientation.comprendre.motifs import Motifs, compiler, ruban
from premier_accueil.orientation.comprendre.mots import Mot

_DITS: dict[str, tuple[str, ...]] = {
    "jeunes": (
        "jeune", "jeunesse", "ado", "adolescent", "adolescente", "mineur", "mineure", "lyceen", "lyceenne", "collegien",
        "mission locale", "garantie jeune", "contrat engagement jeune", "=cej", "decroch* scolaire", "foyer jeune",
        "(j ai|a|ai|age de|agee de) (=16|=17|=18|=19|=20|=21|=22|=23|=24|=25) ans", "bac", "parcoursup", "majorite",
        "mon fils de (=16|=17|=18|=19|=20|=21|=22|=23|=24|=25) ans", "service civique",
    ),
    "seniors": (
        "retraite", "retraitee", "senior", "personne agee", "dame agee", "monsieur age", "mamie", "papy", "papi",
        "grand mere", "grand pere", "vieux", "vieille dame", "=apa", "maison de retraite", "ehpad", "age d or", "aspa",
        "minimum vieillesse", "(=65|=66|=67|=68|=69|=70|=72|=75|=78|=80|=82|=85|=88|=90|=92) ans", "alzheimer",
        "teleassistance", "portage de repas", "pension de reversion",
    ),
    "familles": (
        "enfant", "enfants", "bebe", "fils", "fille", "gosse", "gamin", "famille", "maman solo", "mere celibataire",
        "parent isole", "parents", "creche", "nounou", "ecole", "cantine", "enceinte", "grossesse",
        "pension alimentaire",
        "garde alternee", "nourrice", "couches", "assistante maternelle", "centre aere", "periscolaire",
    ),
    "femmes": (
        "(je suis|suis) enceinte", "enceinte", "grossesse", "mon (mari|copain)", "femme (seule|battue|victime|isolee)",
        "=ivg", "avortement", "avorter", "regles", "gynecologue", "maman", "mere celibataire", "sage femme", "cidff",
        "une dame", "ma (mere|soeur|femme|copine|voisine|fille)", "excision", "contraception",
    ),
    "personnes-en-situation-de-handicap": (
        "handicap", "handicape", "handicapee", "mdph", "=aah", "=aeeh", "=pch", "rqth", "fauteuil roulant",
        "invalidite",
        "autiste", "autisme", "sourd", "sourde", "malentendant", "aveugle", "malvoyant", "trisomi*", "=esat", "=ulis",
        "cap emploi", "tetraplegique", "paraplegique", "carte mobilite inclusion", "=tdah", "dys",
    ),
    "personnes-exilees": (
        "refugie", "refugiee", "asile", "titre de sejour", "carte de sejour", "sans papier", "etranger", "etrangere",
        "=oqtf", "recepisse", "prefecture .. (papier|titre|sejour|rendez vous)", "ofii", "ofpra", "cada", "migrant",
        "arrive en france", "papier .. (rester|france)", "naturalisation", "ukrain*", "afghan*", "syrien*", "visa",
        "regularis*", "=ame", "apprendre le francais", "demandeur d asile", "mineur isole", "subsidiaire",
    ),
    "demandeurs-emploi": (
        "chomage", "chomeur", "chomeuse", "france travail", "pole emploi", "sans emploi", "sans travail", "=are",
        "demandeur d emploi", "demandeuse d emploi",
        "(cherche|recherche|trouver|trouve|perdu) .. (travail|emploi|boulot|job|taf)",
        "(plus|pas) de (travail|boulot|emploi|taf)", "licencie", "licenciee", "fin de droit", "fin de contrat",
    ),
    "etudiants": (
        "etudiant", "etudiante", "=crous", "universite", "la =fac", "bourse .. etude", "master", "licence pro",
    ),
    "beneficiaires-des-minimas-sociaux": (
        "=rsa", "minima sociaux", "minimas sociaux", "=aah", "=ass", "aspa", "minimum vieillesse", "css",
    ),
}  # fmt: skip

_MOTIFS: dict[str, Motifs] = {public: compiler(dits, {}) for public, dits in _DITS.items()}


def suggeres(mots: Sequence[Mot]) -> tuple[str, ...]:
    """Return the data·inclusion publics that these words suggest, in a fixed order."""
    texte = ruban(mots)
    return tuple(public for public, motifs in _MOTIFS.items() if motifs.places(texte))
