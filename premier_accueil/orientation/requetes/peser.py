"""Weigh the services that may answer; hours, costly to read, are read for the leading ones only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby

from premier_accueil.annuaire.regles.horaires import ouverture
from premier_accueil.orientation.regles import classement
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.valeurs import Candidat, Demande, Lieu, Note
from premier_accueil.orientation.requetes import candidats
from premier_accueil.orientation.requetes.candidats import Ligne
from premier_accueil.territoire.regles import distance_km, trajet

# A counter of these kinds is alone at its place: two producers telling it twice share the place, if not the phone.
SEULS_CHEZ_EUX = frozenset({"FRANCE_SERVICES", "MAIRIE", "CCAS", "CIAS", "EDS"})
# Weighed beyond the list, because a second service of one structure or a double is set aside afterwards.
MARGE = 6


class Peseur:
    """Weigh and choose services for one request.

    Args:
        demande: what is asked.
        poids: the ranking's numbers.
        point: latitude and longitude the person leaves from; ``None`` when unknown.
    """

    def __init__(self, demande: Demande, poids: Poids, point: tuple[float, float] | None) -> None:
        self.demande = replace(demande, besoins=classement.besoins_utiles(demande, poids))
        self.poids = poids
        self.point = point
        self.lignes: dict[tuple[int, int | None], Ligne] = {}
        self.fermetures: dict[int, list[tuple[date, date, str]]] = {}

    def choisir(self, limite: int) -> list[tuple[Note, Ligne, bool]]:
        """Return the chosen services, best first, with the way to reach them; ``True`` marks a first welcome behind."""
        lues = candidats.lignes(
            tuple(self.demande.besoins), self.poids.thematiques_premier_accueil, genres=self.poids.genres,
            zones=self.demande.zones, point=self.point, rayon_km=self.poids.rayon_km,
        )  # fmt: skip
        self.lignes = {(ligne.service, ligne.permanence): ligne for ligne in lues}
        permanences = [ligne.permanence for ligne in lues if ligne.permanence is not None]
        self.fermetures = candidats.fermetures(permanences, self.demande.a.date())
        precis: list[Candidat] = []
        accueils: list[Candidat] = []
        for _, groupe in groupby(lues, key=lambda ligne: ligne.service):
            siennes = list(groupe)
            candidat = self._candidat(siennes)
            if classement.retenu(candidat, self.demande, self.poids):
                precis += [candidat] if siennes[0].repond else []
                accueils += [candidat] if siennes[0].accueille else []
        derriere = min(limite, self.poids.seul)
        choisis = classement.composer(
            self._peser(precis, limite), self._peser(accueils, derriere), limite, self.poids
        )
        return [(note, self.lignes[note.candidat.cle, note.lieu.cle], est_derriere) for note, est_derriere in choisis]

    def _candidat(self, lignes: list[Ligne]) -> Candidat:
        une = lignes[0]
        return Candidat(
            cle=une.service,
            structure=une.structure,
            lieux=tuple(self._lieu(ligne) for ligne in lignes),
            thematiques=_codes(une.thematiques),
            publics=_codes(une.publics),
            zone=_codes(une.zone),
            modes_accueil=_codes(une.modes_accueil),
            modes_mobilisation=_codes(une.modes_mobilisation),
            mobilisable_par=_codes(une.mobilisable_par),
            telephone=bool(une.telephone),
            gratuit=une.frais == "gratuit",
            date_maj=une.date_maj,
            doublons=_doublons(lignes),
            mots=frozenset(f"{une.cle} {une.structure_cle}".split()),
        )

    def _lieu(self, ligne: Ligne) -> Lieu:
        distance = None
        if not ligne.a_distance and self.point and ligne.latitude is not None and ligne.longitude is not None:
            distance = round(distance_km(*self.point, ligne.latitude, ligne.longitude), 1)
        voyage = trajet(distance, self.demande.mode) if distance is not None else None
        return Lieu(
            cle=ligne.permanence,
            a_distance=bool(ligne.a_distance),
            distance_km=distance,
            minutes=voyage.minutes if voyage else None,
            sur_rendez_vous=ligne.sur_rendez_vous,
        )

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
            pesees.append(classement.noter(replace(note.candidat, lieux=ouverts), self.demande, self.poids))
        return pesees

    def _ouvrir(self, service: int, lieu: Lieu) -> Lieu:
        ligne = self.lignes[service, lieu.cle]
        fermees = self.fermetures.get(ligne.permanence or 0, ())
        vue = ouverture(ligne.horaires, self.demande.a, fermees, departement=ligne.departement)
        return replace(
            lieu, ouvert=vue.ouvert, prochaine=vue.prochaine, fermeture=vue.fermeture, a_confirmer=vue.a_confirmer
        )


@lru_cache(maxsize=4096)
def _codes(texte: str) -> frozenset[str]:
    return frozenset(texte.split())


def _doublons(lignes: list[Ligne]) -> frozenset[str]:
    """Return marks that two producers telling the same counter would share."""
    une = lignes[0]
    chiffres = "".join(c for c in une.telephone if c.isdigit())[-9:]
    seul = une.genre in SEULS_CHEZ_EUX
    # Associations share switchboards and buildings: for them the name must be the same too.
    marques = {f"{une.genre if seul else une.cle} {chiffres}"} if len(chiffres) == 9 else set()
    if seul:
        marques |= {
            f"{une.genre} {ligne.latitude:.3f} {ligne.longitude:.3f}"
            for ligne in lignes
            if ligne.latitude is not None and ligne.longitude is not None and ligne.forme == "FIXE"
        }
    return frozenset(marques)
