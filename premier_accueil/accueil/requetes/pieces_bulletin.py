"""What a slip of papers prints: the list, the deadline, the place where its holder comes back."""

from __future__ import annotations

from datetime import datetime

from premier_accueil.accueil.acces import bulletins_visibles
from premier_accueil.accueil.feuille.bulletin import Bulletin, LigneDeBulletin
from premier_accueil.accueil.models import BulletinDePieces
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Permanence
from premier_accueil.annuaire.regles.horaires import en_clair
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

HORAIRES = 4


def bulletin_a_imprimer(bulletin_id: int, *, adresse: str, role: Role, a: datetime) -> Bulletin:
    """Return a slip as it is printed; taking it out is journaled as an export.

    Args:
        bulletin_id: the slip.
        adresse: web address of the product's page of slips; the reference is added.
        role: who prints.
        a: when.

    Raises:
        BulletinDePieces.DoesNotExist: not visible to this role.
    """
    b = (
        BulletinDePieces.objects.filter(bulletins_visibles(role))
        .select_related("structure", "retour__commune")
        .get(pk=bulletin_id)
    )
    noter(
        structure_id=b.structure_id, compte_id=role.compte_id, geste=Geste.EXPORT, action="bulletin_a_imprimer",
        objet="BULLETIN", objet_id=b.pk, a=a,
    )  # fmt: skip
    return composer(b, adresse=adresse, complet=False)


def composer(b: BulletinDePieces, *, adresse: str, complet: bool) -> Bulletin:
    """Return what a slip says; two queries.

    Args:
        b: with ``structure`` and ``retour`` loaded.
        adresse: web address of the page of slips, to which the reference is added.
        complet: whole words for who holds the code; else the neutral words of a paper that others may read (T22).
    """
    lieu = b.retour
    commune = " ".join(m for m in (lieu.code_postal, lieu.commune.nom) if m)
    return Bulletin(
        fait_le=jour_local(b.cree_le), echeance=b.echeance, structure=b.structure.nom, lieu=lieu.nom,
        adresse=", ".join(m for m in (lieu.adresse, commune) if m),
        telephone=lieu.telephone or b.structure.telephone, horaires=_horaires(b),
        lignes=tuple(
            LigneDeBulletin(p.libelle if complet else p.sur_le_bulletin, p.a_defaut, p.vue_le is not None)
            for p in b.pieces.order_by("rang")
        ),
        reference=b.reference, code=b.code, adresse_web=f"{adresse}{b.reference}/",
    )  # fmt: skip


def _horaires(b: BulletinDePieces) -> tuple[str, ...]:
    """Return the hours of the structure at that place, in words; those of the structure when it has none there."""
    ici = Permanence.objects.filter(site_id=b.retour_id, service__structure_id=b.structure_id).exclude(horaires="")
    horaires = ici.order_by("pk").values_list("horaires", flat=True).first() or b.structure.horaires
    return tuple(en_clair(horaires))[:HORAIRES] if horaires else ()
