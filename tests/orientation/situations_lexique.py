"""A tiny lexicon of its own, its evaluation set, and entries of the committee."""

from __future__ import annotations

from pathlib import Path

from premier_accueil.acteurs.requetes import Role
from premier_accueil.orientation.actions.lexique import Dite, ajouter
from premier_accueil.orientation.models import EssaiDuLexique
from tests import fabriques as f

REPARER = "mobilite--entretenir-reparer-son-vehicule"
ALIMENTATION = "equipement-et-alimentation--alimentation"
LEXIQUE = """
entrees:
  - vers: [mobilite--entretenir-reparer-son-vehicule]
    dit: [voiture en panne, garage, ma bagnole m'a lâché, réparer mon auto, le moteur est mort]
  - vers: [equipement-et-alimentation--alimentation]
    dit: [colis alimentaire, le frigo est vide, rien à manger, restos du coeur, j'ai faim]
"""
URGENCES = """
numeros: {"15": {numero: "15", libelle: "Samu"}}
ancien: [jadis]
mots: {}
anodins: [je tue le temps]
urgences:
  SUICIDE:
    niveau: VITALE
    libelle: Une personne veut mourir
    numeros: ["15"]
    conduite: [Restez avec elle.]
    dit: [envie de mourir]
    exemples: [je veux en finir]
"""
SITUATIONS = [
    ("ma voiture est en panne", REPARER), ("ma bagnole est chez le garage", REPARER), ("réparer ma voiture", REPARER),
    ("le frigo est vide depuis hier", ALIMENTATION), ("un colis alimentaire", ALIMENTATION), ("j'ai faim", ALIMENTATION),
]  # fmt: skip


def tout(role: Role) -> dict[str, int]:
    """Return an entry that is ready and a try that is over, by the keys of their addresses."""
    dit = f"la guimbarde {role.structure_id % 1000} tousse"
    entree = ajouter(Dite(dit, [REPARER], "FAMILIER"), role=role, a=f.LUNDI_10H)
    parts = {"premier": 0.95, "trois": 0.98, "rappel": 1.0, "precision": 0.97}
    essai = EssaiDuLexique.objects.create(
        etat="FINI", entrees=[entree], empreinte="0" * 64, avance=100, avant=parts, apres=parts, demande_le=f.LUNDI_10H,
        fini_le=f.LUNDI_10H,
    )  # fmt: skip
    return {"entree_id": entree, "essai_id": essai.pk}


def donnees(dossier: Path) -> Path:
    """Write a folder of reviewed data that is learnt at once."""
    (dossier / "lexique").mkdir(parents=True)
    (dossier / "epreuve").mkdir()
    (dossier / "lexique" / "petit.yaml").write_text(LEXIQUE, encoding="utf-8")
    (dossier / "urgences.yaml").write_text(URGENCES, encoding="utf-8")
    lignes = [f"{texte}\t{code}\t" for texte, code in SITUATIONS]
    (dossier / "epreuve" / "situations.tsv").write_text("\n".join(lignes), encoding="utf-8")
    (dossier / "epreuve" / "urgences.tsv").write_text("j'ai envie de mourir\tSUICIDE\nje tue le temps\t\n", encoding="utf-8")
    return dossier
