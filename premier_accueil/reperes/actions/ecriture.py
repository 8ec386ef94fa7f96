"""Write a sheet together: a first draft, a next version, and two hands at once shown, never overwritten."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from premier_accueil.acteurs.requetes import Role
from premier_accueil.reperes.actions.commun import Ecrit, SaisieRefusee, existantes, tenir
from premier_accueil.reperes.models import FicheRepere, VersionDeFiche
from premier_accueil.reperes.regles import EN_PREPARATION, EN_VIGUEUR, ETATS, EtatDeFiche, GesteImpossible, Partie

RECOPIES = (
    "exemple", "titre", "thematiques", "urgences", "numeros", "papiers", "appeler", "conduite", "texte",
    "titre_public", "texte_public",
)  # fmt: skip
"""What the next version of a sheet begins with."""


class EcritEntreTemps(Exception):
    """Somebody saved meanwhile; nothing was written. The page shows both texts."""

    def __init__(self, par: str, revision: int) -> None:
        super().__init__(f"{par} a enregistré cette fiche entre-temps. Votre texte est gardé ici : rien n'est perdu.")
        self.revision = revision


@transaction.atomic
def creer_une_fiche(ecrit: Ecrit, *, demande_id: UUID, role: Role, a: datetime, exemple: bool = False) -> int:
    """Begin a sheet, as a draft of the role's structure and of those it names; a double click makes one.

    Args:
        exemple: written by us: flagged "exemple à valider par le comité" until a decision validates it.

    Returns:
        the key of the sheet.

    Raises:
        SaisieRefusee: nothing was written.
    """
    champs = ecrit.champs()
    fiche, neuve = FicheRepere.objects.get_or_create(
        demande_id=demande_id, defaults={"slug": str(demande_id), "departement": role.departement, "cree_le": a}
    )
    if not neuve:
        return fiche.pk
    # Its address says nothing of what it is about: it stays in the history of a shared PC (T22).
    fiche.slug = f"fiche-{fiche.pk}"
    fiche.save(update_fields=["slug"])
    fiche.proprietaires.set({role.structure_id, *existantes(ecrit.proprietaires)})
    version = VersionDeFiche.objects.create(
        fiche=fiche, numero=1, exemple=exemple, auteur_id=role.compte_id, cree_le=a, ecrit_par_id=role.compte_id,
        ecrit_le=a, **champs,
    )  # fmt: skip
    version.structures.set(existantes(ecrit.structures))
    return fiche.pk


@transaction.atomic
def ecrire(fiche_id: int, ecrit: Ecrit, *, revision: int, role: Role, a: datetime) -> None:
    """Save the draft of a sheet.

    Args:
        revision: of the draft that the writer had before their eyes.

    Raises:
        EcritEntreTemps: somebody saved meanwhile; nothing was written.
        GesteImpossible: there is no draft any more, or it is not theirs to write.
        SaisieRefusee: nothing was written.
        FicheRepere.DoesNotExist: not visible to this role.
    """
    fiche, parties = tenir(fiche_id, role)
    champs = ecrit.champs()
    version = fiche.versions.filter(etat__in=sorted(EN_PREPARATION)).select_related("ecrit_par").first()
    if Partie.REDACTION not in parties:
        raise GesteImpossible("Cette fiche est écrite par d'autres structures. Votre texte est gardé ici.")
    if version is None or version.etat != EtatDeFiche.BROUILLON:
        ou = f"elle est {ETATS[EtatDeFiche(version.etat)]}" if version else "il n'y a plus de brouillon"
        raise GesteImpossible(f"Entre-temps, {ou}. Rien n'a changé, et votre texte est gardé ici.")
    ecrites = VersionDeFiche.objects.filter(
        pk=version.pk, etat=EtatDeFiche.BROUILLON.value, revision=revision
    ).update(**champs, revision=F("revision") + 1, ecrit_par_id=role.compte_id, ecrit_le=a)  # fmt: skip
    if not ecrites:
        raise EcritEntreTemps(version.ecrit_par.nom, version.revision)
    version.structures.set(existantes(ecrit.structures))
    fiche.proprietaires.set({role.structure_id, *existantes(ecrit.proprietaires)})


@transaction.atomic
def preparer_la_suivante(fiche_id: int, *, role: Role, a: datetime) -> int:
    """Begin the next version of a sheet from the one in force, else from the last; one at a time.

    Returns:
        the number of the version being prepared: the one that was already there, if any.

    Raises:
        GesteImpossible: not theirs to write.
        FicheRepere.DoesNotExist: not visible to this role.
    """
    fiche, parties = tenir(fiche_id, role)
    if Partie.REDACTION not in parties:
        raise GesteImpossible("Cette fiche est écrite par d'autres structures : proposez-leur votre idée.")
    versions = list(fiche.versions.order_by("-numero"))
    preparee = next((v for v in versions if v.etat in EN_PREPARATION), None)
    if preparee is not None:
        return preparee.numero
    modele = next((v for v in versions if v.etat in EN_VIGUEUR), versions[0])
    suivante = VersionDeFiche.objects.create(
        fiche=fiche, numero=versions[0].numero + 1, auteur_id=role.compte_id, cree_le=a, ecrit_par_id=role.compte_id,
        ecrit_le=a, **{champ: getattr(modele, champ) for champ in RECOPIES},
    )  # fmt: skip
    suivante.structures.set(modele.structures.order_by("pk"))
    return suivante.numero


__all__ = ["EcritEntreTemps", "SaisieRefusee", "creer_une_fiche", "ecrire", "preparer_la_suivante"]
