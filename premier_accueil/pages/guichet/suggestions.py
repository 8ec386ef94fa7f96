"""Compose what stands beside the counter's form from one orientation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from premier_accueil.annuaire.regles.emploi import Moment
from premier_accueil.annuaire.requetes.reseau import ReferentVu, referents_de
from premier_accueil.orientation.requetes import Propositions, ThematiqueProposee, propositions
from premier_accueil.pages.guichet.saisie import Saisie
from premier_accueil.reperes.requetes import FicheCourte, fiches_pour
from premier_accueil.socle.horloge import jour_local

SCORE_COCHE = 0.5
SCORE_DU_PREMIER = 0.4  # one need stands out: it is the one, even heard less clearly
SCORE_MONTRE = 0.25
SERVICES_MONTRES = 5


@dataclass(frozen=True)
class Suggestions:
    """An orientation, what the agent already ticked, the reference sheets that speak of it, whom to call about it."""

    orientation: Propositions | None
    coches: frozenset[str]
    services_coches: frozenset[int]
    fiches: tuple[FicheCourte, ...] = ()
    referents: tuple[ReferentVu, ...] = ()
    manques_coches: frozenset[str] = frozenset()

    @property
    def besoins(self) -> tuple[ThematiqueProposee, ...]:
        """Return the needs worth showing: heard well enough, or ticked."""
        if self.orientation is None:
            return ()
        return tuple(t for t in self.orientation.thematiques if t.score >= SCORE_MONTRE or t.code in self.coches)

    @property
    def mal_compris(self) -> bool:
        """Tell whether too little was heard in what the person says: nothing worth ticking, no urgency."""
        o = self.orientation
        return bool(o and o.situation) and not (self.coches or (o and o.urgence))

    @property
    def fiches_d_urgence(self) -> tuple[FicheCourte, ...]:
        """Return the sheets that answer the urgency that was heard: they go with its numbers."""
        urgence = self.orientation.urgence if self.orientation else None
        return tuple(f for f in self.fiches if urgence is not None and urgence.motif in f.urgences)

    @property
    def fiches_des_besoins(self) -> tuple[FicheCourte, ...]:
        """Return the other sheets, which answer a need."""
        return tuple(f for f in self.fiches if f not in self.fiches_d_urgence)

    @property
    def raisons(self) -> dict[int, tuple[str, ...]]:
        """Return the reasons of each proposed service."""
        return {p.service_id: p.raisons for p in self.orientation.propositions} if self.orientation else {}


def suggerer(saisie: Saisie, a: datetime, *, departement: str) -> Suggestions:
    """Return what to show beside the form; nothing is asked of the directory while nothing is said.

    A need is ticked when it was heard clearly, unless the agent unticked it; what the agent ticked stays ticked.

    Args:
        saisie: the form, already validated (errors elsewhere do not stop the suggestions).
        a: now.
        departement: of the counter: whose reference sheets are shown.
    """
    d = saisie.cleaned_data
    choisis, proposes = d.get("besoins", []), set(d.get("besoins_proposes", []))
    services = frozenset(d.get("services", []))
    situation = saisie.situation()
    if not situation and not choisis:
        return Suggestions(None, frozenset(), services)
    vue = propositions(
        situation,
        commune=saisie.commune_trouvee.code if saisie.commune_trouvee else None,
        a=a,
        mode=d.get("mode") or "voiture",
        limite=SERVICES_MONTRES,
        thematiques=choisis,
        attendre=False,
        moment=Moment(d["moment"]) if d.get("moment") else None,
    )
    entendus = {
        t.code
        for rang, t in enumerate(vue.thematiques)
        if t.score >= (SCORE_COCHE if rang else SCORE_DU_PREMIER) and t.code not in proposes
    }
    coches = frozenset(choisis) | entendus
    alertes = [vue.urgence.motif] if vue.urgence else []
    fiches = fiches_pour(departement, thematiques=sorted(coches), urgences=alertes)
    referents = referents_de(sorted(coches), "", departement=departement, jour=jour_local(a), limite=2)
    return Suggestions(vue, coches, services, fiches, referents, frozenset(d.get("manques", [])))
