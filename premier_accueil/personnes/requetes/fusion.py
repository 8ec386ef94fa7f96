"""Merges proposed and done, for who keeps both files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.acces import personnes_tenues
from premier_accueil.personnes.models import Fusion, Personne
from premier_accueil.personnes.regles import EtatDeFusion
from premier_accueil.personnes.requetes.composition import identite
from premier_accueil.socle.journal import Geste, noter


@dataclass(frozen=True)
class Rapprochement:
    """Two files that would be, or are, one person."""

    id: int
    gardee_id: int
    gardee: str
    gardee_naissance: str
    absorbee_id: int
    absorbee: str
    absorbee_naissance: str
    raison: str
    etat: str
    faite: bool
    proposee_par: str
    proposee_le: datetime
    validable: bool


def rapprochements(role: Role, a: datetime) -> tuple[Rapprochement, ...]:
    """Return the running merges (proposed, done) whose kept file the role keeps, the latest first; journaled."""
    tenues = Personne.objects.filter(personnes_tenues(role)).values("pk")
    # Once done, the blocks of the absorbed file stand on the kept one: before, each file speaks for itself.
    montrees = Q(etat=EtatDeFusion.FAITE) | Q(etat=EtatDeFusion.PROPOSEE, absorbee_id__in=tenues)
    lignes = (
        Fusion.objects.filter(montrees, gardee_id__in=tenues)
        .select_related("gardee", "absorbee", "proposee_par")
        .order_by("-etat", "-proposee_le", "-pk")[:100]
    )
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="rapprochements",
        objet="FUSION", objet_id=None, a=a,
    )  # fmt: skip
    return tuple(
        Rapprochement(
            f.pk, f.gardee_id, (g := identite(f.gardee)).nom_affiche, g.naissance, f.absorbee_id,
            (b := identite(f.absorbee)).nom_affiche, b.naissance, f.get_raison_display(), f.get_etat_display(),
            f.etat == EtatDeFusion.FAITE, f.proposee_par.nom, f.proposee_le, f.proposee_par_id != role.compte_id,
        )
        for f in lignes
    )  # fmt: skip
