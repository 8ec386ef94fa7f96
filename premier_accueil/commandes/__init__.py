"""The `premier-accueil` command line: thin."""
