"""Compose what stands beside the counter's form from one orientation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from premier_accueil.annuaire.regles.emploi import Moment
from premier_accueil.annuaire.requetes.reseau import ReferentVu, referents_de
from premier_accueil.orientation.requetes import (
    Famille,
    Precisions,
    Propositions,
    ThematiqueProposee,
    faits_confirmes,
    portes,
    precisions,
    pret,
    propositions,
    publics_confirmes,
)
from premier_accueil.pages.guichet.saisie import DANS_UN_CHAMP, Saisie
from premier_accueil.reperes.requetes import FicheCourte, fiches_pour
from premier_accueil.socle.horloge import jour_local

if TYPE_CHECKING:
    from premier_accueil.orientation.comprendre.valeurs import FaitPropose

PAR_DEFAUT = ("SOI", "voiture")  # what the form says before anybody touches it
SCORE_COCHE = 0.5
SCORE_DU_PREMIER = 0.4  # one need stands out: it is the one, even heard less clearly
SCORE_MONTRE = 0.25
SERVICES_MONTRES = 5


@dataclass(frozen=True)
class Suggestions:
    """An orientation, what the agent already ticked, the reference sheets that speak of it, whom to call about it.

    Attributes:
        deja_proposes: needs ticked because they were heard, or unticked by the agent since. The first go when they are
            heard no more, unlike what the agent ticked; the others are not ticked again by themselves.
        pret: whole sentences are understood; a server that starts hears plain words and urgencies only.
    """

    orientation: Propositions | None
    coches: frozenset[str]
    services_coches: frozenset[int]
    fiches: tuple[FicheCourte, ...] = ()
    referents: tuple[ReferentVu, ...] = ()
    manques_coches: frozenset[str] = frozenset()
    precisions: Precisions | None = None
    deja_proposes: frozenset[str] = frozenset()
    pret: bool = True

    @property
    def portes(self) -> tuple[Famille, ...]:
        """Return the ten doors when nothing was understood."""
        return portes() if self.orientation and not self.orientation.compris else ()

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

    A need heard clearly is ticked, unless the agent unticked it, and stays so as long as it is heard at all; what the
    agent ticked stays ticked.

    Args:
        saisie: the form, already validated (errors elsewhere do not stop the suggestions).
        a: now.
        departement: of the counter: whose reference sheets are shown.
    """
    d = saisie.cleaned_data
    proposes, coches_avant = set(d.get("besoins_proposes", [])), set(d.get("besoins", []))
    choisis, refuses = [b for b in d.get("besoins", []) if b not in proposes], proposes - coches_avant
    services = frozenset(d.get("services", []))
    situation = saisie.situation()
    confirmes = faits_confirmes(d.get("faits", []))
    if not situation and not choisis:
        return Suggestions(None, frozenset(), services)
    vue = propositions(
        situation,
        commune=saisie.commune_trouvee.code if saisie.commune_trouvee else None,
        a=a,
        mode=d.get("mode") or "voiture",
        limite=SERVICES_MONTRES,
        thematiques=choisis,
        publics=publics_confirmes(confirmes),
        attendre=False,
        age=next((int(fait.valeur) for fait in confirmes if fait.genre == "AGE"), None),
        moment=Moment(d["moment"]) if d.get("moment") else None,
    )
    a_preciser = _precisions(saisie, vue, situation, confirmes, departement=departement)
    en_question = {c.code for c in a_preciser.question.choix} if a_preciser.question else set()
    entendus = {
        t.code
        for rang, t in enumerate(vue.thematiques)
        if t.score >= (SCORE_COCHE if rang else SCORE_DU_PREMIER) or t.code in proposes & coches_avant
    } - refuses - en_question
    coches = frozenset(choisis) | entendus
    alertes = [vue.urgence.motif] if vue.urgence else []
    fiches = fiches_pour(departement, thematiques=sorted(coches), urgences=alertes)
    referents = referents_de(sorted(coches), "", departement=departement, jour=jour_local(a), limite=2)
    manques = frozenset(d.get("manques", []))
    deja = frozenset(entendus - {*choisis} | refuses)
    return Suggestions(vue, coches, services, fiches, referents, manques, a_preciser, deja, pret())


def _precisions(
    saisie: Saisie, vue: Propositions, situation: str, confirmes: tuple[FaitPropose, ...], *, departement: str
) -> Precisions:
    """Return what to confirm or to ask; what a field of the form says already is not proposed again."""
    d = saisie.cleaned_data
    tranches = {*d.get("besoins", []), *d.get("besoins_proposes", [])}  # ticked, or unticked by the agent
    dites = precisions(
        situation,
        scores={t.code: t.score for t in vue.thematiques if t.code not in tranches},
        confirmes=tuple(fait for fait in confirmes if fait.genre not in DANS_UN_CHAMP),
        commune=saisie.commune_trouvee.code if saisie.commune_trouvee else None,
        departement=departement,
    )
    remplis = {genre for genre, champ in DANS_UN_CHAMP.items() if d.get(champ) not in {"", None, *PAR_DEFAUT}}
    return replace(dites, proposes=tuple(fait for fait in dites.proposes if fait.genre not in remplis))
