"""What an interview says, whole: what is saved, compared and shown when two people wrote at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.models import DomaineAborde, Entretien, Evaluation, NotePrivee


@dataclass(frozen=True)
class Ecrit:
    """All that an interview says.

    Attributes:
        note: the work note; ``None`` for who does not write it: it is then left alone.
        domaines: what was said of each life domain opened, by code; an empty text is a domain just opened.
        natures: first answers, codes.
        presents: who was there, codes.
    """

    diagnostic: str = ""
    note: str | None = None
    resume: str = ""
    presents: tuple[str, ...] = ()
    natures: tuple[str, ...] = ()
    domaines: Mapping[str, str] = field(default_factory=dict)


def ecrit_de(entretien: Entretien, *, avec_note: bool) -> Ecrit:
    """Return what is recorded of an interview; three queries.

    Args:
        avec_note: with the work note, for who writes it.
    """
    note = NotePrivee.objects.filter(entretien=entretien).values_list("texte", flat=True).first() if avec_note else None
    diagnostic = Evaluation.objects.filter(entretien=entretien).values_list("phrase", flat=True).first()
    return Ecrit(
        diagnostic=diagnostic or "", note=(note or "") if avec_note else None, resume=entretien.resume,
        presents=tuple(entretien.presents), natures=tuple(entretien.natures),
        domaines=dict(DomaineAborde.objects.filter(entretien=entretien).order_by("pk").values_list("code", "texte")),
    )  # fmt: skip


def ecrit_la_note(entretien: Entretien, role: Role) -> bool:
    """Tell whether the role writes the work note: its author, or the interview's author when there is none yet."""
    auteur = NotePrivee.objects.filter(entretien=entretien).values_list("auteur_id", flat=True).first()
    return role.compte_id == (auteur or entretien.auteur_id)
