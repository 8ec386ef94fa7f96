"""What a partner without account sees: the sender's telephone first, the relay once the code was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.partage.regles import Ligne
from premier_accueil.partage.requetes import lecteur_par_lien, lire
from premier_accueil.relais.models import LienDeRelais, Relais
from premier_accueil.relais.regles import (
    ETATS,
    FINIS,
    OUVRENT_LE_FIL,
    EtatDeRelais,
    Geste,
    Partie,
    gestes_de,
    reglages,
)
from premier_accueil.relais.requetes.detail import MessageVu, fil
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.empreinte import empreinte
from premier_accueil.socle.journal import Geste as Trace
from premier_accueil.socle.journal import noter


@dataclass(frozen=True)
class SeuilDuLien:
    """The first screen: who writes and whom to call; nothing of the person.

    Attributes:
        bloque: too many wrong codes: the sender makes another link.
    """

    structure: str
    telephone: str
    bloque: bool


@dataclass(frozen=True)
class RelaisParLien:
    """A relay as the holder of a link and its code reads it: the lowest projection.

    Attributes:
        message: why there are no words any more; empty while it is open.
        gestes: what he may do now.
        messages, peut_ecrire: the thread, once the relay is accepted and as long as it is open.
    """

    id: int
    expediteur: str
    telephone: str
    auteur: str
    etat: str
    quand: datetime | None
    lieu: str
    repondu_par: str
    message: str
    lignes: tuple[Ligne, ...]
    gestes: Mapping[str, Geste]
    attend: str
    messages: tuple[MessageVu, ...]
    peut_ecrire: bool


def seuil_du_lien(adresse: str, a: datetime) -> SeuilDuLien | None:
    """Return what the first screen says; ``None`` is the one answer to every refusal."""
    with situation(jeton=adresse):
        lien = (
            LienDeRelais.objects.select_related("structure")
            .filter(condense=empreinte(adresse), revoque_le=None, expire_le__gt=a).first()
        )  # fmt: skip
        if lien is None:
            return None
        bloque = lien.essais >= reglages().lien.essais
        return SeuilDuLien(lien.structure.nom, lien.structure.telephone, bloque)


def relais_par_le_lien(adresse: str, code: str, a: datetime) -> RelaisParLien | None:
    """Return the relay for who holds the link and its code, projected again at this reading; journaled.

    ``None`` is the one answer when they open nothing, the code having been wrong too often included.
    """
    seuil = seuil_du_lien(adresse, a)
    if seuil is None or seuil.bloque:
        return None
    with situation(jeton=adresse + code):
        r = Relais.objects.select_related(
            "structure", "communication", "communication__expediteur", "communication__auteur"
        ).first()
        if r is None or r.communication is None:
            return None
        lue = lire(r.communication, lecteur_par_lien(r.destinataire_id, Fonction(r.fonction), a), a, ouverte=True)
        noter(
            structure_id=r.destinataire_id, compte_id=None, geste=Trace.LECTURE, action="relais_par_le_lien",
            objet="RELAIS", objet_id=r.pk, a=a,
        )  # fmt: skip
        etat = EtatDeRelais(r.etat)
        ouvert = not lue.message and etat not in FINIS
        return RelaisParLien(
            r.pk, r.structure.nom, r.structure.telephone, lue.auteur, ETATS[etat].libelle, r.quand if ouvert else None,
            r.lieu if ouvert else "", r.repondu_par if ouvert else "", lue.message, lue.lignes,
            gestes_de(etat, Partie.DESTINATAIRE) if ouvert else {}, ETATS[etat].attend if ouvert else "",
            fil(r, r.destinataire_id) if ouvert else (), ouvert and etat in OUVRENT_LE_FIL,
        )  # fmt: skip
