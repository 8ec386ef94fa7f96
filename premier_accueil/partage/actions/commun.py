"""What every act of sharing leaves behind, in its own transaction."""

from __future__ import annotations

from datetime import datetime

from premier_accueil.acteurs.requetes import Role
from premier_accueil.faits.actions import noter_faits
from premier_accueil.partage.models import Accord, LigneDeRegistre
from premier_accueil.socle.journal import Geste, ajouter, noter


class PartageRefuse(Exception):
    """Nothing was sent nor recorded; the text says why, in French."""


def inscrire(accord: Accord, geste: LigneDeRegistre.Geste, codes: list[str], role: Role, a: datetime) -> None:
    """Add a line to the register of communications: codes, never words."""
    valeurs = {
        "geste": geste, "personne_id": accord.personne_id, "accord_id": accord.pk, "compte_id": role.compte_id,
        "destinataire_id": accord.destinataire_id, "destinataire": accord.destinataire.nom,
        "fonction": accord.fonction, "elements": codes, "but": accord.but, "base": accord.base,
    }  # fmt: skip
    ajouter(LigneDeRegistre, structure_id=accord.structure_id, valeurs=valeurs, a=a)
    vers = {"destinataire": accord.destinataire.genre}
    if geste is LigneDeRegistre.Geste.ENVOI:
        faire_savoir("COMMUNICATION", vers | {"base": accord.base}, role, a)
    else:
        faire_savoir("RETRAIT", vers, role, a)


def faire_savoir(genre: str, attributs: dict[str, str], role: Role, a: datetime) -> None:
    """Add the fact of an act of sharing: no person, no commune."""
    noter_faits([(genre, attributs)], structure_id=role.structure_id, departement=role.departement, a=a)


def noter_ecriture(action: str, objet: str, objet_id: int, role: Role, a: datetime) -> None:
    """Add a line to the journal of accesses."""
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action, objet=objet,
        objet_id=objet_id, a=a,
    )  # fmt: skip
