"""The sheet on paper: one A4 page, PDF/UA-1, in normal or large print; and the QR code for the screen."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date
from pathlib import Path

from premier_accueil.accueil.feuille.contenu import Feuille
from premier_accueil.accueil.feuille.page import ajuster
from premier_accueil.socle.pdf import compiler, se_dessine
from premier_accueil.socle.qr import qr_imprime

MODELE = Path(__file__).with_name("modele.typ")
NOM_DE_FICHIER = "feuille-de-route.pdf"
ADRESSE_LISIBLE = 120
MOT_LONG = re.compile(r"\S{24}")
MORCEAU_LONG = re.compile(r"[^/?&=-]{40}")
HEURE = re.compile(r"(?<=\d) (?=(?:h|min|km)\b)|(?<=\dh) (?=\d)|(?<=\d h) (?=\d)| (?=[:;?!](?:\s|$))")
ALT_QR = "Code QR : il ouvre votre page"

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
    "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def en_lettres(jour: date) -> str:
    """Write a day in French.

    >>> en_lettres(date(2026, 12, 1))
    'mardi 1er décembre 2026'
    """
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{JOURS[jour.weekday()]} {quantieme} {MOIS[jour.month - 1]} {jour.year}"


def nom_de_fichier(feuille: Feuille) -> str:
    """Return the name of the file: the same for every sheet, it says nothing of the person."""
    del feuille  # kept in the signature: callers must not build a name of their own
    return NOM_DE_FICHIER


def pdf(feuille: Feuille, *, grand: bool = False) -> bytes:
    """Return the sheet as one A4 page in PDF/UA-1, in neutral words whatever it holds.

    Args:
        feuille: the sheet; texts too long are cut and the page says where the rest is.
        grand: large print (16 point instead of 11).

    Raises:
        ErreurDePdf: the template is wrong (never because of what was written).
    """
    page = ajuster(feuille, grand=grand)
    tenue = page.feuille
    adresse = feuille.adresse_web.strip()
    carre = qr_imprime(adresse)
    donnees: dict[str, object] = {
        "grand": grand,
        "titre": tenue.titre,
        "date": f"Faite le {en_lettres(tenue.date)}",
        "structure": tenue.structure,
        "site_adresse": tenue.site_adresse,
        "site_telephone": tenue.site_telephone,
        "agent": tenue.agent,
        "etapes": [asdict(etape) for etape in tenue.etapes],
        "papiers": list(tenue.papiers),
        "note": tenue.note,
        "reference": tenue.reference,
        "code": tenue.code,
        "adresse_web": adresse if len(adresse) <= ADRESSE_LISIBLE else "",
        "lien": adresse.startswith(("https://", "http://")) and adresse.isascii(),
        "qr": carre,
        "alt_qr": ALT_QR,
        "reste": page.reste,
        "coupe": page.coupe or not all(map(se_dessine, _textes(tenue))),
        "mots_longs": any(MOT_LONG.search(t) for t in (*_textes(tenue), tenue.reference, tenue.code))
        or bool(MORCEAU_LONG.search(adresse)),
    }
    return compiler(MODELE, {cle: v if cle == "qr" else _heures_liees(v) for cle, v in donnees.items()})


def _heures_liees(valeur: object) -> object:
    """Keep "9 h 30" and "12 min" on one line: a no-break space between the number and its unit."""
    if isinstance(valeur, str):
        return HEURE.sub("\u00a0", valeur)
    if isinstance(valeur, dict):
        return {cle: _heures_liees(v) for cle, v in valeur.items()}
    return [_heures_liees(v) for v in valeur] if isinstance(valeur, list | tuple) else valeur


def _textes(feuille: Feuille) -> list[str]:
    textes = [feuille.titre, feuille.structure, feuille.site_adresse, feuille.site_telephone, feuille.agent,
               feuille.note, *feuille.papiers]
    for e in feuille.etapes:
        textes += [e.verbe, e.nom, e.structure, e.adresse, e.commune, e.trajet, e.remarque, *e.horaires, *e.papiers]
        textes += [e.telephone, e.prochaine_ouverture]
    return textes
