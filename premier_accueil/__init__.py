"""Premier Accueil: the unconditional first social welcome, from the counter to the hand-over."""

__version__ = "0.1.0"
