"""What is typed to ask for a guide: a territory, a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest

from premier_accueil.annuaire.regles.guides import Papier
from premier_accueil.annuaire.requetes.guide import COMMUNES_MAX, Territoire
from premier_accueil.pages.communes import trouver_commune
from premier_accueil.socle.texte import propre

GENRES = {"COMMUNES": "des communes", "EPCI": "une intercommunalité", "DEPARTEMENT": "le département"}


@dataclass(frozen=True)
class Saisie:
    """What was typed, as it was typed."""

    cle: UUID
    genre: str = "COMMUNES"
    communes: str = ""
    epci: str = ""
    papier: Papier = Papier.A5


def lire(requete: HttpRequest) -> Saisie:
    """Read the form; what is unknown takes its usual value."""
    dit = requete.POST.get
    genre, papier = dit("genre", ""), dit("papier", "")
    return Saisie(
        _cle(dit("cle", "")), genre if genre in GENRES else "COMMUNES", propre(dit("communes", ""))[:4000],
        propre(dit("epci", ""))[:9], Papier(papier) if papier in set(Papier) else Papier.A5,
    )  # fmt: skip


def territoire(s: Saisie, departement: str) -> tuple[Territoire, str]:
    """Return the territory that was asked, and what to correct ("" when nothing is)."""
    if s.genre == "DEPARTEMENT":
        return Territoire(departements=(departement,)), "" if departement else "Votre structure n'a pas de département."
    if s.genre == "EPCI":
        return Territoire(epci=(s.epci,)), "" if s.epci else "Choisissez une intercommunalité."
    noms = [n.strip() for n in s.communes.replace(";", "\n").replace(",", "\n").split("\n") if n.strip()]
    if not noms:
        return Territoire(), "Écrivez au moins une commune."
    if len(noms) > COMMUNES_MAX:
        return Territoire(), f"Écrivez au plus {COMMUNES_MAX} communes, ou choisissez une intercommunalité."
    trouvees = {n: trouver_commune(n[:120]) for n in noms}
    inconnues = [n[:60] for n, c in trouvees.items() if c is None]
    if inconnues:
        return Territoire(), f"Nous ne connaissons pas : {', '.join(inconnues[:5])}. Vérifiez l'orthographe."
    return Territoire(tuple(dict.fromkeys(c.code for c in trouvees.values() if c))), ""


def _cle(texte: str) -> UUID:
    try:
        return UUID(texte)
    except ValueError:
        return uuid4()
