"""QR codes of addresses, for paper and for pages under a strict content policy."""

from __future__ import annotations

from io import BytesIO

import segno


def qr(adresse: str) -> segno.QRCode | None:
    """Return the QR code of an address (error level M: a photocopy still reads), none when there is nothing to say."""
    if not adresse.strip():
        return None
    try:
        return segno.make(adresse, error="m", micro=False)
    except ValueError:  # too long for a QR code, or not encodable
        return None


def qr_svg(adresse: str, titre: str = "") -> str:
    """Return the QR code as an inline SVG without any ``style`` attribute, for a page under a strict CSP.

    Args:
        adresse: what the code holds.
        titre: alternative text, put in ``<title>``; empty when the page itself gives it.

    Returns:
        the ``<svg>`` element (class "qr", sized by the page's own style sheet), or "" when there is no address.
    """
    code = qr(adresse)
    if code is None:
        return ""
    svg: str = code.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None, title=titre or None)
    return svg


def qr_imprime(adresse: str) -> str:
    """Return the QR code of an address as an SVG document for a print, "" when there is none."""
    code = qr(adresse)
    if code is None:
        return ""
    sortie = BytesIO()
    code.save(sortie, kind="svg", border=2, scale=4, xmldecl=False, svgclass=None, lineclass=None)
    return sortie.getvalue().decode("ascii")
