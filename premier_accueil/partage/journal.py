"""Write the access journal, in the transaction of the act: if the line cannot be written, the act fails."""

from __future__ import annotations

from datetime import datetime

from premier_accueil.partage.models import Acces

Geste = Acces.Geste


def noter(
    *,
    structure_id: int,
    compte_id: int | None,
    geste: Acces.Geste,
    action: str,
    objet: str,
    objet_id: int | None,
    a: datetime,
) -> None:
    """Add one line to the journal.

    Args:
        structure_id: the tenant that owns the object.
        compte_id: who did it; ``None`` when the person opened her own page with her code.
        geste: reading, writing, search or export.
        action: name of the function, the same word as in the code.
        objet: name of the model, upper ASCII.
        objet_id: its key; ``None`` for a list.
        a: when.
    """
    Acces.objects.create(
        structure_id=structure_id, compte_id=compte_id, a=a, geste=geste, action=action, objet=objet, objet_id=objet_id
    )
