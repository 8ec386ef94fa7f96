"""How somebody may be written to and spoken to, as she said it."""

from __future__ import annotations

from premier_accueil.agenda.models import Silence
from premier_accueil.agenda.regles import AJoindre, ModeDeRappel
from premier_accueil.personnes.models import Personne, RegleDeContact


def a_joindre(p: Personne | None, mode: ModeDeRappel, joindre: str = "") -> AJoindre:
    """Return how to write to a person: by her contact rule when her file is attached, else as she just said.

    One query for a file, none without; ``p.regle_de_contact`` is joined by the caller.

    Args:
        p: her file, or nobody's.
        mode: the way that is wanted.
        joindre: number or address given by somebody without a file.
    """
    if p is None:
        return AJoindre(mode, joindre=joindre)
    regle = getattr(p, "regle_de_contact", None)
    return AJoindre(
        mode, connue=True, silence=Silence.objects.filter(personne=p, leve_le=None).exists(),
        protegee=p.adresse_protegee, numero=regle.numero if regle else "", sms=bool(regle and regle.sms),
        courriel=p.courriel, heures=regle.heures if regle else "",
    )  # fmt: skip


def langue_de(personne_id: int) -> tuple[str, bool]:
    """Return the language that a person said, and whether an interpreter is needed; one query.

    The caller has checked that she is visible, and journaled the reading.
    """
    dite = RegleDeContact.objects.filter(personne_id=personne_id).values_list("langue", "interprete").first()
    return dite or ("", False)
