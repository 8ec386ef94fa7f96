"""Write an interview: saved every few seconds, never over somebody else's words, closed with its first answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from premier_accueil.accueil.actions import faire
from premier_accueil.accueil.actions.faits import noter_la_reponse
from premier_accueil.accueil.models import Attente, Passage, PremiereReponse
from premier_accueil.accueil.regles import NATURES, EtatDAttente, Nature
from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.actions.commun import (
    GesteRefuse,
    SaisieRefusee,
    faits_du_passage,
    refuser_les_secrets,
    tenir,
    tracer,
)
from premier_accueil.entretien.models import DomaineAborde, Entretien, Evaluation, NotePrivee
from premier_accueil.entretien.regles.domaines import domaines, refus_des_presents
from premier_accueil.entretien.regles.etats import GESTES_D_ENTRETIEN, EtatDEntretien, manques_pour_clore
from premier_accueil.entretien.requetes.ecrit import Ecrit, ecrit_de, ecrit_la_note
from premier_accueil.personnes.actions import noter_un_contact
from premier_accueil.socle.texte import propre

LONGUEUR = 20_000
DIAGNOSTIC = 500
REPONSES = frozenset(n.value for n, _ in NATURES) - {Nature.TRAVAILLEUR_SOCIAL.value}
FERME = "Cet entretien est terminé. Reprenez-le pour le compléter : votre saisie est gardée dans cette page."


class EntretienModifie(ValueError):
    """Somebody else saved meanwhile; both texts are shown, none is lost.

    Attributes:
        version: the version to confirm with.
        actuel: what is recorded now.
    """

    def __init__(self, version: int, actuel: Ecrit) -> None:
        super().__init__("Quelqu'un a écrit dans cet entretien pendant votre saisie. Votre texte est gardé. Comparez.")
        self.version = version
        self.actuel = actuel


@transaction.atomic
def enregistrer(entretien_id: int, ecrit: Ecrit, *, version: int, role: Role, a: datetime) -> int:
    """Save what is written, unless somebody else did meanwhile. Saving the same words twice changes nothing.

    Args:
        entretien_id: its key.
        ecrit: what it must say; ``note`` is kept from everybody but its author.
        version: the version that the page showed.
        role: who writes.
        a: when.

    Returns:
        the new version.

    Raises:
        EntretienModifie: another version is recorded now; nothing was changed.
        SaisieRefusee: a field must be corrected (a child interprets, a social security number…).
        GesteRefuse: the interview is closed.
        Entretien.DoesNotExist: not visible to this role.
    """
    return _enregistrer(tenir(entretien_id, role, a), ecrit, version, role, a)


@transaction.atomic
def clore(entretien_id: int, ecrit: Ecrit, *, version: int, role: Role, a: datetime) -> None:
    """Save, then close: with its diagnosis and a first answer, or not at all (S4).

    The passage ends, the ticket too, the needs stay as they are; a contact with the person is noted.

    Raises:
        GesteRefuse: the diagnosis or the first answer is missing, or it is closed already. What was typed is returned
            to the page by its own draft: nothing was recorded.
        EntretienModifie, SaisieRefusee, Entretien.DoesNotExist: as ``enregistrer``.
    """
    entretien = tenir(entretien_id, role, a)
    _enregistrer(entretien, ecrit, version, role, a)
    manques = manques_pour_clore(diagnostic=propre(ecrit.diagnostic), reponses=len(entretien.natures))
    if manques:
        raise GesteRefuse(" ".join(manques))
    passage = entretien.passage
    for nature in entretien.natures:
        _, nouvelle = PremiereReponse.objects.get_or_create(
            passage=passage, nature=nature,
            defaults={"structure_id": role.structure_id, "auteur_id": role.compte_id, "donnee_le": a},
        )  # fmt: skip
        if nouvelle:
            noter_la_reponse(passage, nature, role=role, a=a)
    _faits(entretien, role, a)
    Passage.objects.filter(pk=passage.pk, clos_le=None).update(clos_le=a)
    entretien.etat, entretien.clos_le = EtatDEntretien.CLOS.value, a
    entretien.save(update_fields=["etat", "clos_le"])
    mien = Attente.objects.filter(passage=passage, etat=EtatDAttente.APPELE, appele_par_id=role.compte_id)
    for ticket in mien.order_by("pk"):
        faire("terminer", ticket.pk, role=role, a=a)
    if passage.personne_id is not None:
        noter_un_contact(passage.personne_id, role=role, a=a)
    tracer("clore_un_entretien", role, a, entretien.pk)


@transaction.atomic
def rouvrir(entretien_id: int, *, role: Role, a: datetime) -> None:
    """Take a closed interview up again: its facts and the answers it gave are undone until it is closed again.

    Raises:
        GesteRefuse: it is not closed.
        Entretien.DoesNotExist: not visible to this role.
    """
    entretien = tenir(entretien_id, role, a)
    if EtatDEntretien(entretien.etat) not in GESTES_D_ENTRETIEN["rouvrir"].depuis or entretien.clos_le is None:
        raise GesteRefuse("Cet entretien est déjà en cours.")
    donnees = PremiereReponse.objects.filter(
        passage_id=entretien.passage_id, nature__in=entretien.natures, donnee_le=entretien.clos_le
    )
    natures = list(donnees.order_by("pk").values_list("nature", flat=True))
    faits_du_passage(
        entretien.passage, [("REPONSE", {"nature": n}) for n in natures], role=role, a=entretien.clos_le, annule=True
    )
    donnees.delete()
    _faits(entretien, role, entretien.clos_le, annule=True)
    entretien.etat, entretien.clos_le = EtatDEntretien.EN_COURS.value, None
    entretien.save(update_fields=["etat", "clos_le"])
    tracer("rouvrir_un_entretien", role, a, entretien.pk)


def _enregistrer(entretien: Entretien, ecrit: Ecrit, version: int, role: Role, a: datetime) -> int:
    avec_note = ecrit.note is not None and ecrit_la_note(entretien, role)
    neuf, actuel = _propre(ecrit, avec_note=avec_note), ecrit_de(entretien, avec_note=avec_note)
    # The same words are already there: a save whose answer was lost on the way, or nothing new.
    if neuf == actuel:
        return entretien.version
    if entretien.etat == EtatDEntretien.CLOS.value:
        raise GesteRefuse(FERME)
    _verifier(entretien, neuf)
    if entretien.version != version:
        raise EntretienModifie(entretien.version, actuel)
    entretien.resume, entretien.presents, entretien.natures = neuf.resume, list(neuf.presents), list(neuf.natures)
    entretien.version += 1
    entretien.save(update_fields=["resume", "presents", "natures", "version"])
    signe = {"structure_id": role.structure_id, "auteur_id": role.compte_id}
    _poser(Evaluation, entretien, "phrase", neuf.diagnostic, signe | {"posee_le": a})
    if avec_note:
        _poser(NotePrivee, entretien, "texte", neuf.note or "", signe | {"ecrite_le": a})
    _poser_les_domaines(entretien, neuf.domaines)
    tracer("ecrire_un_entretien", role, a, entretien.pk)
    return entretien.version


def _propre(e: Ecrit, *, avec_note: bool) -> Ecrit:
    connus = [d.code for d in domaines()]
    return Ecrit(
        diagnostic=propre(e.diagnostic)[:DIAGNOSTIC], note=propre(e.note or "")[:LONGUEUR] if avec_note else None,
        resume=propre(e.resume)[:LONGUEUR], presents=tuple(dict.fromkeys(e.presents)),
        natures=tuple(n for n in dict.fromkeys(e.natures) if n in REPONSES),
        domaines={code: propre(e.domaines[code])[:LONGUEUR] for code in connus if code in e.domaines},
    )  # fmt: skip


def _verifier(entretien: Entretien, e: Ecrit) -> None:
    refus = refus_des_presents(e.presents)
    if refus:
        raise SaisieRefusee("presents", refus)
    textes = {"diagnostic": e.diagnostic, "note": e.note or "", "resume": e.resume}
    refuser_les_secrets(entretien.passage, textes | dict(e.domaines))


def _poser(
    modele: type[Evaluation] | type[NotePrivee], entretien: Entretien, champ: str, texte: str, signe: dict[str, object]
) -> None:
    siens = modele._default_manager.filter(entretien=entretien)
    if not texte:
        siens.delete()
    elif not siens.filter(**{champ: texte}).exists():
        modele._default_manager.update_or_create(entretien=entretien, defaults=signe | {champ: texte})


def _poser_les_domaines(entretien: Entretien, voulus: Mapping[str, str]) -> None:
    DomaineAborde.objects.filter(entretien=entretien).exclude(code__in=voulus).delete()
    for code, texte in voulus.items():
        DomaineAborde.objects.update_or_create(
            entretien=entretien, code=code, defaults={"structure_id": entretien.structure_id, "texte": texte}
        )


def _faits(entretien: Entretien, role: Role, a: datetime, *, annule: bool = False) -> None:
    codes = DomaineAborde.objects.filter(entretien=entretien).order_by("code").values_list("code", flat=True)
    dits: list[tuple[str, dict[str, str]]] = [("ENTRETIEN", {"canal": entretien.passage.canal})]
    faits_du_passage(
        entretien.passage, [*dits, *(("DOMAINE", {"domaine": code}) for code in codes)], role=role, a=a, annule=annule
    )
