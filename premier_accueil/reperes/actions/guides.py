"""Write an operational guide: its sheets in their order, its introduction, with or without the boundary rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from premier_accueil.acteurs.requetes import Role
from premier_accueil.reperes.acces import fiches_visibles, guides_ecrits
from premier_accueil.reperes.actions.commun import SaisieRefusee, existantes
from premier_accueil.reperes.actions.ecriture import EcritEntreTemps
from premier_accueil.reperes.models import FicheDuGuide, FicheRepere, GuideOperationnel
from premier_accueil.socle.texte import propre

INTRODUCTION = 4_000
FICHES_AU_PLUS = 40


@dataclass(frozen=True)
class GuideDit:
    """What somebody writes of a guide; ``fiches`` are keys, in their order."""

    titre: str
    introduction: str = ""
    avec_le_curseur: bool = True
    fiches: tuple[int, ...] = ()
    proprietaires: tuple[int, ...] = ()

    def champs(self) -> dict[str, object]:
        """Return the columns, cleaned.

        Raises:
            SaisieRefusee: the title is missing, a text is too long, or there is no sheet.
        """
        titre, introduction = propre(self.titre), propre(self.introduction)
        if not titre or len(titre) > 120:
            raise SaisieRefusee("titre", "Donnez un titre au guide, de 120 signes au plus.")
        if len(introduction) > INTRODUCTION:
            raise SaisieRefusee("introduction", f"{INTRODUCTION} signes au plus. Votre texte est gardé ici.")
        if not self.fiches:
            raise SaisieRefusee("fiches", "Choisissez au moins une fiche.")
        return {"titre": titre, "introduction": introduction, "avec_le_curseur": self.avec_le_curseur}


@transaction.atomic
def creer_un_guide(dit: GuideDit, *, demande_id: UUID, role: Role, a: datetime) -> int:
    """Write a guide; a double click makes one. Return its key.

    Raises:
        SaisieRefusee: nothing was written.
    """
    champs = dit.champs()
    guide, neuf = GuideOperationnel.objects.get_or_create(
        demande_id=demande_id,
        defaults={
            **champs, "departement": role.departement, "cree_le": a, "ecrit_le": a, "ecrit_par_id": role.compte_id,
        },
    )  # fmt: skip
    if neuf:
        _ranger(guide, dit, role)
    return guide.pk


@transaction.atomic
def changer_un_guide(guide_id: int, dit: GuideDit, *, revision: int, role: Role, a: datetime) -> None:
    """Change a guide.

    Raises:
        EcritEntreTemps: somebody saved meanwhile; nothing was written.
        SaisieRefusee: nothing was written.
        GuideOperationnel.DoesNotExist: not this role's to write.
    """
    guide = GuideOperationnel.objects.select_related("ecrit_par").get(guides_ecrits(role), pk=guide_id)
    changes = GuideOperationnel.objects.filter(pk=guide.pk, revision=revision).update(
        **dit.champs(), revision=F("revision") + 1, ecrit_par_id=role.compte_id, ecrit_le=a
    )
    if not changes:
        raise EcritEntreTemps(guide.ecrit_par.nom, guide.revision)
    _ranger(guide, dit, role)


def _ranger(guide: GuideOperationnel, dit: GuideDit, role: Role) -> None:
    visibles = set(
        FicheRepere.objects.filter(fiches_visibles(role), pk__in=dit.fiches).order_by("pk").values_list("pk", flat=True)
    )
    guide.places.all().delete()
    ordre = [f for f in dict.fromkeys(dit.fiches) if f in visibles][:FICHES_AU_PLUS]
    FicheDuGuide.objects.bulk_create(FicheDuGuide(guide=guide, fiche_id=f, rang=n) for n, f in enumerate(ordre))
    guide.proprietaires.set({role.structure_id, *existantes(dit.proprietaires)})
