"""The guide of a territory and the catalogue of a structure on paper: tagged PDF/UA-1, A4 or A5 (booklet)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from premier_accueil.annuaire.regles.en_clair import MOIS_EN_CLAIR
from premier_accueil.annuaire.regles.guides import Papier
from premier_accueil.annuaire.requetes.guide import Article, Chapitre
from premier_accueil.annuaire.requetes.offre import Catalogue, Offre
from premier_accueil.annuaire.requetes.vues import ContactVu, PermanenceVue
from premier_accueil.socle.pdf import compiler
from premier_accueil.socle.qr import qr_imprime

MODELE = Path(__file__).with_name("livret.typ")
TEXTE_MAX, NOM_MAX, COUPE = 320, 160, "…"
MOT_LONG = re.compile(r"\S{28}")
GUIDE = "Guide des solidarités"
AVIS = (
    "Un premier accueil est ouvert à tous, même sans papiers et sans rendez-vous.",
    "Les horaires changent. La marque « À confirmer : appelez » dit que personne ne les a relus depuis longtemps.",
)


def guide(territoire: str, chapitres: Iterable[Chapitre], *, papier: Papier, adresse: str, jour: date) -> bytes:
    """Return the guide of a territory.

    Args:
        territoire: its name.
        papier: A5 is printed as a booklet, two pages a sheet.
        adresse: of the public page, in words and as a QR code.
        jour: of this edition.

    Raises:
        ErreurDePdf: the template is wrong (never because of what was written).
    """
    return _imprimer(
        GUIDE, territoire, papier, adresse, jour, sommaire=True, niveau=4,
        mot_qr="Ouvert quand, où ? Les horaires à jour :",
        chapitres=[
            {"titre": c.titre, "groupes": [{"titre": n, "fiches": [_article(x) for x in f]} for n, f in c.communes]}
            for c in chapitres
        ],
    )  # fmt: skip


def catalogue(c: Catalogue, *, adresse: str, jour: date) -> bytes:
    """Return the catalogue of a structure, with the contacts that its circle may call.

    Raises:
        ErreurDePdf: the template is wrong (never because of what was written).
    """
    familles: dict[str, list[Mapping[str, Any]]] = {}
    for o in c.offres:
        familles.setdefault(o.famille, []).append(_offre(o))
    nom = _dit_exemple(c.structure.nom, exemple=c.structure.exemple)
    return _imprimer(
        nom, "Ce que nous proposons", Papier.A4, adresse, jour, sommaire=False, niveau=3,
        mot_qr="À jour sur cette page :",
        chapitres=[{"titre": f, "groupes": [{"titre": "", "fiches": fiches}]} for f, fiches in familles.items()],
    )  # fmt: skip


def en_francais(jour: date) -> str:
    """Write a day: ``"23 novembre 2026"``."""
    return f"{'1er' if jour.day == 1 else jour.day} {MOIS_EN_CLAIR[jour.month - 1]} {jour.year}"


def _dit_exemple(nom: str, *, exemple: bool) -> str:
    return f"{nom} (exemple fictif)" if exemple and "exemple" not in nom else nom


def _imprimer(titre: str, sous_titre: str, papier: Papier, adresse: str, jour: date, **reste: Any) -> bytes:
    donnees = {
        "titre": couper(titre, NOM_MAX), "sous_titre": couper(sous_titre, 1000), "papier": papier.value,
        "avis": AVIS if titre == GUIDE else AVIS[-1:], "edition": en_francais(jour), "adresse_web": adresse,
        "qr": qr_imprime(adresse), "alt_qr": f"Code QR : il ouvre {adresse}", **reste,
    }  # fmt: skip
    return compiler(MODELE, donnees | {"mots_longs": any(map(MOT_LONG.search, _textes(reste["chapitres"])))})


def _article(x: Article) -> dict[str, Any]:
    gratuit = ["Gratuit."] if x.frais == "gratuit" else []
    structure = _dit_exemple(x.structure, exemple=x.exemple)
    return _fiche(x.nom, structure, x.telephone, x.texte, gratuit, a_confirmer=x.a_confirmer) | {
        "venues": [{"ou": couper(v.ou, 300), "horaires": [couper(h, 200) for h in v.horaires]} for v in x.venues],
    }  # fmt: skip


def _offre(o: Offre) -> dict[str, Any]:
    f = o.fiche
    lignes = [
        f"Pour qui : {f.publics_precisions}" if f.publics_precisions else "",
        f"Conditions : {f.conditions_acces}" if f.conditions_acces else "",
        f"Coût : {' : '.join(filter(None, (f.frais, f.frais_precisions)))}" if f.frais else "",
        f"Papiers utiles : {', '.join(f.pieces)}" if f.pieces else "",
        *(f"À appeler : {_contact(c)}" for c in f.contacts),
    ]  # fmt: skip
    fiche = _fiche(f.nom, "", f.telephone or f.structure.telephone, f.description, lignes, a_confirmer=o.a_confirmer)
    return fiche | {"venues": [_venue(p) for p in f.permanences]}


def _contact(c: ContactVu) -> str:
    return ", ".join(filter(None, (c.nom, c.fonction, _numero(c.telephone), c.courriel)))


def _fiche(
    nom: str, structure: str, telephone: str, texte: str, lignes: Iterable[str], *, a_confirmer: bool
) -> dict[str, Any]:
    return {
        "nom": couper(nom, NOM_MAX) or "Sans nom", "structure": couper(structure, NOM_MAX),
        "telephone": _numero(telephone), "texte": couper(texte, TEXTE_MAX),
        "lignes": [couper(x, TEXTE_MAX) for x in lignes if x.strip()],
        "a_confirmer": a_confirmer,
    }  # fmt: skip


def _venue(p: PermanenceVue) -> dict[str, Any]:
    ou = p.forme.libelle
    if p.lieu:
        rue = ", ".join(filter(None, (p.lieu.nom, p.lieu.adresse, p.lieu.complement)))
        ou = f"{rue}, {p.lieu.code_postal} {p.lieu.commune}"
    heures = p.horaires or tuple(filter(None, (p.horaires_tels_quels,))) or ("Horaires inconnus : appelez.",)
    suite = ("Sur rendez-vous.",) if p.sur_rendez_vous else ()
    return {"ou": couper(ou, 300), "horaires": [couper(h, 200) for h in (*heures, *suite)]}


def couper(texte: str, longueur: int) -> str:
    """Return a text on one line, cut at a word with "…" when it is longer than asked."""
    plat = " ".join(texte.split())
    if len(plat) <= longueur:
        return plat
    return plat[: longueur - 1].rsplit(" ", 1)[0] + COUPE


def _numero(numero: str) -> str:
    chiffres = re.sub(r"^\+33(?=\d{9}$)", "0", "".join(c for c in numero if c.isdigit() or c == "+"))
    return " ".join(chiffres[i : i + 2] for i in range(0, 10, 2)) if len(chiffres) == 10 else numero


def _textes(valeur: Any) -> Iterable[str]:
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, Mapping | list):
        for v in valeur.values() if isinstance(valeur, Mapping) else valeur:
            yield from _textes(v)
