"""From words to ranked services: one read, a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING

from django.utils import timezone

from premier_accueil.orientation.regles.poids import poids_du_fichier
from premier_accueil.orientation.regles.valeurs import MODES, Demande
from premier_accueil.orientation.requetes.montrer import montrer
from premier_accueil.orientation.requetes.peser import Peseur
from premier_accueil.orientation.requetes.vocabulaire import libelles
from premier_accueil.orientation.requetes.vues import CommuneVue, Proposition, Propositions, ThematiqueProposee
from premier_accueil.socle.texte import cle
from premier_accueil.territoire.requetes import commune_par_code

if TYPE_CHECKING:
    from premier_accueil.orientation.comprendre import Comprehension, Lecteur

FRANCE = ("france", "99100")
LETTRES_UTILES = 4


@dataclass(frozen=True)
class _Ici:
    """Where the person speaks from."""

    vue: CommuneVue | None
    zones: frozenset[str]
    point: tuple[float, float] | None


@cache
def _lecteur() -> Lecteur:
    # The reader is heavy (lexicon, sentence encoder): only the first orientation pays for it.
    from premier_accueil.orientation.comprendre import charger

    return charger()


def propositions(
    situation: str,
    *,
    commune: str | None,
    a: datetime,
    mode: str = "voiture",
    limite: int = 5,
    thematiques: Sequence[str] = (),
    publics: Sequence[str] = (),
    attendre: bool = True,
) -> Propositions:
    """Return the services that answer a situation told in the person's words, best first, each with its reasons.

    Four queries, whatever the number of services. Without a commune, only what serves the whole country is
    proposed: nothing may be said to cover an unknown place.

    Args:
        situation: the words; never logged nor kept.
        commune: INSEE code of the commune the person speaks from, ``None`` when not told.
        a: aware time for which opening is judged.
        mode: "voiture", "pied", "velo" or "transport".
        limite: how many services at most.
        thematiques: codes chosen by the agent, added with score 1; unknown codes are ignored.
        publics: publics indicated by the agent, taken as certain.
        attendre: wait for the sentence model when it is not loaded yet (see ``Lecteur.comprendre``).

    Raises:
        ValueError: ``a`` has no time zone, or ``mode`` is unknown.
        LookupError: no such commune.
    """
    debut = perf_counter()
    if a.tzinfo is None:
        raise ValueError("propositions needs an aware time.")
    if mode not in MODES:
        raise ValueError(f"unknown mode: {mode}")
    lu = _lecteur().comprendre(situation, attendre=attendre)
    ici = _ici(commune)
    poids = poids_du_fichier()
    besoins = _besoins(lu, thematiques)
    demande = Demande(
        besoins=besoins,
        a=timezone.localtime(a),
        mode=mode,
        publics=frozenset(lu.publics),
        publics_certains=frozenset(publics),
        zones=ici.zones,
        mots=frozenset(mot for mot in cle(situation).split() if len(mot) >= LETTRES_UTILES and mot not in poids.creux),
    )
    proposees: tuple[Proposition, ...] = ()
    if limite > 0:
        choisis = Peseur(demande, poids, ici.point).choisir(limite)
        entendus = [(t.expression, frozenset(t.thematiques)) for t in lu.termes]
        proposees = montrer(choisis, demande, poids, entendus=entendus, commune=ici.vue.nom if ici.vue else "")
    return Propositions(
        situation=situation,
        commune=ici.vue,
        urgence=lu.urgence,
        thematiques=tuple(
            ThematiqueProposee(code, libelles()[code], score)
            for code, score in sorted(besoins.items(), key=lambda paire: (-paire[1], paire[0]))
        ),
        propositions=proposees,
        termes=lu.termes,
        compris=bool(besoins) or lu.urgence is not None,
        ms=(perf_counter() - debut) * 1000,
    )


def _besoins(lu: Comprehension, choisies: Sequence[str]) -> dict[str, float]:
    """Join what was heard, what the urgency calls for and what the agent chose; known codes only."""
    # Not reliably understood: nothing is invented from the little that was read.
    entendus = lu.thematiques if lu.compris else ()
    besoins = {t.code: min(1.0, float(t.score)) for t in entendus if t.score > 0}
    if lu.urgence is not None:
        besoins = dict.fromkeys(lu.urgence.thematiques, 1.0) | besoins
    besoins |= dict.fromkeys(choisies, 1.0)
    return {code: score for code, score in besoins.items() if code in libelles()}


def _ici(code: str | None) -> _Ici:
    if code is None:
        return _Ici(None, frozenset(FRANCE), None)
    commune = commune_par_code(code)
    if commune is None:
        raise LookupError(code)
    zones = frozenset({commune.code, commune.epci_code, commune.departement, *FRANCE} - {""})
    point = None
    if commune.latitude is not None and commune.longitude is not None:
        point = (commune.latitude, commune.longitude)
    return _Ici(CommuneVue(commune.code, commune.nom, commune.id), zones, point)
