"""Merge two files that are one person: two people, a reason that is not the name, and a way back (T6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import ForeignObjectRel, Model, Q

from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.actions.commun import SaisieRefusee, tenir, tracer
from premier_accueil.personnes.models import Fusion, Personne
from premier_accueil.personnes.regles import RAISONS_DE_FUSION, EtatDeFusion, apres

RESTENT: tuple[type[Model], ...] = (Fusion, Personne)
"""Tables that point at a person and do not follow her: the merges themselves, and what she absorbed before."""


@transaction.atomic
def proposer_une_fusion(gardee_id: int, absorbee_id: int, *, raison: str, role: Role, a: datetime) -> int:
    """Propose that two files are one person; nothing moves until somebody else validates.

    Where only one of them is protected, that one is kept: the other one's ordinary address stays behind.

    Args:
        gardee_id: the file that would stay.
        absorbee_id: the file that would follow it.
        raison: what shows it, a code of ``RAISONS_DE_FUSION``; a same name is none.
        role: who proposes.
        a: when.

    Returns:
        the key of the proposal; a second call returns the same.

    Raises:
        SaisieRefusee: the same file, no reason, or a merge is already under way.
        Personne.DoesNotExist: one of them is not visible to this role.
    """
    if gardee_id == absorbee_id:
        raise SaisieRefusee("avec", "C'est le même dossier.")
    if raison not in dict(RAISONS_DE_FUSION):
        raise SaisieRefusee("raison", "Dites ce qui le montre. Porter le même nom ne suffit pas.")
    tenues = {cle: tenir(cle, role, a, en_entier=True) for cle in sorted((gardee_id, absorbee_id))}
    gardee, absorbee = tenues[gardee_id], tenues[absorbee_id]
    if absorbee.adresse_protegee and not gardee.adresse_protegee:
        gardee, absorbee = absorbee, gardee
    en_cours = Fusion.objects.filter(etat=EtatDeFusion.PROPOSEE).filter(
        Q(gardee__in=tenues.values()) | Q(absorbee__in=tenues.values())
    )  # fmt: skip
    deja = en_cours.order_by("pk").first()
    if deja and {deja.gardee_id, deja.absorbee_id} != set(tenues):
        raise SaisieRefusee("avec", "L'un de ces dossiers attend déjà un autre rapprochement. Terminez-le d'abord.")
    fusion = deja or Fusion.objects.create(
        structure_id=role.structure_id, gardee=gardee, absorbee=absorbee, raison=raison,
        proposee_par_id=role.compte_id, proposee_le=a,
    )  # fmt: skip
    tracer("proposer_une_fusion", role, a, fusion.pk, objet="FUSION")
    return fusion.pk


@transaction.atomic
def valider_une_fusion(fusion_id: int, *, role: Role, a: datetime) -> None:
    """Merge: what pointed at the absorbed file points at the kept one, and what moved is written down.

    Raises:
        SaisieRefusee: one validates what one proposed, or it is no longer proposed.
        Fusion.DoesNotExist, Personne.DoesNotExist: not visible to this role.
    """
    fusion = _tenir(fusion_id, role)
    # Before anything is said of its state: a block shows nothing, not even that there is a merge (T4).
    gardee = tenir(fusion.gardee_id, role, a, en_entier=True)
    suivant = _apres("valider", fusion, role)
    absorbee = tenir(fusion.absorbee_id, role, a, en_entier=True)
    if absorbee.adresse_protegee and not gardee.adresse_protegee:
        raise SaisieRefusee("etat", "L'adresse a été protégée depuis. Refusez ce rapprochement, puis refaites-le.")
    fusion.deplace = [*_deplacer(absorbee, gardee), *_avancer_le_contact(gardee, absorbee)]
    Personne.objects.filter(pk=absorbee.pk).update(fusionnee_dans=gardee)
    fusion.etat, fusion.validee_par_id, fusion.validee_le = suivant, role.compte_id, a
    fusion.save()
    tracer("valider_une_fusion", role, a, fusion.pk, objet="FUSION")


@transaction.atomic
def refuser_une_fusion(fusion_id: int, *, role: Role, a: datetime) -> None:
    """Refuse a proposed merge, or withdraw one's own.

    Raises:
        SaisieRefusee: it is no longer proposed.
        Fusion.DoesNotExist: not visible to this role.
    """
    _finir("refuser", fusion_id, role, a)


@transaction.atomic
def defaire_une_fusion(fusion_id: int, *, role: Role, a: datetime) -> None:
    """Undo a merge exactly: what had moved goes back, what came since stays with the kept file.

    Raises:
        SaisieRefusee: it is not done, or the kept file was merged into another since.
        Fusion.DoesNotExist: not visible to this role.
    """
    fusion = _finir("defaire", fusion_id, role, a)
    modeles: dict[str, type[Model]] = {m._meta.db_table: m for m, _ in _relations()}
    modeles[Personne._meta.db_table] = Personne
    for geste in reversed(fusion.deplace):
        modele, colonne = modeles[geste["table"]], geste["colonne"]
        modele._default_manager.filter(pk=geste["pk"], **{colonne: geste["apres"]}).update(
            **{colonne: geste["avant"]}
        )  # fmt: skip
    Personne.objects.filter(pk=fusion.absorbee_id).update(fusionnee_dans=None)


def _finir(geste: str, fusion_id: int, role: Role, a: datetime) -> Fusion:
    fusion = _tenir(fusion_id, role)
    tenir(fusion.gardee_id, role, a, en_entier=True)
    suivant = _apres(geste, fusion, role)
    fusion.etat, fusion.annulee_par_id, fusion.annulee_le = suivant, role.compte_id, a
    fusion.save()
    tracer(f"{geste}_une_fusion", role, a, fusion.pk, objet="FUSION")
    return fusion


def _tenir(fusion_id: int, role: Role) -> Fusion:
    return Fusion.objects.select_for_update().get(pk=fusion_id, structure_id=role.structure_id)


def _apres(geste: str, fusion: Fusion, role: Role) -> EtatDeFusion:
    try:
        return apres(geste, fusion.etat, propose_par=fusion.proposee_par_id, par=role.compte_id)
    except ValueError as refus:
        raise SaisieRefusee("etat", str(refus)) from refus


def _relations() -> list[tuple[type[Model], str]]:
    """Return the tables of every room that point at a person, with their column: no room has to be named here."""
    champs = Personne._meta.get_fields(include_hidden=True)
    return [
        (champ.related_model, champ.field.attname)
        for champ in champs
        if isinstance(champ, ForeignObjectRel) and isinstance(champ.related_model, type)
        and champ.related_model not in RESTENT
    ]  # fmt: skip


def _deplacer(de: Personne, vers: Personne) -> list[dict[str, Any]]:
    """Point at ``vers`` every row that points at ``de``; what it already has, and registers, stay behind."""
    deplace: list[dict[str, Any]] = []
    for modele, colonne in _relations():
        for cle in list(modele._default_manager.filter(**{colonne: de.pk}).order_by("pk").values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    fait = modele._default_manager.filter(pk=cle).update(**{colonne: vers.pk})
            except DatabaseError:
                continue  # the kept file has this word, block or rule already, or the table is a register
            if fait:
                deplace.append(
                    {"table": modele._meta.db_table, "pk": cle, "colonne": colonne, "avant": de.pk, "apres": vers.pk}
                )
    return deplace


def _avancer_le_contact(gardee: Personne, absorbee: Personne) -> list[dict[str, Any]]:
    if absorbee.dernier_contact_le <= gardee.dernier_contact_le:
        return []
    avant, apres_ = gardee.dernier_contact_le, absorbee.dernier_contact_le
    Personne.objects.filter(pk=gardee.pk).update(dernier_contact_le=apres_)
    return [{
        "table": Personne._meta.db_table, "pk": gardee.pk, "colonne": "dernier_contact_le",
        "avant": avant.isoformat(), "apres": apres_.isoformat(),
    }]  # fmt: skip
