"""Write: what the territory has no answer for, and what completes the lexicon."""

from premier_accueil.orientation.actions.manques import noter_manque

__all__ = ["noter_manque"]
