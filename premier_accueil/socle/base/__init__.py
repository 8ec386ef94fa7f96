"""The embedded PostgreSQL server: same engine in demonstration, tests and production, nothing to install."""

from premier_accueil.socle.base.serveur import BaseIndisponible, Serveur

__all__ = ["BaseIndisponible", "Serveur"]
