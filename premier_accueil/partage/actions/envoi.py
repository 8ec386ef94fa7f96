"""Ask an agreement for one communication, and send what it allows."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.acces import accords_visibles
from premier_accueil.partage.actions.code import depenser_le_code
from premier_accueil.partage.actions.commun import PartageRefuse, copier, faire_savoir, noter_ecriture
from premier_accueil.partage.models import Accord, Attestation, Communication, LienDeCommunication
from premier_accueil.partage.regles import (
    RIEN_D_ATTESTE,
    Attestee,
    Projection,
    projection,
    refus_d_accord,
    refus_d_attestation,
    refus_de_base,
    table_de_partage,
    themes_entendus,
)
from premier_accueil.partage.requetes import Souhait, destinataire, statut_de
from premier_accueil.partage.requetes.dossier import accord_vu, dossier
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.empreinte import empreinte
from premier_accueil.socle.texte import propre

PAR_CODE = "CODE_SMS"


@dataclass(frozen=True)
class Recueil:
    """How the person said yes.

    Attributes:
        demande_id: drawn by the page: a double click asks once.
        elements: codes she said yes to.
        attestee: what the legal basis asks beside her agreement.
    """

    demande_id: UUID
    elements: frozenset[str]
    obtention: str
    presents: frozenset[str]
    demande_a_la_personne: bool
    attestee: Attestee = RIEN_D_ATTESTE


@dataclass(frozen=True)
class Envoi:
    """What was sent.

    Attributes:
        secret: of the link, shown once; empty without link, or when it was already shown.
        deja: the same request was already sent.
    """

    accord_id: int
    communication_id: int
    secret: str
    deja: bool


@transaction.atomic
def demander_et_communiquer(souhait: Souhait, recueil: Recueil, *, lien: bool, role: Role, a: datetime) -> Envoi:
    """Record the agreement and send at once, or do neither.

    Raises:
        PartageRefuse: the agreement does not hold, or nothing may leave.
        Personne.DoesNotExist, Structure.DoesNotExist: not visible, or unknown.
    """
    accord = recueillir_un_accord(souhait, recueil, role=role, a=a)
    return communiquer(accord.pk, souhait.textes, lien=lien, role=role, a=a)


@transaction.atomic
def recueillir_un_accord(souhait: Souhait, recueil: Recueil, *, role: Role, a: datetime) -> Accord:
    """Record the agreement of a person to ONE communication; the same request again returns the first.

    Raises:
        PartageRefuse: it was not asked as it must be (of her; alone where violence is a theme; no child translating),
            its basis is not for this mission, a condition is not attested, or the code was not the right one.
        Personne.DoesNotExist: not visible to this role.
    """
    personne = Personne.objects.only("pk").filter(personnes_visibles(role, a)).get(pk=souhait.personne_id)
    table = table_de_partage()
    if refus := _refus(souhait, recueil, role):
        raise PartageRefuse(refus)
    deja = Accord.objects.filter(structure_id=role.structure_id, demande_id=recueil.demande_id).first()
    if deja is not None:
        return deja
    if recueil.obtention == PAR_CODE and (refus := depenser_le_code(souhait, recueil.demande_id, role=role, a=a)):
        raise PartageRefuse(refus)
    accord, nouveau = Accord.objects.get_or_create(
        structure_id=role.structure_id, demande_id=recueil.demande_id,
        defaults={
            "personne": personne, "but": souhait.but, "base": souhait.base, "destinataire_id": souhait.destinataire_id,
            "fonction": souhait.fonction.value, "elements": sorted(recueil.elements & souhait.textes.keys()),
            "debut": a, "fin": a + timedelta(days=min(souhait.jours, table.duree_au_plus)),
            "obtention": recueil.obtention, "recueilli_par_id": role.compte_id, "presents": sorted(recueil.presents),
            "demande_a_la_personne": True, "suivie_ensemble": souhait.suivie_ensemble, "cree_le": a,
        },
    )  # fmt: skip
    if nouveau:
        _attester(accord, recueil.attestee, a)
        faire_savoir("ACCORD", {"but": accord.but}, role, a)
        noter_ecriture("recueillir_un_accord", "ACCORD", accord.pk, role, a)
    return accord


def _refus(souhait: Souhait, recueil: Recueil, role: Role) -> str:
    base = table_de_partage().bases.get(souhait.base)
    if souhait.destinataire_id == role.structure_id:
        return "Cette structure est la vôtre : il n'y a rien à lui communiquer."
    if refus := refus_de_base(base, statut_de(role)):
        return refus
    if base is None or not base.accord:
        return "Ce texte ne demande pas l'accord : il a sa propre page."
    return refus_d_attestation(base, recueil.attestee) or refus_d_accord(
        but=souhait.but, obtention=recueil.obtention, presents=recueil.presents,
        demande_a_la_personne=recueil.demande_a_la_personne,
        themes=souhait.themes | themes_entendus(souhait.textes.values()),
    )  # fmt: skip


def _attester(accord: Accord, attestee: Attestee, a: datetime) -> None:
    conditions = table_de_partage().bases[accord.base].conditions
    if conditions:
        Attestation.objects.create(
            structure_id=accord.structure_id, demande_id=accord.demande_id, personne_id=accord.personne_id,
            accord=accord, base=accord.base, but=accord.but, destinataire_id=accord.destinataire_id,
            fonction=accord.fonction, conditions=sorted(conditions), raison=propre(attestee.raison)[:500],
            informee_le=a, attestee_par_id=accord.recueilli_par_id, cree_le=a,
        )  # fmt: skip


@transaction.atomic
def communiquer(accord_id: int, textes: dict[str, str], *, lien: bool, role: Role, a: datetime) -> Envoi:
    """Send what the agreement allows, projected again at this very moment; once.

    Copies, register and journal stand in one transaction: the copy never leaves without its trace.

    Args:
        accord_id: the agreement.
        textes: words by code; what the projection keeps is never written anywhere.
        lien: also make a link, for a partner without account.
        role, a: who, when.

    Raises:
        PartageRefuse: nothing may leave any more; the text says why.
        Accord.DoesNotExist: not visible to this role.
    """
    # Held: a withdrawal that comes at the same instant waits for the copy, then closes it.
    accord = (
        Accord.objects.select_for_update(of=("self",)).select_related("personne", "destinataire")
        .filter(accords_visibles(role, a)).get(pk=accord_id)
    )  # fmt: skip
    deja = Communication.objects.filter(accord=accord).first()
    if deja is not None:
        return Envoi(accord.pk, deja.pk, "", deja=True)
    vu = _projeter(accord, textes, a)
    if not vu.partent:
        raise PartageRefuse(vu.lignes[0].raison if vu.lignes else "Il n'y a rien à communiquer.")
    copie = copier(accord, vu.partent, accord.fin, role, a)
    return Envoi(accord.pk, copie.pk, _lier(copie, a) if lien else "", deja=False)


def _projeter(accord: Accord, textes: dict[str, str], a: datetime) -> Projection:
    suivie_avec = frozenset({accord.destinataire_id}) if accord.suivie_ensemble else frozenset[int]()
    tenu = dossier(accord.personne, textes, themes=themes_entendus(textes.values()), suivie_avec=suivie_avec)
    vers = destinataire(accord.destinataire_id, Fonction(accord.fonction), a)
    return projection(tenu, vers, accord_vu(accord), table_de_partage().bases.get(accord.base), a)


def _lier(copie: Communication, a: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    LienDeCommunication.objects.create(
        structure_id=copie.expediteur_id, communication=copie, condense=empreinte(secret),
        cree_le=a, expire_le=min(copie.fin, a + timedelta(days=table_de_partage().duree_du_lien)),
    )  # fmt: skip
    return secret
