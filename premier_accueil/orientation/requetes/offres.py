"""A service within reach of a commune, as it is kept in memory."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from premier_accueil.annuaire.regles.emploi import moments_d_emploi
from premier_accueil.annuaire.regles.horaires import ouvert_a, ouverture
from premier_accueil.annuaire.regles.ouverture import FermetureExceptionnelle
from premier_accueil.orientation.regles.classement import SEULS_CHEZ_EUX
from premier_accueil.orientation.regles.conditions import Ages
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Candidat, Lieu
from premier_accueil.orientation.requetes.lignes import Ligne
from premier_accueil.territoire.regles import distance_km, trajet
from premier_accueil.territoire.requetes import FicheCommune

FRANCE = ("france", "99100")


@dataclass(frozen=True)
class Offre:
    """A service within reach, with the ways to reach it.

    Attributes:
        lignes: by permanence.
        distances: crow-fly kilometres by permanence; ``None`` without a place or for what comes by phone or at home.
        ages: ages its conditions tell in words.
    """

    lignes: Mapping[int | None, Ligne]
    distances: Mapping[int | None, float | None]
    thematiques: frozenset[str]
    zone: frozenset[str]
    ages: Ages | None = None

    @property
    def une(self) -> Ligne:
        """What is the same for all the ways to reach it."""
        return next(iter(self.lignes.values()))

    def candidat(self, demande: BesoinsSitues) -> Candidat:
        """Return it as the rules weigh it, at the time and by the mode that are asked."""
        une = self.une
        return Candidat(
            cle=une.service,
            structure=une.structure,
            lieux=tuple(self._lieu(ligne, demande) for ligne in self.lignes.values()),
            thematiques=self.thematiques,
            publics=_codes(une.publics),
            zone=self.zone,
            modes_accueil=_codes(une.modes_accueil),
            modes_mobilisation=_codes(une.modes_mobilisation),
            mobilisable_par=_codes(une.mobilisable_par),
            telephone=bool(une.telephone),
            gratuit=une.frais == "gratuit",
            date_maj=une.date_maj,
            places_libres=une.places_libres,
            liste_d_attente=une.liste_d_attente,
            places_dites_le=une.places_dites_le,
            delai_jours=une.delai_jours,
            reponse_jours=une.reponse_jours,
            ages=self.ages,
            mots=frozenset(f"{une.cle} {une.structure_cle}".split()),
            doublons=_doublons(tuple(self.lignes.values())),
        )

    def _lieu(self, ligne: Ligne, demande: BesoinsSitues) -> Lieu:
        distance = self.distances[ligne.permanence]
        return Lieu(
            ligne.permanence, bool(ligne.a_distance), distance,
            minutes(distance, demande.mode) if distance is not None else None, ligne.sur_rendez_vous,
            *heures(ligne.horaires, demande, ligne.fermetures, departement=ligne.departement),
        )  # fmt: skip


def heures(
    horaires: str, demande: BesoinsSitues, fermetures: Sequence[FermetureExceptionnelle] = (), *, departement: str
) -> tuple[bool | None, datetime | None, datetime | None, bool, bool]:
    """Return what a ``Lieu`` tells of its hours: open, next opening, closing, to confirm, open when she can come."""
    vue = ouverture(horaires, demande.a, fermetures, departement=departement)
    jour = demande.a.date()
    au_moment = demande.moment is not None and demande.moment in moments_d_emploi(
        horaires, jour - timedelta(days=jour.weekday())
    )
    return vue.ouvert, vue.prochaine, vue.fermeture, vue.a_confirmer, au_moment


@lru_cache(maxsize=16_384)
def recoit_a(
    horaires: str, departement: str, fermetures: tuple[FermetureExceptionnelle, ...], a: datetime
) -> bool | None:
    """Tell whether a place receives at one of the few moments of the week that a trip asks of all of them."""
    return ouvert_a(horaires, a, fermetures, departement=departement)


@lru_cache(maxsize=8192)
def _codes(ensemble: str) -> frozenset[str]:
    """Return the codes of a list; the same few lists come back all the time."""
    return frozenset(ensemble.split())


@lru_cache(maxsize=8192)
def minutes(distance_km: float, mode: str) -> int | None:
    """Return the travel time; distances are rounded to the hundred metres, so that few of them differ."""
    voyage = trajet(distance_km, mode)
    return voyage.minutes if voyage else None


def zones_de(commune: FicheCommune | None) -> frozenset[str]:
    """Return the codes that cover a commune: itself, its EPCI, its département, the country."""
    if commune is None:
        return frozenset(FRANCE)
    return frozenset({commune.code, commune.epci_code, commune.departement, *FRANCE} - {""})


def offre_de(
    lignes: list[Ligne],
    zones: frozenset[str],
    point: tuple[float, float] | None,
    rayon_km: float,
    ages: Ages | None = None,
) -> Offre | None:
    """Keep the ways of a service that are within reach; ``None`` when there is none.

    Args:
        lignes: all the ways of one service.
        zones: codes that cover the commune (see ``zones_de``).
        point: latitude and longitude of the commune; ``None`` when unknown.
        rayon_km: radius within which a service of unknown zone is kept.
        ages: ages its conditions tell in words.
    """
    zone = _codes(lignes[0].zone)
    locale = bool(zone & (zones - frozenset(FRANCE)))
    a_distance = "a-distance" in _codes(lignes[0].modes_accueil)
    distances = {ligne.permanence: _distance(ligne, point) for ligne in lignes}
    gardees = {
        cle: distance
        for cle, distance in distances.items()
        if locale or (distance is not None and distance <= rayon_km) or (zone and (distance is None or a_distance))
    }
    if not gardees:
        return None
    # The counter itself is far while the phone is near: what comes to the person is no distance at all.
    return Offre(
        {ligne.permanence: ligne for ligne in lignes if ligne.permanence in gardees},
        {
            ligne.permanence: None if ligne.a_distance else gardees[ligne.permanence]
            for ligne in lignes
            if ligne.permanence in gardees
        },
        _codes(lignes[0].thematiques),
        zone,
        ages,
    )


def _distance(ligne: Ligne, point: tuple[float, float] | None) -> float | None:
    if point is None or ligne.latitude is None or ligne.longitude is None:
        return None
    return round(distance_km(*point, ligne.latitude, ligne.longitude), 1)


def _doublons(lignes: tuple[Ligne, ...]) -> frozenset[str]:
    """Return marks that two producers telling the same counter would share."""
    une = lignes[0]
    chiffres = une.telephone[-9:] if une.telephone[-9:].isdigit() else re.sub(r"\D", "", une.telephone)[-9:]
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
