"""Read what became of the fields of an entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q

from premier_accueil.annuaire.models import Revision
from premier_accueil.annuaire.regles.historique import A_LA_MAIN, Objet, Origine

_MAIN = sorted(o.value for o in A_LA_MAIN)


def champs_humains(objet: Objet, ids: Iterable[int] | None = None) -> Mapping[int, frozenset[str]]:
    """Return the fields that an import never overwrites: those whose last standing word is a person's; one query.

    A correction that was undone no longer counts; an import that somebody undid counts as their word.

    Args:
        objet: kind of entry.
        ids: keys asked for; ``None`` for all.
    """
    lignes = Revision.objects.filter(objet=objet.value, annule_par=None)
    lignes = lignes.exclude(Q(origine=Origine.ANNULATION.value, annulees__origine__in=_MAIN))
    if ids is not None:
        lignes = lignes.filter(objet_id__in=list(ids))
    dernieres = lignes.order_by("objet_id", "champ", "-pk").distinct("objet_id", "champ")
    sortie: dict[int, set[str]] = defaultdict(set)
    for objet_id, champ, origine in dernieres.values_list("objet_id", "champ", "origine"):
        if origine in {*_MAIN, Origine.ANNULATION.value}:
            sortie[objet_id].add(champ)
    return {cle: frozenset(champs) for cle, champs in sortie.items()}
