"""One way to move a relay: the table allows it, the database keeps the race, the trace is in the same transaction."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda import actions as agenda
from premier_accueil.agenda.regles import GesteImpossible as RendezVousFini
from premier_accueil.faits.actions import noter_faits
from premier_accueil.partage.actions import terminer
from premier_accueil.relais.models import Abonnement, PasDeRelais, Relais
from premier_accueil.relais.regles import (
    ETATS,
    FINIS,
    SANS_REPONSE,
    EtatDeRelais,
    GesteImpossible,
    Partie,
    echeance,
    reglages,
    verifier,
)
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.taches import differer

ACCES_FINI = FINIS | {EtatDeRelais.REFUSE}
"""States where the recipient reads nothing more."""


class SaisieRefusee(ValueError):
    """Something must be corrected; ``champ`` names the field, the message says what to do. Nothing was recorded."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(message)
        self.champ = champ


@dataclass(frozen=True)
class Auteur:
    """Who moves a relay.

    Attributes:
        structure_id: the house whose journal bears the line.
        compte_id: ``None`` by a link, or for the clock.
        signature: name and function of who answers by a link.
    """

    partie: Partie
    structure_id: int
    compte_id: int | None = None
    signature: str = ""


def auteur_de(relais: Relais, role: Role) -> Auteur:
    """Return an account as the party it is in this relay."""
    partie = Partie.EXPEDITEUR if relais.structure_id == role.structure_id else Partie.DESTINATAIRE
    return Auteur(partie, role.structure_id, role.compte_id)


def horloge(relais: Relais) -> Auteur:
    """Return the clock, which writes in the sender's house."""
    return Auteur(Partie.HORLOGE, relais.structure_id)


def bouger(
    relais: Relais, nom: str, auteur: Auteur, a: datetime, *, motif: str = "", date: datetime | None = None,
    **champs: Any,
) -> Relais:  # fmt: skip
    """Make one gesture of the table; the row, its history, the journal and the fact change together.

    Args:
        relais: as read; somebody may have moved it since.
        nom: of the gesture.
        motif: code of the list that the gesture asks for.
        date: the appointment that the gesture gives or proposes.
        champs: columns that change with it.

    Raises:
        GesteImpossible: not theirs, or it moved meanwhile.
        SaisieRefusee: a code or a date is missing.
    """
    avant = EtatDeRelais(relais.etat)
    geste = verifier(nom, avant, auteur.partie)
    if geste.motifs and motif not in getattr(reglages(), geste.motifs):
        raise SaisieRefusee("motif", "Choisissez dans la liste.")
    if geste.date and date is None:
        raise SaisieRefusee("quand", "Donnez un jour et une heure.")
    for champ, valeur in champs.items():
        setattr(relais, champ, valeur)
    relais.etat, relais.motif, relais.bouge_le = geste.vers, motif, a
    if auteur.partie is Partie.DESTINATAIRE and relais.repondu_le is None:
        relais.repondu_le = a
    relais.fini_le = a if geste.vers in FINIS else None
    relais.echeance = echeance(
        geste.vers, a=a, envoye_le=relais.envoye_le, rendez_vous=relais.quand, reponse_jours=relais.reponse_jours,
        departement=relais.destinataire.departement,
    )  # fmt: skip
    ecrits = {"etat", "motif", "bouge_le", "repondu_le", "fini_le", "echeance", *champs}
    valeurs = {champ: getattr(relais, champ) for champ in sorted(ecrits)}
    if Relais.objects.filter(pk=relais.pk, etat=avant).update(**valeurs) != 1:
        devenu = Relais.objects.values_list("etat", flat=True).get(pk=relais.pk)
        raise GesteImpossible(
            f"Entre-temps, ce relais est devenu « {ETATS[EtatDeRelais(devenu)].libelle} ». Rien n'a changé."
        )
    PasDeRelais.objects.create(
        structure_id=relais.structure_id, destinataire_id=relais.destinataire_id, relais_id=relais.pk, geste=nom,
        avant=avant, apres=geste.vers, partie=auteur.partie, compte_id=auteur.compte_id, signature=auteur.signature,
        motif=motif, quand=date, fait_le=a,
    )  # fmt: skip
    if geste.vers in ACCES_FINI and relais.communication_id is not None and avant not in ACCES_FINI:
        terminer(relais.communication_id, a=a)
    tracer(f"{nom}_un_relais", relais, auteur, a)
    noter_faits(
        [("RELAIS", {"geste": nom.upper(), "destinataire": relais.destinataire.genre, "motif": motif})],
        structure_id=relais.structure_id, departement=relais.structure.departement, a=a,
    )  # fmt: skip
    _faire_avertir(relais)
    return relais


def _faire_avertir(relais: Relais) -> None:
    """Ask that both sides' software be told, once this is committed; nothing is queued when none listens."""
    if relais.envoye_le is None:
        return
    with situation(tache="relais"):
        ecoutes = Abonnement.objects.filter(
            structure_id__in=(relais.structure_id, relais.destinataire_id), arrete_le=None
        ).exists()
    if ecoutes:
        differer("relais.avertir", relais_id=relais.pk)


def tracer(action: str, relais: Relais, auteur: Auteur, a: datetime) -> None:
    """Leave the line of a gesture in the journal of the house that makes it."""
    noter(
        structure_id=auteur.structure_id, compte_id=auteur.compte_id, geste=Geste.ECRITURE, action=action,
        objet="RELAIS", objet_id=relais.pk, a=a,
    )  # fmt: skip


def attend_une_reponse(relais: Relais) -> bool:
    """Tell whether nobody there said anything yet."""
    return EtatDeRelais(relais.etat) in SANS_REPONSE


def liberer_le_creneau(relais: Relais, role: Role, a: datetime) -> None:
    """Free the slot that a relay had taken, if it is still to come."""
    if relais.rendez_vous_id is not None:
        with suppress(RendezVousFini):  # it was held, moved or cancelled before
            agenda.annuler(relais.rendez_vous_id, par_la_personne=False, role=role, a=a)
