"""What people do with a relay once it left: one function for every gesture of the table, from an account or a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda import actions as agenda
from premier_accueil.agenda.regles import GesteImpossible as RendezVousFini
from premier_accueil.entretien.actions import GesteRefuse, noter_sans_reponse, repondre_au_besoin
from premier_accueil.relais.acces import relais_envoyes, relais_recus
from premier_accueil.relais.actions.commun import Auteur, SaisieRefusee, auteur_de, bouger, liberer_le_creneau, tracer
from premier_accueil.relais.actions.envoi import prevenir
from premier_accueil.relais.actions.liens import lien_vivant
from premier_accueil.relais.models import Relais
from premier_accueil.relais.regles import (
    FINIS,
    GESTES,
    OUVERT,
    REPONDU,
    EtatDeRelais,
    GesteImpossible,
    Partie,
    reglages,
)
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import propre

PAR_LE_LIEN = frozenset(
    {"accepter", "refuser", "proposer_une_date", "rencontrer", "constater_l_absence", "rendre_compte"}
)
"""What a partner without account may do, in one minute."""

PAR_L_ECRAN = frozenset({"recueillir_l_accord", "envoyer", "rebondir"})
"""What ``proposer`` alone does, with the agreement and the copy in the same transaction."""


@dataclass(frozen=True)
class Dit:
    """What comes with a gesture.

    Attributes:
        motif: code of the list that it asks for.
        quand, lieu: the date that it gives or proposes; aware.
    """

    motif: str = ""
    quand: datetime | None = None
    lieu: str = ""


@dataclass(frozen=True)
class Signature:
    """Who answers by a link: the name and function they sign with."""

    nom: str
    fonction: str


@transaction.atomic
def agir(relais_id: int, geste: str, dit: Dit, *, role: Role, a: datetime) -> None:
    """Make a gesture as an account: the sender's, or the recipient's.

    Raises:
        GesteImpossible: it moved meanwhile, or it is not theirs to do; says what happened.
        SaisieRefusee: a code or a date is missing.
        Relais.DoesNotExist: not visible to this role.
        KeyError: no such gesture.
    """
    relais = tenir(relais_id, role, a)
    auteur = auteur_de(relais, role)
    if geste in PAR_L_ECRAN:
        raise GesteImpossible(f"« {GESTES[geste].libelle} » : cela se fait depuis l'écran du relais, avec l'accord.")
    _faire(relais, geste, dit, auteur, a)
    _suites(relais, geste, dit, role, a)


def agir_par_le_lien(
    adresse: str, code: str, geste: str, dit: Dit, signature: Signature, *, a: datetime
) -> EtatDeRelais | None:
    """Make a gesture by a link and its code; ``None`` is the one answer when they open nothing.

    Args:
        adresse, code: what ``essayer_le_code`` accepted; checked again here, by the database.

    Raises:
        GesteImpossible, SaisieRefusee: see ``agir``; a name and a function are asked.
    """
    if geste not in PAR_LE_LIEN:
        raise GesteImpossible("Ce geste demande un compte.")
    with situation(jeton=adresse):
        if lien_vivant(adresse, a) is None:
            return None
    with situation(jeton=adresse + code):
        relais = tenir_par_le_lien()
        if relais is None:
            return None
        return EtatDeRelais(_faire(relais, geste, dit, auteur_par_le_lien(relais, signature), a).etat)


def tenir_par_le_lien() -> Relais | None:
    """Return the one relay that this link and its code open, its row held; ``None`` once it is over."""
    tenus = Relais.objects.select_for_update(of=("self",)).select_related("destinataire", "structure")
    return tenus.exclude(etat__in=FINIS).first()


def auteur_par_le_lien(relais: Relais, signature: Signature) -> Auteur:
    """Return who answers by a link, as they sign.

    Raises:
        SaisieRefusee: a name and a function are asked.
    """
    nom, fonction = propre(signature.nom)[:80], propre(signature.fonction)[:70]
    if not nom or not fonction:
        raise SaisieRefusee("nom" if not nom else "fonction", "Signez avec votre nom et votre fonction.")
    return Auteur(Partie.DESTINATAIRE, relais.destinataire_id, None, f"{nom}, {fonction}")


@transaction.atomic
def confier(relais_id: int, compte_id: int, *, role: Role, a: datetime) -> None:
    """Give a relay to a colleague of one's own side: who answers for it, or who deals with it there.

    Raises:
        SaisieRefusee: this colleague does not work there today.
        GesteImpossible: it is over.
        Relais.DoesNotExist: not visible to this role.
    """
    relais = tenir(relais_id, role, a)
    if relais.etat in FINIS:
        raise GesteImpossible("Ce relais est fini : il n'y a plus rien à confier.")
    envoye = relais.structure_id == role.structure_id
    fonction = Fonction.TRAVAIL_SOCIAL.value if envoye else relais.fonction
    la = Mission.objects.en_cours(a).filter(structure_id=role.structure_id, compte__is_active=True, fonction=fonction)
    if not la.filter(compte_id=compte_id).exists():
        raise SaisieRefusee(
            "compte", "Ce collègue ne peut pas s'en occuper aujourd'hui : choisissez quelqu'un d'autre."
        )
    Relais.objects.filter(pk=relais.pk).update(**{"suivi_par_id" if envoye else "confie_a_id": compte_id})
    tracer("relais_confier", relais, auteur_de(relais, role), a)


@transaction.atomic
def noter_le_rappel(relais_id: int, *, role: Role, a: datetime) -> None:
    """Note that the person was called back after a no-show, once (T12).

    Raises:
        GesteImpossible: she was already, or she came meanwhile.
        Relais.DoesNotExist: not visible to this role.
    """
    relais = Relais.objects.get(relais_envoyes(role, a), pk=relais_id)
    notes = Relais.objects.filter(pk=relais.pk, etat=EtatDeRelais.NON_VENU, rappelee_le=None).update(rappelee_le=a)
    if not notes:
        raise GesteImpossible("Elle a déjà été rappelée, ou ce relais a changé entre-temps. Rien n'a changé.")
    tracer("relais_noter_le_rappel", relais, auteur_de(relais, role), a)


def tenir(relais_id: int, role: Role, a: datetime) -> Relais:
    """Return a relay of either side, its row held until the end of the transaction.

    Raises:
        Relais.DoesNotExist: not visible to this role.
    """
    cle = (
        Relais.objects.filter(relais_envoyes(role, a) | relais_recus(role), pk=relais_id)
        .values_list("pk", flat=True).get()
    )  # fmt: skip
    tenus = Relais.objects.select_for_update(of=("self",)).select_related("destinataire", "structure")
    return tenus.get(pk=cle)


def couper(accord_id: int, compte_id: int, a: datetime) -> None:
    """Stop the relay of an agreement in the request that withdraws it: nothing of it opens any more (T1)."""
    tenus = Relais.objects.select_for_update(of=("self",)).select_related("destinataire", "structure")
    relais = tenus.filter(accord_id=accord_id).exclude(etat__in=FINIS).first()
    if relais is not None:
        bouger(relais, "retirer", Auteur(Partie.PERSONNE, relais.structure_id, compte_id), a)
        if relais.rendez_vous is not None:
            relais.rendez_vous.nom = relais.rendez_vous.joindre = ""
            relais.rendez_vous.save(update_fields=["nom", "joindre"])


def _faire(relais: Relais, geste: str, dit: Dit, auteur: Auteur, a: datetime) -> Relais:
    if dit.quand is not None and dit.quand <= a:
        raise SaisieRefusee("quand", "Cette date est passée : donnez un jour à venir.")
    passe = geste in {"rencontrer", "constater_l_absence"} and relais.quand is not None
    if passe and relais.quand is not None and jour_local(relais.quand) > jour_local(a):
        raise GesteImpossible("Le rendez-vous n'est pas encore passé : vous le noterez ce jour-là.")
    champs = CHAMPS[geste](relais, dit, auteur) if geste in CHAMPS else {}
    return bouger(relais, geste, auteur, a, motif=dit.motif, date=dit.quand, **champs)


def _accepter(relais: Relais, dit: Dit, auteur: Auteur) -> dict[str, Any]:
    champs: dict[str, Any] = {} if relais.confie_a_id else {"confie_a_id": auteur.compte_id}
    return champs | ({"quand": dit.quand, "lieu": propre(dit.lieu)[:200]} if dit.quand and not relais.quand else {})


CHAMPS: Mapping[str, Callable[[Relais, Dit, Auteur], dict[str, Any]]] = {
    "accepter": _accepter,
    "proposer_une_date": lambda _, dit, __: {"autre_quand": dit.quand, "autre_lieu": propre(dit.lieu)[:200]},
    "convenir": lambda r, _, __: {"quand": r.autre_quand, "lieu": r.autre_lieu or r.lieu},
    "redonner_une_date": lambda r, dit, __: {"quand": dit.quand, "lieu": propre(dit.lieu)[:200] or r.lieu},
    "constater_l_absence": lambda _, __, ___: {"rappelee_le": None},
    "rendre_compte": lambda _, dit, __: {"issue": dit.motif},
}
"""Columns that a gesture changes, beside the state."""


def _suites(relais: Relais, geste: str, dit: Dit, role: Role, a: datetime) -> None:
    """Do what a gesture leads to in the rooms below: the slot, the visit, the need."""
    if geste == "relancer":
        prevenir(relais, "", a)
    if geste in {"refuser", "annuler", "convenir", "redonner_une_date"}:
        liberer_le_creneau(relais, role, a)
    if geste in {"rencontrer", "constater_l_absence"} and relais.rendez_vous_id is not None:
        with suppress(RendezVousFini):
            agenda.noter_la_venue(relais.rendez_vous_id, venue=geste == "rencontrer", role=role, a=a)
    if geste == "clore" and relais.besoin_id is not None:
        with suppress(GesteRefuse):  # somebody answered it before
            if dit.motif == REPONDU:
                issue = reglages().issues.get(relais.issue)
                repondre_au_besoin(relais.besoin_id, issue.reponse if issue else "ORIENTATION", "", role=role, a=a)
            elif dit.motif == OUVERT:
                noter_sans_reponse(relais.besoin_id, role=role, a=a)
