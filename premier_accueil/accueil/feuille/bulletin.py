"""The slip of papers on A5 and by SMS: which papers, until when, where to come back, in neutral words (T22)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from premier_accueil.accueil.feuille.neutralite import adresse_neutre, neutre
from premier_accueil.accueil.feuille.page import couper
from premier_accueil.accueil.feuille.rendu import ALT_QR, en_lettres
from premier_accueil.accueil.feuille.sms import MAXIMUM, en_gsm7, longueur
from premier_accueil.socle.pdf import compiler
from premier_accueil.socle.qr import qr_imprime

MODELE = Path(__file__).with_name("bulletin.typ")
NOM_DE_FICHIER = "papiers-a-rapporter.pdf"
LIEU_NEUTRE = "L'accueil"
SANS_REFAIRE_LA_FILE = "Vous passerez sans refaire la file."


@dataclass(frozen=True)
class LigneDeBulletin:
    """One paper: its words, what may replace it, whether it was shown already."""

    libelle: str
    a_defaut: str
    vue: bool


@dataclass(frozen=True)
class Bulletin:
    """What the slip says. ``code`` is never part of ``adresse_web``."""

    fait_le: date
    echeance: date
    structure: str
    lieu: str
    adresse: str
    telephone: str
    horaires: tuple[str, ...]
    lignes: tuple[LigneDeBulletin, ...]
    reference: str
    code: str
    adresse_web: str


def neutraliser(bulletin: Bulletin) -> Bulletin:
    """Return the slip in words that tell nobody why the person came. Doing it twice changes nothing more."""
    return replace(
        bulletin,
        structure=neutre(bulletin.structure, "Accueil"),
        lieu=neutre(bulletin.lieu, LIEU_NEUTRE),
        adresse=adresse_neutre(bulletin.adresse),
        lignes=tuple(replace(ligne, a_defaut=neutre(ligne.a_defaut, "")) for ligne in bulletin.lignes),
    )


def pdf(bulletin: Bulletin, *, grand: bool = False) -> bytes:
    """Return the slip in PDF/UA-1: one A5 page, or A4 in large print.

    Raises:
        ErreurDePdf: the template is wrong (never because of what was written).
    """
    tenu = neutraliser(bulletin)
    return compiler(
        MODELE,
        {
            **asdict(tenu), "grand": grand, "fait_le": f"Fait le {en_lettres(tenu.fait_le)}",
            "echeance": en_lettres(tenu.echeance), "file": SANS_REFAIRE_LA_FILE, "qr": qr_imprime(tenu.adresse_web),
            "alt_qr": ALT_QR, "structure": couper(tenu.structure, 80), "lieu": couper(tenu.lieu, 80),
            "a_rapporter": [asdict(ligne) for ligne in tenu.lignes if not ligne.vue],
            "vus": [ligne.libelle for ligne in tenu.lignes if ligne.vue],
        },
    )  # fmt: skip


def sms(bulletin: Bulletin) -> str:
    """Return the slip as one SMS of at most 320 units (GSM 7-bit): no paper, no procedure, never the code."""
    tenu = neutraliser(bulletin)
    phrases = [
        f"{en_gsm7(couper(tenu.structure, 60))} : revenez avec vos papiers avant le {tenu.echeance:%d/%m/%Y}.",
        f"{en_gsm7(couper(tenu.lieu, 60))}." if tenu.lieu != LIEU_NEUTRE else "",
        SANS_REFAIRE_LA_FILE,
        f"Tél. {en_gsm7(couper(tenu.telephone, 24))}." if tenu.telephone else "",
        f"Votre liste : {en_gsm7(tenu.adresse_web)} Code remis sur papier." if tenu.adresse_web else "",
    ]
    dites = [p for p in phrases if p]
    while longueur(" ".join(dites)) > MAXIMUM and len(dites) > 1:
        dites.pop(1)  # the place, then the rest: the deadline and the link go last
    return " ".join(dites)
