"""Fingerprints of secrets: what a database keeps of a link."""

from __future__ import annotations

import hashlib


def empreinte(secret: str) -> str:
    """Return the SHA-256 of a secret, in hexadecimal: enough for 192 bits of chance, never for a password."""
    return hashlib.sha256(secret.encode()).hexdigest()
