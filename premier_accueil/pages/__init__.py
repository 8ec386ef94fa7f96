"""Web pages, one folder per journey: thin."""
