"""Passages, needs, queue, first answer, orientation given, feuille de route."""
