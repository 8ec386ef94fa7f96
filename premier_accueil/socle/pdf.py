"""Make an accessible PDF (PDF/UA-1, tagged, in French) from a typst template and plain data.

What people wrote reaches typst as data only (``sys.inputs``), never as markup. Their words are cleaned first of what
no embedded font can draw: PDF/UA-1 refuses a missing glyph, and a print must never fail for one emoji.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import re
import threading
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import typst

journal = logging.getLogger(__name__)

# A clear sans-serif with open digits (SIL OFL 1.1), used when its font package is installed.
PAQUET_DE_POLICE = "fontpkg_source_sans_3"
POLICE = "Source Sans 3"
POLICES_EMBARQUEES = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")

# Ranges drawn by the fonts embedded in typst 0.15, found by compiling each character (tests compile them all again).
DESSINES = (
    (0x0020, 0x007E), (0x00A0, 0x00AC), (0x00AE, 0x0345), (0x0384, 0x038A), (0x038C, 0x038C), (0x038E, 0x03A1),
    (0x03A3, 0x0482), (0x048A, 0x04FF), (0x0531, 0x0556), (0x0559, 0x058A), (0x05BE, 0x05BE), (0x05D0, 0x05EA),
    (0x060C, 0x060C), (0x061B, 0x061B), (0x061F, 0x061F), (0x0621, 0x063A), (0x0640, 0x064A), (0x0660, 0x066D),
    (0x0679, 0x067B), (0x067E, 0x0680), (0x0686, 0x0687), (0x0691, 0x0691), (0x0698, 0x0698), (0x06A4, 0x06A4),
    (0x06A9, 0x06A9), (0x06AF, 0x06AF), (0x06BE, 0x06BE), (0x06CC, 0x06CC), (0x06F0, 0x06F9), (0x10D0, 0x10FF),
    (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x2040), (0x2044, 0x2052), (0x2070, 0x2071), (0x2074, 0x208E),
    (0x20A0, 0x20C0), (0x2100, 0x211E), (0x2122, 0x2122), (0x2150, 0x2151), (0x2153, 0x215F), (0x2190, 0x22FF),
    (0x25A0, 0x25FF), (0x2605, 0x2606), (0x260E, 0x260E), (0x2610, 0x2612), (0x2713, 0x2714), (0xFB00, 0xFB06),
)  # fmt: skip
SECOURS = ((0x0020, 0x007E), (0x00A0, 0x00AC), (0x00AE, 0x017F), (0x2013, 0x2026), (0x20AC, 0x20AC))
PERDU = "…"

_verrou = threading.Lock()


class ErreurDePdf(RuntimeError):
    """The template itself cannot be compiled; the message never holds what a person wrote."""


@cache
def _dessines(plages: tuple[tuple[int, int], ...]) -> frozenset[str]:
    return frozenset(chr(c) for debut, fin in plages for c in range(debut, fin + 1))


def nettoyer(texte: str, plages: tuple[tuple[int, int], ...] = DESSINES) -> str:
    """Return the text with only what the embedded fonts can draw.

    Compatibility forms are composed (NFC), any blank becomes one space, control and direction marks, emoji and
    symbols without a glyph go away, and a run of letters without a glyph (Chinese, Tamil, Amharic…) becomes "…".

    Args:
        texte: any text, NUL bytes and lone surrogates included.
        plages: ranges of code points that can be drawn.

    >>> nettoyer("Café \\x00😀  李明, Зоя")
    'Café …, Зоя'
    """
    dessines = _dessines(plages)
    garde: list[str] = []
    for c in unicodedata.normalize("NFC", texte):
        if c.isspace() and c not in "\u00a0\u202f":
            garde.append(" ")
        elif c in dessines or c == "\u202f":
            garde.append(c if c != "\u202f" else "\u00a0")
        elif unicodedata.category(c)[0] == "L" and (not garde or garde[-1] != PERDU):
            garde.append(PERDU)
    return re.sub(r" {2,}", " ", "".join(garde)).strip()


def se_dessine(texte: str) -> bool:
    """Tell whether every letter of the text can be drawn (emoji and control marks do not count)."""
    return PERDU not in nettoyer(texte.replace(PERDU, ""))


def _partout(valeur: object, f: Callable[[str], str]) -> object:
    """Apply ``f`` to every text of a JSON-like value."""
    if isinstance(valeur, str):
        return f(valeur)
    if isinstance(valeur, Mapping):
        return {cle: _partout(v, f) for cle, v in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [_partout(v, f) for v in valeur]
    return valeur


@cache
def dossiers_de_polices() -> tuple[Path, ...]:
    """Return the folders of the font packages that are installed (none: typst's embedded fonts serve)."""
    paquet = importlib.util.find_spec(PAQUET_DE_POLICE)
    lieux = paquet.submodule_search_locations if paquet else None
    return tuple(d for lieu in lieux or () if (d := Path(lieu) / "files").is_dir())


@cache
def polices() -> tuple[str, ...]:
    """Return the font families of a print, the wanted one first; only families that exist."""
    connues = set(_fontes().families())
    return tuple(p for p in (POLICE, *POLICES_EMBARQUEES) if p in connues)


@cache
def _fontes() -> typst.Fonts:
    # The fonts of the machine are left out: the same sheet comes out everywhere.
    return typst.Fonts(include_system_fonts=False, font_paths=list(dossiers_de_polices()))


@cache
def _atelier(racine: Path) -> typst.Compiler:
    return typst.Compiler(root=racine, font_paths=_fontes())


def _imprimer(modele: Path, donnees: object, norme: list[typst.PDFStandard]) -> bytes:
    entrees = {"donnees": json.dumps(donnees, ensure_ascii=False), "polices": json.dumps(polices())}
    with _verrou:  # one typst compiler refuses to be entered twice
        sortie = _atelier(modele.parent).compile(
            input=modele, sys_inputs=entrees, format="pdf", pdf_standards=norme, timestamp=0
        )
    if not isinstance(sortie, bytes):
        raise ErreurDePdf("Le modèle n'a pas donné un document PDF.")
    return sortie


def compiler(modele: Path | str, donnees: Mapping[str, object]) -> bytes:
    """Compile a template with its data into one tagged PDF/UA-1 document.

    The template reads ``json(bytes(sys.inputs.donnees))`` and ``json(bytes(sys.inputs.polices))`` (font families);
    it sets the title and the language. If some letters still cannot be drawn together, the text is cut down to
    Western European letters; if that fails too, the document comes out tagged but without the PDF/UA mark.

    Args:
        modele: path of the ``.typ`` file; it reads no file outside its own folder.
        donnees: JSON-like values; every text is cleaned by ``nettoyer``.

    Returns:
        the bytes of the PDF; the same data gives the same bytes.

    Raises:
        ErreurDePdf: the template itself is wrong.
    """
    chemin = Path(modele).resolve()
    propre = _partout(donnees, nettoyer)
    reduit = None
    lieu = ""
    for norme in (["ua-1"], ["ua-1"], ["1.7"]):
        try:
            return _imprimer(chemin, propre if reduit is None else reduit, norme)  # type: ignore[arg-type]
        except typst.TypstError as erreur:
            # The diagnostic quotes the text that failed: only its place in the template may leave this function.
            trouve = re.search(r"┌─ (\S+:\d+:\d+)", erreur.diagnostic or "")
            lieu = trouve.group(1) if trouve else chemin.name
            journal.warning("a PDF had to be compiled again with fewer letters (%s)", lieu)
            reduit = _partout(propre, lambda t: nettoyer(t, SECOURS))
    raise ErreurDePdf(f"Le modèle du document ne se compile pas ({lieu}).") from None
