"""Communes and travel."""
