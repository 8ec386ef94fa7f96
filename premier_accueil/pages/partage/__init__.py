"""Agreements, communications, and the gentle re-reading of a free text."""
