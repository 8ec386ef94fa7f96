"""The table of states as the guide prints it: what a reader learns is what the software does."""

from __future__ import annotations

from collections.abc import Sequence

from premier_accueil.relais.regles.etats import ETATS, GESTES, PARTIES, EtatDeRelais
from premier_accueil.relais.regles.reglages import reglages

ENTETES_DES_ETATS = ("État", "Qui agit", "Ce qu'on attend", "En combien de jours ouvrés")
ENTETES_DES_GESTES = ("Geste", "Qui peut", "Le relais devient", "Ce que la personne entend")


def table_des_etats() -> str:
    """Return, in Markdown, each state: who must act, what is waited, by when."""
    delais = reglages().delais
    lignes = []
    for code, etat in ETATS.items():
        jours = f"{delais[etat.delai]}" if etat.delai else "le délai est arrêté"
        jours += ", après le rendez-vous" if etat.depuis_le_rendez_vous else ""
        jours += ", depuis l'envoi" if code is EtatDeRelais.RELANCE else ""
        qui = PARTIES[etat.agit] if etat.agit else "plus personne"
        lignes.append((etat.libelle, qui, etat.attend or "rien", jours))
    return _tableau(ENTETES_DES_ETATS, lignes)


def table_des_gestes() -> str:
    """Return, in Markdown, each gesture: who may, where it leads, what the person is told."""
    return _tableau(
        ENTETES_DES_GESTES,
        [
            (g.libelle, " ou ".join(PARTIES[p] for p in sorted(g.par)), ETATS[g.vers].libelle, g.dit or "rien de neuf")
            for g in GESTES.values()
        ],
    )  # fmt: skip


def _tableau(entetes: tuple[str, ...], lignes: Sequence[tuple[str, ...]]) -> str:
    rangs = [entetes, ("---",) * len(entetes), *lignes]
    return "\n".join("| " + " | ".join(rang) + " |" for rang in rangs)
