"""The end of files — propose, visa, destroy — and the rights that people exercise."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.actions.retrait import retirer_tous_les_accords
from premier_accueil.partage.models import DemandeDeDroit, Destruction
from premier_accueil.partage.regles.conservation import (
    GESTES_DE_DESTRUCTION,
    EtatDeDestruction,
    GenreDeDroit,
    echeance_d_un_droit,
    limite_de_conservation,
)
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.declarations import Declaration, declarations
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.texte import propre

TACHE = "conservation"
LONGUEUR = 5_000


class GesteDeDestructionImpossible(ValueError):
    """The destruction moved meanwhile, or its visa is missing; the message says what to do."""


@transaction.atomic
def proposer_une_destruction(*, structure_id: int, a: datetime) -> int | None:
    """Propose what has reached its term in a structure: two years after the last contact with the person.

    Nothing is destroyed here: the archives' visa comes first (code du patrimoine, R.212-14).

    Args:
        structure_id: the structure; the database must already know it.
        a: when.

    Returns:
        the key of the proposal; ``None`` when nothing has ended or a proposal already waits.
    """
    limite = limite_de_conservation(a)
    personnes = sorted(_echues(structure_id, limite).values_list("pk", flat=True))
    comptes = {
        d.modele: n for d in declarations() if (n := _rangees(d, structure_id, personnes, limite).count())
    }
    if not comptes:
        return None
    try:
        with transaction.atomic():
            destruction = Destruction.objects.create(
                structure_id=structure_id, limite=limite, personnes=personnes, comptes=comptes, proposee_le=a
            )
    except IntegrityError:
        return None
    _noter(structure_id, None, "proposer_une_destruction", destruction.pk, a)
    return destruction.pk


@transaction.atomic
def faire_une_destruction(geste: str, destruction_id: int, *, visa: str = "", role: Role, a: datetime) -> None:
    """Make one gesture of the table: record the visa, refuse, or destroy.

    A person met again since the proposal is left out. What is destroyed is counted, table by table, and written to
    the journal; the list of persons is emptied.

    Args:
        geste: ``"viser"``, ``"refuser"`` or ``"detruire"``.
        visa: reference of the archives' visa, for ``"viser"``.

    Raises:
        GesteDeDestructionImpossible: the state does not allow it, or the visa is empty; nothing was changed.
        Destruction.DoesNotExist: not of this structure.
        KeyError: no such gesture.
    """
    regle = GESTES_DE_DESTRUCTION[geste]
    destruction = Destruction.objects.select_for_update().get(pk=destruction_id, structure_id=role.structure_id)
    if EtatDeDestruction(destruction.etat) not in regle.depuis:
        raise GesteDeDestructionImpossible(f"Cette destruction est déjà {destruction.get_etat_display()}.")
    destruction.etat = regle.vers
    if regle.vers is EtatDeDestruction.VISEE:
        destruction.visa, destruction.visee_par_id, destruction.visee_le = propre(visa).strip()[:200], role.compte_id, a
        if not destruction.visa:
            raise GesteDeDestructionImpossible("Écrivez la référence du visa des archives : sans visa, rien ne part.")
    else:
        destruction.finie_par_id, destruction.finie_le = role.compte_id, a
    if regle.vers is EtatDeDestruction.FAITE:
        destruction.comptes = _detruire(destruction)
    if regle.vers in {EtatDeDestruction.FAITE, EtatDeDestruction.REFUSEE}:
        destruction.personnes = []
    destruction.save()
    _noter(role.structure_id, role.compte_id, f"{geste}_une_destruction", destruction.pk, a)


@transaction.atomic
def exercer_un_droit(
    personne_id: int, genre: GenreDeDroit, *, demande_id: UUID, precisions: str, role: Role, a: datetime,
    liste: str = "",
) -> int:  # fmt: skip
    """Record that a person exercises a right; it must be answered within one month. An objection cuts at once.

    Args:
        liste: where a recipient reads what it must stop using, for its neutral e-mail.

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    personne = Personne.objects.get(personnes_visibles(role, a), pk=personne_id)
    demande, cree = DemandeDeDroit.objects.get_or_create(
        structure_id=role.structure_id, demande_id=demande_id,
        defaults={
            "personne": personne, "genre": genre, "precisions": propre(precisions)[:LONGUEUR], "recue_le": a,
            "recue_par_id": role.compte_id, "echeance": echeance_d_un_droit(a),
        },
    )  # fmt: skip
    if cree:
        _noter(role.structure_id, role.compte_id, "exercer_un_droit", demande.pk, a)
        if genre is GenreDeDroit.OPPOSITION:
            retirer_tous_les_accords(personne.pk, role=role, a=a, liste=liste)
    return demande.pk


def visible(personne_id: int, *, role: Role, a: datetime) -> bool:
    """Tell whether this role sees the person."""
    return Personne.objects.filter(personnes_visibles(role, a), pk=personne_id).exists()


@transaction.atomic
def repondre_a_un_droit(demande_id: int, *, reponse: str, role: Role, a: datetime) -> bool:
    """Write what was answered to the person.

    Returns:
        whether it was written; ``False`` when somebody answered before.

    Raises:
        ValueError: the answer is empty.
        DemandeDeDroit.DoesNotExist: not of this structure.
    """
    dite = propre(reponse).strip()[:LONGUEUR]
    if not dite:
        raise ValueError("Écrivez ce qui a été répondu à la personne.")
    demande = DemandeDeDroit.objects.get(pk=demande_id, structure_id=role.structure_id)
    faite = DemandeDeDroit.objects.filter(pk=demande.pk, repondue_le=None).update(
        reponse=dite, repondue_le=a, repondue_par_id=role.compte_id
    )
    if faite:
        _noter(role.structure_id, role.compte_id, "repondre_a_un_droit", demande.pk, a)
    return bool(faite)


def _echues(structure_id: int, limite: datetime) -> QuerySet[Personne]:
    """Return the persons of a structure not met since: an absorbed file ends with the one that was kept."""
    return Personne.objects.filter(
        Q(fusionnee_dans=None, dernier_contact_le__lt=limite) | Q(fusionnee_dans__dernier_contact_le__lt=limite),
        structure_id=structure_id,
    )


def _rangees(d: Declaration, structure_id: int, personnes: list[int], limite: datetime) -> QuerySet[Any]:
    rangees = d.classe._default_manager.filter(structure_id=structure_id)
    siennes = Q(**{f"{d.personne}__in": personnes}) if d.personne else Q(pk__in=[])
    sans_personne: dict[str, Any] = {d.personne: None} if d.personne else {}
    return rangees.filter(siennes | Q(**sans_personne, **{f"{d.date}__lt": limite}) if d.date else siennes)


def _detruire(destruction: Destruction) -> dict[str, int]:
    with situation(tache=TACHE):
        encore = set(_echues(destruction.structure_id, destruction.limite).values_list("pk", flat=True))
        personnes = sorted(encore & set(destruction.personnes))
        comptes: dict[str, int] = {}
        for d in declarations():
            rangees = _rangees(d, destruction.structure_id, personnes, destruction.limite)
            if d.personne == "pk":
                # A file points at the one that absorbed it: it goes first.
                rangees.filter(fusionnee_dans__isnull=False).update(fusionnee_dans=None)
            comptes[d.modele] = rangees.count()
            rangees.delete()
    return {modele: n for modele, n in comptes.items() if n}


def _noter(structure_id: int, compte_id: int | None, action: str, objet_id: int, a: datetime) -> None:
    noter(
        structure_id=structure_id, compte_id=compte_id, geste=Geste.ECRITURE, action=action, objet="CONSERVATION",
        objet_id=objet_id, a=a,
    )  # fmt: skip
