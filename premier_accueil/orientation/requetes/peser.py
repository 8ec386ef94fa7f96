"""Weigh the services that may answer; hours, costly to read, are read for the leading ones only."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from premier_accueil.annuaire.regles.horaires import ouverture
from premier_accueil.orientation.regles import classement
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Candidat, Lieu, Note
from premier_accueil.orientation.requetes.alentours import Alentours
from premier_accueil.orientation.requetes.offres import Ligne, Offre

PAR_SORTE = 300
PAR_SORTE_ACCUEIL = 24
"""Services weighed at most of each sort, with a distance or without."""
# Weighed beyond the list, because a second service of one structure or a double is set aside afterwards.
MARGE = 6


class Peseur:
    """Weigh and choose services for one request.

    Args:
        demande: what is asked.
        poids: the ranking's numbers.
        alentours: what can be reached from where the person speaks.
    """

    def __init__(self, demande: BesoinsSitues, poids: Poids, alentours: Alentours) -> None:
        self.demande = replace(demande, besoins=classement.besoins_utiles(demande, poids))
        self.poids = poids
        self.alentours = alentours
        self.offres: dict[int, Offre] = {}

    def choisir(self, limite: int) -> list[tuple[Note, Ligne, bool]]:
        """Return the chosen services, best first, with the way to reach them; ``True`` marks a first welcome behind."""
        precis = _bornees(self.alentours.qui_repondent(self.demande.besoins), PAR_SORTE)
        accueils = [
            o for o in self.alentours.qui_repondent(self.poids.thematiques_premier_accueil) if self._accueille(o)
        ]
        repondent = {offre.une.service for offre in precis}
        notes = self._peser(self._retenus(precis), limite)
        autres = [o for o in accueils if o.une.service in repondent]
        autres += _bornees([o for o in accueils if o.une.service not in repondent], PAR_SORTE_ACCUEIL)
        places = min(limite, self.poids.derriere if notes else self.poids.seul)
        choisis = classement.composer(notes, self._peser(self._retenus(autres), places), limite, self.poids)
        return [
            (note, self.offres[note.candidat.cle].lignes[note.lieu.cle], est_derriere) for note, est_derriere in choisis
        ]

    def _accueille(self, offre: Offre) -> bool:
        return offre.une.assure_premier_accueil or offre.une.genre in self.poids.genres

    def _retenus(self, offres: Iterable[Offre]) -> list[Candidat]:
        candidats = []
        for offre in offres:
            candidat = offre.candidat(self.demande.mode)
            if classement.retenu(candidat, self.demande, self.poids):
                self.offres[candidat.cle] = offre
                candidats.append(candidat)
        return candidats

    def _peser(self, services: list[Candidat], limite: int) -> list[Note]:
        """Weigh all without hours, then with hours those that could still enter the list."""
        avant = [classement.noter(c, self.demande, self.poids) for c in services]
        avant.sort(key=lambda n: (-classement.plafond(n, self.poids), n.candidat.cle))
        pesees: list[Note] = []
        garde = limite + MARGE
        for note in avant:
            if len(pesees) >= garde:
                seuil = sorted((n.points for n in pesees), reverse=True)[garde - 1]
                if classement.plafond(note, self.poids) < seuil:
                    break
            ouverts = tuple(self._ouvrir(note.candidat.cle, lieu) for lieu in note.candidat.lieux)
            pesees.append(classement.renoter(note, ouverts, self.demande, self.poids))
        return pesees

    def _ouvrir(self, service: int, lieu: Lieu) -> Lieu:
        ligne = self.offres[service].lignes[lieu.cle]
        fermees = self.alentours.fermetures.get(ligne.permanence or 0, ())
        vue = ouverture(ligne.horaires, self.demande.a, fermees, departement=ligne.departement)
        return replace(
            lieu, ouvert=vue.ouvert, prochaine=vue.prochaine, fermeture=vue.fermeture, a_confirmer=vue.a_confirmer
        )


def _bornees(offres: list[Offre], par_sorte: int) -> list[Offre]:
    """Keep the first ones that have a distance and the first ones that have none."""
    situees = [offre for offre in offres if math.isfinite(offre.proche)]
    return situees[:par_sorte] + [offre for offre in offres if not math.isfinite(offre.proche)][:par_sorte]
