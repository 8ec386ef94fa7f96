"""What the latest interview wrote to be shared: a sharing page proposes it, the agent keeps, shortens or erases it."""

from __future__ import annotations

from datetime import datetime

from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.acces import entretiens_visibles
from premier_accueil.entretien.models import Entretien
from premier_accueil.socle.journal import Geste, noter


def resume_a_partager(personne_id: int, *, role: Role, a: datetime) -> str:
    """Return the summary of a person's latest interview that has one; the reading is journaled.

    Only the summary: never the work note, nor the diagnosis, nor what was said of each domain.

    Returns:
        its words; empty when there is none, or when this role reads no interview of hers.
    """
    siens = Entretien.objects.filter(entretiens_visibles(role, a), passage__personne_id=personne_id).exclude(resume="")
    dernier = siens.order_by("-ouvert_le", "-pk").first()
    if dernier is None:
        return ""
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="resume_a_partager",
        objet="ENTRETIEN", objet_id=dernier.pk, a=a,
    )  # fmt: skip
    return dernier.resume
