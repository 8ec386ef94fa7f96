"""Destroy whole sealed months at the end of their term; their seal stays and says when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from premier_accueil.socle.cloison import situation
from premier_accueil.socle.journal.chaine import mois_de, sceller
from premier_accueil.socle.journal.conservation import au_terme, registres
from premier_accueil.socle.journal.ecriture import avancer, tete_tenue
from premier_accueil.socle.journal.migrations import PURGE
from premier_accueil.socle.models import Segment, Tete


@dataclass(frozen=True)
class Destruction:
    """A month that was destroyed, and how many lines it held."""

    registre: str
    structure_id: int
    mois: date
    lignes: int


def chaines() -> list[tuple[str, int]]:
    """Return every chain: its register and its structure."""
    with situation(tache=PURGE):
        return list(Tete.objects.order_by("registre", "structure_id").values_list("registre", "structure_id"))


def purger(registre: str, structure_id: int, *, a: datetime) -> list[Destruction]:
    """Seal the months that are over, then destroy those that reached their term; one transaction a month.

    A structure that stopped writing would otherwise keep its last month open, and for ever.

    Args:
        registre: name of the register.
        structure_id: whose chain.
        a: when.
    """
    with situation(structure=structure_id, tache=PURGE):
        tete = tete_tenue(registre, structure_id)
        if tete and tete.mois < mois_de(a):
            segment = sceller(tete, mois_de(a), a)
            if segment:
                segment.save(force_insert=True)
            avancer(tete)
        gardes = Segment.objects.filter(registre=registre, structure_id=structure_id, detruit_le=None).order_by("mois")
        finis = [s for s in gardes if au_terme(registre, s.mois, a)]
    return [_detruire(segment, a) for segment in finis]


def _detruire(segment: Segment, a: datetime) -> Destruction:
    modele = registres()[segment.registre]
    with situation(structure=segment.structure_id, tache=PURGE):
        lignes = modele._default_manager.filter(structure_id=segment.structure_id, mois=segment.mois)
        nombre, _ = lignes.delete()
        Segment.objects.filter(pk=segment.pk).update(detruit_le=a)
    return Destruction(segment.registre, segment.structure_id, segment.mois, nombre)
