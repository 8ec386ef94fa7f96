"""Communicate on a text that asks no agreement: attested condition by condition, and told to the person."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.acces import attestations_visibles
from premier_accueil.partage.actions.commun import PartageRefuse, copier, noter_ecriture
from premier_accueil.partage.models import Accord, Attestation, Communication, DemandeDeDroit
from premier_accueil.partage.regles import Attestee, refus_d_attestation, refus_de_base, table_de_partage
from premier_accueil.partage.regles.conservation import GenreDeDroit
from premier_accueil.partage.requetes import Envisage, projeter_sans_accord, statut_de
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne


@transaction.atomic
def communiquer_sans_accord(
    envisage: Envisage, attestee: Attestee, *, demande_id: UUID, role: Role, a: datetime
) -> tuple[int, bool]:
    """Send what a text lets out without an agreement: one imposed sentence, never a name nor a content.

    Attestation, copy, register and journal stand in one transaction.

    Args:
        envisage: on which basis, to whom.
        attestee: conditions, reason, whether she was told.
        demande_id: drawn by the page: a double click sends once.

    Returns:
        (key of the communication, whether it was already sent).

    Raises:
        PartageRefuse: this basis is not for this mission, something is not attested, or nothing may leave.
        Personne.DoesNotExist, Structure.DoesNotExist: not visible, or unknown.
    """
    personne = Personne.objects.select_for_update().get(personnes_visibles(role, a), pk=envisage.personne_id)
    deja = Communication.objects.filter(attestation__demande_id=demande_id, expediteur_id=role.structure_id).first()
    if deja is not None:
        return deja.pk, True
    base = table_de_partage().bases.get(envisage.base)
    refus = refus_de_base(base, statut_de(role))
    if base is None or refus or not base.sans_accord:
        raise PartageRefuse(refus or "Sur cette base, l'accord de la personne se demande.")
    if refus := refus_d_attestation(base, attestee):
        raise PartageRefuse(refus)
    if base.cede_au_refus and _a_refuse(personne, envisage.destinataire_id, role):
        raise PartageRefuse("Elle a retiré un accord ou s'est opposée : sur ce texte, son refus arrête tout.")
    vu = projeter_sans_accord(personne, envisage, a)
    if not vu.partent:
        raise PartageRefuse(vu.lignes[0].raison if vu.lignes else "Il n'y a rien à communiquer.")
    attestation = Attestation.objects.create(
        structure_id=role.structure_id, demande_id=demande_id, personne=personne, base=base.code, but=base.but,
        destinataire_id=envisage.destinataire_id, fonction=envisage.fonction.value,
        conditions=sorted(base.conditions), raison=attestee.raison, informee_le=a if attestee.informee else None,
        pas_informee="" if attestee.informee else attestee.pas_informee, attestee_par_id=role.compte_id, cree_le=a,
    )  # fmt: skip
    noter_ecriture("attester", "ATTESTATION", attestation.pk, role, a)
    fin = a + timedelta(days=table_de_partage().duree_par_defaut)
    return copier(attestation, vu.partent, fin, role, a).pk, False


def _a_refuse(personne: Personne, destinataire_id: int, role: Role) -> bool:
    """Tell whether she withdrew an agreement given for this recipient, or objected."""
    retires = Accord.objects.filter(personne=personne, destinataire_id=destinataire_id, retire_le__isnull=False)
    opposee = DemandeDeDroit.objects.filter(
        structure_id=role.structure_id, personne=personne, genre=GenreDeDroit.OPPOSITION
    )
    return retires.exists() or opposee.exists()


@transaction.atomic
def dire_a_la_personne(attestation_id: int, *, role: Role, a: datetime) -> int:
    """Note that the person was told of a communication made without her agreement; a second call changes nothing.

    Returns:
        key of the person.

    Raises:
        Attestation.DoesNotExist: not visible to this role.
    """
    attestation = Attestation.objects.get(attestations_visibles(role, a), pk=attestation_id)
    if Attestation.objects.filter(pk=attestation.pk, informee_le=None).update(informee_le=a):
        noter_ecriture("dire_a_la_personne", "ATTESTATION", attestation.pk, role, a)
    return attestation.personne_id
