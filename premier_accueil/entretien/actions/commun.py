"""What every action of an interview shares: hold the row, refuse in plain words, leave the line and the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from premier_accueil.accueil.models import Passage
from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.acces import entretiens_visibles
from premier_accueil.entretien.models import Entretien
from premier_accueil.faits.actions import noter_faits
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.personnes.actions.commun import refuser_le_nir
from premier_accueil.personnes.actions.contact import refuser_ce_qui_est_protege
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.journal import Geste, noter

__all__ = ["GesteRefuse", "SaisieRefusee", "faits_du_passage", "refuser_les_secrets", "tenir", "tracer"]


class GesteRefuse(ValueError):
    """The state does not allow the gesture, or something is missing; the message says what and what to do."""


def tenir(entretien_id: int, role: Role, a: datetime) -> Entretien:
    """Return an interview, its row held until the end of the transaction.

    Raises:
        Entretien.DoesNotExist: not visible to this role.
    """
    return (
        Entretien.objects.select_for_update(of=("self",))
        .select_related("passage")
        .defer("passage__mots")
        .get(entretiens_visibles(role, a), pk=entretien_id)
    )


def refuser_les_secrets(passage: Passage, textes: Mapping[str, str]) -> None:
    """Refuse a social security number, or the protected address of the person, wherever it was typed (T3).

    Raises:
        SaisieRefusee: a field holds one.
    """
    refuser_le_nir(textes)
    if passage.personne_id is not None:
        refuser_ce_qui_est_protege(Personne.objects.get(pk=passage.personne_id), dict(textes))


def tracer(action: str, role: Role, a: datetime, objet_id: int | None, *, objet: str = "ENTRETIEN") -> None:
    """Leave the line of a writing in the journal of accesses."""
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action, objet=objet,
        objet_id=objet_id, a=a,
    )  # fmt: skip


def faits_du_passage(
    passage: Passage, dits: Iterable[tuple[str, Mapping[str, str]]], *, role: Role, a: datetime, annule: bool = False
) -> None:
    """Write what an act makes known, with the commune of its passage when it is told and large enough."""
    commune = passage.commune
    noter_faits(
        dits, structure_id=role.structure_id, departement=role.departement, a=a,
        commune=commune.code if commune else "", population=commune.population if commune else None, annule=annule,
    )  # fmt: skip
