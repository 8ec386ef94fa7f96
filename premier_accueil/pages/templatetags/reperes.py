"""Tags of the reference sheets."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from premier_accueil.reperes.regles import en_html

register = template.Library()


@register.filter
def ecrit(texte: str, sous: int = 2) -> SafeString:
    """Return a text in markdown as safe HTML; its titles stand under a heading of level ``sous``."""
    return mark_safe(en_html(texte, sous=sous))  # noqa: S308 - escaped by the reader, then cleaned by nh3
