"""What may leave of a file: one function, item by item, with its reason. Unknown means: stays.

Three criteria (S1): only people followed together; only what moves the case; according to the recipient's mission.
The agreement is necessary, never sufficient: every other rule still applies. Being bound by secrecy is not being
allowed to receive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from premier_accueil.acteurs.regles import StatutDeSecret
from premier_accueil.partage.regles.accord import refus_d_accord
from premier_accueil.partage.regles.table import GenreDElement, Regime, TableDePartage, table_de_partage
from premier_accueil.partage.regles.valeurs import AccordVu, Destinataire, Dossier, Element, Ligne, Projection
from premier_accueil.socle.calendrier import PARIS
from premier_accueil.socle.texte import cle

# Looks like a place of living: a postal code, or a number then a kind of street. Better to keep one too many (T3).
LIEU = re.compile(
    r"\b\d{5}\b"
    r"|\b\d+ (?:\w+ ){0,2}(?:rue|avenue|av|bd|boulevard|place|quai|impasse|allees?|chemin|route|square|cours)\b"
    r"|\b(?:rue|avenue|boulevard|impasse|allees?|lieu dit|residence) (?:\w+ )?\w+"
)
ARTICLES = re.compile(r"^(?:(?:le|la|les|l|au|aux|du|de|des|d|chez|a) )+")


def projection(
    dossier: Dossier, destinataire: Destinataire, accord: AccordVu | None, regime: Regime | None, a: datetime
) -> Projection:
    """Say, item by item, what leaves for this recipient and what stays, with the reason in French.

    Args:
        dossier: what the sender holds.
        destinataire: who would receive, as known at ``a``.
        accord: the agreement; ``None`` when there is none.
        regime: the legal basis; ``None`` when unknown.
        a: the moment of sending, or of reading.

    Returns:
        one line per item of the file, in its order. The words stand only in lines that leave.
    """
    table = table_de_partage()
    tout = _tout_reste(dossier, destinataire, accord, regime, a)
    lignes = []
    for element in dossier.elements:
        genre = table.elements.get(element.code)
        raison = tout or _reste(element, genre, table, dossier, destinataire, accord, regime)
        libelle = genre.libelle if genre else element.code
        if raison or genre is None:
            lignes.append(Ligne(element.code, libelle, False, raison))
        else:
            lignes.append(Ligne(element.code, libelle, True, _pourquoi(accord), genre.impose or element.texte))
    return Projection(tuple(lignes))


def _tout_reste(
    dossier: Dossier, vers: Destinataire, accord: AccordVu | None, regime: Regime | None, a: datetime
) -> str:
    if regime is None or regime.depuis > a.astimezone(PARIS).date():
        return "La base légale n'est pas connue, ou pas encore en vigueur."
    if vers.structure_id in dossier.structures_ecartees or vers.compte_id in dossier.comptes_ecartes:
        return "La personne a demandé que ce destinataire ne reçoive rien."
    if regime.genres and vers.genre not in regime.genres:
        return f"{regime.article} ne vise pas ce genre de structure."
    if regime.statuts and vers.statut not in regime.statuts:
        return f"{regime.article} demande un destinataire tenu au secret."
    if not vers.en_mission:
        return "Personne n'exerce cette mission dans cette structure aujourd'hui."
    if not table_de_partage().attendus(vers.genre, vers.fonction):
        return f"La fonction « {vers.fonction.libelle} » ne reçoit rien d'une personne."
    return _sans_accord(dossier, vers, accord, a) if regime.accord else ""


def _sans_accord(dossier: Dossier, vers: Destinataire, accord: AccordVu | None, a: datetime) -> str:
    if not vers.engage:
        return "Cette structure n'est pas engagée dans le réseau."
    if vers.structure_id not in dossier.suivie_avec:
        return "Vous ne suivez pas cette personne ensemble."
    if accord is None:
        return "La personne n'a pas donné son accord."
    if accord.retire_le is not None:
        return "La personne a retiré son accord."
    if (accord.structure_id, accord.personne_id) != (dossier.structure_id, dossier.personne_id):
        return "L'accord concerne un autre dossier."
    if (accord.destinataire_id, accord.fonction) != (vers.structure_id, vers.fonction):
        return "L'accord a été donné pour un autre destinataire."
    if a < accord.debut:
        return "L'accord n'a pas encore commencé."
    if a >= accord.fin:
        return "L'accord est terminé."
    themes = frozenset().union(*(e.themes for e in dossier.elements))
    return refus_d_accord(
        but=accord.but, obtention=accord.obtention, presents=accord.presents, themes=themes,
        demande_a_la_personne=accord.demande_a_la_personne,
    )  # fmt: skip


def _reste(
    element: Element, genre: GenreDElement | None, table: TableDePartage, dossier: Dossier, vers: Destinataire,
    accord: AccordVu | None, regime: Regime | None,
) -> str:  # fmt: skip
    if genre is None:
        return "Cet élément n'est pas dans la table : il ne part pas."
    if not genre.impose and not cle(element.texte):
        return "Rien n'est écrit."
    if _dit_l_adresse(element, genre, dossier):
        return "L'adresse est protégée : elle ne part jamais, ni ce qui y ressemble."
    if regime is not None and regime.elements and element.code not in regime.elements:
        return f"{regime.article} ne le permet pas."
    if regime is not None and regime.accord:
        if accord is None or element.code not in accord.elements:
            return "La personne n'a pas dit oui pour cet élément."
        if element.code not in table.buts[accord.but].elements:
            return "Cela ne fait pas avancer ce but."
    if element.code not in table.attendus(vers.genre, vers.fonction):
        return f"Cela n'entre pas dans la mission : {vers.genre.libelle}, {vers.fonction.libelle.lower()}."
    if genre.sante and not _soigne(vers, table):
        return "La santé ne part que vers l'équipe de soins, tenue au secret."
    return ""


def _dit_l_adresse(element: Element, genre: GenreDElement, dossier: Dossier) -> bool:
    if not dossier.adresse_protegee or genre.impose:
        return False
    plat = cle(element.texte)
    serre = plat.replace(" ", "")  # a telephone is written in as many ways as there are hands
    return genre.adresse or bool(LIEU.search(plat)) or any(m in serre for m in _morceaux(dossier.mots_proteges))


def _morceaux(gardes: Iterable[str]) -> set[str]:
    """Return each part of a protected address or number, without the small words around it, letters only."""
    parts = (ARTICLES.sub("", cle(part)).replace(" ", "") for garde in gardes for part in re.split(r"[,;\n(]", garde))
    return {part for part in parts if len(part) >= 3}


def _soigne(vers: Destinataire, table: TableDePartage) -> bool:
    return (
        vers.statut is StatutDeSecret.SECRET_PROFESSIONNEL
        and vers.genre in table.genres_de_soins
        and vers.profession in table.professions_de_soins
    )


def _pourquoi(accord: AccordVu | None) -> str:
    but = table_de_partage().buts.get(accord.but) if accord else None
    return f"Utile au but : {but.libelle.lower()}." if but else "Permis par la base légale citée."
