"""Recognise an urgency, before anything else: a missed one is worse than one too many."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from premier_accueil.orientation.comprendre.motifs import Motifs, compiler, ruban, vocabulaire
from premier_accueil.orientation.comprendre.mots import Mot
from premier_accueil.orientation.comprendre.valeurs import NIVEAUX, Numero, Urgence

PART_COUVERTE = 0.4
"""A harmless turn shorter than this share of a trigger does not cancel it."""


@dataclass(frozen=True)
class Fiche:
    """One urgency: its sheet, what triggers it, what looks like it without being it.

    Attributes:
        sauf: turns of phrase that cancel a trigger standing at the same place.
        sauf_phrase: turns of phrase that cancel the whole sheet, wherever they stand.
        passe: turns of phrase that lower it to "ELEVEE": it was, or might be.
        avant: sheets that this one goes before when both are heard: it is the more precise.
        exemples: whole sentences that say it; those resembling them are recognised too.
    """

    urgence: Urgence
    dit: Motifs
    sauf: Motifs
    sauf_phrase: Motifs
    passe: Motifs
    exemples: tuple[str, ...] = ()
    avant: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Veille:
    """All urgency sheets, the gravest first."""

    fiches: tuple[Fiche, ...]
    mots: frozenset[str]
    ancien: Motifs
    anodins: tuple[str, ...]
    empreinte: str

    def preparer(self) -> None:
        """Compile every pattern now, about one second."""
        for fiche in self.fiches:
            for motifs in (fiche.dit, fiche.sauf, fiche.sauf_phrase, fiche.passe):
                motifs.preparer()

    def ecarte(self, mots: Sequence[Mot], fiche: Fiche) -> bool:
        """Tell whether these words hold a turn of phrase that makes this sheet harmless."""
        texte = ruban(mots)
        return any(motifs.places(texte) for motifs in (fiche.sauf, fiche.sauf_phrase))

    def adoucie(self, mots: Sequence[Mot], fiche: Fiche) -> bool:
        """Tell whether these words tell what this sheet is about as past, or to come."""
        return bool(fiche.passe.places(ruban(mots)))

    def ancienne(self, mots: Sequence[Mot], fiche: Fiche) -> bool:
        """Tell whether these words tell what this sheet is about as a thing of long ago."""
        texte = ruban(mots)
        return bool(self.ancien.places(texte) and fiche.passe.places(texte))

    def reperer(self, mots: Sequence[Mot]) -> tuple[Urgence, ...]:
        """Return the urgencies told in these words, the gravest first; ties keep the order of the file."""
        texte = ruban(mots)
        ancien = bool(self.ancien.places(texte))
        vues: list[Urgence] = []
        for fiche in self.fiches:
            places = fiche.dit.places(texte)
            if places:
                ecartes = fiche.sauf.places(texte)
                places = [p for p in places if not any(_couvre(e, p) for e in ecartes)]
            if not places or fiche.sauf_phrase.places(texte):
                continue
            if fiche.passe.places(texte):
                if not ancien:
                    vues.append(replace(fiche.urgence, niveau="ELEVEE"))
                continue
            vues.append(fiche.urgence)
        return self._ordonner(vues)

    def _ordonner(self, vues: Sequence[Urgence]) -> tuple[Urgence, ...]:
        """Sort the gravest first, then the more precise; ties keep the order of the file."""
        presents = {u.motif: NIVEAUX.index(u.niveau) for u in vues}
        rangs = dict(presents)
        for fiche in self.fiches:
            if fiche.urgence.motif in rangs:
                devances = [presents[m] for m in fiche.avant if m in presents]
                rangs[fiche.urgence.motif] = min([rangs[fiche.urgence.motif], *devances])
        precis = {f.urgence.motif for f in self.fiches if f.avant & presents.keys()}
        return tuple(sorted(vues, key=lambda u: (rangs[u.motif], u.motif not in precis)))


def _couvre(ecart: tuple[int, int], place: tuple[int, int]) -> bool:
    """Tell whether a harmless turn stands on a trigger and is not much shorter than it (which then says more)."""
    se_touchent = ecart[0] < place[1] and place[0] < ecart[1]
    return se_touchent and (ecart[1] - ecart[0]) >= PART_COUVERTE * (place[1] - place[0])


def lire(chemin: Path) -> Veille:
    """Read and check the sheets of ``urgences.yaml``.

    Raises:
        FileNotFoundError: no such file.
        ValueError: a level, a number or a pattern is unknown.
        KeyError: a field is missing.
    """
    octets = chemin.read_bytes()
    brut: Mapping[str, Any] = yaml.load(octets, Loader=_Chargeur)  # noqa: S506 - safe loader
    listes: dict[str, Sequence[str]] = {nom: [str(m) for m in mots] for nom, mots in brut["mots"].items()}
    numeros = {str(cle): Numero(str(n["numero"]), str(n["libelle"])) for cle, n in brut["numeros"].items()}
    fiches: list[Fiche] = []
    ecrits: list[str] = [m for mots in listes.values() for m in mots]
    for motif, fiche in brut["urgences"].items():
        if fiche["niveau"] not in NIVEAUX:
            raise ValueError(f"urgences.yaml, {motif}: unknown level {fiche['niveau']}")
        listees = [x for liste in fiche.values() if isinstance(liste, list) for x in liste]
        melees = [x for x in listees if not isinstance(x, str | int)]
        if melees:
            raise ValueError(f"urgences.yaml, {motif}: put quotes around {melees[0]}")
        ecrits += fiche["dit"]
        fiches.append(
            Fiche(
                Urgence(
                    niveau=fiche["niveau"],
                    motif=str(motif),
                    libelle=str(fiche["libelle"]),
                    numeros=tuple(numeros[str(n)] for n in fiche["numeros"]),
                    conduite=tuple(str(c) for c in fiche["conduite"]),
                    thematiques=tuple(str(t) for t in fiche.get("thematiques", ())),
                ),
                dit=compiler(fiche["dit"], listes),
                sauf=compiler(fiche.get("sauf", ()), listes),
                sauf_phrase=compiler(fiche.get("sauf_phrase", ()), listes),
                passe=compiler(fiche.get("passe", ()), listes),
                avant=frozenset(str(m) for m in fiche.get("avant", ())),
                exemples=tuple(str(e) for e in fiche.get("exemples", ())),
            )
        )
    return Veille(
        tuple(fiches),
        frozenset(vocabulaire(ecrits)),
        compiler(brut["ancien"], listes),
        tuple(str(a) for a in brut.get("anodins", ())),
        hashlib.sha256(octets).hexdigest(),
    )


_Chargeur: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
