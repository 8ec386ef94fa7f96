"""When a communication stands on a text: who may use it, what is attested, whether the person was told."""

from __future__ import annotations

from dataclasses import dataclass

from premier_accueil.acteurs.regles import StatutDeSecret
from premier_accueil.partage.regles.table import Regime


@dataclass(frozen=True)
class Attestee:
    """What who sends attests of a legal basis.

    Attributes:
        conditions: codes of the table, all of them.
        raison: a code where the table gives the only reasons allowed, else one sentence.
        informee: the person was told.
        pas_informee: why not yet, a code of the table; only without agreement.
    """

    conditions: frozenset[str] = frozenset()
    raison: str = ""
    informee: bool = False
    pas_informee: str = ""


def refus_de_base(regime: Regime | None, statut: StatutDeSecret) -> str:
    """Say in French why somebody bound so may not communicate on this basis; empty when he may.

    Args:
        regime: the basis; ``None`` when unknown.
        statut: how the mission of who sends is bound.
    """
    if regime is None:
        return "La base légale n'est pas connue."
    if regime.refus:
        return f"{regime.article} : {regime.refus[:1].lower()}{regime.refus[1:]}"
    if regime.expediteurs and statut not in regime.expediteurs:
        tenus = " ou ".join(s.libelle.lower() for s in sorted(regime.expediteurs, key=lambda s: s.value))
        return f"{regime.article} demande un expéditeur {tenus} : votre mission ne l'est pas. Parlez-en à un collègue."
    return ""


def refus_d_attestation(regime: Regime, attestee: Attestee) -> str:
    """Say in French what is still missing to communicate on this basis; empty when everything is attested."""
    if not regime.conditions:
        return ""
    manquent = [texte for code, texte in regime.conditions.items() if code not in attestee.conditions]
    if manquent:
        return f"{regime.article} : il manque une condition. « {manquent[0]} » Si elle n'est pas remplie, rien ne part."
    if regime.raisons and attestee.raison not in regime.raisons:
        return "Choisissez la raison. Rien d'un enfant ne s'écrit ici."
    if not attestee.raison.strip():
        return "Écrivez en une phrase pourquoi cette communication est nécessaire."
    if regime.taire and attestee.informee:
        return f"{regime.article} : la personne ne peut pas être informée maintenant. Notez-le quand ce sera permis."
    if not regime.accord and not attestee.informee and attestee.pas_informee not in regime.pas_informee:
        return "Dites si la personne est informée, ou pourquoi elle ne l'est pas encore."
    return ""


RIEN_D_ATTESTE = Attestee()
"""What is attested where the agreement is enough."""
