"""Change how the structure welcomes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from premier_accueil.accueil.models import ReglageDAccueil
from premier_accueil.accueil.regles import MODES, priorites
from premier_accueil.accueil.requetes.reglage import Reglage
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.texte import propre


class ReglageRefuse(ValueError):
    """The settings must be corrected, or somebody changed them meanwhile; nothing was recorded."""


@transaction.atomic
def regler_l_accueil(voulu: Reglage, *, role: Role, a: datetime) -> None:
    """Record how the structure welcomes.

    Args:
        voulu: what is chosen; its ``version`` is the one that the page showed.
        role: who chooses, for its own structure.
        a: when.

    Raises:
        ReglageRefuse: nobody would be received any more, an unknown code, or somebody else changed them since.
    """
    if voulu.mode not in dict(MODES) or _inconnues(voulu.priorites):
        raise ReglageRefuse("Ce choix n'existe pas. Rien n'est changé.")
    if not voulu.sans_rendez_vous and not voulu.sur_rendez_vous:
        raise ReglageRefuse("Gardez au moins une façon de recevoir : avec ou sans rendez-vous.")
    champs = {
        "mode": voulu.mode, "sans_rendez_vous": voulu.sans_rendez_vous, "sur_rendez_vous": voulu.sur_rendez_vous,
        "file_sur_rendez_vous": voulu.file_sur_rendez_vous,
        "priorites": list(voulu.priorites), "son": voulu.son,
        "message_de_fermeture": propre(voulu.message_de_fermeture).strip()[:200], "version": voulu.version + 1,
        "modifie_le": a, "modifie_par_id": role.compte_id,
    }  # fmt: skip
    siens = ReglageDAccueil.objects.filter(structure_id=role.structure_id)
    try:
        with transaction.atomic():
            fait = siens.filter(version=voulu.version).update(**champs) if voulu.version else 0
            if not voulu.version:
                ReglageDAccueil.objects.create(structure_id=role.structure_id, **champs)
                fait = 1
    except IntegrityError:
        fait = 0
    if not fait:
        raise ReglageRefuse("Quelqu'un a changé ces réglages entre-temps. Les siens sont gardés : relisez-les.")
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action="regler_l_accueil",
        objet="REGLAGE", objet_id=None, a=a,
    )  # fmt: skip


def _inconnues(codes: Iterable[str]) -> set[str]:
    return set(codes) - set(priorites())
