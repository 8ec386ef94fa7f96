"""Write the directory for other software and for spreadsheets: open data, no contact kept for the network."""

from premier_accueil.annuaire.exports.formats import FORMATS, Format, produire

__all__ = ["FORMATS", "Format", "produire"]
