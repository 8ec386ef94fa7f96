"""Rules of orientation: how services are ranked, and how the ranking is told. No database here."""
