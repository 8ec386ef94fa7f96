"""Find the commune of an address and say whether its point can be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from premier_accueil.annuaire.imports.bilan import BilanDImport, Origine
from premier_accueil.annuaire.imports.fiches import Lieu
from premier_accueil.socle.texte import cle
from premier_accueil.territoire.models import Commune
from premier_accueil.territoire.regles.geometrie import dans_contour

# Municipal arrondissements are not loaded (they would count their inhabitants twice): their city answers.
ARRONDISSEMENTS = (("75056", 75101, 75120), ("69123", 69381, 69389), ("13055", 13201, 13216))


@dataclass(frozen=True)
class LieuTrouve:
    """An address in a known commune; ``point_verifie`` as in ``Site``."""

    lieu: Lieu
    commune_id: int
    commune_code: str
    departement: str
    point_verifie: bool | None

    def champs(self) -> dict[str, Any]:
        """Return the fields of the ``Site``."""
        return {
            "nom": self.lieu.nom or self.lieu.adresse[:200] or self.lieu.commune[:200] or "Lieu",
            "adresse": self.lieu.adresse,
            "complement": self.lieu.complement,
            "code_postal": self.lieu.code_postal,
            "commune_id": self.commune_id,
            "latitude": self.lieu.latitude,
            "longitude": self.lieu.longitude,
            "point_verifie": self.point_verifie,
            "telephone": self.lieu.telephone,
            **dict(self.lieu.faits),
        }

    def adresse_cle(self) -> tuple[int, str]:
        """Return what makes two addresses the same place."""
        return self.commune_id, cle(self.lieu.adresse)

    def source_id(self) -> str:
        """Return a key of the place within its structure, stable from one import to the next."""
        return f"{self.commune_code} {cle(self.lieu.adresse) or cle(self.lieu.nom)}"[:200]


_Cible = tuple[int, str, str]  # id and code of the commune of today, département


class Communes:
    """The communes that a file speaks of, read in a constant number of queries."""

    def __init__(self, lieux: Iterable[Lieu]) -> None:
        """Load what the addresses need.

        Args:
            lieux: every address of the import.
        """
        tous = list(lieux)
        codes = {_cite(lieu.code_insee) for lieu in tous if lieu.code_insee}
        noms = {cle(lieu.commune) for lieu in tous if lieu.commune}
        self._par_code: dict[str, _Cible] = {}
        self._par_nom: dict[tuple[str, str], set[_Cible]] = {}
        lignes = Commune.objects.filter(Q(code__in=codes) | Q(cle__in=noms)).order_by("pk")
        champs = ("pk", "code", "genre", "cle", "codes_postaux", "departement", "parente_id")
        trouvees = list(lignes.values_list(*champs))
        # Not a join of the table with itself: without statistics, just after a load, it took minutes.
        parentes = dict(
            Commune.objects.filter(pk__in={ligne[-1] for ligne in trouvees}).order_by().values_list("pk", "code")
        )
        for pk, code, genre, nom, postaux, departement, parente_id in trouvees:
            if genre == Commune.Genre.COM:
                cible = (pk, code, departement)
            elif parente_id in parentes:
                cible = (parente_id, parentes[parente_id], departement)
            else:
                continue
            # A commune of today answers for its code before a former one that kept it.
            if genre == Commune.Genre.COM or code not in self._par_code:
                self._par_code[code] = cible
            # The département as well: a mail office (CEDEX) has a postal code of its own.
            for postal in (*postaux, departement, ""):
                self._par_nom.setdefault((nom, postal), set()).add(cible)
        voulues = {c[0] for lieu in tous if lieu.latitude is not None and (c := self._chercher(lieu))}
        self._contours = dict(Commune.objects.filter(pk__in=voulues).order_by().values_list("pk", "contour"))

    def _chercher(self, lieu: Lieu) -> _Cible | None:
        par_code = self._par_code.get(_cite(lieu.code_insee))
        if par_code or not lieu.commune:
            return par_code
        # No code, or one that no longer exists: the name and postal code, when they name one commune only.
        nom, postal = cle(lieu.commune), lieu.code_postal
        for endroit in dict.fromkeys((postal, postal[: 3 if postal.startswith("97") else 2])):
            nommees = self._par_nom.get((nom, endroit), set())
            if len(nommees) == 1:
                return next(iter(nommees))
        return None

    def trouver(self, lieu: Lieu, origine: Origine, bilan: BilanDImport) -> LieuTrouve | None:
        """Return the address in its commune; refuse its line and return ``None`` when the commune is unknown."""
        trouvee = self._chercher(lieu)
        if trouvee is None:
            if lieu.code_insee or lieu.commune:
                dit = lieu.code_insee or f"{lieu.code_postal} {lieu.commune}"
                bilan.refuser(origine, "code_insee", "commune inconnue", dit)
            else:
                bilan.refuser(origine, "code_insee", "l'adresse ne dit pas sa commune", lieu.adresse)
            return None
        commune_id, code, departement = trouvee
        if lieu.code_insee and _cite(lieu.code_insee) not in self._par_code:
            motif = "code de commune inconnu : commune retrouvée par son nom"
            bilan.avertir(origine, "code_insee", motif, f"{lieu.code_insee} {lieu.commune}")
        verifie = None
        if lieu.latitude is not None and lieu.longitude is not None:
            verifie = dans_contour(self._contours.get(commune_id), lieu.latitude, lieu.longitude)
            if verifie is False:
                motif = "le point est hors du contour de la commune : il ne sert pas aux distances"
                bilan.avertir(origine, "latitude", motif, f"{lieu.latitude}, {lieu.longitude} ({lieu.commune})")
        return LieuTrouve(lieu, commune_id, code, departement, verifie)


def _cite(code: str) -> str:
    if code.isdecimal() and code[:2] in {"75", "69", "13"}:
        return next((cite for cite, debut, fin in ARRONDISSEMENTS if debut <= int(code) <= fin), code)
    return code.upper()
