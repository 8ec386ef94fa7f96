"""Open a file somebody gives us: find out what it is, decode it, cut it in lines. Any trouble is a French sentence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TAILLE_MAX = 2 * 1024**3
CASE_MAX = 10_000_000
SEPARATEURS = {",": "virgule", ";": "point-virgule", "\t": "tabulation", "|": "barre verticale"}
SIGNATURES = {
    b"PK\x03\x04": "un classeur Excel ou LibreOffice (ou une archive zip). Ouvrez-le et enregistrez-le au format CSV",
    b"\xd0\xcf\x11\xe0": "un ancien classeur Excel (.xls). Ouvrez-le et enregistrez-le au format CSV",
    b"%PDF": "un document PDF. Demandez au producteur le fichier CSV ou JSON",
    b"\x1f\x8b": "un fichier compressé (gzip). Décompressez-le d'abord",
    b"\x89PNG": "une image. Demandez au producteur le fichier CSV ou JSON",
    b"\xff\xd8\xff": "une image. Demandez au producteur le fichier CSV ou JSON",
    b"PAR1": "un fichier Parquet. Demandez au producteur le fichier CSV ou JSON",
}
REMPLACEMENT = "\ufffd"


class FichierIllisible(RuntimeError):
    """The whole file cannot be read; the message is one French sentence for the person."""


@dataclass(frozen=True)
class Ligne:
    """One entry of a file: its place and its values, or why it could not be cut out."""

    numero: int
    valeurs: dict[str, Any]
    defaut: str = ""


def lire_lignes(chemin: Path, requises: Iterable[str]) -> list[Ligne]:
    """Read a CSV, JSON or NDJSON file.

    Args:
        chemin: the file.
        requises: columns without which the file is not the expected one.

    Returns:
        its lines, in order; a damaged one carries its ``defaut``.

    Raises:
        FichierIllisible: not there, not readable, not text, not the expected columns.
    """
    requises = tuple(requises)
    texte = decoder(lire_octets(chemin), chemin.name)
    debut = texte.lstrip()[:1000]
    if debut[:1] in "[{" and debut:
        lignes = list(_json(texte, chemin.name))
        _verifier_cles(lignes, requises, chemin.name)
        return lignes
    if debut.startswith("<"):
        genre = "une page web (HTML)" if "<html" in debut.lower() or "<!doctype html" in debut.lower() else "du XML"
        raise FichierIllisible(
            f"« {chemin.name} » contient {genre}, pas un tableau. Téléchargez le fichier CSV ou JSON lui-même."
        )
    return list(_csv(texte, requises, chemin.name))


def lire_octets(chemin: Path) -> bytes:
    """Return the content of a file that may be text.

    Raises:
        FichierIllisible: missing, a folder, forbidden, empty, too large, or known to be another kind of file.
    """
    try:
        if chemin.stat().st_size > TAILLE_MAX:
            raise FichierIllisible(f"« {chemin.name} » dépasse 2 Go : découpez-le.")
        octets = chemin.read_bytes()
    except FileNotFoundError:
        raise FichierIllisible(f"« {chemin} » n'existe pas.") from None
    except IsADirectoryError:
        raise FichierIllisible(f"« {chemin} » est un dossier, pas un fichier.") from None
    except PermissionError:
        raise FichierIllisible(f"« {chemin} » ne peut pas être ouvert : l'accès est refusé.") from None
    except (OSError, ValueError) as erreur:
        raise FichierIllisible(f"« {chemin} » ne peut pas être lu : {erreur}.") from None
    if not octets.strip():
        raise FichierIllisible(f"« {chemin.name} » est vide.")
    for signature, nature in SIGNATURES.items():
        if octets.startswith(signature):
            raise FichierIllisible(f"« {chemin.name} » est {nature}.")
    return octets


def decoder(octets: bytes, nom: str) -> str:
    """Decode UTF-8 (with or without mark), UTF-16 with mark, or Windows / Latin-1.

    A UTF-8 file with a few damaged bytes stays UTF-8: those bytes become U+FFFD, so that only their lines suffer.

    Raises:
        FichierIllisible: the bytes are no text.
    """
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return octets.decode("utf-16")
        except UnicodeDecodeError:
            raise FichierIllisible(f"« {nom} » est abîmé : son texte (UTF-16) est coupé.") from None
    tete = octets[:65536]
    if tete.count(0) > len(tete) // 20:
        raise FichierIllisible(f"« {nom} » n'est pas un fichier de texte : il faut un CSV ou un JSON.")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    tolerant = octets.decode("utf-8-sig", errors="replace")
    abimes = tolerant.count(REMPLACEMENT)
    if sum(not c.isascii() for c in tolerant) - abimes > 4 * abimes:
        return tolerant
    if sum(b < 32 and b not in b"\t\n\r\f\v" for b in tete) > len(tete) // 20:
        raise FichierIllisible(f"« {nom} » n'est pas un fichier de texte : il faut un CSV ou un JSON.")
    try:
        return octets.decode("cp1252")
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def _csv(texte: str, requises: tuple[str, ...], nom: str) -> Iterator[Ligne]:
    csv.field_size_limit(CASE_MAX)
    lignes = texte.splitlines()
    entete_brut = next((ligne for ligne in lignes if ligne.strip()), "")
    separateur, colonnes = max(
        ((s, _entete(entete_brut, s)) for s in SEPARATEURS),
        key=lambda essai: (sum(c in essai[1] for c in requises), len(essai[1])),
    )
    manquantes = [c for c in requises if c not in colonnes]
    if manquantes:
        raise FichierIllisible(_manque(nom, manquantes, [c for c in colonnes if c]))
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
    entete_vu = False
    while True:
        avant = lecteur.line_num + 1
        try:
            cases = next(lecteur)
        except StopIteration:
            return
        except csv.Error:
            yield Ligne(avant, {}, "la ligne ne peut pas être découpée en cases (guillemets ?)")
            continue
        if not any(case.strip() for case in cases):
            continue
        if not entete_vu:
            entete_vu = True
            continue
        if len(cases) > len(colonnes) and any(case.strip() for case in cases[len(colonnes) :]):
            yield Ligne(
                avant,
                dict(zip(colonnes, cases, strict=False)),
                f"la ligne a {len(cases)} cases pour {len(colonnes)} colonnes",
            )
            continue
        yield Ligne(avant, {c: v for c, v in zip(colonnes, cases, strict=False) if c})


def _entete(ligne: str, separateur: str) -> list[str]:
    try:
        return [case.strip().lower() for case in next(csv.reader([ligne], delimiter=separateur))]
    except (csv.Error, StopIteration):
        return []


def _manque(nom: str, manquantes: list[str], trouvees: list[str]) -> str:
    quoi = ", ".join(f"« {c} »" for c in manquantes)
    vues = ", ".join(c[:40] for c in trouvees[:12]) or "aucune"
    pluriel = "les colonnes" if len(manquantes) > 1 else "la colonne"
    return f"Dans « {nom} », il manque {pluriel} {quoi} (colonnes trouvées : {vues})."


def _json(texte: str, nom: str) -> Iterator[Ligne]:
    try:
        contenu = json.loads(texte)
    except RecursionError:
        raise FichierIllisible(f"« {nom} » n'est pas un JSON attendu : il est trop imbriqué.") from None
    except ValueError as erreur:
        par_ligne = list(_ndjson(texte))
        if sum(not ligne.defaut for ligne in par_ligne) >= 1:
            yield from par_ligne
            return
        ou = f" (ligne {erreur.lineno})" if isinstance(erreur, json.JSONDecodeError) else ""
        raise FichierIllisible(f"« {nom} » n'est pas un JSON valable{ou}.") from None
    if isinstance(contenu, dict) and isinstance(contenu.get("features"), list):  # GeoJSON
        contenu = [f.get("properties") if isinstance(f, dict) else f for f in contenu["features"]]
    if isinstance(contenu, dict):
        listes = [v for cle in ("data", "structures", "services", "results") if isinstance(v := contenu.get(cle), list)]
        contenu = listes[0] if listes else [contenu]
    if not isinstance(contenu, list):
        raise FichierIllisible(f"« {nom} » ne contient pas une liste de fiches.")
    for numero, valeurs in enumerate(contenu, start=1):
        yield _fiche(numero, valeurs)


def _ndjson(texte: str) -> Iterator[Ligne]:
    for numero, ligne in enumerate(texte.split("\n"), start=1):
        if not ligne.strip():
            continue
        try:
            yield _fiche(numero, json.loads(ligne))
        except (ValueError, RecursionError):
            yield Ligne(numero, {}, "la ligne n'est pas un objet JSON valable")


def _fiche(numero: int, valeurs: object) -> Ligne:
    if not isinstance(valeurs, dict):
        return Ligne(numero, {}, "ce n'est pas une fiche (un objet JSON est attendu)")
    return Ligne(numero, valeurs)


def _verifier_cles(lignes: list[Ligne], requises: tuple[str, ...], nom: str) -> None:
    if not lignes:
        raise FichierIllisible(f"« {nom} » ne contient aucune fiche.")
    cles = {cle for ligne in lignes[:1000] for cle in ligne.valeurs}
    manquantes = [c for c in requises if c not in cles]
    if manquantes:
        raise FichierIllisible(_manque(nom, manquantes, sorted(map(str, cles))))
