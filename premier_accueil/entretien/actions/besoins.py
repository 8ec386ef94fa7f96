"""Needs: several in one visit, each open until something answers it, or noted as a gap and still open (S3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from premier_accueil.accueil.models import Besoin
from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.acces import passages_s_entretenir
from premier_accueil.entretien.actions.commun import (
    GesteRefuse,
    SaisieRefusee,
    faits_du_passage,
    refuser_les_secrets,
    tenir,
    tracer,
)
from premier_accueil.entretien.actions.ecriture import REPONSES
from premier_accueil.entretien.models import SuiteDuBesoin
from premier_accueil.entretien.regles.etats import GESTES_DE_BESOIN
from premier_accueil.orientation.actions import noter_manque
from premier_accueil.orientation.requetes import libelles
from premier_accueil.socle.texte import propre

PRECISIONS = 200


@transaction.atomic
def ajouter_un_besoin(entretien_id: int, thematique: str, *, role: Role, a: datetime) -> None:
    """Add a need heard during an interview; one that is there already stays as it is.

    Args:
        thematique: code of a need (data·inclusion).

    Raises:
        SaisieRefusee: no such need.
        Entretien.DoesNotExist: not visible to this role.
    """
    entretien = tenir(entretien_id, role, a)
    if thematique not in libelles():
        raise SaisieRefusee("thematique", "Choisissez un besoin dans la liste.")
    _, nouveau = Besoin.objects.get_or_create(
        passage_id=entretien.passage_id, thematique=thematique, defaults={"structure_id": entretien.structure_id}
    )
    if nouveau:
        faits_du_passage(entretien.passage, [("BESOIN", {"thematique": thematique})], role=role, a=a)
        tracer("ajouter_un_besoin", role, a, entretien.pk)


@transaction.atomic
def repondre_au_besoin(besoin_id: int, reponse: str, precisions: str, *, role: Role, a: datetime) -> None:
    """Close a need with what answered it.

    Args:
        reponse: code of a first answer.
        precisions: a few words, may stay empty.

    Raises:
        SaisieRefusee: no answer was chosen, or the words hold something that must not be written.
        GesteRefuse: somebody answered it before.
        Besoin.DoesNotExist: not visible to this role.
    """
    besoin = _tenir(besoin_id, role, a)
    if reponse not in REPONSES:
        raise SaisieRefusee("reponse", "Choisissez ce qui a répondu au besoin.")
    dites = propre(precisions)[:PRECISIONS]
    refuser_les_secrets(besoin.passage, {"precisions": dites})
    _bouger("repondre", besoin, "Quelqu'un a déjà répondu à ce besoin.", role, a)
    SuiteDuBesoin.objects.update_or_create(
        besoin=besoin,
        defaults={
            "structure_id": besoin.structure_id, "reponse": reponse, "precisions": dites, "repondu_le": a,
            "rouvert_le": None, "auteur_id": role.compte_id,
        },
    )  # fmt: skip
    tracer("repondre_au_besoin", role, a, besoin.passage_id, objet="PASSAGE")


@transaction.atomic
def rouvrir_le_besoin(besoin_id: int, *, role: Role, a: datetime) -> None:
    """Open a need again: what answered it did not. What had been answered stays written.

    Raises:
        GesteRefuse: it is open already.
        Besoin.DoesNotExist: not visible to this role.
    """
    besoin = _tenir(besoin_id, role, a)
    _bouger("rouvrir", besoin, "Ce besoin est déjà ouvert.", role, a)
    SuiteDuBesoin.objects.update_or_create(
        besoin=besoin,
        defaults={"rouvert_le": a},
        create_defaults={"structure_id": besoin.structure_id, "rouvert_le": a, "auteur_id": role.compte_id},
    )
    tracer("rouvrir_le_besoin", role, a, besoin.passage_id, objet="PASSAGE")


@transaction.atomic
def noter_sans_reponse(besoin_id: int, *, role: Role, a: datetime) -> None:
    """Note that the territory has no answer for a need: theme, commune and day only; the need stays open.

    Noted once, however many times it is asked.

    Raises:
        GesteRefuse: it was answered meanwhile.
        Besoin.DoesNotExist: not visible to this role.
    """
    besoin = _tenir(besoin_id, role, a)
    if besoin.etat == Besoin.Etat.REPONDU:
        raise GesteRefuse("Quelqu'un a déjà répondu à ce besoin.")
    suite, nouvelle = SuiteDuBesoin.objects.get_or_create(
        besoin=besoin,
        defaults={"structure_id": besoin.structure_id, "manque_le": a, "auteur_id": role.compte_id},
    )
    # A need answered once and open again may find nothing here either.
    ancienne = SuiteDuBesoin.objects.filter(pk=suite.pk, manque_le=None).update(manque_le=a)
    if nouvelle or ancienne:
        noter_manque(thematique=besoin.thematique, commune_id=besoin.passage.commune_id, a=a)
        tracer("noter_sans_reponse", role, a, besoin.passage_id, objet="PASSAGE")


def _bouger(geste: str, besoin: Besoin, refus: str, role: Role, a: datetime) -> None:
    """Make one gesture of the table, if the state still allows it, and count it without saying whose."""
    regle = GESTES_DE_BESOIN[geste]
    if not Besoin.objects.filter(pk=besoin.pk, etat__in=regle.depuis).update(etat=regle.vers.value):
        raise GesteRefuse(refus)
    dit = {"thematique": besoin.thematique, "geste": regle.vers.value}
    faits_du_passage(besoin.passage, [("SUITE_DE_BESOIN", dit)], role=role, a=a)


def _tenir(besoin_id: int, role: Role, a: datetime) -> Besoin:
    return (
        Besoin.objects.select_for_update(of=("self",))
        .select_related("passage")
        .get(passages_s_entretenir(role, a, "passage__"), pk=besoin_id, passage__annule_le=None)
    )
