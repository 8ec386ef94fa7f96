"""Dress the chosen services for a screen: texts, hours in words, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from premier_accueil.annuaire.regles import Forme
from premier_accueil.annuaire.regles.horaires import en_clair, jour_en_clair
from premier_accueil.orientation.regles import dire
from premier_accueil.orientation.regles.classement import age
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.raisons import a_verifier, raisons
from premier_accueil.orientation.regles.tournee import DemiJournee, Tournee
from premier_accueil.orientation.regles.valeurs import BesoinsSitues
from premier_accueil.orientation.requetes.lignes import SEPARE, Ligne
from premier_accueil.orientation.requetes.peser import Choisi, Peseur, Sans
from premier_accueil.orientation.requetes.vocabulaire import libelles, publics
from premier_accueil.orientation.requetes.vues import (
    EtapeVue,
    Proposition,
    SansReponse,
    SiteVu,
    ThematiqueProposee,
    TourneeVue,
)


class Habilleuse:
    """Dress what one request chose.

    Args:
        peseur: who chose.
        entendus: words heard, each with the needs it points at.
        commune: name of the person's commune.
    """

    def __init__(
        self, peseur: Peseur, choisis: Sequence[Choisi], trajet: Tournee | None, sans: Sans,
        *, entendus: Sequence[tuple[str, frozenset[str]]], commune: str,
    ) -> None:  # fmt: skip
        self.peseur, self.choisis, self.trajet, self.sans = peseur, choisis, trajet, sans
        self.entendus, self.commune = entendus, commune
        etapes = list(dict.fromkeys(trajet.etapes.values())) if trajet else []
        self.lignes = {e.cle: peseur.offres[e.cle[0]].lignes[e.cle[1]] for e in etapes}

    def propositions(self) -> tuple[Proposition, ...]:
        """Return the chosen services as frozen values, in the order to show."""
        return tuple(self._vue(choisi) for choisi in self.choisis)

    def sans_reponse(self) -> SansReponse | None:
        """Return the needs without an answer, and the nearest partial help."""
        if not self.sans.besoins:
            return None
        scores = self.peseur.demande.besoins
        besoins = tuple(ThematiqueProposee(c, libelles()[c], scores[c]) for c in self.sans.besoins)
        return SansReponse(besoins, self._vue((*self.sans.voisin, False)) if self.sans.voisin else None)

    def tournee(self) -> TourneeVue | None:
        """Return the trip, in words."""
        if self.trajet is None:
            return None
        etapes = self.trajet.etapes
        premiere = next(iter(etapes.values()))
        chez = self.lignes[premiere.cle]
        place = ", ".join(filter(None, (chez.site_nom, chez.commune)))
        mode = self.peseur.demande.mode
        return TourneeVue(
            ou=f"{'Au même endroit' if self.trajet.meme_lieu else 'À quelques pas'} : {place}",
            quand=_demi_journee(self.trajet.quand, self.peseur.demande.a.date()) if self.trajet.quand else "",
            trajet="" if premiere.minutes is None
            else f"à environ {dire.duree(premiere.minutes)} {dire.PAR_MODE[mode]} (estimation)",
            meme_lieu=self.trajet.meme_lieu,
            etapes=tuple(
                self._etape(cle, tuple(libelles()[b] for b, e in etapes.items() if e.cle == cle)) for cle in self.lignes
            ),
        )  # fmt: skip

    def _etape(self, cle: tuple[int, int | None], besoins: tuple[str, ...]) -> EtapeVue:
        ici = self.lignes[cle]
        proposee = any(ligne.service == ici.service for _, ligne, _ in self.choisis)
        lieu = ici.site_nom if ici.site_nom != ici.structure_nom else ""
        return EtapeVue(ici.service, ici.nom, ici.structure_nom, lieu or "", ici.numero, besoins, proposee)

    def _vue(self, choisi: Choisi) -> Proposition:
        demande, poids = self.peseur.demande, self.peseur.poids
        pourquoi = raisons(
            choisi[0], demande, poids, libelles=libelles(), publics=publics(), entendus=self.entendus,
            commune=self.commune, derriere=choisi[2],
        )  # fmt: skip
        return _proposition(choisi, demande, poids, pourquoi)


def _demi_journee(quand: DemiJournee, jour: date) -> str:
    """Say a half-day: "demain matin", "mardi 24 novembre après-midi"."""
    return f"{jour_en_clair(quand.jour, jour)} {'matin' if quand.matin else 'après-midi'}"


def _proposition(choisi: Choisi, demande: BesoinsSitues, poids: Poids, pourquoi: tuple[str, ...]) -> Proposition:
    note, ligne, derriere = choisi
    lieu, candidat = note.lieu, note.candidat
    return Proposition(
        service_id=ligne.service,
        source_id=ligne.source_id,
        nom=ligne.nom,
        description=ligne.description,
        structure=ligne.structure_nom,
        structure_id=candidat.structure,
        telephone=ligne.numero,
        site=_site(ligne),
        thematiques=tuple(sorted(candidat.thematiques)),
        distance_km=lieu.distance_km,
        minutes=lieu.minutes,
        mode=demande.mode,
        estimation=lieu.minutes is not None,
        ouvert=lieu.ouvert,
        prochaine_ouverture=None if lieu.ouvert else lieu.prochaine,
        prochaine_en_clair=dire.quand(
            ouvert=lieu.ouvert, fermeture=lieu.fermeture, prochaine=lieu.prochaine, a=demande.a
        ),
        horaires=_horaires(ligne),
        a_confirmer=lieu.a_confirmer or lieu.ouvert is None or age(candidat, demande, poids) in {"vieille", "inconnue"},
        raisons=pourquoi,
        papiers=tuple(filter(None, ligne.pieces.split(SEPARE))),
        conditions=ligne.conditions,
        forme=Forme(ligne.forme).libelle if ligne.forme else "",
        exemple=ligne.exemple,
        premier_accueil=derriere,
        a_verifier=a_verifier(pourquoi),
    )


def _site(ligne: Ligne) -> SiteVu | None:
    if ligne.site is None:
        return None
    return SiteVu(
        ligne.site, ligne.site_nom or "", ligne.adresse, ligne.commune or "", ligne.latitude, ligne.longitude
    )


def _horaires(ligne: Ligne) -> tuple[str, ...]:
    dits = tuple(en_clair(ligne.horaires)) if ligne.horaires else ()
    return dits or ((ligne.horaires_texte,) if ligne.horaires_texte else ())
