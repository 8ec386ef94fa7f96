"""Search names by their words, and mend the words that nobody bears."""

from __future__ import annotations

from django.db import connection
from rapidfuzz.distance import OSA

from premier_accueil.territoire.models import Mot
from premier_accueil.territoire.regles.demande import sans_article

MEME, DEBUT, MOT, RESSEMBLE = range(4)
LETTRES_A_CORRIGER = 4
MOTS_PROCHES = 25
MOTS_LUS = 4
RARE = 150  # few enough to stop looking for a rarer word
COMMUNES_LUES = 250
# Half of the names bear one of these: what resembles them tells nothing apart.
REPANDUS = frozenset({"saint", "sainte", "notre", "dame", "mont", "bois", "ville", "chapelle"})
TABLE = Mot._meta.db_table
PROCHES = f"SELECT mot, communes FROM {TABLE} WHERE mot %% %s ORDER BY similarity(mot, %s) DESC, mot LIMIT %s"  # noqa: S608
RESSEMBLANCE = 0.55  # share of letters in the right place, of 1; under it two names have nothing in common to the eye


def rang_du_nom(demande: str, cle: str) -> tuple[int, int] | None:
    """Return (class, mistakes) of a name for what was typed, both folded; smaller is better, ``None`` when unlike."""
    court = sans_article(cle)
    if demande in (cle, court) or sans_article(demande) == cle:
        return MEME, 0
    if cle.startswith(demande):
        return DEBUT, 0
    mots = cle.split()
    if all(any(mot.startswith(voulu) for mot in mots) for voulu in demande.split()):
        return MOT, 0
    fautes = min(OSA.distance(demande, cle), OSA.distance(demande, court))
    return (RESSEMBLE, fautes) if fautes <= (1 - RESSEMBLANCE) * max(len(demande), len(court)) else None


def candidates_par_mots(nom: str, *, fautes: bool) -> set[int]:
    """Return the ids of communes that bear the rarest of the words typed; the caller checks the others on the name.

    Args:
        nom: folded name.
        fautes: look for the words that resemble those typed, instead of those that begin so.
    """
    rares: list[int] | None = None
    # Long words first: they are the rare ones, and one of them is enough.
    for mot in sorted(set(nom.split()), key=len, reverse=True)[:MOTS_LUS]:
        ids = _proches(mot) if fautes else _commencent(mot)
        if ids and (rares is None or len(ids) < len(rares)):
            rares = ids
        if (not ids and not fautes) or (rares and len(rares) <= RARE):
            break
    return set((rares or [])[:COMMUNES_LUES])


def _commencent(mot: str) -> list[int]:
    # A word of one or two letters ("d", "le") is looked for whole: half of the names hold one that begins so.
    filtre, valeur = ("mot LIKE %s", f"{mot}%") if len(mot) > 2 else ("mot = %s", mot)
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT communes FROM {TABLE} WHERE {filtre} ORDER BY length(mot), mot", [valeur])  # noqa: S608
        return [identifiant for (communes,) in curseur.fetchall() for identifiant in communes]


def _proches(mot: str) -> list[int]:
    """Return the communes of the words within a few mistakes of this one, nearest first."""
    if len(mot) < LETTRES_A_CORRIGER or mot in REPANDUS:
        return []
    with connection.cursor() as curseur:
        curseur.execute(PROCHES, [mot, mot, MOTS_PROCHES])
        lus = [(OSA.distance(mot, autre), autre, communes) for autre, communes in curseur.fetchall()]
    return [un for faute, _, communes in sorted(lus) if faute <= 1 + len(mot) // 4 for un in communes]
