"""Rules of the directory: words and hours, no database."""

from premier_accueil.annuaire.regles.vocabulaire import Diffusion, Forme

__all__ = ["Diffusion", "Forme"]
