"""Hours in plain French words, for screens and print."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from premier_accueil.annuaire.regles.conversion import JOURS, JOURS_EN_CLAIR
from premier_accueil.annuaire.regles.ouverture import fuseau, normaliser

MOIS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MOIS_EN_CLAIR = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
RANGS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième", -1: "dernier"}

_J = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)"
_M = rf"(?:{'|'.join(MOIS)})"
_DATE = rf"{_M}(?: ?\d{{1,2}})?(?:-(?:{_M} ?)?\d{{0,2}})?"
_JOURS = rf"{_J}(?:\[[-\d,]+\])?(?:-{_J})?"
_TEMPS = r"\d{1,2}:\d{2}-\d{1,2}:\d{2}"
_REGLE = re.compile(
    rf"^(?:week ?(?P<semaine>\d{{1,2}}-\d{{1,2}}/2) ?)?"
    rf"(?:(?P<annee>20\d\d) )?"
    rf"(?P<mois>{_DATE}(?:, ?{_DATE})*)?:? ?"
    rf"(?P<jours>{_JOURS}(?:, ?{_JOURS})*)? ?"
    rf"(?P<temps>{_TEMPS}(?:, ?{_TEMPS})*)? ?"
    rf"(?P<etat>off|closed|unknown)? ?"
    rf"(?:\"(?P<note>[^\"]*)\")?$"
)


@lru_cache(maxsize=4096)
def en_clair(horaires: str) -> tuple[str, ...]:
    """Say an ``opening_hours`` string in French, one line per rule.

    Args:
        horaires: OpenStreetMap syntax.

    Returns:
        lines such as ``"lundi à vendredi : 9 h–12 h et 13 h 30–17 h"``; the string as it is, alone, when one of its
        rules is beyond everyday words (half a translation would mislead); nothing when it is empty.

    >>> en_clair("We[1] 09:30-12:00; PH off")
    ('premier mercredi du mois : 9 h 30–12 h', 'fermé les jours fériés')
    """
    brut = " ".join(horaires.split())
    if not brut:
        return ()
    if brut == "24/7":
        return ("tous les jours, 24 heures sur 24",)
    # In the syntax a later rule replaces an earlier one on the same day: words read in a row would say both.
    essais = (normaliser(brut),) if _se_recouvrent(brut) else (brut, normaliser(brut))
    for essai in essais:
        lignes = [_regle(regle.strip()) for regle in essai.split(";") if regle.strip()]
        if lignes and None not in lignes:
            return tuple(ligne for ligne in lignes if ligne)
    return (brut,)


def _se_recouvrent(brut: str) -> bool:
    vus: set[str] = set()
    for regle in brut.split(";"):
        lue = _REGLE.match(regle.strip())
        if lue is None or lue["mois"] or lue["semaine"] or lue["etat"] or not lue["temps"]:
            continue
        jours = {j for morceau in re.findall(_JOURS, lue["jours"] or "Mo-Su") for j in _etendre(morceau)}
        if vus & jours:
            return True
        vus |= jours
    return False


def _etendre(morceau: str) -> tuple[str, ...]:
    debut, _, fin = morceau.partition("-")
    if fin in JOURS and debut in JOURS:
        return JOURS[JOURS.index(debut) : JOURS.index(fin) + 1]
    return (morceau,)


def _regle(regle: str) -> str | None:
    lue = _REGLE.match(regle)
    if lue is None or not (lue["temps"] or lue["etat"] or lue["jours"]):
        return None
    quand = _quand(lue)
    if quand is None:
        return None
    note = f" ({lue['note']})" if lue["note"] else ""
    if lue["etat"] in {"off", "closed"}:
        heures = f", de {_heures(lue['temps'])}" if lue["temps"] else ""
        return f"fermé {_fermeture(lue, quand)}{heures}{note}"
    if lue["etat"] == "unknown":
        return f"{quand or 'tous les jours'} : horaires à confirmer{note}"
    heures = _heures(lue["temps"]) if lue["temps"] else "toute la journée"
    return f"{quand or 'tous les jours'} : {heures}{note}"


def _fermeture(lue: re.Match[str], quand: str) -> str:
    if lue["jours"] == "PH" and not lue["mois"]:
        return "les jours fériés"
    if lue["jours"] == "SH" and not lue["mois"]:
        return "pendant les vacances scolaires"
    if lue["jours"] in JOURS and not lue["mois"] and not lue["semaine"]:
        return f"le {quand}"
    return f": {quand}" if lue["jours"] else quand


def _quand(lue: re.Match[str]) -> str | None:
    morceaux: list[str] = []
    if lue["jours"]:
        jours = _jours(lue["jours"])
        if jours is None:
            return None
        morceaux.append(jours)
    if lue["semaine"]:
        # Weeks of the year by their ISO number: 1, 3, 5… or 2, 4, 6…
        debut = int(lue["semaine"].split("-")[0])
        morceaux.append("semaines paires" if debut % 2 == 0 else "semaines impaires")
    if lue["mois"]:
        dates = [_date(morceau.strip()) for morceau in lue["mois"].split(",")]
        if any(d is None for d in dates):
            return None
        morceaux.append(" et ".join(d for d in dates if d) + (f" {lue['annee']}" if lue["annee"] else ""))
    elif lue["annee"]:
        return None
    return ", ".join(morceaux)


def _date(texte: str) -> str | None:
    lue = re.match(rf"^({_M})(?: ?(\d{{1,2}}))?(?:-({_M})? ?(\d{{1,2}})?)?$", texte)
    if lue is None:
        return None
    mois, jour, mois_fin, jour_fin = lue.groups()
    if "-" not in texte:
        return f"le {_quantieme(jour)} {_mois(mois)}" if jour else f"en {_mois(mois)}"
    if jour and jour_fin:
        mois_du_debut = f" {_mois(mois)}" if mois_fin and mois_fin != mois else ""
        return f"du {_quantieme(jour)}{mois_du_debut} au {_quantieme(jour_fin)} {_mois(mois_fin or mois)}"
    if mois_fin and not jour and not jour_fin:
        return f"de {_mois(mois)} à {_mois(mois_fin)}".replace("de a", "d’a").replace("de o", "d’o")
    return None


def _quantieme(jour: str) -> str:
    return "1er" if int(jour) == 1 else str(int(jour))


def _mois(code: str) -> str:
    return MOIS_EN_CLAIR[MOIS.index(code)]


def _jours(texte: str) -> str | None:
    noms: list[str] = []
    for morceau in re.findall(_JOURS, texte):
        rang = re.match(r"^([A-Z][a-z])\[([-\d,]+)\]$", morceau)
        if rang:
            rangs = [RANGS.get(int(r)) for r in rang[2].split(",") if re.fullmatch(r"-?\d", r)]
            if not rangs or None in rangs or len(rangs) != rang[2].count(",") + 1:
                return None
            noms.append(f"{_et([r for r in rangs if r])} {_jour(rang[1])} du mois")
        elif "[" in morceau:
            return None
        elif "-" in morceau:
            debut, fin = morceau.split("-")
            if debut not in JOURS or fin not in JOURS:
                return None
            if (debut, fin) == ("Mo", "Su"):
                noms.append("tous les jours")
            elif JOURS.index(fin) - JOURS.index(debut) == 1:
                noms += [_jour(debut), _jour(fin)]
            else:
                noms.append(f"{_jour(debut)} à {_jour(fin)}")
        else:
            noms.append(_jour(morceau))
    return _et(noms)


def _jour(code: str) -> str:
    if code == "PH":
        return "jours fériés"
    if code == "SH":
        return "vacances scolaires"
    return JOURS_EN_CLAIR[JOURS.index(code)]


def _et(mots: list[str]) -> str:
    return mots[0] if len(mots) == 1 else f"{', '.join(mots[:-1])} et {mots[-1]}"


def _heures(temps: str) -> str:
    plages = [plage.strip().split("-") for plage in temps.split(",")]
    return _et([f"{_heure(debut)}–{_heure(fin)}" for debut, fin in plages])


def _heure(texte: str) -> str:
    heures, minutes = texte.split(":")
    if int(heures) > 24:  # past midnight, in the syntax
        heures = str(int(heures) - 24)
    return f"{int(heures)} h" if minutes == "00" else f"{int(heures)} h {minutes}"


def heure_en_clair(moment: datetime) -> str:
    """Say the hour of a moment: ``"9 h"``, ``"13 h 30"``."""
    return _heure(f"{moment:%H:%M}")


def jour_en_clair(jour: date, aujourdhui: date) -> str:
    """Say a day from today: ``"aujourd’hui"``, ``"demain"``, ``"lundi 24 novembre"``; the year when it differs."""
    if jour == aujourdhui:
        return "aujourd’hui"
    if jour == aujourdhui + timedelta(days=1):
        return "demain"
    annee = f" {jour.year}" if jour.year != aujourdhui.year else ""
    return f"{JOURS_EN_CLAIR[jour.weekday()]} {_quantieme(str(jour.day))} {MOIS_EN_CLAIR[jour.month - 1]}{annee}"


def prochaine_en_clair(prochaine: datetime, a: datetime, *, departement: str = "") -> str:
    """Say when a place opens next: ``"ouvre demain à 9 h"``, ``"ouvre lundi 24 novembre à 14 h"``.

    Args:
        prochaine: the next opening, aware.
        a: the moment of reading, aware.
        departement: whose clock is used.
    """
    zone = fuseau(departement)
    la, ici = prochaine.astimezone(zone), a.astimezone(zone)
    return f"ouvre {jour_en_clair(la.date(), ici.date())} à {heure_en_clair(la)}"
