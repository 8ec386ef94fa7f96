"""Read a chain again from end to end and say, in French, what somebody touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Model, QuerySet
from django.utils.formats import date_format

from premier_accueil.socle.cloison import situation
from premier_accueil.socle.journal.chaine import ORIGINE, colonnes, empreinte, sceau
from premier_accueil.socle.journal.conservation import au_terme, conservations, registres
from premier_accueil.socle.journal.migrations import VERIFICATION
from premier_accueil.socle.models import Maillon, Segment, Tete

PAR_PAQUET = 2000


@dataclass(frozen=True)
class Faute:
    """Something that does not hold: which register, whose, which month, which line, what."""

    registre: str
    structure_id: int
    mois: date | None
    rang: int | None
    dit: str

    def __str__(self) -> str:
        ou = [conservations()[self.registre].libelle.capitalize(), f"structure {self.structure_id}"]
        if self.mois:
            ou.append(date_format(self.mois, "F Y"))
        if self.rang:
            ou.append(f"ligne {self.rang}")
        return f"{', '.join(ou)} : {self.dit}"


@dataclass(frozen=True)
class Temoin:
    """Where a chain stood when it was last found sound; kept outside the database."""

    mois: date
    rang: int
    empreinte: str


@dataclass
class Bilan:
    """What a verification read and found."""

    lignes: int = 0
    scelles: int = 0
    detruits: int = 0
    fautes: list[Faute] = field(default_factory=list)
    temoins: dict[str, Temoin] = field(default_factory=dict)


def structures_tenues() -> list[int]:
    """Return the structures that have, or had, a line in any register."""
    with situation(tache=VERIFICATION):
        tables: list[type[Model]] = [Tete, Segment, *registres().values()]
        cles = (table._default_manager.values_list("structure_id", flat=True).distinct() for table in tables)
        return sorted({cle for lot in cles for cle in lot})


def verifier(
    structure_id: int,
    *,
    a: datetime,
    temoins: Mapping[str, Temoin] | None = None,
    avance: Callable[[int], None] = lambda lues: None,
) -> Bilan:
    """Verify every register of one structure, as the plain role situated in that structure.

    Args:
        structure_id: whose chains.
        a: when, to judge whether what was destroyed had reached its term.
        temoins: where each chain stood before, by register; finds a chain put back to an older state.
        avance: called with the number of lines just read.

    Returns:
        counts, faults (none: nothing was removed, changed, moved or added), and where each sound chain stands.
    """
    bilan = Bilan()
    for modele in registres().values():
        _Lecture(modele, structure_id, a, bilan, avance).tout((temoins or {}).get(modele.registre))
    return bilan


@dataclass(frozen=True)
class _Lecture:
    modele: type[Maillon]
    structure_id: int
    a: datetime
    bilan: Bilan
    avance: Callable[[int], None]

    def tout(self, temoin: Temoin | None) -> None:
        """Read the seals, the lines of each month, then the head."""
        avant = len(self.bilan.fautes)
        # The head first: lines written meanwhile are told apart from lines slipped in by reading it again.
        tete = self._tete()
        segments = list(Segment.objects.filter(**self._qui()).order_by("mois"))
        precedent = ORIGINE
        for segment in segments:
            if tete is None or segment.mois < tete.mois:
                self._segment(segment, precedent)
                precedent = segment.sceau
        self._mois_inconnus({s.mois for s in segments}, tete)
        if tete is None:
            if segments or temoin:
                self._dire(None, None, "la tête de la chaîne a été retirée.")
            return
        if tete.sceau != precedent:
            self._dire(tete.mois, None, "le mois scellé juste avant a été retiré.")
        self._lignes(tete.mois, precedent, tete.rang, tete.empreinte, ouvert=True)
        if temoin:
            self._comparer(tete, temoin)
        if len(self.bilan.fautes) == avant:
            self.bilan.temoins[self.modele.registre] = Temoin(tete.mois, tete.rang, tete.empreinte)

    def _qui(self) -> dict[str, str | int]:
        return {"registre": self.modele.registre, "structure_id": self.structure_id}

    def _tete(self) -> Tete | None:
        return Tete.objects.filter(**self._qui()).first()

    def _dire(self, mois: date | None, rang: int | None, phrase: str) -> None:
        self.bilan.fautes.append(Faute(self.modele.registre, self.structure_id, mois, rang, phrase))

    def _segment(self, segment: Segment, precedent: str) -> None:
        self.bilan.scelles += 1
        attendu = sceau(
            segment.registre, segment.structure_id, segment.mois, segment.nombre, segment.derniere, precedent
        )
        if segment.sceau != attendu:
            self._dire(segment.mois, None, "le sceau ne suit pas : il a été changé, ou un mois a été retiré avant lui.")
        if segment.detruit_le is None:
            self._lignes(segment.mois, precedent, segment.nombre, segment.derniere, ouvert=False)
            return
        self.bilan.detruits += 1
        if segment.detruit_le > self.a or not au_terme(segment.registre, segment.mois, segment.detruit_le):
            self._dire(segment.mois, None, "ce mois a été détruit avant son terme.")
        if self._du_mois(segment.mois).exists():
            self._dire(segment.mois, None, "ce mois est dit détruit, et des lignes y sont.")

    def _du_mois(self, mois: date) -> QuerySet[Maillon]:
        return self.modele._default_manager.filter(structure_id=self.structure_id, mois=mois)

    def _lignes(self, mois: date, depart: str, nombre: int, derniere: str, *, ouvert: bool) -> None:
        noms = colonnes(self.modele)
        precedente, attendu, au_dela, lues = depart, 1, [], 0
        lignes = self._du_mois(mois).order_by("rang").values_list("rang", "empreinte", *noms)
        for rang, marque, *valeurs in lignes.iterator(chunk_size=PAR_PAQUET):
            lues += 1
            if lues % PAR_PAQUET == 0:
                self.avance(PAR_PAQUET)
            if not attendu <= rang <= nombre:
                au_dela.append(rang)
                continue
            contenu = {nom: v for nom, v in zip(noms, valeurs, strict=True) if v is not None}
            if rang != attendu:
                self._dire(mois, attendu, _manquent(attendu, rang - 1))
            elif marque != empreinte(self.modele.registre, self.structure_id, mois, rang, precedente, contenu):
                self._dire(mois, rang, "cette ligne a été changée, déplacée ou ajoutée après coup.")
            precedente, attendu = marque, rang + 1
        self.avance(lues % PAR_PAQUET)
        self.bilan.lignes += lues
        if attendu <= nombre:
            self._dire(mois, attendu, _manquent(attendu, nombre))
        elif precedente != derniere:
            self._dire(mois, nombre or None, "la dernière ligne n'est pas celle que la chaîne connaît.")
        for rang in self._vraiment_au_dela(au_dela, mois, ouvert=ouvert):
            self._dire(mois, rang, "cette ligne a été ajoutée hors de la chaîne.")

    def _vraiment_au_dela(self, rangs: list[int], mois: date, *, ouvert: bool) -> list[int]:
        tete = self._tete() if rangs and ouvert else None
        if tete is None:
            return rangs
        return [r for r in rangs if r < 1 or (tete.mois, tete.rang) < (mois, r)]

    def _mois_inconnus(self, scelles: set[date], tete: Tete | None) -> None:
        lignes = self.modele._default_manager.filter(structure_id=self.structure_id)
        tenus = set(lignes.values_list("mois", flat=True).distinct())
        courante = self._tete()
        connus = scelles | {t.mois for t in (tete, courante) if t}
        for mois in sorted(tenus - connus):
            self._dire(mois, None, "des lignes sont dans un mois que la chaîne ne connaît pas.")
        for mois in sorted(m for m in scelles if courante and m >= courante.mois):
            self._dire(mois, None, "ce mois est scellé, et la chaîne ne l'a pas quitté.")

    def _comparer(self, tete: Tete, temoin: Temoin) -> None:
        marque = self._du_mois(temoin.mois).filter(rang=temoin.rang).values_list("empreinte", flat=True).first()
        if (tete.mois, tete.rang) < (temoin.mois, temoin.rang) or marque not in (None, temoin.empreinte):
            self._dire(
                temoin.mois, temoin.rang or None,
                "cette ligne était là à la vérification d'avant : la chaîne a été ramenée en arrière.",
            )  # fmt: skip


def _manquent(premier: int, dernier: int) -> str:
    return "cette ligne a été retirée." if premier == dernier else f"les lignes {premier} à {dernier} ont été retirées."
