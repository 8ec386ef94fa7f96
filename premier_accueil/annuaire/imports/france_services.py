"""From the list of France services (ANCT, open data) to our entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from premier_accueil.acteurs.regles import GenreDeStructure
from premier_accueil.annuaire.imports.ajouts import PRECISION_MAX, lieu_de
from premier_accueil.annuaire.imports.bilan import BilanDImport
from premier_accueil.annuaire.imports.communs import date_du_nom
from premier_accueil.annuaire.imports.fiches import FicheService, FicheStructure, PermanenceVoulue
from premier_accueil.annuaire.imports.lecture import Ligne
from premier_accueil.annuaire.imports.nettoyage import courriel_ou_rien, telephone_ou_rien, texte_court
from premier_accueil.annuaire.imports.schema import origine_de, saine
from premier_accueil.annuaire.regles import Forme
from premier_accueil.annuaire.regles.horaires import convertir_semaine
from premier_accueil.annuaire.regles.sources import table_des_sources
from premier_accueil.socle.texte import cle

__all__ = ["REQUISES", "REQUISES_2020", "SOURCE", "comme_en_2024", "date_de_2020", "date_du_nom", "fiches"]
SOURCE = "france-services"
JOURS = tuple(f"h_{jour}" for jour in ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"))
REQUISES = ("id_fs", "lib_fs", "insee_com", *JOURS[:5])

# The list of 2020 (GeoJSON): the same identifiers under other names.
REQUISES_2020 = ("MATRICULE", "lib_france_services", "insee_com")
DE_2020 = {
    "MATRICULE": "id_fs", "lib_france_services": "lib_fs", "ADRESSE": "adresse",
    "COMPLEMENT.D.ADRESSE": "complement_adresse", "insee_com": "insee_com", "code_postal": "code_postal",
    "lib_com": "lib_com", "LATITUDE": "latitude", "LONGITUDE": "longitude", "CONTACT.MAIL": "mail",
    "TELEPHONE": "telephone", "Commentaire.horaires": "commentaire", "ITINERANCE": "itinerance",
    **{jour: jour for jour in JOURS},
}  # fmt: skip

# What every France services does, by its charter: https://www.france-services.gouv.fr (read August 2024).
THEMATIQUES = [
    "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives",
    "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits",
    "numerique--acceder-a-des-services-en-ligne",
    "numerique--maitriser-les-fondamentaux-du-numerique",
]
DESCRIPTION = (
    "Une personne vous reçoit, vous écoute et vous aide dans vos démarches du quotidien : santé, famille, retraite, "
    "emploi, impôts, papiers, logement, énergie. Vous pouvez aussi y utiliser un ordinateur."
)
FORMES = {"bus": Forme.MOBILE, "itin": Forme.ITINERANTE}
PRECISIONS = {
    Forme.MOBILE: "Bus : les arrêts changent, appelez pour savoir où il passe.",
    Forme.ITINERANTE: "Équipe itinérante : les lieux changent, appelez pour savoir où elle passe.",
}


def date_de_2020() -> date:
    """Return the day the list of 2020 is true of, when nothing says it."""
    jour = table_des_sources()["france_services_2020"]["date_par_defaut"]
    assert isinstance(jour, date)
    return jour


def comme_en_2024(valeurs: dict[str, Any]) -> dict[str, Any]:
    """Return a line of the 2020 list under the names of columns of today; a line of today as it is."""
    if "MATRICULE" not in valeurs:
        return valeurs
    lue = {ici: valeurs.get(la) for la, ici in DE_2020.items()}
    itinerante = "itinerante" in cle(str(valeurs.get("categorie") or "")) or cle(str(lue["itinerance"] or "")) == "oui"
    nom = str(lue["lib_fs"] or "").strip()
    return lue | {
        "lib_fs": nom if not nom or "france services" in cle(nom) else f"France services {nom}",
        "format_fs": "itinérante" if itinerante else "",
    }


def fiches(
    ligne: Ligne, fichier: str, date_maj: date | None, bilan: BilanDImport
) -> tuple[FicheStructure, FicheService] | None:
    """Read one line of the list; ``None`` once it is refused."""
    ligne = replace(ligne, valeurs=comme_en_2024(ligne.valeurs))
    origine = origine_de(fichier, ligne, "id_fs")
    if not saine(ligne, origine, bilan):
        return None
    v: dict[str, Any] = {c: str(x).strip() if x is not None else "" for c, x in ligne.valeurs.items()}
    for champ in ("id_fs", "lib_fs", "insee_com"):
        if not v.get(champ):
            bilan.refuser(origine, champ, "champ obligatoire absent")
            return None
    if len(v["id_fs"]) > 100 or len(v["lib_fs"]) > 200:
        trop = "id_fs" if len(v["id_fs"]) > 100 else "lib_fs"
        bilan.refuser(origine, trop, "texte trop long", v[trop])
        return None
    nom = texte_court(v["lib_fs"], 200, "lib_fs", origine, bilan)
    telephone = telephone_ou_rien(v.get("telephone"), "telephone", origine, bilan)
    courriel = courriel_ou_rien(v.get("mail"), "mail", origine, bilan)
    lus = convertir_semaine([v.get(jour, "") for jour in JOURS])
    if lus.texte:
        bilan.avertir(origine, "horaires", "horaires contradictoires ou illisibles : gardés tels quels", lus.texte)
    adresse = {**v, "code_insee": v["insee_com"], "commune": v.get("lib_com", "")}
    structure = FicheStructure(
        origine,
        SOURCE,
        v["id_fs"],
        {
            "nom": nom,
            "cle": cle(nom)[:200],
            "genre": GenreDeStructure.FRANCE_SERVICES.value,
            "cercle": 1,
            "telephone": telephone,
            "courriel": courriel,
            "reseaux": ["france-service"],
            "horaires": lus.horaires,
            "assure_premier_accueil": True,
            "date_maj": date_maj,
        },
        lieu_de(adresse, nom, origine, bilan),
    )
    service = FicheService(
        origine,
        SOURCE,
        v["id_fs"],
        v["id_fs"],
        {
            "nom": "Accueil France services",
            "cle": cle("Accueil France services"),
            "description": DESCRIPTION,
            "type": "accompagnement",
            "thematiques": THEMATIQUES,
            "publics": ["tous-publics"],
            "frais": "gratuit",
            "modes_accueil": ["en-presentiel"],
            "modes_mobilisation": ["se-presenter", "telephoner"] if telephone else ["se-presenter"],
            "mobilisable_par": ["professionnels", "usagers"],
            "zone": [],
            "telephone": telephone,
            "courriel": courriel,
            "date_maj": date_maj,
        },
        (_permanence(v, lus.horaires, lus.texte, origine, bilan),),
    )
    return structure, service


def _permanence(v: dict[str, Any], horaires: str, texte: str, origine: Any, bilan: BilanDImport) -> PermanenceVoulue:
    format_fs = cle(v.get("format_fs", ""))
    forme = next((f for debut, f in FORMES.items() if format_fs.startswith(debut)), Forme.FIXE)
    rendez_vous = cle(v.get("prise_rdv", ""))
    commentaire = v.get("commentaire", "")
    precisions = [
        PRECISIONS.get(forme, ""),
        # "Oui" says that one may book, not that one must: whether walking in is possible stays unknown.
        "Prise de rendez-vous possible." if rendez_vous == "oui" else "",
        commentaire if any(c.isalnum() for c in commentaire) else "",
    ]
    return PermanenceVoulue(
        lieu=None,
        forme=forme,
        horaires=horaires,
        horaires_texte=texte,
        sur_rendez_vous=False if rendez_vous == "non" else None,
        precision=texte_court(" ".join(p for p in precisions if p), PRECISION_MAX, "commentaire", origine, bilan),
    )
