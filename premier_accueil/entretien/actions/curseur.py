"""Ask advice, write a vignette: texts without identity, re-read before they are kept (T2)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.acces import conseils_visibles
from premier_accueil.entretien.actions.commun import GesteRefuse, SaisieRefusee, tracer
from premier_accueil.entretien.models import DemandeDeConseil, Vignette
from premier_accueil.entretien.regles.curseur import Avertissement
from premier_accueil.entretien.requetes.curseur import relire_sans_identite
from premier_accueil.personnes.actions.commun import refuser_le_nir
from premier_accueil.socle.texte import propre

LONGUEUR = 2000


class Reconnaissable(ValueError):
    """The text could tell who it is: correct it, or keep it knowingly; nothing was recorded.

    Attributes:
        avertissements: what could tell.
    """

    def __init__(self, avertissements: tuple[Avertissement, ...]) -> None:
        super().__init__("Ce texte pourrait faire reconnaître quelqu'un. Corrigez-le, ou confirmez après relecture.")
        self.avertissements = avertissements


@transaction.atomic
def demander_conseil(texte: str, *, relu: bool, demande_id: UUID, role: Role, a: datetime) -> int:
    """Submit a short text without identity to the practice advisor.

    Args:
        texte: at most 2,000 characters.
        relu: the warnings were read and the text is kept knowingly.

    Returns:
        key of the request; a second call with the same ``demande_id`` changes nothing.

    Raises:
        SaisieRefusee: the text is empty or holds a social security number.
        Reconnaissable: it could tell who it is, and ``relu`` is false.
    """
    dit, _ = _relire({"texte": texte}, relu=relu, role=role)
    conseil, nouveau = DemandeDeConseil.objects.get_or_create(
        structure_id=role.structure_id, demande_id=demande_id,
        defaults={"auteur_id": role.compte_id, "texte": dit["texte"], "posee_le": a},
    )  # fmt: skip
    if nouveau:
        tracer("demander_conseil", role, a, conseil.pk, objet="CONSEIL")
    return conseil.pk


@transaction.atomic
def repondre_au_conseil(conseil_id: int, reponse: str, *, role: Role, a: datetime) -> None:
    """Answer a request for advice; the first answer stays.

    Raises:
        SaisieRefusee: the answer is empty.
        GesteRefuse: it was answered before.
        DemandeDeConseil.DoesNotExist: not visible to this role.
    """
    conseil = DemandeDeConseil.objects.get(conseils_visibles(role), pk=conseil_id)
    dite = propre(reponse)[:LONGUEUR]
    if not dite:
        raise SaisieRefusee("reponse", "Écrivez votre réponse.")
    refuser_le_nir({"reponse": dite})
    repondu = DemandeDeConseil.objects.filter(pk=conseil.pk, repondue_le=None).update(
        reponse=dite, repondue_par_id=role.compte_id, repondue_le=a
    )
    if not repondu:
        raise GesteRefuse("Cette demande a déjà sa réponse. La vôtre est gardée dans cette page.")
    tracer("repondre_au_conseil", role, a, conseil.pk, objet="CONSEIL")


@transaction.atomic
def ecrire_une_vignette(
    texte: str, question: str, *, relu: bool, demande_id: UUID, role: Role, a: datetime
) -> int:
    """Write a vignette for the arbitration meeting, without any link to a person.

    Raises:
        SaisieRefusee, Reconnaissable: as ``demander_conseil``.
    """
    dits, avertissements = _relire({"texte": texte, "question": question[:300]}, relu=relu, role=role)
    vignette, nouvelle = Vignette.objects.get_or_create(
        structure_id=role.structure_id, demande_id=demande_id,
        defaults={
            "auteur_id": role.compte_id, "texte": dits["texte"], "question": dits["question"], "ecrite_le": a,
            "avertissements": [av.code for av in avertissements],
        },
    )  # fmt: skip
    if nouvelle:
        tracer("ecrire_une_vignette", role, a, vignette.pk, objet="VIGNETTE")
    return vignette.pk


def _relire(
    textes: dict[str, str], *, relu: bool, role: Role
) -> tuple[dict[str, str], tuple[Avertissement, ...]]:
    dits = {champ: propre(texte)[:LONGUEUR] for champ, texte in textes.items()}
    for champ, texte in dits.items():
        if not texte:
            raise SaisieRefusee(champ, "Écrivez ce texte : quelques lignes suffisent.")
    refuser_le_nir(dits)
    avertissements = relire_sans_identite("\n".join(dits.values()), role.departement)
    if avertissements and not relu:
        raise Reconnaissable(avertissements)
    return dits, avertissements
