"""What every act of sharing leaves behind, in its own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.faits.actions import noter_faits
from premier_accueil.partage.models import (
    Accord,
    Attestation,
    Communication,
    ElementCommunique,
    LigneDeRegistre,
)
from premier_accueil.partage.regles import Ligne
from premier_accueil.socle.journal import Geste, ajouter, noter


class PartageRefuse(Exception):
    """Nothing was sent nor recorded; the text says why, in French."""


def copier(
    source: Accord | Attestation, lignes: Iterable[Ligne], fin: datetime, role: Role, a: datetime
) -> Communication:
    """Write the copy of what leaves, its line in the register and in the journal.

    Args:
        source: what it stands on.
        lignes: what the projection lets out.
        fin: until when it is read.
    """
    sur = {"accord": source} if isinstance(source, Accord) else {"attestation": source}
    copie = Communication.objects.create(
        structure_id=source.destinataire_id, expediteur_id=source.structure_id, fonction=source.fonction,
        but=source.but, base=source.base, auteur_id=role.compte_id, envoyee_le=a, fin=fin, **sur,
    )  # fmt: skip
    partent = list(lignes)
    ElementCommunique.objects.bulk_create(
        ElementCommunique(
            structure_id=copie.structure_id, expediteur_id=copie.expediteur_id, communication=copie, rang=rang,
            code=ligne.code, texte=ligne.texte,
        )
        for rang, ligne in enumerate(partent)
    )  # fmt: skip
    inscrire(source, LigneDeRegistre.Geste.ENVOI, [ligne.code for ligne in partent], role, a)
    noter_ecriture("communiquer", "COMMUNICATION", copie.pk, role, a)
    return copie


def inscrire(
    source: Accord | Attestation, geste: LigneDeRegistre.Geste, codes: list[str], role: Role, a: datetime
) -> None:
    """Add a line to the register of communications: codes, never words."""
    sur = "accord_id" if isinstance(source, Accord) else "attestation_id"
    valeurs = {
        "geste": geste, "personne_id": source.personne_id, sur: source.pk, "compte_id": role.compte_id,
        "destinataire_id": source.destinataire_id, "destinataire": source.destinataire.nom,
        "fonction": source.fonction, "elements": codes, "but": source.but, "base": source.base,
    }  # fmt: skip
    ajouter(LigneDeRegistre, structure_id=source.structure_id, valeurs=valeurs, a=a)
    vers = {"destinataire": source.destinataire.genre}
    if geste is LigneDeRegistre.Geste.ENVOI:
        faire_savoir("COMMUNICATION", vers | {"base": source.base}, role, a)
    else:
        faire_savoir("RETRAIT", vers, role, a)


def inscrire_un_echange(
    accord: Accord, nom: str, structure_id: int, fonction: Fonction, code: str, role: Role | None, a: datetime
) -> None:
    """Add the line of words exchanged under an agreement, in the register of the house that asked it.

    Args:
        nom, structure_id, fonction: who receives these words.
        role: who writes; by a link, the line bears who answers for the agreement.
    """
    valeurs = {
        "geste": LigneDeRegistre.Geste.ENVOI, "personne_id": accord.personne_id, "accord_id": accord.pk,
        "compte_id": role.compte_id if role else accord.recueilli_par_id, "destinataire_id": structure_id,
        "destinataire": nom, "fonction": fonction.value, "elements": [code], "but": accord.but, "base": accord.base,
    }  # fmt: skip
    ajouter(LigneDeRegistre, structure_id=accord.structure_id, valeurs=valeurs, a=a)


def faire_savoir(genre: str, attributs: dict[str, str], role: Role, a: datetime) -> None:
    """Add the fact of an act of sharing: no person, no commune."""
    noter_faits([(genre, attributs)], structure_id=role.structure_id, departement=role.departement, a=a)


def noter_ecriture(action: str, objet: str, objet_id: int, role: Role, a: datetime) -> None:
    """Add a line to the journal of accesses."""
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action, objet=objet,
        objet_id=objet_id, a=a,
    )  # fmt: skip
