"""The appointments to move: a day closed, a rule stopped, a worker left since they were taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Q

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.acces import rendez_vous_visibles
from premier_accueil.agenda.models import PlageDAgenda, RendezVous, Silence
from premier_accueil.agenda.regles import (
    MOTIFS,
    RAISONS_DE_SILENCE,
    EtatDeRendezVous,
    Motif,
    pourquoi_deplacer,
    reglages,
)
from premier_accueil.agenda.requetes.libres import regles_de
from premier_accueil.agenda.requetes.rendez_vous import lignes_de
from premier_accueil.agenda.requetes.vues import LigneDAgenda
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

PAR_PAGE = 12
DITS = dict(MOTIFS)
SILENCES: dict[str, str] = {code.value: dit for code, dit in RAISONS_DE_SILENCE}


@dataclass(frozen=True)
class ADeplacer:
    """One appointment that cannot be held as it is, and why, in words.

    ``silence``: why one does not write to this person any more (T20); empty when one may.
    """

    ligne: LigneDAgenda
    motif: str
    silence: str = ""


@dataclass(frozen=True)
class ListeADeplacer:
    """One page of them; ``total`` counts them all."""

    lignes: tuple[ADeplacer, ...]
    total: int
    page: int
    pages: int


def a_deplacer(plages: Sequence[PlageDAgenda], a: datetime) -> list[tuple[int, int, datetime, Motif]]:
    """Return the appointments to come that these rules no longer hold: key, rule, beginning, why; five queries."""
    jour = jour_local(a)
    regles = {p.id: p for p in regles_de(plages, jour, jour + reglages().horizon)}
    a_venir = RendezVous.objects.filter(plage__in=plages, etat=EtatDeRendezVous.PRIS, debut__gt=a)
    lignes = a_venir.order_by("debut", "pk").values_list("pk", "plage_id", "debut")
    motifs = ((*ligne, pourquoi_deplacer(regles.get(ligne[1]), jour_local(ligne[2]))) for ligne in lignes)
    return [(cle, plage, debut, motif) for cle, plage, debut, motif in motifs if motif is not None]


def rendez_vous_a_deplacer(
    role: Role, a: datetime, *, compte_id: int | None = None, page: int = 1
) -> ListeADeplacer:
    """Return the appointments that the role's structure must move, the next first; journaled, at most eleven queries.

    Args:
        role: who looks; sees what ``rendez_vous_visibles`` says.
        a: now.
        compte_id: of one worker only, and of rules without a worker.
        page: from 1, of 12.
    """
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="rendez_vous_a_deplacer",
        objet="RENDEZ_VOUS", objet_id=None, a=a,
    )  # fmt: skip
    prises = RendezVous.objects.filter(structure_id=role.structure_id, etat=EtatDeRendezVous.PRIS, debut__gt=a)
    plages = list(PlageDAgenda.objects.filter(pk__in=prises.values("plage_id")).order_by("pk"))
    motifs = {cle: motif for cle, _, _, motif in a_deplacer(plages, a)}
    qui = Q() if compte_id is None else Q(agent_id=compte_id) | Q(agent=None)
    vus = RendezVous.objects.filter(rendez_vous_visibles(role, a), qui, pk__in=motifs).order_by("debut", "pk")
    suite = Paginator(vus.values_list("pk", flat=True), PAR_PAGE).get_page(page)
    lignes = lignes_de(list(suite.object_list), role, a)
    cles = [ligne.personne_id for ligne in lignes if ligne.personne_id]
    tus = dict(Silence.objects.filter(personne_id__in=cles, leve_le=None).values_list("personne_id", "raison"))
    return ListeADeplacer(
        tuple(
            ADeplacer(ligne, DITS[motifs[ligne.id]], SILENCES.get(tus.get(ligne.personne_id or 0, ""), ""))
            for ligne in lignes
        ),
        suite.paginator.count, suite.number,
        suite.paginator.num_pages,
    )  # fmt: skip
