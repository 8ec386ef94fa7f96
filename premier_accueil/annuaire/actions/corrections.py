"""Propose a correction from any result; decide it, with a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.annuler import annuler
from premier_accueil.annuaire.actions.declarations import appliquer_la_declaration, rendre_les_dates
from premier_accueil.annuaire.actions.modifier import FicheRefusee, modifier
from premier_accueil.annuaire.models import Correction, Revision
from premier_accueil.annuaire.regles.campagnes import GESTES, REVENIR, Etat
from premier_accueil.annuaire.regles.champs import champ_de
from premier_accueil.annuaire.regles.declarations import CHAMPS_DITS
from premier_accueil.annuaire.regles.historique import Objet, Origine
from premier_accueil.annuaire.regles.saisies import ValeurRefusee
from premier_accueil.annuaire.requetes.tenue import service_de, structure_de, tient
from premier_accueil.annuaire.requetes.valeurs import MODELES, valeur_de
from premier_accueil.socle.texte import propre


@dataclass(frozen=True)
class Proposee:
    """What somebody says should be written instead."""

    objet: Objet
    objet_id: int
    champ: str
    valeur: object
    pourquoi: str
    demande_id: UUID


@transaction.atomic
def proposer_une_correction(dite: Proposee, *, role: Role, a: datetime) -> Correction:
    """Keep a proposed correction; the same request twice is the same proposal.

    Raises:
        FicheRefusee: unknown entry or field, value that cannot be kept, no reason, or nothing differs.
    """
    structure_id = structure_de(dite.objet, dite.objet_id)
    rangee = MODELES[dite.objet]._default_manager.filter(pk=dite.objet_id).first()
    if structure_id is None or rangee is None:
        raise FicheRefusee({"": "Cette fiche n'existe plus dans l'annuaire."})
    pourquoi = " ".join(propre(dite.pourquoi).split())[:500]
    if not pourquoi:
        raise FicheRefusee({"pourquoi": "Dites en quelques mots d'où vous le savez."})
    try:
        apres = champ_de(dite.objet, dite.champ).lire(dite.valeur)
    except ValeurRefusee as refus:
        raise FicheRefusee({"valeur": str(refus)}) from None
    avant = valeur_de(rangee, dite.champ)
    if apres == avant:
        raise FicheRefusee({"valeur": "C'est déjà ce que dit la fiche."})
    correction, _ = Correction.objects.get_or_create(
        demande_id=dite.demande_id,
        defaults={
            "structure_id": structure_id, "service_id": service_de(dite.objet, dite.objet_id),
            "objet": dite.objet.value, "objet_id": dite.objet_id, "champ": dite.champ, "avant": avant, "apres": apres,
            "pourquoi": pourquoi, "par_id": role.compte_id, "le": a,
            "par_dit": f"{role.compte}, {role.structure}"[:200],
        },
    )  # fmt: skip
    return correction


@transaction.atomic
def trancher(correction_id: int, geste: str, mot: str, *, role: Role, a: datetime) -> Correction:
    """Accept or refuse a proposed correction; accepted, the entry is corrected and says by whom.

    Args:
        geste: ``accepter`` or ``refuser`` (``regles.campagnes.GESTES``).
        mot: said to who proposed it; a refusal must say why.

    Raises:
        Correction.DoesNotExist: none, or the entry is not kept by this role.
        FicheRefusee: already decided, a refusal without a word, or the field moved since.
    """
    correction = Correction.objects.get(pk=correction_id)
    if not tient(role, correction.structure_id):
        raise Correction.DoesNotExist
    transition = GESTES.get(geste)
    if transition is None:
        raise FicheRefusee({"": "Choisissez d'accepter ou de refuser."})
    dit = " ".join(propre(mot).split())[:500]
    if transition.vers is Etat.REFUSEE and not dit:
        raise FicheRefusee({"mot": "Un refus se dit avec un mot : pourquoi la fiche reste comme elle est."})
    faite = Correction.objects.filter(pk=correction_id, etat__in=[e.value for e in transition.depuis]).update(
        etat=transition.vers.value, decidee_par=role.compte_id, decidee_le=a, mot=dit
    )
    if not faite:
        raise FicheRefusee({"": "Quelqu'un a déjà répondu à cette proposition : rien n'a changé."})
    if transition.vers is Etat.ACCEPTEE:
        Correction.objects.filter(pk=correction_id).update(ecrites=[r.pk for r in _ecrire(correction, role, a)])
    elif transition.vers is Etat.REFUSEE and correction.champ in CHAMPS_DITS:
        rendre_les_dates(correction)
    correction.refresh_from_db()
    return correction


def _ecrire(correction: Correction, role: Role, a: datetime) -> list[Revision]:
    """Correct the entry as was proposed."""
    if correction.champ in CHAMPS_DITS:
        return appliquer_la_declaration(correction, role=role, a=a)
    objet = Objet(correction.objet)
    rangee = MODELES[objet]._default_manager.filter(pk=correction.objet_id).first()
    if rangee is not None and valeur_de(rangee, correction.champ) not in (correction.avant, correction.apres):
        raise FicheRefusee({"": "La fiche a changé depuis : relisez-la, puis refusez ou corrigez vous-même."})
    return modifier(
        objet, correction.objet_id, {correction.champ: correction.apres}, origine=Origine.HUMAIN,
        auteur=role.compte_id, auteur_dit=f"proposé par {correction.par_dit}", a=a,
    )  # fmt: skip


@transaction.atomic
def revenir_sur(correction_id: int, *, role: Role, a: datetime) -> Correction:
    """Undo what was accepted: the entry is as it was, and the proposal waits again for a decision.

    Raises:
        Correction.DoesNotExist: none, or the entry is not kept by this role.
        FicheRefusee: nothing was accepted, or the entry moved since.
    """
    correction = Correction.objects.get(pk=correction_id)
    if not tient(role, correction.structure_id):
        raise Correction.DoesNotExist
    transition = REVENIR
    faite = Correction.objects.filter(pk=correction_id, etat__in=[e.value for e in transition.depuis]).update(
        etat=transition.vers.value, decidee_par=None, decidee_le=None, mot=""
    )
    if not faite:
        raise FicheRefusee({"": "Cette proposition n'est pas acceptée, ou ne l'est plus : rien n'a changé."})
    debout = Revision.objects.filter(pk__in=correction.ecrites, annule_par=None).order_by("-pk")
    for cle in list(debout.values_list("pk", flat=True)):
        annuler(cle, role=role, a=a)
    correction.refresh_from_db()
    return correction
