"""What every page must hold, besides what axe sees."""

from __future__ import annotations

from itertools import pairwise

SANS_ETIQUETTE = """() => [...document.querySelectorAll('input:not([type=hidden]),select,textarea')]
  .filter(c => !(c.labels && c.labels.length && [...c.labels].some(l => l.textContent.trim())))
  .map(c => c.outerHTML.slice(0, 120))"""


def verifier(page, largeurs=(1280, 375)):
    """Check a page as it stands at each width: axe, a real label on each field, its headings, no overflow."""
    from axe_playwright_python.sync_playwright import Axe

    assert page.evaluate(SANS_ETIQUETTE) == []
    assert page.locator("h1").count() == 1
    niveaux = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert all(b - a <= 1 for a, b in pairwise(niveaux)), niveaux
    avant = page.viewport_size
    for rang, largeur in enumerate(largeurs):
        page.set_viewport_size({"width": largeur, "height": avant["height"]})
        # Every rule runs; only what it found against the page is written down, which halves the time.
        axe = Axe("0") if rang else Axe()  # its half megabyte is read once for a page, whatever the widths
        resultat = axe.run(page, options={"resultTypes": ["violations"]})
        assert not resultat.response["violations"], (page.url, largeur, resultat.generate_report())
        deborde = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert deborde <= 1, (page.url, largeur)
    page.set_viewport_size(avant)
