"""Find structures by the names that somebody wrote, one a line."""

from __future__ import annotations

from premier_accueil.acteurs.models import Structure
from premier_accueil.socle.texte import cle

AU_PLUS = 12


def structures_nommees(texte: str, departement: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the keys of structures named as in the directory, and the lines that name none; one query.

    Args:
        texte: one name a line; accents and case do not matter.
        departement: where they are looked for; a name of the whole country is found too.
    """
    lignes = list(dict.fromkeys(x.strip() for x in texte.splitlines() if cle(x)))
    voulues = {cle(x): x for x in lignes[:AU_PLUS]}
    trouvees: dict[str, int] = {}
    ici = Structure.objects.filter(cle__in=list(voulues), departement__in=["", departement])
    for nom, pk in ici.order_by("pk").values_list("cle", "pk"):
        trouvees.setdefault(nom, pk)
    inconnues = [x for c, x in voulues.items() if c not in trouvees] + lignes[AU_PLUS:]
    return tuple(trouvees[c] for c in voulues if c in trouvees), tuple(inconnues)
