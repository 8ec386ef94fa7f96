"""Who a relay may go to: whom one searches, who is competent there, who answers that need. Proposed, never imposed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.requetes import structures_competentes
from premier_accueil.annuaire.requetes.fraicheur import fraicheur_de
from premier_accueil.orientation.requetes import propositions
from premier_accueil.partage.regles import Destinataire
from premier_accueil.partage.requetes import chercher_structures
from premier_accueil.personnes.requetes import Contact
from premier_accueil.relais.requetes import Origine
from premier_accueil.socle.horloge import jour_local

NUMERO_DE_RUE = re.compile(r"^\d+\s*(?:bis|ter|quater|[a-d])?\b[\s,]*", re.IGNORECASE)
PROPOSES = 4


@dataclass(frozen=True)
class Choix:
    """A structure to choose, and why it is shown; ``a_confirmer``: nobody vouched for its entry lately (T15)."""

    id: int
    nom: str
    pourquoi: str
    a_confirmer: bool = False


def choix(
    cherche: str, vers: Destinataire | None, contact: Contact, depuis: Origine, role: Role, a: datetime
) -> tuple[Choix, ...]:
    """Return the structures of the list, each once: the chosen one, those searched, the competent, those that answer.

    Args:
        contact: of the person; a protected address proposes nothing (T3).
        depuis: the need and the relay that this one takes over: the structure before is left aside.
    """
    lignes = [Choix(vers.structure_id, vers.nom, "choisie")] if vers else []
    for s in chercher_structures(cherche, role, a):
        lignes.append(Choix(s.id, s.nom, s.genre if s.engagee else f"{s.genre} ; pas engagée : rien ne partirait"))
    if contact.commune_id is not None:
        voie = NUMERO_DE_RUE.sub("", contact.adresse)
        competentes = structures_competentes(contact.commune_id, voie, jour_local(a))
        lignes += [Choix(c.structure_id, c.nom, c.raison) for c in competentes]
    lignes += _repondent(contact, depuis, a)
    vues = {c.id: c for c in reversed(lignes) if c.id not in (role.structure_id, depuis.ecarte_id)}
    vieilles = {cle for cle, vue in fraicheur_de(Objet.STRUCTURE, vues, a).items() if vue.a_confirmer}
    return tuple(
        replace(vues[cle], a_confirmer=cle in vieilles) for cle in dict.fromkeys(c.id for c in lignes) if cle in vues
    )


def _repondent(contact: Contact, depuis: Origine, a: datetime) -> list[Choix]:
    if not depuis.themes:
        return []
    vues = propositions(
        "", commune=contact.commune_code or None, a=a, thematiques=depuis.themes, limite=PROPOSES, attendre=False
    )
    return [
        Choix(p.structure_id, p.structure, f"{p.nom} : {p.raisons[0]}" if p.raisons else p.nom)
        for p in vues.propositions
    ]  # fmt: skip
