"""Why a service is proposed, in short plain French, most decisive first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from premier_accueil.orientation.regles import dire
from premier_accueil.orientation.regles.classement import acces, age, capacite, ferme_avant
from premier_accueil.orientation.regles.conditions import AU_PLUS, age_convient
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Candidat, Lieu, Note

ACCES = {
    "sans_rendez_vous": "Sans rendez-vous",
    "se_presenter": "On peut se présenter sur place",
    "telephone": "Se joint par téléphone",
    "sur_rendez_vous": "Sur rendez-vous",
    "en_ligne_seulement": "Se demande en ligne ou par courriel",
    "inconnu": "Façon d’y aller inconnue : appelez avant",
}
PLACES = {
    "libres": "Des places (dit le {le})",
    "sans_attente": "Pas de liste d’attente (dit le {le})",
    "liste_d_attente": "Liste d’attente (dit le {le})",
    "complet": "Complet (dit le {le}) : appelez",
}
A_VERIFIER = (
    ": appelez", ": appelez avant", "(à confirmer)", "prochaine ouverture inconnue",
    "demandez s’il reçoit les habitants de votre commune",
)  # fmt: skip
"""How a sentence ends that tells something unknown or doubtful."""


def raisons(
    note: Note,
    demande: BesoinsSitues,
    poids: Poids,
    *,
    libelles: Mapping[str, str],
    publics: Mapping[str, str],
    entendus: Sequence[tuple[str, frozenset[str]]] = (),
    commune: str = "",
    derriere: bool = False,
) -> tuple[str, ...]:
    """Return the reasons of one service; what to check is among them (see ``a_verifier``).

    Args:
        note: the service, weighed.
        libelles: French words of each need, by code.
        publics: French words of each public, by code.
        entendus: words heard, each with the needs it points at.
        commune: name of the person's commune.
        derriere: first welcome standing behind precise answers.
    """
    candidat, lieu = note.candidat, note.lieu
    dites = [
        "Premier accueil : écoute toute demande et oriente, sans condition"
        if derriere
        else _besoin(note, libelles, entendus),
        _zone(candidat, demande, commune),
        _trajet(candidat, lieu, demande),
        _ouverture(lieu, demande),
        _moment(lieu, demande),
        _acces(candidat, lieu),
        _public(candidat, demande, publics),
        _age(candidat, demande),
        "Gratuit" if candidat.gratuit else "",
        "" if "usagers" in candidat.mobilisable_par or not candidat.mobilisable_par
        else "Passe par un professionnel : c’est vous qui appelez",
        _places(candidat, demande, poids),
        _attente(candidat),
        _fraicheur(candidat, demande, poids),
    ]  # fmt: skip
    return tuple(phrase for phrase in dites if phrase)


def a_verifier(raisons: Sequence[str]) -> tuple[str, ...]:
    """Return, among the reasons of a service, what is to be checked by telephone before sending anybody there."""
    return tuple(r for r in raisons if r.startswith("À vérifier") or r.endswith(A_VERIFIER))


def _besoin(note: Note, libelles: Mapping[str, str], entendus: Sequence[tuple[str, frozenset[str]]]) -> str:
    couverts = set(note.couverts)
    mots = [expression for expression, codes in entendus if couverts & codes]
    if mots:
        return "Répond à " + ", ".join(f"« {mot} »" for mot in dict.fromkeys(mots[:2]))
    return "Répond au besoin « " + libelles.get(note.couverts[0], note.couverts[0]) + " »" if note.couverts else ""


def _zone(candidat: Candidat, demande: BesoinsSitues, commune: str) -> str:
    if not candidat.zone:
        return "Secteur inconnu : demandez s’il reçoit les habitants de votre commune"
    if candidat.zone <= {"france", "99100"}:
        return "Pour toute la France"
    return f"Couvre {commune}" if commune and candidat.zone & demande.zones else ""


def _trajet(candidat: Candidat, lieu: Lieu, demande: BesoinsSitues) -> str:
    if lieu.a_distance:
        return "À distance : pas de trajet à faire"
    if lieu.distance_km is None:
        return "Lieu inconnu : appelez avant"
    if lieu.minutes is None:
        suite = "sans horaire connu" if demande.mode == "transport" else "trop loin"
        phrase = f"À environ {dire.kilometres(lieu.distance_km)}, {suite} {dire.PAR_MODE[demande.mode]}"
    else:
        phrase = f"À environ {dire.duree(lieu.minutes)} {dire.PAR_MODE[demande.mode]} (estimation)"
    return phrase + (" ; répond aussi à distance" if "a-distance" in candidat.modes_accueil else "")


def _ouverture(lieu: Lieu, demande: BesoinsSitues) -> str:
    if lieu.ouvert is None:
        return "Horaires inconnus : appelez avant"
    quand = dire.quand(ouvert=lieu.ouvert, fermeture=lieu.fermeture, prochaine=lieu.prochaine, a=demande.a)
    if lieu.ouvert:
        phrase = f"Ouvert {quand}"
        phrase += " : le trajet est trop long pour y être à temps" if ferme_avant(lieu, demande) else ""
    else:
        phrase = f"Fermé pour l’instant, {quand}" if quand else "Fermé, prochaine ouverture inconnue"
    return phrase + (" (à confirmer)" if lieu.a_confirmer else "")


def _moment(lieu: Lieu, demande: BesoinsSitues) -> str:
    if demande.moment is None or lieu.ouvert is None:
        return ""
    return f"Reçoit {demande.moment.libelle}" if lieu.au_moment else f"À vérifier, reçoit-il {demande.moment.libelle} ?"


def _acces(candidat: Candidat, lieu: Lieu) -> str:
    comment = acces(candidat, lieu)
    if lieu.sur_rendez_vous and comment == "telephone":
        return "Sur rendez-vous, à prendre par téléphone"
    return "" if comment == "inconnu" and not candidat.telephone else ACCES[comment]


def _public(candidat: Candidat, demande: BesoinsSitues, publics: Mapping[str, str]) -> str:
    convient = sorted(candidat.publics & (demande.publics | demande.publics_certains))
    if convient:
        return "Pour : " + ", ".join(publics.get(p, p).lower() for p in convient)
    if not candidat.publics or "tous-publics" in candidat.publics:
        return ""
    return "À vérifier, réservé à : " + ", ".join(publics.get(p, p).lower() for p in sorted(candidat.publics))


def _age(candidat: Candidat, demande: BesoinsSitues) -> str:
    convient = age_convient(candidat.ages, demande.age)
    if convient is None or candidat.ages is None:
        return ""
    bas, haut = candidat.ages
    dits = f"de {bas} à {haut} ans" if haut < AU_PLUS else f"à partir de {bas} ans"
    dits = dits if bas else f"jusqu’à {haut} ans"
    return f"Pour son âge ({dits})" if convient else f"À vérifier, ses conditions disent : {dits}"


def _places(candidat: Candidat, demande: BesoinsSitues, poids: Poids) -> str:
    phrase = PLACES.get(capacite(candidat, demande, poids), "")
    return phrase.format(le=f"{candidat.places_dites_le:%d/%m}") if phrase and candidat.places_dites_le else ""


def _attente(candidat: Candidat) -> str:
    dites = [
        f"Répond d’habitude en {_jours(candidat.reponse_jours)}" if candidat.reponse_jours is not None else "",
        f"reçoit sous {_jours(candidat.delai_jours)}, selon sa fiche" if candidat.delai_jours else "",
    ]
    phrase = " ; ".join(filter(None, dites))
    return phrase[:1].upper() + phrase[1:]


def _jours(combien: int) -> str:
    return "moins d’un jour" if combien < 1 else f"{combien} jour{'s' if combien > 1 else ''}"


def _fraicheur(candidat: Candidat, demande: BesoinsSitues, poids: Poids) -> str:
    quelle = age(candidat, demande, poids)
    if quelle == "inconnue":
        return "Fiche sans date, à confirmer : appelez"
    if quelle != "vieille" or candidat.date_maj is None:
        return ""
    return f"Fiche pas confirmée depuis {candidat.date_maj:%m/%Y} : appelez"
