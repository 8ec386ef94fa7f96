"""Load the demonstration network, and the real mairies around it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from premier_accueil.acteurs.regles import GenreDeStructure
from premier_accueil.annuaire.actions.ecriture import ecrire
from premier_accueil.annuaire.actions.importer import importer_lignes
from premier_accueil.annuaire.actions.lots import Progression
from premier_accueil.annuaire.imports.ajouts import permanences_de
from premier_accueil.annuaire.imports.bilan import BilanDImport, Origine
from premier_accueil.annuaire.imports.fiches import FicheService, FicheStructure, Lieu
from premier_accueil.annuaire.imports.lecture import FichierIllisible, Ligne
from premier_accueil.annuaire.imports.nettoyage import courriel_ou_rien, telephone_ou_rien
from premier_accueil.socle.texte import cle
from premier_accueil.territoire.models import Commune
from premier_accueil.territoire.regles.mairie import code_postal_de

DEPARTEMENTS = ("44",)
MAIRIES = "mairies"
THEMATIQUE_MAIRIE = "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives"


def charger_demonstration(dossier: Path, *, a: datetime, progression: Progression | None = None) -> BilanDImport:
    """Load the demonstration network; a second time changes nothing.

    Args:
        dossier: holds ``structures/*.yaml`` and ``services/*.yaml``, data·inclusion v1 with our additions.
        a: the moment of the load.
        progression: told (done, total), for the structures, then the services.

    Returns:
        what became of each entry, mairies included (the communes must be there before).

    Raises:
        FichierIllisible: a file of the folder is no YAML list.
    """
    dossier = Path(dossier)
    structures = _lignes(sorted((dossier / "structures").glob("*.yaml")))
    services = _lignes(sorted((dossier / "services").glob("*.yaml")))
    bilan = importer_lignes(structures, services, "structures", "services", a=a, progression=progression)
    bilan.ajouter(charger_mairies(DEPARTEMENTS, a=a, progression=progression))
    return bilan


def _lignes(chemins: Sequence[Path]) -> list[Ligne]:
    entrees: list[Any] = []
    for chemin in chemins:
        try:
            contenu = yaml.safe_load(chemin.read_text(encoding="utf-8")) or []
        except (OSError, ValueError, yaml.YAMLError) as erreur:
            raise FichierIllisible(f"« {chemin.name} » ne peut pas être lu : {erreur}") from None
        if not isinstance(contenu, list):
            raise FichierIllisible(f"« {chemin.name} » ne contient pas une liste de fiches.")
        entrees += contenu
    return [
        Ligne(rang, entree) if isinstance(entree, dict) else Ligne(rang, {}, "ce n'est pas une fiche")
        for rang, entree in enumerate(entrees, start=1)
    ]


def charger_mairies(
    departements: Sequence[str], *, a: datetime, progression: Progression | None = None
) -> BilanDImport:
    """Make a directory entry of each mairie that the communes table describes.

    Args:
        departements: codes, such as ``"44"``.
        a: the moment of the load.
        progression: told (done, total).
    """
    bilan = BilanDImport()
    structures: list[FicheStructure] = []
    services: list[FicheService] = []
    communes = Commune.objects.filter(genre=Commune.Genre.COM, departement__in=departements).defer("contour")
    for rang, commune in enumerate(communes.order_by("code"), start=1):
        bilan.lus += 1
        structure, service = _mairie(commune, rang, bilan)
        structures.append(structure)
        services.append(service)
    ecrire(structures, services, bilan, progression, a=a)
    return bilan


def _rue(adresse: str) -> str:
    """Keep the lines above the postal code, which has its own column."""
    lignes = [ligne.strip() for ligne in adresse.splitlines()]
    postale = next((rang for rang, ligne in enumerate(lignes) if code_postal_de(ligne)), len(lignes))
    return ", ".join(ligne for ligne in lignes[:postale] if ligne)


def _mairie(commune: Commune, rang: int, bilan: BilanDImport) -> tuple[FicheStructure, FicheService]:
    origine = Origine(MAIRIES, rang, commune.code)
    mairie = {c: str(v) for c, v in (commune.mairie or {}).items()}
    nom = f"Mairie de {commune.nom}"
    telephone = telephone_ou_rien(mairie.get("telephone"), "telephone", origine, bilan)
    courriel = courriel_ou_rien(mairie.get("courriel"), "courriel", origine, bilan)
    adresse = mairie.get("adresse", "")
    communs = {"telephone": telephone, "courriel": courriel}
    permanences = permanences_de([{"horaires": mairie.get("horaires", "")}], origine, bilan)
    a_un_point = commune.origine_du_point == Commune.OrigineDuPoint.MAIRIE
    structure = FicheStructure(
        origine,
        MAIRIES,
        commune.code,
        {
            **communs,
            "nom": nom,
            "cle": cle(nom)[:200],
            "genre": GenreDeStructure.MAIRIE.value,
            "site_web": mairie.get("site", "")[:500],
            "horaires": permanences[0].horaires,
        },
        Lieu(
            nom=nom,
            adresse=_rue(adresse)[:300],
            code_insee=commune.code,
            code_postal=code_postal_de(adresse) or (commune.codes_postaux[0] if commune.codes_postaux else ""),
            commune=commune.nom,
            # The point of a contour is not the mairie's door; the commune's own point serves for distances then.
            latitude=commune.latitude if a_un_point else None,
            longitude=commune.longitude if a_un_point else None,
        ),
    )
    service = FicheService(
        origine,
        MAIRIES,
        commune.code,
        commune.code,
        {
            **communs,
            "nom": "Accueil de la mairie",
            "cle": cle("Accueil de la mairie"),
            "description": "Démarches de la mairie : état civil, papiers, inscriptions, aide pour savoir à qui parler.",
            "type": "information",
            "thematiques": [THEMATIQUE_MAIRIE],
            "publics": ["tous-publics"],
            "frais": "gratuit",
            "modes_accueil": ["en-presentiel"],
            "modes_mobilisation": ["se-presenter", "telephoner"] if telephone else ["se-presenter"],
            "mobilisable_par": ["professionnels", "usagers"],
            "zone": [commune.code],
        },
        permanences,
    )
    return structure, service
