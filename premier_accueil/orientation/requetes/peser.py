"""Weigh the services that may answer; rows and hours, costly to read, are read for the leading ones only."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from premier_accueil.annuaire.regles.horaires import ouvert_a
from premier_accueil.orientation.regles import classement
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.tournee import Arret, Tournee, tournee, trajets
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Note
from premier_accueil.orientation.requetes.lignes import Ligne
from premier_accueil.orientation.requetes.memoire import Memoire
from premier_accueil.orientation.requetes.offres import Offre, offre_de
from premier_accueil.orientation.requetes.reperage import Reperage
from premier_accueil.orientation.requetes.vocabulaire import libelles
from premier_accueil.territoire.requetes import FicheCommune

MARGE, MARGE_D_ACCUEIL = 6, 3
"""Services read and weighed beyond the list: a second one of one structure or a double is set aside afterwards.
Weighing all shows the same first answer, and the same list 99 times of 100 (``bench/orientation.py``)."""
PAR_BESOIN = 5
"""Services read for each of several needs, besides those of a trip; and those that show that a need has an answer."""
Choisi = tuple[Note, Ligne, bool]


@dataclass(frozen=True)
class Sans:
    """Needs that no service within reach answers, and what comes nearest: a service of the same family."""

    besoins: tuple[str, ...]
    voisin: tuple[Note, Ligne] | None = None


class Peseur:
    """Weigh and choose services for one request.

    Args:
        demande: what is asked.
        poids: the ranking's numbers.
        memoire: what is kept of the directory.
        ici: the commune the person speaks from; ``None`` when not told.
    """

    def __init__(self, demande: BesoinsSitues, poids: Poids, memoire: Memoire, ici: FicheCommune | None) -> None:
        self.demande = replace(demande, besoins=classement.besoins_utiles(demande, poids))
        self.poids, self.memoire = poids, memoire
        self.point = _point(ici)
        self.reperage = Reperage(memoire.index, self.demande, poids, self.point)
        self.offres: dict[int, Offre] = {}
        self.precises: list[Note] = []

    def choisir(self, limite: int) -> list[Choisi]:
        """Return the chosen services, best first, with the way to reach them; ``True`` marks a first welcome behind."""
        besoins, accueil = frozenset(self.demande.besoins), frozenset(self.poids.thematiques_premier_accueil)
        cles = self.reperage.meilleurs(besoins, limite + MARGE)
        if len(besoins) > 1:  # the services of the quieter ones are weighed too: a trip may join them
            leurs = (self.reperage.meilleurs([besoin], PAR_BESOIN) for besoin in besoins)
            cles = list(dict.fromkeys(itertools.chain(cles, *leurs, self._en_chemin())))
        places = self.poids.derriere if cles else self.poids.seul
        autres = self.reperage.meilleurs(accueil, places + MARGE_D_ACCUEIL, accueils=True, sauf=cles)
        notes = self._peser([*cles, *autres, *self.memoire.neufs], besoins | accueil)
        self.precises = [n for n in notes if n.couverts]
        accueils = [n for n in notes if not accueil.isdisjoint(n.candidat.thematiques) and self._accueille(n)]
        choisis = classement.composer(self.precises, accueils, limite, self.poids)
        return [(note, self._ligne(note), est_derriere) for note, est_derriere in choisis]

    def _en_chemin(self) -> Iterable[int]:
        """Return the services of the trips that may be proposed."""
        if self.demande.moment is None:
            for etapes in trajets(self.reperage.arrets(), list(self.demande.besoins), self.poids):
                yield from (arret.cle[0] for arret in etapes.values())

    def tournee(self) -> Tournee | None:
        """Return the trip that answers most needs at once, among the services weighed; ``None`` without two needs.

        Nor when she can come at one moment only: a half-day would say too much.
        """
        besoins = list(self.demande.besoins)
        if len(besoins) < 2 or self.demande.moment is not None:
            return None
        arrets: dict[tuple[int, int | None], Arret] = {}
        for besoin in besoins:
            siens = [note for note in self.precises if besoin in note.couverts]
            for note in siens[: self.poids.tournee.par_besoin]:
                arrets |= {x.cle: x for x in self._arrets(note)}
        return tournee(list(arrets.values()), besoins, self._ouvert, a=self.demande.a, poids=self.poids)

    def sans_reponse(self) -> Sans:
        """Return the needs without an answer here, and the nearest partial help; reads nothing when all have one."""
        couverts = {code for note in self.precises for code in note.couverts}
        manquent = tuple(code for code in self.demande.besoins if code not in couverts and not self._repond(code))
        if not manquent:
            return Sans(())
        familles = {code.partition("--")[0] for code in manquent}
        voisines = frozenset(c for c in libelles() if c.partition("--")[0] in familles) - set(self.demande.besoins)
        cles = self.reperage.meilleurs(voisines, PAR_BESOIN)
        meilleure = next(iter(self._peser(cles, voisines)), None)
        return Sans(manquent, (meilleure, self._ligne(meilleure)) if meilleure else None)

    def _repond(self, besoin: str) -> bool:
        """Tell whether a need that the leading services do not answer has an answer further down."""
        cles = self.reperage.meilleurs([besoin], PAR_BESOIN)
        return bool(self._peser(cles, frozenset({besoin})))

    def _peser(self, cles: Sequence[int], codes: frozenset[str]) -> list[Note]:
        """Weigh, best first, those of these services that answer, as their rows stand, and that the rules keep."""
        notes = []
        for offre in self._lire(cles):
            if codes.isdisjoint(offre.thematiques):
                continue
            candidat = offre.candidat(self.demande)
            if classement.retenu(candidat, self.demande, self.poids):
                self.offres[candidat.cle] = offre
                notes.append(classement.noter(candidat, self.demande, self.poids))
        return sorted(notes, key=lambda n: (-n.points, n.candidat.cle))

    def _lire(self, cles: Sequence[int]) -> list[Offre]:
        lues, index = self.memoire.lire(cles), self.memoire.index
        zones, rayon = self.demande.zones, self.poids.rayon_km
        connus = (cle for cle in dict.fromkeys(cles) if cle in lues)
        offres = (offre_de(lues[cle], zones, self.point, rayon, index.ages.get(cle)) for cle in connus)
        return [offre for offre in offres if offre]

    def _ligne(self, note: Note) -> Ligne:
        return self.offres[note.candidat.cle].lignes[note.lieu.cle]

    def _accueille(self, note: Note) -> bool:
        une = self.offres[note.candidat.cle].une
        return une.assure_premier_accueil or une.genre in self.poids.genres

    def _arrets(self, note: Note) -> Iterable[Arret]:
        offre = self.offres[note.candidat.cle]
        points = note.points - self.poids.poids["ouverture"] * note.details["ouverture"]  # another day is looked for
        for lieu in note.candidat.lieux:
            ligne = offre.lignes[lieu.cle]
            if lieu.a_distance or ligne.site is None:
                continue
            if ligne.latitude is not None and ligne.longitude is not None:
                yield Arret(
                    (ligne.service, ligne.permanence), ligne.site, offre.thematiques.intersection(self.demande.besoins),
                    points, lieu.minutes, ligne.latitude, ligne.longitude,
                )  # fmt: skip

    def _ouvert(self, arret: Arret, a: datetime) -> bool | None:
        ligne = self.offres[arret.cle[0]].lignes[arret.cle[1]]
        return ouvert_a(ligne.horaires, a, ligne.fermetures, departement=ligne.departement)


def _point(ici: FicheCommune | None) -> tuple[float, float] | None:
    if ici is None or ici.latitude is None or ici.longitude is None:
        return None
    return ici.latitude, ici.longitude
