"""The sheet made for a passage, for the agent who hands it over."""

from __future__ import annotations

from datetime import datetime

from premier_accueil.accueil.acces import passages_visibles
from premier_accueil.accueil.feuille.contenu import Feuille, depuis_json
from premier_accueil.accueil.models import FeuilleDeRoute, Passage
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle.journal import Geste, noter


def feuille_du_passage(passage_id: int, *, role: Role, a: datetime) -> Feuille:
    """Return the sheet of a passage; taking it out is journaled as an export.

    Raises:
        FeuilleDeRoute.DoesNotExist: none was made, or the passage is not visible to this role.
    """
    visibles = Passage.objects.filter(passages_visibles(role), pk=passage_id, annule_le=None)
    feuille = FeuilleDeRoute.objects.get(passage__in=visibles)
    noter(
        structure_id=feuille.structure_id, compte_id=role.compte_id, geste=Geste.EXPORT, action="feuille_du_passage",
        objet="FEUILLE", objet_id=feuille.pk, a=a,
    )  # fmt: skip
    return depuis_json(feuille.contenu)
