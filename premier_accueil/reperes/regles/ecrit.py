"""Markdown as people write it, made safe: no markup of theirs passes, headings stand under the page's own.

Two barriers: markdown-it-py escapes every tag and refuses any address but web, mail and telephone; nh3 then lets only
a short list of tags out, whatever came before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

ADRESSES = frozenset({"http", "https", "mailto", "tel"})
BALISES = {"p", "ul", "ol", "li", "strong", "em", "a", "h2", "h3", "h4", "h5", "h6", "blockquote", "br", "hr"}
LONGUEUR = 20_000


@cache
def _lecteur() -> MarkdownIt:
    lecteur = MarkdownIt("commonmark", {"html": False, "breaks": True})
    # No picture from elsewhere, and an indented line is no program.
    lecteur.disable(["image", "code", "fence", "backticks", "html_block", "html_inline"])
    lecteur.validateLink = _adresse_permise  # type: ignore[method-assign,assignment]
    return lecteur


def _adresse_permise(adresse: str) -> bool:
    return adresse.strip().partition(":")[0].lower() in ADRESSES


def en_html(texte: str, *, sous: int = 2) -> str:
    """Return safe HTML of a text in markdown.

    Args:
        texte: as typed; any markup in it is shown as text.
        sous: level of the heading the text stands under; its own begin one level below, without a gap.

    >>> en_html("# Aller\\n<b>x</b> [ici](javascript:x)", sous=2)
    '<h3>Aller</h3>\\n<p>&lt;b&gt;x&lt;/b&gt; [ici](javascript:x)</p>\\n'
    """
    lecteur = _lecteur()
    jetons = lecteur.parse(texte[:LONGUEUR])
    _ranger_les_titres(jetons, sous)
    html = lecteur.renderer.render(jetons, lecteur.options, {})
    return nh3.clean(
        html, tags=BALISES, attributes={"a": {"href"}, "ol": {"start"}}, url_schemes=set(ADRESSES),
        link_rel="noopener noreferrer",
    )  # fmt: skip


def _ranger_les_titres(jetons: Sequence[Token], sous: int) -> None:
    """Put headings under the page's: the first one below it, then never more than one step down (RGAA 9.1)."""
    piles: list[int] = []
    for jeton in jetons:
        if jeton.type != "heading_open":
            if jeton.type == "heading_close":
                jeton.tag = f"h{min(6, sous + len(piles))}"
            continue
        niveau = int(jeton.tag[1])
        while piles and piles[-1] >= niveau:
            piles.pop()
        piles.append(niveau)
        jeton.tag = f"h{min(6, sous + len(piles))}"


Bloc = dict[str, Any]


def en_blocs(texte: str) -> list[Bloc]:
    """Return a text in markdown as plain values for print.

    Returns:
        ``{"t": "titre"|"texte"|"liste"|"suite"|"cite"|"trait", …}``: ``mots`` are runs of
        ``{"x", "gras", "italique", "lien", "avant", "apres"}`` (spaces around are said: print trims each text),
        ``points`` lists of blocks, ``niveau`` of a heading from 1.
    """
    jetons = _lecteur().parse(texte[:LONGUEUR])
    _ranger_les_titres(jetons, 0)
    return [b for noeud in SyntaxTreeNode(jetons).children for b in _bloc(noeud)]


def _bloc(noeud: SyntaxTreeNode) -> Iterator[Bloc]:
    if noeud.type == "heading":
        yield {"t": "titre", "niveau": int(noeud.tag[1]), "mots": _mots(noeud)}
    elif noeud.type == "paragraph":
        yield {"t": "texte", "mots": _mots(noeud)}
    elif noeud.type in {"bullet_list", "ordered_list"}:
        points = [[b for enfant in point.children for b in _bloc(enfant)] for point in noeud.children]
        yield {"t": "liste" if noeud.type == "bullet_list" else "suite", "points": points}
    elif noeud.type == "blockquote":
        yield {"t": "cite", "blocs": [b for enfant in noeud.children for b in _bloc(enfant)]}
    elif noeud.type == "hr":
        yield {"t": "trait"}


def _mots(noeud: SyntaxTreeNode) -> list[Bloc]:
    return [m for enfant in noeud.children for m in _courir(enfant, gras=False, italique=False, lien="")]


def _courir(noeud: SyntaxTreeNode, *, gras: bool, italique: bool, lien: str) -> Iterator[Bloc]:
    if noeud.type in {"softbreak", "hardbreak"}:
        yield {"x": "", "saut": True, "gras": False, "italique": False, "lien": "", "avant": False, "apres": False}
    elif noeud.type == "text":
        x = noeud.content
        if x:
            yield {
                "x": x, "saut": False, "gras": gras, "italique": italique, "lien": lien, "avant": x[:1].isspace(),
                "apres": x[-1:].isspace(),
            }  # fmt: skip
    else:
        lien = str(noeud.attrs.get("href", "")) if noeud.type == "link" else lien
        for enfant in noeud.children:
            yield from _courir(
                enfant, gras=gras or noeud.type == "strong", italique=italique or noeud.type == "em", lien=lien
            )
