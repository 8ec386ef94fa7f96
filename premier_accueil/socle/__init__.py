"""Foundations without a domain word: embedded database, clock, SSE, PDF."""
