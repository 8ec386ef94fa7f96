"""Hold, take, move, cancel an appointment, note who came. Races are lost in the database, and told in French."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.acces import plages_ouvertes, rendez_vous_visibles
from premier_accueil.agenda.actions.commun import CreneauPris, DemandeRefusee, noter_le_fait, tracer
from premier_accueil.agenda.models import PlageDAgenda, RendezVous
from premier_accueil.agenda.regles import (
    GESTES,
    Creneau,
    EtatDeRendezVous,
    GesteImpossible,
    ModeDeRappel,
    libres,
    reglages,
)
from premier_accueil.agenda.requetes import CreneauLibre, comptes_ecartes, creneaux_libres
from premier_accueil.agenda.requetes.libres import TACHE, occupations, perimees, places_prises, regles_de
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.actions import noter_un_contact
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import propre

VERROU_DES_CRENEAUX = 4214  # first key of the advisory lock that orders the bookings of one structure


@dataclass(frozen=True)
class Coordonnees:
    """What somebody may say when she takes an appointment; nothing is required.

    Attributes:
        nom: a name, if she gives one; unused when a file is attached.
        rappel: how she wants to be reminded.
        joindre: number or address for that reminder; unused when a file is attached: its contact rule serves.
        accord: she agrees that another structure reads her name and number.
    """

    nom: str = ""
    rappel: ModeDeRappel = ModeDeRappel.AUCUN
    joindre: str = ""
    accord: bool = False


@dataclass(frozen=True)
class Pris:
    """What was recorded; ``deja`` when a first click had done it."""

    rendez_vous_id: int
    deja: bool


@transaction.atomic
def tenir(
    plage_id: int, debut: datetime, *, demande_id: UUID, role: Role, a: datetime, personne_id: int | None = None
) -> Pris:
    """Hold a slot for some minutes (``donnees/agenda.yaml``), so that nobody else takes it meanwhile.

    A hold that ran out still stands as long as nobody wanted the slot.

    Args:
        plage_id: the rule, among those where this role may book.
        debut: beginning of the slot, aware.
        demande_id: drawn by the page; a second call with the same one holds nothing more, or moves the hold.
        role: who books.
        a: when.
        personne_id: a file of the role's own structure; none is needed.

    Raises:
        CreneauPris: it is taken or no longer offered; carries the next free ones.
        DemandeRefusee: a file cannot be attached to another structure's appointment, or must not meet this worker.
        PlageDAgenda.DoesNotExist, Personne.DoesNotExist: not open, or not visible, to this role.
    """
    plage = PlageDAgenda.objects.select_related("structure").get(plages_ouvertes(role, a), pk=plage_id)
    _verifier_la_personne(personne_id, plage, role, a)
    _attendre_son_tour(plage.structure_id)
    deja = RendezVous.objects.filter(reservee_par_id=role.structure_id, demande_id=demande_id).first()
    if deja is not None:
        if deja.etat != EtatDeRendezVous.TENU or (deja.plage_id, deja.debut) == (plage_id, debut):
            return Pris(deja.pk, deja=True)
        deja.delete()
    creneau = _encore_libre(plage, debut, a)
    if creneau is None:
        raise CreneauPris(_prochains(plage, role, a, personne_id))
    r = RendezVous(
        structure_id=plage.structure_id, reservee_par_id=role.structure_id, demande_id=demande_id, plage=plage,
        agent_id=plage.agent_id, site_id=plage.site_id, bureau=plage.bureau, canal=plage.canal, debut=creneau.debut,
        fin=creneau.fin, etat=EtatDeRendezVous.TENU, tient_jusqu_a=a + reglages().tenue, personne_id=personne_id,
        pris_par_id=role.compte_id, pris_le=a,
    )  # fmt: skip
    if not _poser(r, plage.capacite):
        raise CreneauPris(_prochains(plage, role, a, personne_id))
    tracer("tenir", "RENDEZ_VOUS", r.pk, role, a)
    return Pris(r.pk, deja=False)


@transaction.atomic
def prendre(
    plage_id: int, debut: datetime, coordonnees: Coordonnees, *, demande_id: UUID, role: Role, a: datetime,
    personne_id: int | None = None,
) -> Pris:  # fmt: skip
    """Take an appointment, held before under the same ``demande_id`` or not; checked again now.

    Args:
        coordonnees: what she says of herself, nothing if she prefers.
        plage_id, debut, demande_id, role, a, personne_id: see ``tenir``.

    Raises:
        CreneauPris, DemandeRefusee, PlageDAgenda.DoesNotExist, Personne.DoesNotExist: see ``tenir``.
    """
    tenu = tenir(plage_id, debut, demande_id=demande_id, role=role, a=a, personne_id=personne_id)
    r = RendezVous.objects.select_for_update(of=("self",)).select_related("structure").get(pk=tenu.rendez_vous_id)
    if r.etat != EtatDeRendezVous.TENU:
        return tenu
    dit = _verifier(coordonnees, r, role)
    r.nom, r.rappel, r.joindre, r.accord = dit.nom, dit.rappel, dit.joindre, dit.accord
    r.etat, r.tient_jusqu_a, r.pris_par_id, r.pris_le = EtatDeRendezVous.PRIS, None, role.compte_id, a
    r.save()
    tracer("prendre", "RENDEZ_VOUS", r.pk, role, a)
    noter_le_fait(r, "PRIS", a)
    return Pris(r.pk, deja=False)


@transaction.atomic
def deplacer(
    rendez_vous_id: int, plage_id: int, debut: datetime, *, demande_id: UUID, role: Role, a: datetime
) -> Pris:
    """Move an appointment: the new slot is taken and the old one freed, or nothing changes.

    Returns:
        the new appointment; it keeps what the person said.

    Raises:
        GesteImpossible: it is not to come any more.
        RendezVous.DoesNotExist: not visible to this role.
        CreneauPris, DemandeRefusee, PlageDAgenda.DoesNotExist: see ``tenir``.
    """
    deja = RendezVous.objects.filter(reservee_par_id=role.structure_id, demande_id=demande_id).exclude(etat="TENU")
    fait = deja.filter(remplace_id=rendez_vous_id).first()
    if fait is not None:
        return Pris(fait.pk, deja=True)
    ancien = _bouger("deplacer", rendez_vous_id, role, a)
    tenu = tenir(plage_id, debut, demande_id=demande_id, role=role, a=a, personne_id=ancien.personne_id)
    nouveau = RendezVous.objects.select_related("structure").get(pk=tenu.rendez_vous_id)
    autre = nouveau.structure_id != ancien.structure_id
    if autre and (ancien.nom or ancien.joindre):
        raise DemandeRefusee("creneau", "Une autre structure reçoit là : annulez, puis prenez un nouveau rendez-vous.")
    champs: dict[str, Any] = {
        c: getattr(ancien, c) for c in ("nom", "rappel", "joindre", "accord", "reservee_par_id")
    }
    RendezVous.objects.filter(pk=nouveau.pk).update(
        etat=EtatDeRendezVous.PRIS, tient_jusqu_a=None, remplace_id=ancien.pk, **champs
    )
    _oublier_comment_joindre(ancien)
    tracer("deplacer", "RENDEZ_VOUS", ancien.pk, role, a)
    noter_le_fait(nouveau, "DEPLACE", a)
    return Pris(nouveau.pk, deja=False)


@transaction.atomic
def annuler(rendez_vous_id: int, *, par_la_personne: bool, role: Role, a: datetime) -> None:
    """Cancel an appointment; its slot is free at once.

    Args:
        par_la_personne: she cancels; otherwise the service does.

    Raises:
        GesteImpossible: it is not to come any more.
        RendezVous.DoesNotExist: not visible to this role.
    """
    r = _bouger("annuler_personne" if par_la_personne else "annuler_service", rendez_vous_id, role, a)
    _oublier_comment_joindre(r)
    tracer("annuler", "RENDEZ_VOUS", r.pk, role, a)
    noter_le_fait(r, str(r.etat), a)


@transaction.atomic
def noter_la_venue(rendez_vous_id: int, *, venue: bool, role: Role, a: datetime) -> None:
    """Note whether she came; it may be corrected. Coming is a contact with the person: her file is kept longer.

    Raises:
        GesteImpossible: not yet its day, or it was moved or cancelled meanwhile.
        RendezVous.DoesNotExist: not visible to this role, or received elsewhere.
    """
    r = RendezVous.objects.get(rendez_vous_visibles(role, a), pk=rendez_vous_id, structure_id=role.structure_id)
    if jour_local(r.debut) > jour_local(a):
        raise GesteImpossible("Ce rendez-vous n'est pas encore passé : vous noterez la venue ce jour-là.")
    avant = r.etat
    r = _bouger("venue" if venue else "non_venue", rendez_vous_id, role, a)
    _oublier_comment_joindre(r)
    if venue and r.personne_id:
        noter_un_contact(r.personne_id, role=role, a=a)
    tracer("noter_la_venue", "RENDEZ_VOUS", r.pk, role, a)
    if avant != EtatDeRendezVous.PRIS:
        noter_le_fait(r, avant, a, annule=True)
    noter_le_fait(r, str(r.etat), a)


def _bouger(geste: str, rendez_vous_id: int, role: Role, a: datetime) -> RendezVous:
    """Make one gesture of the table, if the state still allows it; return the appointment as it now is."""
    regle = GESTES[geste]
    ceux = RendezVous.objects.filter(rendez_vous_visibles(role, a), pk=rendez_vous_id)
    # The key is read first: an UPDATE is written on its own row, without the joins that say who sees it.
    cle = ceux.values_list("pk", flat=True).get()
    bouge = RendezVous.objects.filter(pk=cle, etat__in=regle.depuis).update(etat=regle.vers, fini_le=a)
    r = RendezVous.objects.select_related("structure").get(pk=cle)
    if not bouge:
        raise GesteImpossible(f"Ce rendez-vous est déjà « {r.get_etat_display()} ». Rien n'a changé.")
    return r


def _oublier_comment_joindre(r: RendezVous) -> None:
    """Erase the number of a reminder that no longer has to leave."""
    if r.joindre:
        RendezVous.objects.filter(pk=r.pk).update(joindre="")


def _verifier_la_personne(personne_id: int | None, plage: PlageDAgenda, role: Role, a: datetime) -> None:
    if personne_id is None:
        return
    Personne.objects.values_list("pk").get(personnes_visibles(role, a), pk=personne_id)
    if plage.structure_id != role.structure_id:
        raise DemandeRefusee(
            "creneau",
            "Une autre structure reçoit là : son dossier reste chez vous. Prenez le rendez-vous sans dossier.",
        )
    if plage.agent_id in comptes_ecartes(personne_id):
        raise DemandeRefusee("creneau", "Ce collègue ne doit pas la recevoir : choisissez quelqu'un d'autre.")


def _verifier(dit: Coordonnees, r: RendezVous, role: Role) -> Coordonnees:
    ailleurs = r.structure_id != role.structure_id
    nom, joindre = propre(dit.nom)[:120], propre(dit.joindre)[:254]
    if r.personne_id or dit.rappel is ModeDeRappel.AUCUN:
        joindre = ""
    elif not joindre:
        raise DemandeRefusee("joindre", "Écrivez le numéro ou l'adresse du rappel, ou choisissez « Pas de rappel ».")
    if r.personne_id:
        nom = ""
    if ailleurs and (nom or joindre) and not dit.accord:
        raise DemandeRefusee(
            "accord",
            "Son nom et son numéro ne vont à l'autre structure qu'avec son accord. Sans accord, laissez-les vides.",
        )
    return replace(dit, nom=nom, joindre=joindre, accord=dit.accord and ailleurs)


def _attendre_son_tour(structure_id: int) -> None:
    """Order the bookings of one structure: without it two of them could wait for each other and both fail."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s, %s)", [VERROU_DES_CRENEAUX, structure_id])


def _encore_libre(plage: PlageDAgenda, debut: datetime, a: datetime) -> Creneau | None:
    jour = jour_local(debut)
    regles = regles_de([plage], jour, jour)
    trouves = libres(regles, occupations(regles, jour, jour, a), du=jour, au=jour, des=a) if regles else []
    return next((c for c in trouves if c.debut == debut), None)


def _prochains(plage: PlageDAgenda, role: Role, a: datetime, personne_id: int | None) -> tuple[CreneauLibre, ...]:
    """Offer what is nearest: the same rule first, else the same place."""
    return creneaux_libres(role, a, plage_id=plage.pk, limite=6, personne_id=personne_id) or creneaux_libres(
        role, a, site_id=plage.site_id, limite=6, personne_id=personne_id
    )


def _poser(r: RendezVous, capacite: int) -> bool:
    """Write the row at the first free place; ``False`` when the database says that somebody is there."""
    partagent = Q(plage_id=r.plage_id)
    partagent |= Q(agent_id=r.agent_id) if r.agent_id else Q()
    partagent |= Q(site_id=r.site_id, bureau=r.bureau) if r.bureau else Q()
    with situation(tache=TACHE):
        RendezVous.objects.filter(partagent, perimees(r.pris_le), debut__lt=r.fin, fin__gt=r.debut).delete()
    prises = places_prises(r.plage_id, r.debut, r.fin)
    r.place = next((n for n in range(1, capacite + 1) if n not in prises), 0)
    if not r.place:
        return False
    try:
        with transaction.atomic():
            r.save(force_insert=True)
    except IntegrityError:
        return False
    return True
