"""A birth date as the person knows it: a year, a month of a year, a day, or "about"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MOIS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre"]  # fmt: skip
A_PEU_PRES = 2
"""Years around an approximate birth year that a search keeps."""
MAJORITE = 18
"""Years (code civil, article 414)."""


@dataclass(frozen=True)
class Naissance:
    """What is known of a birth; each part may be missing."""

    annee: int | None = None
    mois: int | None = None
    jour: int | None = None
    approximative: bool = False

    def refus(self, aujourd_hui: date) -> str:
        """Say in French what is wrong; empty when nothing is."""
        if self.jour and not self.mois:
            return "Le jour est donné sans le mois. Ajoutez le mois, ou retirez le jour."
        if self.mois and not self.annee:
            return "Le mois est donné sans l'année. Ajoutez l'année, même à peu près, ou retirez le mois."
        if not self.annee:
            return ""
        try:
            debut = date(self.annee, self.mois or 1, self.jour or 1)
        except ValueError:
            return "Ce jour n'existe pas dans ce mois. Corrigez-le, ou retirez le jour."
        if debut > aujourd_hui:
            return "Cette naissance est dans l'avenir. Corrigez l'année."
        return "" if self.annee >= 1880 else "Cette année est trop ancienne. Corrigez-la."

    def peut_etre_mineure(self, jour: date) -> bool:
        """Tell whether she may be under 18 on a day, what is not known of her birth being the latest it can be (T8)."""
        if not self.annee:
            return False
        annee = self.annee + MAJORITE + A_PEU_PRES * self.approximative
        return (jour.year, jour.month, jour.day) < (annee, self.mois or 12, self.jour or 31)

    def peut_etre_majeure(self, jour: date) -> bool:
        """Tell whether she may be 18 on a day, what is not known of her birth being the earliest it can be (T8)."""
        if not self.annee:
            return True
        annee = self.annee + MAJORITE - A_PEU_PRES * self.approximative
        return (jour.year, jour.month, jour.day) >= (annee, self.mois or 1, self.jour or 1)

    def __str__(self) -> str:
        """Return the birth as one says it; empty when nothing is known."""
        if not self.annee:
            return ""
        dite = " ".join(
            str(p) for p in (
                "1er" if self.jour == 1 else self.jour, MOIS[self.mois - 1] if self.mois else None, self.annee
            ) if p
        )  # fmt: skip
        return f"vers {dite}" if self.approximative else dite
