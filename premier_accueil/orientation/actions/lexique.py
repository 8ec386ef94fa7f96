"""Complete the lexicon: offer a phrase, say what it means, publish what was tried, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from premier_accueil.acteurs.requetes import Role
from premier_accueil.orientation.models import EntreeDuLexique, EssaiDuLexique, PasDuLexique
from premier_accueil.orientation.regles.identite import designe
from premier_accueil.orientation.regles.lexique import (
    DIT_MAX,
    EFFACABLES,
    GESTES_D_ENTREE,
    VERS_MAX,
    EtatDEntree,
    EtatDEssai,
    Registre,
)
from premier_accueil.orientation.requetes.lecteur import SUJET, lecteur
from premier_accueil.orientation.requetes.lexique import empreinte_de
from premier_accueil.orientation.requetes.vocabulaire import libelles
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.notification import prevenir
from premier_accueil.socle.taches import differer
from premier_accueil.socle.texte import cle, propre

RAISONS = 3
UN_A_TROIS = "Choisissez un à trois besoins, le plus probable en premier."
ENTRE_TEMPS = "Quelqu'un a changé cette phrase entre-temps : relisez-la, votre choix n'a pas été enregistré."
CHANGE = "Le lexique a changé depuis cet essai : rien n'est publié. Essayez de nouveau."
REFUSE = "Cet essai abîme ce qui était compris : rien n'est publié. Modifiez les phrases, puis essayez de nouveau."
PAS_FINI = "Cet essai n'est pas fini : rien n'est publié."


class PhraseRefusee(Exception):
    """The entry cannot be kept; nothing was recorded.

    Attributes:
        champ: "dit", "vers" or "registre"; empty for the whole.
        phrases: why, in plain French.
    """

    def __init__(self, champ: str, *phrases: str) -> None:
        super().__init__(" ".join(phrases))
        self.champ, self.phrases = champ, phrases


@dataclass(frozen=True)
class Dite:
    """What the committee says of a phrase."""

    dit: str
    vers: Sequence[str]
    registre: str


def proposer_une_phrase(dit: str, *, a: datetime) -> None:
    """Offer a phrase that was not understood. Its day is kept; who offered it, where and of whom never is.

    The same phrase twice is one entry: nobody learns that somebody else said it first.

    Args:
        dit: the phrase, written for this purpose, never taken from a visit by itself.
        a: aware time; only its day is kept.

    Raises:
        PhraseRefusee: no words, too long, or it may point at somebody.
    """
    dit = _lue(dit)
    EntreeDuLexique.objects.get_or_create(
        cle=cle(dit), defaults={"dit": dit, "etat": EtatDEntree.PROPOSEE.value, "proposee_le": jour_local(a)}
    )


def ajouter(dite: Dite, *, role: Role, a: datetime) -> int:
    """Write an entry and say what it means: ready to be tried. Returns its key; the same words again are refused.

    Raises:
        PhraseRefusee: a field is to be corrected.
    """
    dit = _lue(dite.dit)
    vers, registre = _sens(dite)
    with transaction.atomic():
        entree, neuve = EntreeDuLexique.objects.get_or_create(
            cle=cle(dit),
            defaults={
                "dit": dit, "vers": vers, "registre": registre, "etat": EtatDEntree.PRETE.value,
                "proposee_le": jour_local(a),
            },
        )  # fmt: skip
        if not neuve and (entree.etat, entree.vers) != (EtatDEntree.PRETE.value, vers):
            etat = EtatDEntree(entree.etat).libelle
            raise PhraseRefusee("dit", f"Cette phrase est déjà dans la liste ({etat}) : ouvrez-la pour la changer.")
        if neuve:
            _tracer(entree, "preparer", role, a)
    return entree.pk


def preparer(entree_id: int, dite: Dite, *, version: int, role: Role, a: datetime) -> None:
    """Say what a phrase means, or say it again: ready to be tried.

    Raises:
        EntreeDuLexique.DoesNotExist: no such entry.
        PhraseRefusee: a field is to be corrected, the phrase is published, or somebody changed it meanwhile.
    """
    dit = _lue(dite.dit)
    vers, registre = _sens(dite)
    with transaction.atomic():
        entree = EntreeDuLexique.objects.select_for_update().get(pk=entree_id)
        if entree.version != version or EtatDEntree(entree.etat) not in GESTES_D_ENTREE["preparer"].depuis:
            raise PhraseRefusee("", ENTRE_TEMPS)
        entree.dit, entree.cle, entree.vers, entree.registre = dit, cle(dit), vers, registre
        entree.etat, entree.version = EtatDEntree.PRETE.value, version + 1
        try:
            with transaction.atomic():
                entree.save()
        except IntegrityError:
            raise PhraseRefusee("dit", "Cette phrase est déjà dans la liste : une seule suffit.") from None
        _tracer(entree, "preparer", role, a)


def effacer(entree_id: int) -> bool:
    """Delete an entry that was never published; tell whether there was one to delete."""
    etats = [e.value for e in EFFACABLES]
    return EntreeDuLexique.objects.filter(pk=entree_id, etat__in=etats).exclude(pas__geste="publier").delete()[0] > 0


def retirer(entree_id: int, *, role: Role, a: datetime) -> bool:
    """Take a published entry back: the reader before it serves again. Tell whether it was published."""
    with transaction.atomic():
        etat = GESTES_D_ENTREE["retirer"].vers.value
        lignes = EntreeDuLexique.objects.filter(pk=entree_id, etat=EtatDEntree.PUBLIEE.value)
        if lignes.update(etat=etat, version=F("version") + 1) != 1:
            return False
        _tracer(EntreeDuLexique.objects.get(pk=entree_id), "retirer", role, a)
        _faire_suivre()
    return True


def publier(essai_id: int, *, role: Role, a: datetime) -> int:
    """Publish what a try found harmless, and return how many entries that makes; a second click publishes nothing more.

    Raises:
        EssaiDuLexique.DoesNotExist: no such try.
        PhraseRefusee: the try is not over, refuses, or the lexicon changed since.
    """
    with transaction.atomic():
        essai = EssaiDuLexique.objects.select_for_update().get(pk=essai_id)
        if essai.publie_le is not None:
            return 0
        if essai.etat != EtatDEssai.FINI.value or essai.refus:
            raise PhraseRefusee("", REFUSE if essai.refus else PAS_FINI)
        etats = [EtatDEntree.PRETE.value, EtatDEntree.PUBLIEE.value]
        lues = list(EntreeDuLexique.objects.select_for_update().filter(etat__in=etats).order_by("pk"))
        pretes = [e for e in lues if e.etat == EtatDEntree.PRETE.value]
        if empreinte_de(lues) != essai.empreinte or {e.pk for e in pretes} != set(essai.entrees):
            raise PhraseRefusee("", CHANGE)
        EntreeDuLexique.objects.filter(pk__in=essai.entrees).update(
            etat=GESTES_D_ENTREE["publier"].vers.value, version=F("version") + 1
        )
        for entree in pretes:
            _tracer(entree, "publier", role, a)
        EssaiDuLexique.objects.filter(pk=essai_id).update(publie_le=a)
        _faire_suivre()
    return len(pretes)


def _lue(dit: str) -> str:
    dit = " ".join(propre(dit).split())
    if not cle(dit):
        raise PhraseRefusee("dit", "Écrivez la phrase, avec des mots.")
    if len(dit) > DIT_MAX:
        raise PhraseRefusee("dit", f"Une phrase courte suffit ({DIT_MAX} caractères au plus) : gardez l'essentiel.")
    if raisons := designe(dit, lecteur().connait):
        raise PhraseRefusee("dit", *raisons[:RAISONS])
    return dit


def _sens(dite: Dite) -> tuple[list[str], str]:
    vers = list(dict.fromkeys(code for code in dite.vers if code))
    if not vers or len(vers) > VERS_MAX or not set(vers) <= libelles().keys():
        raise PhraseRefusee("vers", UN_A_TROIS)
    if dite.registre and dite.registre not in set(Registre):
        raise PhraseRefusee("registre", "Choisissez un registre dans la liste.")
    return vers, dite.registre


def _tracer(entree: EntreeDuLexique, geste: str, role: Role, a: datetime) -> None:
    auteur = f"{role.compte}, {role.structure}"[:300]
    PasDuLexique.objects.create(
        entree=entree, geste=geste, dit=entree.dit, vers=entree.vers, compte_id=role.compte_id, auteur=auteur, le=a
    )


def _faire_suivre() -> None:
    """Tell every process; a worker learns first when nobody did (``lexique.apprendre``), then tells again."""
    prevenir(SUJET, 0)
    differer("lexique.apprendre")
