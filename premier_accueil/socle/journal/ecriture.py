"""Write lines, in the transaction of the act: if a line cannot be written, the act fails and nothing is shown.

Within a page the lines wait until the end of the view, then go in together: the head of a chain is the one row that
everybody of a structure writes, so it is held for as short as possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, Field, IntegerField

from premier_accueil.socle.cloison import situation
from premier_accueil.socle.journal.chaine import enchainer, nouvelle_tete
from premier_accueil.socle.models import Acces, Maillon, Segment, Tete

Geste = Acces.Geste
TENIR = (
    "SELECT id, registre, structure_id, mois, rang, empreinte, sceau FROM socle_tete"
    " WHERE registre = %s AND structure_id = %s FOR UPDATE"
)
AVANCER = "UPDATE socle_tete SET mois = %s, rang = %s, empreinte = %s, sceau = %s WHERE id = %s"
SIMPLES = frozenset({BigIntegerField, CharField, DateField, DateTimeField, IntegerField})
"""Fields whose values the driver writes as they are."""


class JournalMuet(OperationalError):
    """A register could not be written: nothing may be shown. The pages answer it as a database that is away."""


@dataclass(frozen=True, eq=False)
class _Attente:
    """A line that waits for the end of the view. It rides along the transaction, forgotten when that one rolls back."""

    ligne: Maillon

    def __call__(self) -> None:
        """Do nothing on commit: the line was written before."""


_vues: dict[tuple[str, str, int], Tete] = {}
"""Where this process left each head. Never trusted: the database refuses a head that moved."""
_en_attente: ContextVar[list[_Attente] | None] = ContextVar("lignes_en_attente", default=None)


def noter(
    *, structure_id: int, compte_id: int | None, geste: Acces.Geste, action: str, objet: str, objet_id: int | None,
    a: datetime,
) -> None:  # fmt: skip
    """Add one line to the journal of accesses.

    Args:
        structure_id: the tenant that owns the object.
        compte_id: who did it; ``None`` when the person opened her own page with her code.
        geste: reading, writing, search or export.
        action: name of the function, the same word as in the code.
        objet: name of the model, upper ASCII.
        objet_id: its key; ``None`` for a list.
        a: when.

    Raises:
        JournalMuet: the line cannot be written.
    """
    valeurs = {"compte_id": compte_id, "geste": geste, "action": action, "objet": objet, "objet_id": objet_id}
    ajouter(Acces, structure_id=structure_id, valeurs=valeurs, a=a)


def ajouter(modele: type[Maillon], *, structure_id: int, valeurs: Mapping[str, Any], a: datetime) -> None:
    """Add one line to a register (its name is ``modele.registre``): at once, or at the end of the page in hand.

    Args:
        modele: the register.
        structure_id: whose chain it joins.
        valeurs: its own columns, by name.
        a: when, with its time zone.

    Raises:
        JournalMuet: the line cannot be written.
    """
    ligne = modele(structure_id=structure_id, a=a, **valeurs)
    attente = _en_attente.get()
    if attente is None:
        _ecrire([ligne])
        return
    attente.append(_Attente(ligne))
    transaction.on_commit(attente[-1])


@contextmanager
def differer() -> Iterator[None]:
    """Keep the lines of this block and write them at its end, before the commit of the transaction around it.

    Lines of an inner transaction that was rolled back are forgotten with it.

    Raises:
        JournalMuet: the lines cannot be written; the caller must not answer.
    """
    attente: list[_Attente] = []
    marque = _en_attente.set(attente)
    try:
        yield
    finally:
        _en_attente.reset(marque)
    if attente:
        # Django drops what waits for the commit when a savepoint rolls back: what is still there did happen.
        gardees = {id(rappel[1]) for rappel in connection.run_on_commit}
        _ecrire([attendue.ligne for attendue in attente if id(attendue) in gardees])


def _ecrire(lignes: list[Maillon]) -> None:
    # Heads are taken in one order by everybody: two pages never wait for each other.
    lignes.sort(key=_chaine)
    try:
        with transaction.atomic(savepoint=False):
            for (_, structure_id), suite in groupby(lignes, key=_chaine):
                _prolonger(structure_id, list(suite))
    except (DatabaseError, OSError) as erreur:
        raise JournalMuet(f"The register cannot be written: {type(erreur).__name__}") from erreur


def _chaine(ligne: Maillon) -> tuple[str, int]:
    return ligne.registre, ligne.structure_id


def _prolonger(structure_id: int, lignes: Sequence[Maillon]) -> None:
    registre = lignes[0].registre
    cle = (str(connection.settings_dict["NAME"]), registre, structure_id)
    vue = _vues.get(cle)
    if vue is not None:
        tete = copy(vue)
        # Where this process left the head: one exchange, when nobody else wrote since. The database compares.
        if not enchainer(tete, lignes) and _poser(tete, vue.empreinte, lignes):
            _vues[cle] = tete
            return
    tenue = tete_tenue(registre, structure_id)
    if tenue is not None:
        _vues[cle] = _ranger(tenue, lignes)
        return
    # The first line of a chain, or a line for the structure that owns what somebody else was allowed to read.
    with situation(structure=structure_id):
        Tete.objects.bulk_create([nouvelle_tete(registre, structure_id, lignes[0].a)], ignore_conflicts=True)
        tenue = tete_tenue(registre, structure_id)
        assert tenue is not None
        _ranger(tenue, lignes)


def tete_tenue(registre: str, structure_id: int) -> Tete | None:
    """Return the head of a chain, held until the end of the transaction; ``None``: none, or not ours to see."""
    with connection.cursor() as curseur:
        curseur.execute(TENIR, [registre, structure_id])
        ligne = curseur.fetchone()
    return Tete(*ligne) if ligne else None


def _ranger(tete: Tete, lignes: Sequence[Maillon]) -> Tete:
    avant = tete.empreinte
    Segment.objects.bulk_create(enchainer(tete, lignes))
    if not _poser(tete, avant, lignes):
        raise JournalMuet("The head of the chain moved while it was held.")
    return tete


def _poser(tete: Tete, avant: str, lignes: Sequence[Maillon]) -> bool:
    """Move the head from ``avant`` and add its lines, in one exchange; ``False``: it was elsewhere, nothing moved."""
    champs, ordre, rangee = _insertion(type(lignes[0]))
    valeurs = [preparer(getattr(ligne, nom)) for ligne in lignes for nom, preparer in champs]
    with connection.cursor() as curseur:
        curseur.execute(
            ordre + " UNION ALL ".join([rangee] * len(lignes)),
            [tete.mois, tete.rang, tete.empreinte, tete.sceau, tete.pk, avant, *valeurs],
        )
        return bool(curseur.rowcount)


def avancer(tete: Tete) -> None:
    """Store where a head stands now."""
    with connection.cursor() as curseur:
        curseur.execute(AVANCER, [tete.mois, tete.rang, tete.empreinte, tete.sceau, tete.pk])


@cache
def _insertion(modele: type[Maillon]) -> tuple[list[tuple[str, Callable[[Any], Any]]], str, str]:
    # Every line of every page goes through here: the ORM would spend three times the time of the database on it.
    champs = [champ for champ in modele._meta.concrete_fields if not champ.primary_key]
    colonnes = ", ".join(str(champ.column) for champ in champs)
    rangee = ", ".join(f"%s::{champ.db_type(connection)}" for champ in champs)
    table = modele._meta.db_table
    ordre = f"WITH tete AS ({AVANCER} AND empreinte = %s RETURNING 1) INSERT INTO {table} ({colonnes}) "
    prets = [(champ.attname, _telle_quelle if type(champ) in SIMPLES else _preparee(champ)) for champ in champs]
    return prets, ordre, f"SELECT {rangee} FROM tete"  # noqa: S608 - our names


def _telle_quelle(valeur: Any) -> Any:
    return valeur


def _preparee(champ: Field[Any, Any]) -> Callable[[Any], Any]:
    return lambda valeur: champ.get_db_prep_save(valeur, connection)
