"""Choose the services that answer: composed from what the index says, then weighed again as their rows stand."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from premier_accueil.orientation.regles import classement
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.tournee import Arret, Tournee, tournee
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Note
from premier_accueil.orientation.requetes.lignes import Ligne
from premier_accueil.orientation.requetes.memoire import Memoire
from premier_accueil.orientation.requetes.offres import Offre, offre_de, recoit_a
from premier_accueil.orientation.requetes.reperage import Reperage
from premier_accueil.orientation.requetes.vocabulaire import libelles
from premier_accueil.territoire.requetes import FicheCommune

MARGE, MARGE_D_ACCUEIL = 6, 6
"""Services looked at in the index beyond the list: a second one of one structure is set aside.
Looking at all shows the same first answer, and the same list 99 times of 100 (``bench/orientation.py``)."""
PAR_BESOIN = 5
"""Services looked at for each of several needs; those read to show that a need has an answer after all."""
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
        self.trajet: Tournee | None = None

    def choisir(self, limite: int, *, trajet: bool = True) -> list[Choisi]:
        """Return the chosen services, best first, with the way to reach them; ``True`` marks a first welcome behind.

        Args:
            limite: how many at most.
            trajet: also look for one trip for several needs.
        """
        tous = self.reperage.tous
        precis = self._precis(limite)
        accueils = tous.accueils(precis, (self.poids.derriere if precis else self.poids.seul) + MARGE_D_ACCUEIL)
        devant = classement.varier(precis, limite, self.poids)  # a welcome behind them is known by those in front
        attendus = [note for note, _ in classement.composer(precis, accueils, limite, self.poids)]
        # When she can come at one moment only, a half-day would say too much.
        if trajet and len(self.reperage.besoins) > 1 and self.demande.moment is None:
            self.trajet = tous.tournee()
        cles = [*_cles((*devant, *attendus, *self._premieres(devant))), *self._en_chemin(), *self.memoire.neufs]
        choisis = self._choisis(cles, limite)
        if len(choisis) < len(attendus):  # the rows tell otherwise, having just changed: the next ones are read
            choisis = self._choisis([*cles, *_cles((*precis, *accueils))], limite)
        return choisis

    def _precis(self, limite: int) -> list[Note]:
        """Return the services that may be in front: the leading ones, and those of each of several needs."""
        tous, reperage = self.reperage.tous, self.reperage
        leurs = reperage.par_besoin() if len(reperage.besoins) > 1 else ()
        meneurs = [tous.meneurs(reperage.demandes, limite + MARGE), *(tous.meneurs(oui, PAR_BESOIN) for oui in leurs)]
        return list({note.candidat.cle: note for note in itertools.chain(*meneurs)}.values())

    def _premieres(self, devant: Iterable[Note]) -> Iterable[Note]:
        """Yield the first service of each need that those in front do not answer: does it have an answer?"""
        couverts = {besoin for note in devant for besoin in note.couverts}
        for besoin in self.reperage.besoins.keys() - couverts:
            yield from self.reperage.tous.meneurs(self.reperage.besoins[besoin], 1)

    def _choisis(self, cles: Sequence[int], limite: int) -> list[Choisi]:
        """Choose among these services, as their rows stand."""
        accueil = frozenset(self.poids.thematiques_premier_accueil)
        notes = self._peser(cles, accueil.union(self.demande.besoins))
        self.precises = [n for n in notes if n.couverts]
        accueils = [n for n in notes if not accueil.isdisjoint(n.candidat.thematiques) and self._accueille(n)]
        choisis = classement.composer(self.precises, accueils, limite, self.poids)
        return [(note, self._ligne(note), est_derriere) for note, est_derriere in choisis]

    def _en_chemin(self) -> set[int]:
        """Return the services of the trip found in the index."""
        return {arret.cle[0] for arret in self.trajet.etapes.values()} if self.trajet else set()

    def tournee(self) -> Tournee | None:
        """Return the trip that answers most needs at once, as the rows of its stops stand; ``None`` without one."""
        chemin = self._en_chemin()
        arrets = [x for note in self.precises if note.candidat.cle in chemin for x in self._arrets(note)]
        return tournee(arrets, list(self.demande.besoins), self._ouvert, a=self.demande.a, poids=self.poids)

    def sans_reponse(self) -> Sans:
        """Return the needs without an answer here, and the nearest partial help; reads nothing when all have one."""
        couverts = {code for note in self.precises for code in note.couverts}
        manquent = tuple(code for code in self.demande.besoins if code not in couverts and not self._repond(code))
        if not manquent:
            return Sans(())
        familles = {code.partition("--")[0] for code in manquent}
        voisines = frozenset(c for c in libelles() if c.partition("--")[0] in familles) - set(self.demande.besoins)
        notes = self._peser(_cles(self.reperage.autres(voisines, PAR_BESOIN)), voisines)
        meilleure = next(iter(notes), None)
        return Sans(manquent, (meilleure, self._ligne(meilleure)) if meilleure else None)

    def _repond(self, besoin: str) -> bool:
        """Tell whether a need that the leading services do not answer has an answer further down."""
        meneurs = self.reperage.tous.meneurs(self.reperage.besoins[besoin], PAR_BESOIN)
        return bool(self._peser(_cles(meneurs), frozenset({besoin})))

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
        return recoit_a(ligne.horaires, ligne.departement, ligne.fermetures, a)


def _cles(notes: Iterable[Note]) -> list[int]:
    return [note.candidat.cle for note in notes]


def _point(ici: FicheCommune | None) -> tuple[float, float] | None:
    if ici is None or ici.latitude is None or ici.longitude is None:
        return None
    return ici.latitude, ici.longitude
