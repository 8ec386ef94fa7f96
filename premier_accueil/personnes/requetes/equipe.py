"""The colleagues: whom one may block, who is told of an exceptional opening, and what one was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Value, When

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Droit, Fonction, fonctions_qui, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import BrisDeGlace, Personne
from premier_accueil.personnes.requetes.composition import identite
from premier_accueil.socle.journal import Geste, noter

PREVENUS = (Fonction.ENCADREMENT, Fonction.TRAVAIL_SOCIAL, Fonction.ADMINISTRATION)
"""Who is told of an exceptional opening, the first function that has somebody else than its author."""
MEMOIRE = timedelta(days=365)


@dataclass(frozen=True)
class Signalement:
    """An exceptional opening somebody was told of; the person is named only to who may open files."""

    id: int
    compte: str
    raison: str
    ouvert_le: datetime
    vaut_jusqu_a: datetime
    vu_le: datetime | None
    personne_id: int | None
    personne: str


def collegues(role: Role, a: datetime) -> tuple[tuple[int, str], ...]:
    """Return the accounts of the structure whose function opens files: (key, name), by name; one query."""
    ouvrent = [f.value for f in fonctions_qui(Droit.OUVRIR_UN_DOSSIER)]
    missions = Mission.objects.en_cours(a).filter(structure_id=role.structure_id, fonction__in=ouvrent)
    return tuple(missions.order_by("compte__nom", "compte_id").values_list("compte_id", "compte__nom").distinct())


def a_prevenir(role: Role, a: datetime) -> list[int]:
    """Return the accounts that can be told of an opening by this role, the best placed first; one query."""
    rangs = Case(*[When(fonction=f.value, then=Value(i)) for i, f in enumerate(PREVENUS)])
    missions = Mission.objects.en_cours(a).filter(
        structure_id=role.structure_id, fonction__in=[f.value for f in PREVENUS], compte__is_active=True
    )  # fmt: skip
    comptes = missions.exclude(compte_id=role.compte_id).order_by(rangs, "debut", "pk")
    return list(dict.fromkeys(comptes.values_list("compte_id", flat=True)))


def signalements_a_lire(role: Role) -> int:
    """Count the exceptional openings this account was told of and has not seen yet; no person is read."""
    return BrisDeGlace.objects.filter(structure_id=role.structure_id, prevenu_id=role.compte_id, vu_le=None).count()


def signalements(role: Role, a: datetime) -> tuple[Signalement, ...]:
    """Return the exceptional openings of a year that this account was told of, the latest first; journaled."""
    lignes = list(
        BrisDeGlace.objects.filter(structure_id=role.structure_id, prevenu_id=role.compte_id, ouvert_le__gt=a - MEMOIRE)
        .select_related("compte")
        .order_by("-ouvert_le", "-pk")[:100]
    )
    visibles: dict[int, Personne] = {}
    if peut(role.fonction, Droit.OUVRIR_UN_DOSSIER):
        visibles = Personne.objects.filter(personnes_visibles(role, a)).in_bulk([b.personne_id for b in lignes])
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="signalements",
        objet="BRIS_DE_GLACE", objet_id=None, a=a,
    )  # fmt: skip
    return tuple(
        Signalement(
            b.pk, b.compte.nom, b.raison, b.ouvert_le, b.vaut_jusqu_a, b.vu_le,
            p.pk if (p := visibles.get(b.personne_id)) else None, identite(p).nom_affiche if p else "",
        )
        for b in lignes
    )  # fmt: skip
