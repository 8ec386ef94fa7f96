"""What a structure holds of a person, as the projection looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.models import Accord
from premier_accueil.partage.regles import AccordVu, Dossier, Element
from premier_accueil.personnes.models import AdresseProtegee, Blocage, Personne, StructureEcartee
from premier_accueil.personnes.requetes import identite_projetable


def textes_connus(personne_id: int, role: Role, a: datetime) -> dict[str, str]:
    """Return what the file already says, by code, for the agent to keep, shorten or erase; the reading is journaled.

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    vu = identite_projetable(personne_id, role, a)
    c = vu.contact
    contact = [c.numero or c.telephone, c.heures]
    if c.regle:
        contact.append("Message vocal possible." if c.messagerie else "Ne pas laisser de message vocal.")
    contact.append(c.precisions)
    langue = [c.langue, "interprète nécessaire" if c.interprete else ""]
    return {
        "IDENTITE": vu.identite.nom_affiche if vu.identite.nom or vu.identite.prenom else "",
        "CONTACT": ", ".join(filter(None, contact)),
        "LANGUE": ", ".join(filter(None, langue)),
        "ADRESSE": ", ".join(filter(None, [c.adresse, c.commune])),
        "FAMILLE": f"{len(vu.foyer) + 1} personnes au foyer" if vu.foyer else "",
    }


def dossier(
    personne: Personne, textes: Mapping[str, str], *, themes: frozenset[str] = frozenset(),
    suivie_avec: frozenset[int] = frozenset(),
) -> Dossier:  # fmt: skip
    """Return a file as the projection looks at it, with what protects the person today; three queries.

    Args:
        personne: of one's own structure.
        textes: words by code, in the order to show; empty ones stay.
        themes: themes that the needs touch.
        suivie_avec: structures that follow her too, as she says.
    """
    gardees = AdresseProtegee.objects.filter(personne=personne).values_list("adresse", "telephone")
    bloques = Blocage.objects.filter(personne=personne, leve_le=None).values_list("compte_id", flat=True)
    ecartees = StructureEcartee.objects.filter(personne=personne, leve_le=None).values_list("ecartee_id", flat=True)
    return Dossier(
        personne.structure_id, personne.pk, tuple(Element(code, texte, themes) for code, texte in textes.items()),
        suivie_avec=suivie_avec, adresse_protegee=personne.adresse_protegee,
        mots_proteges=frozenset(mot for ligne in gardees for mot in ligne if mot), comptes_ecartes=frozenset(bloques),
        structures_ecartees=frozenset(ecartees),
    )  # fmt: skip


def accord_au_retour(accord: Accord, fonction: Fonction) -> AccordVu:
    """Return the same agreement seen the other way: she agreed that these two talk to each other about it.

    Args:
        fonction: who reads in the house that asked the agreement.
    """
    return replace(accord_vu(accord), destinataire_id=accord.structure_id, fonction=fonction)


def accord_vu(accord: Accord) -> AccordVu:
    """Return an agreement as the projection looks at it."""
    return AccordVu(
        accord.structure_id, accord.personne_id, accord.but, accord.destinataire_id, Fonction(accord.fonction),
        frozenset(accord.elements), accord.debut, accord.fin, accord.obtention, frozenset(accord.presents),
        accord.demande_a_la_personne, accord.retire_le,
    )  # fmt: skip
