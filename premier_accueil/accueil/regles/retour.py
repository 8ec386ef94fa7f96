"""Where to come back with the papers: the software proposes with measured waits and estimated travel, never imposes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Lieu:
    """A place of the structure as it stands now.

    Attributes:
        attendent: how many people wait there now.
        attente: usual wait there at this hour, in minutes, measured; ``None`` when not measured.
        trajet: minutes from the commune of the person, estimated; ``None`` when the commune was not told or is too far.
    """

    site_id: int
    nom: str
    adresse: str
    attendent: int
    attente: int | None
    trajet: int | None


@dataclass(frozen=True)
class LieuPropose:
    """A place she may choose, and why it may suit her; ``gain`` is in minutes, 0 when nothing tells."""

    lieu: Lieu
    ici: bool
    gain: int
    raisons: tuple[str, ...]


def proposer(lieux: Iterable[Lieu], *, ici: int, seuil: int) -> tuple[LieuPropose, ...]:
    """Return the place where she is, then those that save her time, then the others (S4: "si cela lui convient").

    Args:
        lieux: places of one structure, in any order.
        ici: key of the place where she is.
        seuil: minutes, wait and travel together, below which nothing is advised.
    """
    tous = list(lieux)
    la = next((lieu for lieu in tous if lieu.site_id == ici), None)
    vus = [
        _comparer(lieu, la, seuil) if la and lieu is not la else LieuPropose(lieu, lieu is la, 0, ()) for lieu in tous
    ]
    return tuple(sorted(vus, key=lambda p: (not p.ici, -p.gain, p.lieu.nom, p.lieu.site_id)))


def _comparer(lieu: Lieu, la: Lieu, seuil: int) -> LieuPropose:
    gagne_en_trajet = la.trajet - lieu.trajet if la.trajet is not None and lieu.trajet is not None else 0
    gagne_en_attente = la.attente - lieu.attente if la.attente is not None and lieu.attente is not None else 0
    gain = gagne_en_trajet + gagne_en_attente
    if gain < seuil:
        return LieuPropose(lieu, False, 0, ())
    raisons = []
    if gagne_en_trajet > 0:
        raisons.append(f"plus proche : environ {lieu.trajet} min au lieu de {la.trajet} (estimation)")
    if gagne_en_attente > 0:
        raisons.append(f"moins d'attente d'habitude : {lieu.attente} min au lieu de {la.attente}")
    if gagne_en_trajet < 0:
        raisons.append(f"mais plus loin : environ {lieu.trajet} min (estimation)")
    if gagne_en_attente < 0:
        raisons.append(f"mais plus d'attente d'habitude : {lieu.attente} min")
    return LieuPropose(lieu, False, gain, tuple(raisons))
