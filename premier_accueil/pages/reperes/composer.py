"""Compose a sheet from the rooms: its words, the numbers, whom to call near here, the papers; each read now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from premier_accueil.accueil.regles.pieces import Procedure, listes
from premier_accueil.orientation.comprendre import Numero, Urgence
from premier_accueil.orientation.requetes import Proposition, libelles, propositions
from premier_accueil.orientation.requetes.urgences import urgences
from premier_accueil.reperes.regles import NumeroUtile
from premier_accueil.reperes.requetes import AAppeler, FicheCourte, VersionVue, services_a_appeler

SERVICES = 5


@dataclass(frozen=True)
class Affichee:
    """One version with what it draws from elsewhere.

    Attributes:
        urgences: conduct of each urgency it answers, as everywhere else in the product.
        numeros: those of its urgencies first, then its own, each once.
        papiers: checklists of the procedures it names.
        services: of the structures it names, wherever one is.
        pres_d_ici: services near ``commune`` that answer its needs, ranked as at the counter.
        themes: words of its thématiques.
    """

    version: VersionVue
    urgences: tuple[Urgence, ...]
    numeros: tuple[Numero, ...]
    papiers: tuple[Procedure, ...]
    services: tuple[AAppeler, ...]
    pres_d_ici: tuple[Proposition, ...]
    commune: str
    themes: tuple[str, ...]

    @property
    def conduites(self) -> bool:
        """Tell whether there is a conduct to hold."""
        return bool(self.version.conduite or any(u.conduite for u in self.urgences))


def composer(version: VersionVue, commune: str | None, a: datetime) -> Affichee:
    """Return a version ready to be shown.

    Args:
        commune: INSEE code of where one reads it; ``None``: only what serves the whole country is near.
    """
    siennes = tuple(u for u in urgences() if u.motif in version.urgences)
    vues = propositions("", commune=commune, a=a, limite=SERVICES, thematiques=version.appeler, attendre=False) \
        if version.appeler else None  # fmt: skip
    toutes = listes().procedures
    return Affichee(
        version=version, urgences=siennes, numeros=tous_les_numeros(version.urgences, version.numeros),
        papiers=tuple(toutes[code] for code in version.papiers if code in toutes),
        services=services_a_appeler([cle for cle, _ in version.structures], a) if version.structures else (),
        pres_d_ici=tuple(p for p in vues.propositions if not p.premier_accueil) if vues else (),
        commune=vues.commune.nom if vues and vues.commune else "",
        themes=tuple(libelles()[code] for code in version.thematiques if code in libelles()),
    )  # fmt: skip


def tous_les_numeros(codes: Iterable[str], propres: Iterable[NumeroUtile]) -> tuple[Numero, ...]:
    """Return the numbers of some urgencies, then a sheet's own, each once."""
    voulues = set(codes)
    tous = [n for u in urgences() if u.motif in voulues for n in u.numeros]
    tous += [Numero(n.numero, n.libelle) for n in propres]
    return tuple({n.numero: n for n in reversed(tous)}[cle] for cle in dict.fromkeys(n.numero for n in tous))


@dataclass(frozen=True)
class UrgenceEtFiches:
    """An urgency with the sheets that answer it."""

    urgence: Urgence
    fiches: tuple[FicheCourte, ...]


def urgences_et_fiches(fiches: Iterable[FicheCourte]) -> tuple[UrgenceEtFiches, ...]:
    """Return every urgency with those of these sheets that answer it."""
    toutes = tuple(fiches)
    return tuple(UrgenceEtFiches(u, tuple(f for f in toutes if u.motif in f.urgences)) for u in urgences())
