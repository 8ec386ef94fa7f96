"""Who reads which sheet and version, and as whom somebody may act on it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.reperes.models import FicheRepere, GuideOperationnel, VersionDeFiche
from premier_accueil.reperes.regles import EN_VIGUEUR, EtatDeFiche, Partie

PARUES = EN_VIGUEUR | {EtatDeFiche.REMPLACEE}
"""What every counter of the département may read: in force now, or before."""
POUR_QUI_DECIDE = frozenset(EtatDeFiche) - {EtatDeFiche.BROUILLON, EtatDeFiche.ABANDONNEE}
"""A draft is its writers' own until they send it."""


def coordonne(role: Role) -> bool:
    """Tell whether this role decides for the sheets of its whole département."""
    return peut(role.fonction, Droit.TENIR_L_ANNUAIRE) and peut(role.fonction, Droit.TENIR_LES_FICHES)


def fiches_ecrites(role: Role) -> Q:
    """Return the sheets that the role's structure writes."""
    liens = FicheRepere.proprietaires.through.objects
    return Q(Exists(liens.filter(ficherepere=OuterRef("pk"), structure=role.structure_id)))


def fiches_visibles(role: Role) -> Q:
    """Return the sheets of one's own structure, and those in force in one's département or everywhere."""
    etats = POUR_QUI_DECIDE if coordonne(role) else EN_VIGUEUR
    parues = Exists(VersionDeFiche.objects.filter(fiche=OuterRef("pk"), etat__in=sorted(etats)))
    return fiches_ecrites(role) | (Q(departement__in=["", role.departement]) & Q(parues))


def etats_lus(role: Role, *, ecrit: bool) -> frozenset[EtatDeFiche]:
    """Return the states of the versions that this role reads, of a sheet that its structure writes or not."""
    if ecrit:
        return frozenset(EtatDeFiche)
    return POUR_QUI_DECIDE if coordonne(role) else PARUES


def parties_de(role: Role, *, ecrit: bool) -> frozenset[Partie]:
    """Return as whom this role acts on a sheet that it sees.

    Whoever writes with the others writes, volunteers and elected officials included; deciding is kept to the
    coordination and to the referents of a structure that writes the sheet.
    """
    parties = {Partie.REDACTION} if ecrit else set()
    if coordonne(role) or (ecrit and peut(role.fonction, Droit.TENIR_LES_FICHES)):
        parties.add(Partie.DECISION)
    return frozenset(parties)


def guides_visibles(role: Role) -> Q:
    """Return the guides of one's département, of everywhere, and those that one's structure writes."""
    return guides_ecrits(role) | Q(departement__in=["", role.departement])


def guides_ecrits(role: Role) -> Q:
    """Return the guides that the role's structure writes."""
    liens = GuideOperationnel.proprietaires.through.objects
    return Q(Exists(liens.filter(guideoperationnel=OuterRef("pk"), structure=role.structure_id)))
