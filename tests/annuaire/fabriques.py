"""Small data·inclusion entries and contours."""

from __future__ import annotations

import struct


def carre(ouest: float, sud: float, est: float, nord: float) -> bytes:
    """A square contour as a WKB multipolygon."""
    coins = [(ouest, sud), (est, sud), (est, nord), (ouest, nord), (ouest, sud)]
    anneau = struct.pack("<I", len(coins)) + b"".join(struct.pack("<2d", *c) for c in coins)
    return struct.pack("<BII", 1, 6, 1) + struct.pack("<BII", 1, 3, 1) + anneau


def structure(numero: int = 1, **reste) -> dict:
    """A data·inclusion structure."""
    return {
        "source": "essai", "id": f"essai--s{numero}", "nom": f"Structure {numero}", "date_maj": "2026-10-01",
        "code_insee": "44213", "commune": "Loireauxence", "code_postal": "44370", "adresse": f"{numero} rue de l'Essai",
        "latitude": 47.4, "longitude": -1.0, "telephone": "0240983000",
        "horaires_accueil": "Mo-Fr 09:00-12:00", **reste,
    }  # fmt: skip


def service(numero: int = 1, de: int = 1, **reste) -> dict:
    """A data·inclusion service."""
    return {
        "source": "essai", "structure_id": f"essai--s{de}", "id": f"essai--v{numero}", "nom": f"Service {numero}",
        "description": "Une aide pour l'essai.", "date_maj": "2026-10-01",
        "thematiques": ["mobilite--financer-ma-mobilite"], "publics": ["tous-publics"],
        "modes_accueil": ["en-presentiel"], **reste,
    }  # fmt: skip
