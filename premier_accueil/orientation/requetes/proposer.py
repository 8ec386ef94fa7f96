"""From words to ranked services: one read, a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING

from django.utils import timezone

from premier_accueil.annuaire.regles.emploi import Moment
from premier_accueil.orientation.regles.poids import poids_du_fichier
from premier_accueil.orientation.regles.valeurs import MODES, BesoinsSitues
from premier_accueil.orientation.requetes.lecteur import lecteur as _lecteur
from premier_accueil.orientation.requetes.memoire import memoire
from premier_accueil.orientation.requetes.montrer import Habilleuse
from premier_accueil.orientation.requetes.offres import zones_de
from premier_accueil.orientation.requetes.peser import Peseur, Sans
from premier_accueil.orientation.requetes.vocabulaire import libelles
from premier_accueil.orientation.requetes.vues import CommuneVue, Propositions, ThematiqueProposee
from premier_accueil.socle.texte import cle

if TYPE_CHECKING:
    from premier_accueil.orientation.comprendre import Comprehension

LETTRES_UTILES = 4


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
    age: int | None = None,
    moment: Moment | None = None,
) -> Propositions:
    """Return the services that answer a situation told in the person's words, best first, each with its reasons.

    One query when the rows it needs are known and unchanged, three otherwise, whatever the number of services. Without
    a commune, only what serves the whole country is proposed: nothing may be said to cover an unknown place.

    Args:
        situation: the words; never logged nor kept.
        commune: INSEE code of the commune the person speaks from, ``None`` when not told.
        a: aware time for which opening is judged.
        mode: "voiture", "pied", "velo" or "transport".
        limite: how many services at most.
        thematiques: codes chosen by the agent, added with score 1; unknown codes are ignored.
        publics: publics indicated by the agent, taken as certain.
        attendre: wait for the sentence model when it is not loaded yet (see ``Lecteur.comprendre``).
        age: years, confirmed by the agent; ``None`` when not told. It lowers, it never removes.
        moment: the only moment when she can come; ``None`` for any.

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
    poids, connu = poids_du_fichier(), memoire()
    ici = connu.commune(commune)
    besoins = _besoins(lu, thematiques)
    demande = BesoinsSitues(
        besoins=besoins,
        a=timezone.localtime(a),
        mode=mode,
        publics=frozenset(lu.publics),
        publics_certains=frozenset(publics),
        zones=zones_de(ici),
        mots=frozenset(mot for mot in cle(situation).split() if len(mot) >= LETTRES_UTILES and mot not in poids.creux),
        age=age,
        moment=moment,
    )
    peseur = Peseur(demande, poids, connu, ici)
    # What is urgent is not for a half-day of the week.
    choisis = peseur.choisir(limite, trajet=lu.urgence is None) if limite > 0 else []
    habilleuse = Habilleuse(
        peseur, choisis, peseur.tournee(), peseur.sans_reponse() if choisis else Sans(()),
        entendus=[(t.expression, frozenset(t.thematiques)) for t in lu.termes], commune=ici.nom if ici else "",
    )  # fmt: skip
    return Propositions(
        situation=situation,
        commune=CommuneVue(ici.code, ici.nom, ici.id) if ici else None,
        urgence=lu.urgence,
        thematiques=tuple(
            ThematiqueProposee(code, libelles()[code], score)
            for code, score in sorted(besoins.items(), key=lambda paire: (-paire[1], paire[0]))
        ),
        propositions=habilleuse.propositions(),
        termes=lu.termes,
        compris=bool(besoins) or lu.urgence is not None,
        tournee=habilleuse.tournee(),
        sans_reponse=habilleuse.sans_reponse(),
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
