"""Somebody comes to her appointment: her coming and her place in the queue are noted in one gesture, and undone so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from premier_accueil.accueil.acces import lieux_de_la_structure
from premier_accueil.accueil.actions.annulation import AnnulationImpossible, effacer
from premier_accueil.accueil.actions.attente import mettre_en_attente
from premier_accueil.accueil.actions.faits import noter_le_passage
from premier_accueil.accueil.actions.passage_personne import rattacher
from premier_accueil.accueil.models import Passage
from premier_accueil.accueil.regles import Canal, Concerne, etape_du_rendez_vous, prend_place, priorites
from premier_accueil.accueil.requetes.reglage import Reglage, reglage_de
from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Droit, fonctions_qui
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda import actions as agenda
from premier_accueil.agenda.models import RendezVous
from premier_accueil.agenda.regles import EtatDeRendezVous, GesteImpossible
from premier_accueil.annuaire.models import Site
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

PRIORITE = "RENDEZ_VOUS"  # donnees/accueil.yaml: who holds it passes first from the appointed hour on
DEJA_RECUE = "La personne a déjà été appelée : sa venue reste notée. Rien n'a changé."


@dataclass(frozen=True)
class Place:
    """The place that was given: the ticket's key, its number, and with whom she has an appointment, if it is said."""

    attente_id: int
    numero: int
    avec: str


@transaction.atomic
def arriver(rendez_vous_id: int, *, role: Role, a: datetime) -> Place | None:
    """Note that somebody came to her appointment, and give her a number where the worker she comes to see calls.

    The passage is anonymous when the appointment is; the person of the appointment is attached to it otherwise. A queue
    closed to whoever has none still takes her: the hour was promised.

    Returns:
        her place, or ``None`` where only the coming is noted (``accueil.regles.prend_place``).

    Raises:
        GesteImpossible: not yet its day, or noted, moved or cancelled already: a second click gives no other number.
        RendezVous.DoesNotExist: not visible to this role, or received elsewhere.
    """
    agenda.noter_la_venue(rendez_vous_id, venue=True, role=role, a=a)
    r = RendezVous.objects.select_related("agent").get(structure_id=role.structure_id, pk=rendez_vous_id)
    reglage = reglage_de(role.structure_id)
    if r.site_id is None or not prend_place(
        file_ouverte_aux_rendez_vous=reglage.file_sur_rendez_vous, au_guichet=_au_guichet(r),
        recoit_elle_meme=r.agent_id == role.compte_id, du_jour=jour_local(r.debut) == jour_local(a),
    ):  # fmt: skip
        return None
    passage = Passage.objects.create(
        structure_id=role.structure_id, site_id=r.site_id, auteur_id=role.compte_id, demande_id=_demande(r),
        canal=Canal.GUICHET, concerne=Concerne.SOI, nom=r.nom, sur_rendez_vous=True, arrive_le=a,
    )  # fmt: skip
    ticket = mettre_en_attente(
        structure_id=role.structure_id, site_id=r.site_id, passage_id=passage.pk, prenom="", a=a,
        etape=etape_du_rendez_vous(s_entretient=_s_entretient(r, a), etapes=reglage.etapes),
        rendez_vous_le=r.debut, pour_id=r.agent_id, **_priorite(reglage, role),
    )  # fmt: skip
    noter_le_passage(passage, (), (), role=role, a=a)
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action="arriver",
        objet="PASSAGE", objet_id=passage.pk, a=a,
    )  # fmt: skip
    if r.personne_id is not None:
        rattacher(passage.pk, r.personne_id, role=role, a=a)
    return Place(ticket.pk, ticket.numero, r.agent.nom if r.agent else "")


@transaction.atomic
def ne_pas_venir(rendez_vous_id: int, *, role: Role, a: datetime) -> None:
    """Note that somebody did not come; a coming noted by mistake is undone with the number it gave.

    Raises:
        GesteImpossible: she was called meanwhile, or as ``agenda.noter_la_venue`` says.
        RendezVous.DoesNotExist: not visible to this role, or received elsewhere.
    """
    r = RendezVous.objects.select_for_update().get(structure_id=role.structure_id, pk=rendez_vous_id)
    if r.etat == EtatDeRendezVous.HONORE:
        donne = Passage.objects.select_for_update().filter(
            structure_id=role.structure_id, demande_id=_demande(r), annule_le=None
        )
        try:
            for passage in donne.order_by("pk"):
                effacer(passage, role=role, a=a)
        except AnnulationImpossible as refus:
            raise GesteImpossible(DEJA_RECUE) from refus
    agenda.noter_la_venue(rendez_vous_id, venue=False, role=role, a=a)


def _demande(r: RendezVous) -> UUID:
    """Return what names the passage of one coming: noted again after a mistake, it is another one."""
    return uuid5(r.demande_id, f"{r.fini_le}")


def _au_guichet(r: RendezVous) -> bool:
    ici = Site.objects.filter(lieux_de_la_structure(r.structure_id), rendez_vous=r)
    return r.canal == Canal.GUICHET and ici.exists()


def _s_entretient(r: RendezVous, a: datetime) -> bool:
    if r.agent_id is None:
        return True
    recoivent = [f.value for f in fonctions_qui(Droit.S_ENTRETENIR)]
    siennes = Mission.objects.en_cours(a).filter(structure_id=r.structure_id, compte_id=r.agent_id)
    return siennes.filter(fonction__in=recoivent).exists()


def _priorite(reglage: Reglage, role: Role) -> dict[str, Any]:
    if PRIORITE not in dict(reglage.priorites_admises):
        return {}
    return {
        "prioritaire": True, "priorite": PRIORITE, "priorite_mots": priorites()[PRIORITE].libelle,
        "priorite_par_id": role.compte_id,
    }  # fmt: skip
