"""Organismes, structures, accounts and their missions."""
