"""Ranking: values and the clock in, an ordered list out. Weights come from ``donnees/classement.yaml``.

Unknown is always worth less than yes; a certain exclusion removes, a doubt only lowers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import timedelta

from premier_accueil.annuaire.regles.fraicheur import Fraicheur, fraicheur
from premier_accueil.orientation.regles.conditions import age_convient
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Candidat, Lieu, Note

# A counter of these kinds is alone at its place: two producers telling it twice share the place, if not the phone.
SEULS_CHEZ_EUX = frozenset({"FRANCE_SERVICES", "MAIRIE", "CCAS", "CIAS", "EDS"})


def besoins_utiles(demande: BesoinsSitues, poids: Poids) -> dict[str, float]:
    """Return the needs loud enough to bring services, scaled so that the loudest is 1."""
    plus_fort = max(demande.besoins.values(), default=0.0)
    if plus_fort <= 0:
        return {}
    seuil = poids.notes["besoin"]["seuil_relatif"]
    return {code: score / plus_fort for code, score in demande.besoins.items() if score / plus_fort >= seuil}


def retenu(candidat: Candidat, demande: BesoinsSitues, poids: Poids) -> bool:
    """Tell whether a service may appear: not outside its zone, not for a public that is certainly another one."""
    if candidat.zone and not candidat.zone & demande.zones:
        return False
    return not _incompatible(candidat, demande.publics_certains, poids)


def noter(candidat: Candidat, demande: BesoinsSitues, poids: Poids) -> Note:
    """Weigh one service by its best way to be reached.

    Args:
        candidat: the service.
        demande: what is asked; its needs as ``besoins_utiles`` returns them.
        poids: the ranking's numbers.

    Raises:
        ValueError: the service has no way to be reached at all (``lieux`` is empty).
    """
    besoins = demande.besoins
    couverts = tuple(sorted(candidat.thematiques & besoins.keys(), key=lambda c: (-besoins[c], c)))
    fixes = {
        "besoin": _besoin([besoins[c] for c in couverts], poids),
        "specialite": _specialite(candidat, couverts, poids),
        "public": poids.notes["public"][_public(candidat, demande, poids)],
        "zone": poids.notes["zone"]["couverte" if candidat.zone & demande.zones else "inconnue"],
        "mots": note_des_mots(candidat.mots, demande),
        "fraicheur": poids.notes["fraicheur"][age(candidat, demande, poids)],
        "places": poids.notes["places"][capacite(candidat, demande, poids)],
        "reponse": _reponse(candidat, poids),
    }
    du_lieu: list[tuple[float, Lieu, dict[str, float]]] = []
    for lieu in candidat.lieux:
        details = {
            "trajet": _trajet(candidat, lieu, demande, poids),
            "ouverture": note_d_ouverture(lieu, demande, poids),
            "acces": poids.notes["acces"][acces(candidat, lieu)],
        }
        du_lieu.append((sum(poids.poids[critere] * note for critere, note in details.items()), lieu, details))
    if not du_lieu:
        raise ValueError("A service without any way to be reached cannot be weighed.")
    points, lieu, details = max(du_lieu, key=lambda vu: vu[0])
    points += sum(poids.poids[critere] * note for critere, note in fixes.items())
    return Note(candidat, lieu, points, {**fixes, **details}, couverts)


def varier(notes: Iterable[Note], limite: int, poids: Poids, deja: Sequence[Note] = ()) -> list[Note]:
    """Keep the best ones: not the same counter twice, not one structure alone, not one need when several are told."""
    restants = sorted(notes, key=lambda n: (-n.points, n.candidat.cle))
    choisis: list[Note] = []
    while restants and len(choisis) < limite:
        vus = [n.candidat for n in (*deja, *choisis)]
        structures = [c.structure for c in vus]
        servis = [n.couverts[0] for n in (*deja, *choisis) if n.couverts]
        meilleur = _meilleur(restants, structures, servis, poids)
        restants.remove(meilleur)
        if not any(_meme_guichet(meilleur.candidat, c) for c in vus):
            choisis.append(meilleur)
    return choisis


def _meilleur(restants: Sequence[Note], structures: Sequence[int], servis: Sequence[str], poids: Poids) -> Note:
    """Return the best of these services, told best first, once the points of what the list holds are taken off."""
    meilleur, points = restants[0], -math.inf
    for note in restants:
        if note.points < points:
            break  # nor any of the next ones: points are only taken off
        restent = note.points - _retraits(note, structures, servis, poids)
        if (restent, -note.candidat.cle) > (points, -meilleur.candidat.cle):
            meilleur, points = note, restent
    return meilleur


def _retraits(note: Note, structures: Sequence[int], servis: Sequence[str], poids: Poids) -> float:
    """Return the points taken off because the list already holds this structure, or answers to this need."""
    meme_besoin = servis.count(note.couverts[0]) if note.couverts else 0
    return poids.retrait * structures.count(note.candidat.structure) + poids.retrait_besoin * meme_besoin


def composer(precis: list[Note], accueils: list[Note], limite: int, poids: Poids) -> list[tuple[Note, bool]]:
    """Put first welcome behind precise answers, never in front.

    The last place of the list is kept for a first welcome when none is in it yet; with nothing precise, a few of them
    are the whole list.

    Returns:
        (note, is a first welcome standing behind) pairs, at most ``limite``.
    """
    if limite <= 0:
        return []
    if not precis:
        return [(n, True) for n in varier(accueils, min(limite, poids.seul), poids)]
    choisis = varier(precis, limite, poids)
    cles = {n.candidat.cle for n in accueils}
    if limite > 1 and accueils and not any(n.candidat.cle in cles for n in choisis):
        choisis = choisis[: limite - 1]
    # Keep the whole entry when the place is left: a service already proposed is not told twice.
    place = limite - len(choisis)
    deja = {n.candidat.cle for n in choisis}
    derriere = varier(
        [n for n in accueils if n.candidat.cle not in deja], min(place, poids.derriere), poids, deja=choisis
    )
    return [(n, False) for n in choisis] + [(n, True) for n in derriere]


def note_des_mots(du_service: frozenset[str], demande: BesoinsSitues) -> float:
    """Return the mark, in 0..1, of the words said that the name of a service takes up."""
    return min(1.0, len(mots_communs(du_service, demande.mots)) / 2)


def mots_communs(du_service: frozenset[str], dits: frozenset[str]) -> set[str]:
    """Return the words said that the name of the service takes up, comparing their first five letters."""
    if not dits:
        return set()
    debuts = {mot[:5] for mot in du_service}
    return {mot for mot in dits if mot[:5] in debuts}


def age(candidat: Candidat, demande: BesoinsSitues, poids: Poids) -> str:
    """Return the freshness of an entry: "recente", "moyenne", "vieille" or "inconnue"."""
    if candidat.date_maj is None:
        return "inconnue"
    jours = (demande.a.date() - candidat.date_maj).days
    if jours <= poids.notes["fraicheur"]["recente_jours"]:
        return "recente"
    return "vieille" if fraicheur(candidat.date_maj, demande.a.date()) is Fraicheur.A_CONFIRMER else "moyenne"


def capacite(candidat: Candidat, demande: BesoinsSitues, poids: Poids) -> str:
    """Return what is known of the places left: "libres", "sans_attente", "liste_d_attente", "complet" or "inconnu".

    What was said too long ago is not believed any more, in either way.
    """
    le = candidat.places_dites_le
    if le is None or (demande.a.date() - le).days > poids.notes["places"]["valables_jours"]:
        return "inconnu"
    if candidat.places_libres:
        return "libres"
    if candidat.liste_d_attente:
        return "liste_d_attente"
    if candidat.places_libres == 0:
        return "complet"
    return "sans_attente" if candidat.liste_d_attente is False else "inconnu"


def attente_jours(candidat: Candidat) -> int | None:
    """Return the days before an answer: the longer of what is announced and what is measured; ``None`` when unknown."""
    return max((j for j in (candidat.delai_jours, candidat.reponse_jours) if j is not None), default=None)


def acces(candidat: Candidat, lieu: Lieu) -> str:
    """Return how one gets in, easiest first; "inconnu" when nothing says it."""
    modes = candidat.modes_mobilisation
    if lieu.sur_rendez_vous is False and not lieu.a_distance:
        return "sans_rendez_vous"
    if lieu.sur_rendez_vous is None and "se-presenter" in modes and not lieu.a_distance:
        return "se_presenter"
    if "telephoner" in modes or (lieu.a_distance and candidat.telephone):
        return "telephone"
    if lieu.sur_rendez_vous:
        return "sur_rendez_vous"
    return "en_ligne_seulement" if modes & {"utiliser-lien-mobilisation", "envoyer-un-courriel"} else "inconnu"


def _besoin(scores: list[float], poids: Poids) -> float:
    if not scores:
        return 0.0
    part = poids.notes["besoin"]["part_du_meilleur"]
    return part * scores[0] + (1 - part) * min(1.0, sum(scores[1:]))


def _reponse(candidat: Candidat, poids: Poids) -> float:
    notes, jours = poids.notes["reponse"], attente_jours(candidat)
    return notes["inconnu"] if jours is None else float(0.5 ** (jours / notes["demi_jours"]))


def _specialite(candidat: Candidat, couverts: tuple[str, ...], poids: Poids) -> float:
    if not couverts:
        return 0.0
    familles = {c.partition("--")[0] for c in couverts}
    voisine = poids.notes["specialite"]["meme_famille"]
    notes = [
        1.0 if t in couverts else voisine if t.partition("--")[0] in familles else 0.0 for t in candidat.thematiques
    ]
    return sum(notes) / len(notes)


def _public(candidat: Candidat, demande: BesoinsSitues, poids: Poids) -> str:
    dits = demande.publics | demande.publics_certains
    if age_convient(candidat.ages, demande.age) is False:
        return "autre_age"  # read in words: it may lower, it never removes
    if not candidat.publics:
        return "inconnu"
    if candidat.publics & dits:
        return "convient"
    if _incompatible(candidat, dits, poids):
        return "incompatible"
    return "tous_publics" if "tous-publics" in candidat.publics else "autre"


def _incompatible(candidat: Candidat, publics: frozenset[str], poids: Poids) -> bool:
    """Tell whether a service receives only publics that exclude those of the person."""
    if not candidat.publics or candidat.publics & publics:
        return False
    return any(candidat.publics <= paire and publics & paire for paire in poids.incompatibles)


def _trajet(candidat: Candidat, lieu: Lieu, demande: BesoinsSitues, poids: Poids) -> float:
    notes = poids.notes["trajet"]
    loin = notes["a_distance"] if lieu.a_distance or "a-distance" in candidat.modes_accueil else 0.0
    if lieu.a_distance:
        return loin
    if lieu.minutes is None:  # a known place beyond the reach of the mode is no better than its phone
        return max(loin, notes["inconnu"] if lieu.distance_km is None else 0.0)
    return float(max(loin, 0.5 ** (lieu.minutes / poids.demi_minutes[demande.mode])))


def note_d_ouverture(lieu: Lieu, demande: BesoinsSitues, poids: Poids) -> float:
    """Return the mark, in 0..1, of the hours of one place for the time, or the moment, that is asked."""
    notes = poids.notes["ouverture"]
    if demande.moment is not None and lieu.ouvert is not None:
        return notes["ouvert" if lieu.au_moment else "ferme"]
    if lieu.ouvert is None:
        return notes["inconnu"]
    if lieu.ouvert:
        return notes["ouvert_mais_ferme_avant_l_arrivee" if ferme_avant(lieu, demande) else "ouvert"]
    if lieu.prochaine is None:
        return notes["ferme"]
    jours = (lieu.prochaine.date() - demande.a.date()).days
    quand = "aujourd_hui" if jours <= 0 else "demain" if jours == 1 else "dans_la_semaine" if jours < 7 else "plus_tard"
    return notes[f"ouvre_{quand}"]


def ferme_avant(lieu: Lieu, demande: BesoinsSitues) -> bool:
    """Tell whether an open place closes before one can get there."""
    if not lieu.ouvert or lieu.fermeture is None or lieu.minutes is None:
        return False
    return demande.a + timedelta(minutes=lieu.minutes) >= lieu.fermeture


def _meme_guichet(un: Candidat, autre: Candidat) -> bool:
    return un.structure != autre.structure and bool(un.doublons & autre.doublons)
