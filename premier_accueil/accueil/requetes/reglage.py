"""How a structure welcomes, and which bodies share a place with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from premier_accueil.accueil.models import ReglageDAccueil
from premier_accueil.accueil.regles import ETAPES_DU_MODE, Etape, ModeDAccueil, priorites
from premier_accueil.acteurs.models import Mission, Structure
from premier_accueil.acteurs.regles import RECOIVENT
from premier_accueil.annuaire.models import Permanence


@dataclass(frozen=True)
class Reglage:
    """What a structure chose; ``version`` is 0 as long as it chose nothing."""

    mode: str = ModeDAccueil.RECEPTION_PUIS_TRAVAILLEUR_SOCIAL
    sans_rendez_vous: bool = True
    sur_rendez_vous: bool = True
    file_sur_rendez_vous: bool = True
    priorites: tuple[str, ...] = ()
    son: bool = False
    message_de_fermeture: str = ""
    version: int = 0

    @property
    def etapes(self) -> tuple[Etape, ...]:
        """Return the queues of this way of working, the first one first."""
        return ETAPES_DU_MODE[self.mode]

    @property
    def priorites_admises(self) -> tuple[tuple[str, str], ...]:
        """Return the reasons that this structure accepts: code and words; all of them as long as it chose none."""
        toutes = priorites()
        admises = self.priorites if self.version else tuple(toutes)
        return tuple((code, toutes[code].libelle) for code in admises if code in toutes)


def reglage_de(structure_id: int) -> Reglage:
    """Return how a structure welcomes, the ordinary way when it chose nothing; one query.

    The database must know that structure, or the token of one of its screens.
    """
    r = ReglageDAccueil.objects.filter(structure_id=structure_id).first()
    if r is None:
        return Reglage()
    return Reglage(
        r.mode, r.sans_rendez_vous, r.sur_rendez_vous, r.file_sur_rendez_vous, tuple(r.priorites), r.son,
        r.message_de_fermeture, r.version,
    )  # fmt: skip


def organismes_du_lieu(site_id: int, *, sauf: int, a: datetime) -> QuerySet[Structure]:
    """Return the other bodies present at a place where somebody can see a queue, by name.

    A body without anybody signed up here is left out: a number passed to it would be lost.

    Args:
        site_id: the place.
        sauf: key of the structure that asks.
        a: when.
    """
    presentes = Permanence.objects.filter(site_id=site_id).values("service__structure_id")
    recoivent = Mission.objects.en_cours(a).filter(fonction__in=[f.value for f in RECOIVENT]).values("structure_id")
    lieu = Structure.objects.filter(sites=site_id) | Structure.objects.filter(pk__in=presentes)
    return lieu.filter(pk__in=recoivent).exclude(pk=sauf).distinct().order_by("nom", "pk")
