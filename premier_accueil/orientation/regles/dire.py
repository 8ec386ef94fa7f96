"""Say times and travel in short plain French."""

from __future__ import annotations

from datetime import datetime

from premier_accueil.annuaire.regles.horaires import heure_en_clair, jour_en_clair, prochaine_en_clair

PAR_MODE = {"voiture": "en voiture", "pied": "à pied", "velo": "à vélo", "transport": "en transport en commun"}


def quand(*, ouvert: bool | None, fermeture: datetime | None, prochaine: datetime | None, a: datetime) -> str:
    """Say when a place is open, without a capital; empty when unknown. Times are read on the clock they carry.

    Returns:
        "aujourd’hui jusqu’à 17 h", "sans interruption", "ouvre demain à 9 h", or "".
    """
    if ouvert:
        if fermeture is None:
            return "sans interruption"
        ici = a.astimezone(fermeture.tzinfo)
        return f"{jour_en_clair(fermeture.date(), ici.date())} jusqu’à {heure_en_clair(fermeture)}"
    return prochaine_en_clair(prochaine, a) if ouvert is False and prochaine else ""


def duree(minutes: int) -> str:
    """Say a duration: "12 min", "1 h 05"."""
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" + (f" {minutes % 60:02d}" if minutes % 60 else "")


def kilometres(distance_km: float) -> str:
    """Say a distance: "850 m", "12 km"."""
    if distance_km < 0.95:
        return f"{max(50, round(distance_km * 20) * 50)} m"
    return f"{distance_km:.0f} km"
