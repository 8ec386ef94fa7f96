"""Move a version along the table: review, decision by name, publication, review by a date, withdrawal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.reperes.actions.commun import SaisieRefusee, bouger, tenir, version_lue
from premier_accueil.reperes.models import FicheRepere, LectureDeFiche, VersionDeFiche
from premier_accueil.reperes.regles import (
    EN_VIGUEUR,
    GESTES,
    EtatDeFiche,
    GesteImpossible,
    Partie,
    prochaine_revue,
    verifier,
)
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import propre

HORLOGE = frozenset({Partie.HORLOGE})
DE_L_HORLOGE = frozenset({"remplacer"})


@dataclass(frozen=True)
class Dit:
    """What comes with a gesture; the table says what each asks.

    Attributes:
        decision, par, le: what was decided, by whom (committee, instance, person), which day.
        mot: why.
        revoir_le: by when the sheet is reviewed; ``None``: the usual delay.
        publique: the public version is shown too: an explicit choice, at each publication.
        exemple: the decision itself is an example (demonstration): the sheet stays one.
    """

    decision: str = ""
    par: str = ""
    le: date | None = None
    mot: str = ""
    revoir_le: date | None = None
    publique: bool = False
    exemple: bool = False


@transaction.atomic
def agir(fiche_id: int, numero: int, geste: str, dit: Dit, *, role: Role, a: datetime) -> EtatDeFiche:
    """Make a gesture on a version; return its new state.

    Raises:
        GesteImpossible: it moved meanwhile, or it is not theirs to do; says what happened.
        SaisieRefusee: a word or a date is missing.
        FicheRepere.DoesNotExist, VersionDeFiche.DoesNotExist: not visible to this role.
        KeyError: no such gesture.
    """
    fiche, parties = tenir(fiche_id, role)
    version = version_lue(fiche, numero, role)
    if geste in DE_L_HORLOGE:
        raise GesteImpossible("Une version est remplacée quand la suivante est publiée.")
    verifier(geste, EtatDeFiche(version.etat), parties)
    champs, mot = _dites(geste, dit, a)
    if geste == "publier":
        champs |= _publier(fiche, version, dit, role, a)
    bouger(version, geste, parties, role.compte_id, a, mot=mot, champs=champs)
    if GESTES[geste].revoir:
        fiche.revoir_le = dit.revoir_le or prochaine_revue(a)
        fiche.save(update_fields=["revoir_le"])
    return EtatDeFiche(version.etat)


@transaction.atomic
def montrer_au_public(fiche_id: int, numero: int, *, oui: bool, role: Role, a: datetime) -> None:
    """Show the public version of a sheet in force, or stop showing it.

    Raises:
        GesteImpossible: it is not in force any more, or not theirs to do.
        SaisieRefusee: there is no public text to show.
        FicheRepere.DoesNotExist, VersionDeFiche.DoesNotExist: not visible to this role.
    """
    fiche, parties = tenir(fiche_id, role)
    version = version_lue(fiche, numero, role)
    if not parties or version.etat not in EN_VIGUEUR:
        raise GesteImpossible("Seules les structures qui écrivent la fiche, et la coordination, le décident ; et "
                              "seulement pour la version en vigueur.")  # fmt: skip
    if oui and not version.texte_public:
        raise SaisieRefusee("publique", "Cette version n'a pas de texte pour le grand public : écrivez-en un d'abord.")
    version.publique_le = a if oui else None
    version.save(update_fields=["publique_le"])


@transaction.atomic
def confirmer_la_lecture(fiche_id: int, numero: int, *, role: Role, a: datetime) -> bool:
    """Note that this person read a version in force, in this structure; saying it twice changes nothing.

    Returns:
        whether it was new.

    Raises:
        GesteImpossible: another version is in force now: that is the one to read.
        FicheRepere.DoesNotExist, VersionDeFiche.DoesNotExist: not visible to this role.
    """
    fiche, _ = tenir(fiche_id, role)
    version = version_lue(fiche, numero, role)
    if version.etat not in EN_VIGUEUR:
        raise GesteImpossible("Cette version n'est pas celle en vigueur : ouvrez la fiche et lisez celle qui l'est.")
    _, neuve = LectureDeFiche.objects.get_or_create(
        version=version, structure_id=role.structure_id, compte_id=role.compte_id, defaults={"lu_le": a}
    )
    return neuve


@transaction.atomic
def veiller(*, a: datetime) -> int:
    """Say "à revoir" on every sheet whose day has come; return how many. Twice the same day changes nothing."""
    echues = FicheRepere.objects.filter(revoir_le__lte=jour_local(a), versions__etat=EtatDeFiche.PUBLIEE.value)
    combien = 0
    for fiche in FicheRepere.objects.select_for_update(skip_locked=True).filter(pk__in=echues).order_by("pk"):
        version = fiche.versions.filter(etat=EtatDeFiche.PUBLIEE.value).first()
        if version is not None:
            bouger(version, "signaler", HORLOGE, None, a, mot="Le jour de la relecture est passé.")
            combien += 1
    return combien


def _dites(geste: str, dit: Dit, a: datetime) -> tuple[dict[str, object], str]:
    """Return the columns and the words that a gesture brings, or say what is missing."""
    ligne, jour = GESTES[geste], jour_local(a)
    mot = propre(dit.mot)[:500]
    if ligne.mot and not mot:
        raise SaisieRefusee("mot", "Dites pourquoi, en quelques mots.")
    if ligne.revoir and dit.revoir_le is not None and dit.revoir_le <= jour:
        raise SaisieRefusee("revoir_le", "Donnez un jour à venir pour la prochaine relecture.")
    if not ligne.decision:
        return {}, mot
    decision, par = propre(dit.decision)[:500], propre(dit.par)[:160]
    if not par:
        raise SaisieRefusee("par", "Dites qui a décidé : comité, instance ou personne.")
    if dit.le is None or dit.le > jour:
        raise SaisieRefusee("le", "Donnez le jour de la décision ; il ne peut pas être à venir.")
    if not decision:
        raise SaisieRefusee("decision", "Écrivez ce qui a été décidé, en une phrase.")
    champs: dict[str, object] = {"decision": decision, "decidee_par": par, "decidee_le": dit.le}
    if geste == "valider" and not dit.exemple:
        champs["exemple"] = False
    return champs, f"{par}, {dit.le:%d/%m/%Y} : {decision}"


def _publier(fiche: FicheRepere, version: VersionDeFiche, dit: Dit, role: Role, a: datetime) -> dict[str, object]:
    """Replace the version in force; return what the new one becomes."""
    if dit.publique and not version.texte_public:
        raise SaisieRefusee("publique", "Pas de texte pour le grand public : décochez, ou écrivez-en un d'abord.")
    avant = fiche.versions.filter(etat__in=sorted(EN_VIGUEUR)).first()
    if avant is not None:
        bouger(avant, "remplacer", HORLOGE, role.compte_id, a, champs={"publique_le": None})
    return {"publiee_le": a, "publique_le": a if dit.publique else None}
