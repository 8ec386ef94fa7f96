"""Receive somebody, answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from premier_accueil.accueil.acces import lieux_de_la_structure, passages_visibles
from premier_accueil.accueil.actions.attente import bouger, mettre_en_attente
from premier_accueil.accueil.actions.attente_suite import envoyer
from premier_accueil.accueil.actions.faits import noter_la_reponse, noter_le_passage
from premier_accueil.accueil.models import Attente, Besoin, Orientation, Passage, PremiereReponse
from premier_accueil.accueil.regles import OUVERTS, Canal, Concerne, Etape, EtatDAttente, Nature
from premier_accueil.accueil.requetes.reglage import reglage_de
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Service, Site
from premier_accueil.orientation.actions import noter_manque
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.texte import propre

LONGUEUR_DES_MOTS = 5_000


class DemandeRefusee(ValueError):
    """The request cannot be recorded; ``champ`` names the field, the message says what to do."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(message)
        self.champ = champ


@dataclass(frozen=True)
class Demande:
    """What the counter page sends. Only ``demande_id`` and ``nature`` are needed: nothing is asked of the person.

    Attributes:
        attente_id: the ticket that the agent called and receives now: its times join the passage.
        retour_de: the passage whose sheet the person showed.
        manque: nothing fits, for any of the needs.
        manques: the needs that have no answer here, when some others have one.
    """

    demande_id: UUID
    nature: Nature
    canal: Canal = Canal.GUICHET
    concerne: Concerne = Concerne.SOI
    commune_id: int | None = None
    deplacement: str = "voiture"
    nom: str = ""
    mots: str = ""
    besoins: tuple[str, ...] = ()
    services: tuple[tuple[int, tuple[str, ...]], ...] = field(default=())
    manque: bool = False
    manques: tuple[str, ...] = ()
    prenom_affiche: str = ""
    attente_id: int | None = None
    retour_de: int | None = None
    sur_rendez_vous: bool = False


@dataclass(frozen=True)
class Recu:
    """What was recorded: the passage, the ticket given if any, and whether it was already there (double click)."""

    passage_id: int
    ticket: int | None
    deja: bool


@transaction.atomic
def accueillir(demande: Demande, *, role: Role, site_id: int, a: datetime) -> Recu:
    """Record one contact, its needs, the first answer and, if chosen, the orientations, gap or ticket.

    Args:
        demande: what the page sends.
        role: who receives.
        site_id: where; a place where the role's structure receives.
        a: when.

    Returns:
        what was recorded; a second call with the same ``demande_id`` changes nothing.

    Raises:
        DemandeRefusee: a field must be corrected; nothing was recorded.
    """
    if not Site.objects.filter(lieux_de_la_structure(role.structure_id), pk=site_id).exists():
        raise DemandeRefusee("site", "Ce lieu n'est pas un lieu de votre structure.")
    if demande.nature is Nature.ORIENTATION and not (demande.services or demande.manque or demande.manques):
        raise DemandeRefusee("services", "Choisissez au moins un service, ou cochez « Rien ne convient ».")
    passe = demande.nature is Nature.TRAVAILLEUR_SOCIAL
    if passe:
        _refuser_sans_file(role)
    passage = Passage(
        structure_id=role.structure_id, site_id=site_id, auteur_id=role.compte_id, demande_id=demande.demande_id,
        canal=demande.canal, concerne=demande.concerne, commune_id=demande.commune_id,
        deplacement=demande.deplacement, nom=propre(demande.nom)[:120],
        mots=propre(demande.mots)[:LONGUEUR_DES_MOTS], arrive_le=a, clos_le=None if passe else a,
        retour_de_id=_retour(demande, role), sur_rendez_vous=demande.sur_rendez_vous,
    )  # fmt: skip
    try:
        with transaction.atomic():
            passage.save(force_insert=True)
    except IntegrityError:
        deja = _deja_recu(demande, role)
        if deja is None:
            raise
        return deja
    _noter_besoins(passage, demande, a)
    if demande.services:
        _orienter(passage, demande)
    _noter_reponse(passage, demande.nature, role, a)
    tenu = _joindre_le_ticket(passage, demande.attente_id, role, a)
    ticket = _mettre_en_attente(passage, tenu, demande.prenom_affiche, a) if passe else None
    noter_le_passage(passage, dict.fromkeys(demande.besoins), [demande.nature], role=role, a=a)
    _tracer("accueillir", passage, role, a)
    return Recu(passage.pk, ticket, deja=False)


def _refuser_sans_file(role: Role) -> None:
    if Etape.TRAVAIL_SOCIAL not in reglage_de(role.structure_id).etapes:
        raise DemandeRefusee("nature", "Ici une seule personne reçoit : choisissez la réponse que vous donnez.")


def _retour(demande: Demande, role: Role) -> int | None:
    """Return the passage that this one follows, if this role sees it: a sheet of elsewhere says nothing here (T7)."""
    if demande.retour_de is None:
        return None
    vus = Passage.objects.filter(passages_visibles(role), pk=demande.retour_de, annule_le=None)
    return vus.values_list("pk", flat=True).first()


def _joindre_le_ticket(passage: Passage, attente_id: int | None, role: Role, a: datetime) -> Attente | None:
    """Give the passage the times of the ticket that its author called; a ticket that moved meanwhile is left alone."""
    siens = Attente.objects.filter(
        structure_id=role.structure_id, site_id=passage.site_id, jour=jour_local(a), passage=None
    )
    appele = siens.filter(pk=attente_id, appele_par_id=role.compte_id).first() if attente_id else None
    if appele is None:
        return None
    siens.filter(numero=appele.numero).update(passage=passage)
    Attente.objects.filter(pk=appele.pk, etat=EtatDAttente.APPELE).update(etat=EtatDAttente.TERMINE, fini_le=a)
    bouger(passage.site_id)
    return _ticket_tenu(passage, a)


def _ticket_tenu(passage: Passage, a: datetime) -> Attente | None:
    """Return the last place of the number that the person holds today, if any."""
    return passage.attentes.filter(jour=jour_local(a), site_id=passage.site_id).order_by("-pk").first()


def _deja_recu(demande: Demande, role: Role) -> Recu | None:
    """Return what a first click recorded; ``None`` when the database refused for another reason."""
    passage = Passage.objects.filter(structure_id=role.structure_id, demande_id=demande.demande_id).first()
    if passage is None:
        return None
    ticket = passage.attentes.order_by("-pk").values_list("numero", flat=True).first()
    return Recu(passage.pk, ticket, deja=True)


@transaction.atomic
def repondre(passage_id: int, nature: Nature, *, role: Role, a: datetime) -> None:
    """Add a first answer to a passage, from whoever receives the person now; its needs are answered.

    Raises:
        Passage.DoesNotExist: not visible to this role, or undone.
    """
    passage = Passage.objects.select_for_update().get(passages_visibles(role), pk=passage_id, annule_le=None)
    _donner_reponse(passage, nature, role, a, "")
    _tracer("repondre", passage, role, a)


@transaction.atomic
def passer_au_travailleur_social(passage_id: int, *, prenom: str, role: Role, a: datetime) -> int:
    """Pass the person to the social worker of the site, whose screen shows it at once.

    Args:
        passage_id: the passage.
        prenom: first name to call, only if the person prefers it to a number.
        role: who passes.
        a: when.

    Returns:
        the ticket number.

    Raises:
        Passage.DoesNotExist: not visible to this role, or undone.
        DemandeRefusee: only one person receives in this structure.
    """
    passage = Passage.objects.select_for_update().get(passages_visibles(role), pk=passage_id, annule_le=None)
    _refuser_sans_file(role)
    ticket = _donner_reponse(passage, Nature.TRAVAILLEUR_SOCIAL, role, a, prenom)
    _tracer("passer_au_travailleur_social", passage, role, a)
    return ticket or 0


def _noter_besoins(passage: Passage, demande: Demande, a: datetime) -> None:
    codes = list(dict.fromkeys(demande.besoins)) or ([""] if demande.mots.strip() else [])
    etat = Besoin.Etat.REPONDU if passage.clos_le else Besoin.Etat.OUVERT
    Besoin.objects.bulk_create(
        Besoin(structure_id=passage.structure_id, passage=passage, thematique=code, etat=etat) for code in codes
    )
    sans_reponse = codes or [""] if demande.manque else demande.manques
    for code in dict.fromkeys(sans_reponse):
        noter_manque(thematique=code, commune_id=demande.commune_id, a=a)


def _orienter(passage: Passage, demande: Demande) -> None:
    raisons = dict(demande.services)
    noms = dict(Service.objects.filter(pk__in=raisons).values_list("pk", "nom"))
    Orientation.objects.bulk_create(
        Orientation(
            structure_id=passage.structure_id, passage=passage, service_id=cle, nom_service=noms[cle],
            raisons=[r[:200] for r in pourquoi], rang=rang,
        )
        for rang, (cle, pourquoi) in enumerate(demande.services)
        if cle in noms
    )  # fmt: skip


def _donner_reponse(passage: Passage, nature: Nature, role: Role, a: datetime, prenom: str) -> int | None:
    """Answer a passage that is locked: one ticket at most waits for it."""
    if not passage.reponses.filter(nature=nature).exists():
        _noter_reponse(passage, nature, role, a)
        noter_la_reponse(passage, nature, role=role, a=a)
    if nature is Nature.TRAVAILLEUR_SOCIAL:
        return _mettre_en_attente(passage, _ticket_tenu(passage, a), prenom, a)
    passage.besoins.filter(etat=Besoin.Etat.OUVERT).update(etat=Besoin.Etat.REPONDU)
    Passage.objects.filter(pk=passage.pk, clos_le=None).update(clos_le=a)
    return None


def _noter_reponse(passage: Passage, nature: Nature, role: Role, a: datetime) -> None:
    PremiereReponse(
        structure_id=passage.structure_id, passage=passage, nature=nature, auteur_id=role.compte_id, donnee_le=a
    ).save(force_insert=True)


def _mettre_en_attente(passage: Passage, tenu: Attente | None, prenom: str, a: datetime) -> int:
    """Return the number that waits for the social worker: the one the person holds already, else a new one."""
    if tenu is None:
        tenu = mettre_en_attente(
            structure_id=passage.structure_id, site_id=passage.site_id, passage_id=passage.pk,
            etape=Etape.TRAVAIL_SOCIAL, prenom=prenom, a=a,
        )  # fmt: skip
    elif tenu.etape != Etape.TRAVAIL_SOCIAL or tenu.etat not in OUVERTS:
        tenu = envoyer(tenu, Etape.TRAVAIL_SOCIAL, prenom=propre(prenom)[:40], a=a)
    return tenu.numero


def _tracer(action: str, passage: Passage, role: Role, a: datetime) -> None:
    noter(
        structure_id=passage.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action,
        objet="PASSAGE", objet_id=passage.pk, a=a,
    )  # fmt: skip
