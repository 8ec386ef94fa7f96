"""Receive a request of domiciliation, decide, note contacts: each one transaction. Every end is somebody's decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.acces import domiciliations_visibles
from premier_accueil.entretien.models import AbsenceExpliquee, ContactDeDomiciliation, Domiciliation
from premier_accueil.entretien.regles.domiciliation import (
    DOMICILIATION,
    GESTES_DE_DOMICILIATION,
    EtatDeDomiciliation,
    Excuse,
    fin_de_l_attestation,
    reponse_due,
    sans_nouvelles_depuis,
)
from premier_accueil.faits.actions import noter_faits
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.actions import SaisieRefusee, noter_un_contact
from premier_accueil.personnes.actions.commun import refuser_le_nir
from premier_accueil.personnes.actions.contact import refuser_ce_qui_est_protege
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.texte import propre

E = EtatDeDomiciliation
ENTRE_TEMPS = "Quelqu'un a modifié cette domiciliation pendant votre saisie, qui est gardée. Relisez-la, puis validez."
FUTUR = "Cette date est dans le futur. Écrivez le jour où cela s'est passé."


@dataclass(frozen=True)
class Decision:
    """What a gesture says; each takes what it needs."""

    jour: date | None = None
    motif: str = ""
    decision_ecrite: str = ""
    orientee_vers: str = ""
    soutien: str = ""
    referent_souhaite: str = ""


@transaction.atomic
def demander(
    personne_id: int, *, demande_id: UUID, role: Role, a: datetime, jour: date | None = None,
    precedente_id: int | None = None,
) -> int:  # fmt: skip
    """Receive a request, or the renewal of a running domiciliation; the answer is due within two months (D.264-1).

    Args:
        personne_id: her file.
        demande_id: drawn by the page: a second call changes nothing.
        jour: day of reception, today when not said.
        precedente_id: the domiciliation to renew.

    Returns:
        the key of the request.

    Raises:
        SaisieRefusee: the day is in the future, or the renewal was already asked.
        Personne.DoesNotExist, Domiciliation.DoesNotExist: not visible to this role.
    """
    personne = Personne.objects.get(personnes_visibles(role, a), pk=personne_id)
    recue = jour or jour_local(a)
    if recue > jour_local(a):
        raise SaisieRefusee("jour", FUTUR)
    deja = Domiciliation.objects.filter(structure_id=role.structure_id, demande_id=demande_id).first()
    if deja is not None:
        return deja.pk
    precedente = _tenir(precedente_id, role, a) if precedente_id else None
    if precedente and (precedente.personne_id != personne.pk or precedente.etat != E.ACCORDEE):
        raise SaisieRefusee("", "Seule une domiciliation en cours se renouvelle.")
    if precedente and Domiciliation.objects.filter(precedente=precedente).exists():
        raise SaisieRefusee("", "Le renouvellement est déjà demandé.")
    d = Domiciliation.objects.create(
        structure_id=role.structure_id, demande_id=demande_id, personne=personne, precedente=precedente,
        demandee_le=recue, reponse_due=reponse_due(recue), recue_par_id=role.compte_id, modifiee_le=a,
    )  # fmt: skip
    _fait(d, "RENOUVELER" if precedente else "DEMANDER", role, a)
    _tracer("demander_une_domiciliation", d, role, a)
    return d.pk


@transaction.atomic
def faire(geste: str, domiciliation_id: int, dit: Decision, *, version: int, role: Role, a: datetime) -> None:
    """Make one gesture of the table: interview, grant, refuse, end, leave.

    A refusal and an end are written, by somebody; a refusal says where the person was directed (CASF, L.264-4).

    Args:
        geste: a key of ``GESTES_DE_DOMICILIATION``.
        version: the version that the page showed.

    Raises:
        SaisieRefusee: the state does not allow it, somebody was faster, or something must be corrected.
        Domiciliation.DoesNotExist: not visible to this role.
        KeyError: no such gesture.
    """
    regle = GESTES_DE_DOMICILIATION[geste]
    d = _tenir(domiciliation_id, role, a)
    if d.version != version or d.etat not in regle.depuis:
        raise SaisieRefusee("", ENTRE_TEMPS)
    jour = dit.jour or jour_local(a)
    if jour > jour_local(a):
        raise SaisieRefusee("jour", FUTUR)
    if jour < (d.debut or d.entretien_le or d.demandee_le):
        raise SaisieRefusee("jour", "Cette date est avant ce qui est déjà noté. Vérifiez-la.")
    colonnes = _EFFETS[geste](d, dit, jour, role, a)
    _poser(d, {"etat": regle.vers.value, **colonnes}, a)
    _fait(d, geste.upper(), role, a, motif=d.motif if geste in {"refuser", "radier"} else "")
    _tracer(f"{geste}_une_domiciliation", d, role, a)


@transaction.atomic
def proposer_un_soutien(
    domiciliation_id: int, soutien: str, *, referent_souhaite: str = "", role: Role, a: datetime
) -> None:
    """Record what the person said of the support offered with each request (S1).

    Raises:
        SaisieRefusee: not an answer of the list.
        Domiciliation.DoesNotExist: not visible to this role.
    """
    d = _tenir(domiciliation_id, role, a)
    if soutien not in DOMICILIATION.soutien:
        raise SaisieRefusee("soutien", "Dites ce que la personne a répondu.")
    nets = _nets(d, {"referent_souhaite": referent_souhaite})
    _poser(d, {"soutien": soutien, "referent_souhaite": nets["referent_souhaite"][:120]}, a)
    _fait(d, "SOUTIEN", role, a, soutien=soutien)
    _tracer("proposer_un_soutien", d, role, a)


@transaction.atomic
def noter_une_manifestation(
    domiciliation_id: int, genre: str, *, demande_id: UUID, role: Role, a: datetime, jour: date | None = None
) -> None:
    """Write that the person came, called, wrote or took her mail (CASF, D.264-3); today's is a contact with her too.

    Raises:
        SaisieRefusee: not a kind of the list, or a day in the future.
        Domiciliation.DoesNotExist: not visible to this role.
    """
    d = _tenir(domiciliation_id, role, a)
    quand = jour or jour_local(a)
    if genre not in DOMICILIATION.contacts:
        raise SaisieRefusee("genre", "Dites comment elle s'est manifestée.")
    if quand > jour_local(a):
        raise SaisieRefusee("jour", FUTUR)
    _, cree = ContactDeDomiciliation.objects.get_or_create(
        structure_id=role.structure_id, demande_id=demande_id,
        defaults={"domiciliation": d, "genre": genre, "jour": quand, "compte_id": role.compte_id},
    )  # fmt: skip
    if cree and quand == jour_local(a):
        noter_un_contact(d.personne_id, role=role, a=a)
    if cree:
        _tracer("noter_une_manifestation", d, role, a)


@transaction.atomic
def expliquer_une_absence(
    domiciliation_id: int, motif: str, *, du: date, au: date | None, demande_id: UUID, role: Role, a: datetime
) -> None:
    """Note why the person cannot come: this time does not count (CASF, D.264-3).

    Raises:
        SaisieRefusee: not a reason of the list, or the end comes before the beginning.
        Domiciliation.DoesNotExist: not visible to this role.
    """
    d = _tenir(domiciliation_id, role, a)
    if motif not in DOMICILIATION.excuses:
        raise SaisieRefusee("motif", "Choisissez une raison.")
    if au is not None and au < du:
        raise SaisieRefusee("au", "La fin est avant le début. Vérifiez ces dates.")
    _, cree = AbsenceExpliquee.objects.get_or_create(
        structure_id=role.structure_id, demande_id=demande_id,
        defaults={"domiciliation": d, "motif": motif, "du": du, "au": au, "compte_id": role.compte_id},
    )  # fmt: skip
    if cree:
        _tracer("expliquer_une_absence", d, role, a)


def _entretenir(d: Domiciliation, dit: Decision, jour: date, role: Role, a: datetime) -> dict[str, Any]:
    return {"entretien_le": jour}


def _accorder(d: Domiciliation, dit: Decision, jour: date, role: Role, a: datetime) -> dict[str, Any]:
    # A renewal follows the attestation that runs: not a day without, not a day twice.
    debut = max(jour, d.precedente.fin) if d.precedente and d.precedente.fin else jour
    return {
        "debut": debut, "fin": fin_de_l_attestation(debut), "decidee_le": jour, "decidee_par_id": role.compte_id,
    }  # fmt: skip


def _refuser(d: Domiciliation, dit: Decision, jour: date, role: Role, a: datetime) -> dict[str, Any]:
    if dit.motif not in DOMICILIATION.refus:
        raise SaisieRefusee("motif", "Choisissez la raison du refus : un refus est toujours motivé.")
    nets = _ecrite(d, dit)
    if not nets["orientee_vers"]:
        raise SaisieRefusee("orientee_vers", "Écrivez vers qui la personne est orientée : un refus oriente toujours.")
    return {"motif": dit.motif, **nets, "decidee_le": jour, "decidee_par_id": role.compte_id}


def _radier(d: Domiciliation, dit: Decision, jour: date, role: Role, a: datetime) -> dict[str, Any]:
    if dit.motif not in DOMICILIATION.fins:
        raise SaisieRefusee("motif", "Choisissez la raison de la fin.")
    if dit.motif == "ABSENCE" and sans_nouvelles(d, jour_local(a)) is None:
        raise SaisieRefusee(
            "motif", "Elle s'est manifestée il y a moins de trois mois, ou son absence est expliquée : autre raison."
        )
    return {"motif": dit.motif, **_ecrite(d, dit), "decidee_le": jour, "decidee_par_id": role.compte_id}


def _laisser(d: Domiciliation, dit: Decision, jour: date, role: Role, a: datetime) -> dict[str, Any]:
    return {"decidee_le": jour, "decidee_par_id": role.compte_id}


_EFFETS = {
    "entretenir": _entretenir, "accorder": _accorder, "refuser": _refuser, "radier": _radier, "laisser": _laisser,
}  # fmt: skip


def sans_nouvelles(d: Domiciliation, jour: date) -> date | None:
    """Return since when nothing was heard of the person, once that is more than three months; two queries."""
    contacts = d.contacts.values_list("jour", flat=True)
    excuses = [Excuse(*e) for e in d.absences.values_list("motif", "du", "au")]
    return sans_nouvelles_depuis(d.debut or d.demandee_le, contacts, excuses, jour)


def _ecrite(d: Domiciliation, dit: Decision) -> dict[str, str]:
    nets = _nets(d, {"decision_ecrite": dit.decision_ecrite, "orientee_vers": dit.orientee_vers})
    if not nets["decision_ecrite"]:
        raise SaisieRefusee("decision_ecrite", "Écrivez la décision : elle se remet par écrit à la personne.")
    return {"decision_ecrite": nets["decision_ecrite"][:5_000], "orientee_vers": nets["orientee_vers"][:200]}


def _nets(d: Domiciliation, textes: dict[str, str]) -> dict[str, str]:
    nets = {champ: propre(texte) for champ, texte in textes.items()}
    refuser_le_nir(nets)
    refuser_ce_qui_est_protege(d.personne, nets)
    return nets


def _tenir(domiciliation_id: int, role: Role, a: datetime) -> Domiciliation:
    return Domiciliation.objects.select_for_update(of=("self",)).get(
        domiciliations_visibles(role, a), pk=domiciliation_id
    )


def _poser(d: Domiciliation, colonnes: dict[str, Any], a: datetime) -> None:
    colonnes = {**colonnes, "version": d.version + 1, "modifiee_le": a}
    if not Domiciliation.objects.filter(pk=d.pk, version=d.version, etat=d.etat).update(**colonnes):
        raise SaisieRefusee("", ENTRE_TEMPS)
    for colonne, valeur in colonnes.items():
        setattr(d, colonne, valeur)


def _fait(d: Domiciliation, geste: str, role: Role, a: datetime, *, motif: str = "", soutien: str = "") -> None:
    noter_faits(
        [("DOMICILIATION", {"geste": geste, "motif": motif, "soutien": soutien})],
        structure_id=role.structure_id, departement=role.departement, a=a,
    )  # fmt: skip


def _tracer(action: str, d: Domiciliation, role: Role, a: datetime) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action,
        objet="DOMICILIATION", objet_id=d.pk, a=a,
    )  # fmt: skip
