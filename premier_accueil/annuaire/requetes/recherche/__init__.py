"""The professionals' search: words, themes, places, hours, ways in."""

from premier_accueil.annuaire.requetes.recherche.chercher import PAR_PAGE, chercher
from premier_accueil.annuaire.requetes.recherche.vues import Reponse, Resultat

__all__ = ["PAR_PAGE", "Reponse", "Resultat", "chercher"]
