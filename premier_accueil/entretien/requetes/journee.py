"""The worker's day: who waits, who comes, who comes back, what was promised, what must be moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from premier_accueil.accueil.acces import attentes_visibles, bulletins_visibles
from premier_accueil.accueil.models import Attente, Besoin, BulletinDePieces, Passage
from premier_accueil.accueil.regles import Etape, EtatDAttente
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.models import Silence
from premier_accueil.agenda.regles import EtatDeRendezVous
from premier_accueil.agenda.requetes import (
    LigneDAgenda,
    ListeADeplacer,
    rendez_vous_a_deplacer,
    rendez_vous_du_jour,
)
from premier_accueil.entretien.acces import entretiens_visibles, passages_s_entretenir
from premier_accueil.entretien.models import Entretien
from premier_accueil.entretien.regles.domaines import reglages
from premier_accueil.entretien.regles.etats import EtatDEntretien
from premier_accueil.entretien.requetes.entretien import PromesseVue, promesses
from premier_accueil.entretien.requetes.suivi import PointVu, points_a_venir
from premier_accueil.personnes.regles import nom_affiche
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

MONTRES = 12
POINTS_A_L_AVANCE = timedelta(days=14)
PARTIES = ("prenom", "nom", "nom_usage", "appellation")
QUI = ("passage__nom", "passage__personne_id", *(f"passage__personne__{p}" for p in PARTIES))
PAPIERS_A_L_AVANCE = timedelta(days=7)


@dataclass(frozen=True)
class TicketAppele:
    """A ticket one called."""

    id: int
    numero: int
    prenom: str


@dataclass(frozen=True)
class EntretienEnCours:
    """An interview one has not closed, and with whom, if she said it."""

    id: int
    nom: str
    ouvert_le: datetime


@dataclass(frozen=True)
class PapiersAttendus:
    """A slip whose holder is due back soon, or was: what for, until when, how many papers are missing."""

    bulletin_id: int
    libelle: str
    nom: str
    echeance: date
    depasse: bool
    manquent: int


@dataclass(frozen=True)
class Journee:
    """What awaits a worker today, and what she promised this week."""

    rendez_vous: tuple[LigneDAgenda, ...]
    appeles: tuple[TicketAppele, ...]
    attendent: int
    en_cours: tuple[EntretienEnCours, ...]
    retours: tuple[tuple[int, datetime, str], ...]
    papiers: tuple[PapiersAttendus, ...]
    a_deplacer: ListeADeplacer
    points: tuple[PointVu, ...]
    promesses: tuple[PromesseVue, ...]
    besoins: int


def ma_journee(role: Role, a: datetime) -> Journee:
    """Return what awaits a worker; a fixed number of queries, journaled.

    Args:
        role: who looks; only what is hers, or waits for whoever is free.
        a: now; its day is read.
    """
    jour = jour_local(a)
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="ma_journee",
        objet="PASSAGE", objet_id=None, a=a,
    )  # fmt: skip
    tickets = Attente.objects.filter(attentes_visibles(role), jour=jour)
    appeles = tickets.filter(etat=EtatDAttente.APPELE, appele_par_id=role.compte_id).order_by("numero")
    miens = Entretien.objects.filter(
        entretiens_visibles(role, a), auteur_id=role.compte_id, etat=EtatDEntretien.EN_COURS.value
    ).order_by("-ouvert_le", "-pk")
    retours = Passage.objects.filter(
        passages_s_entretenir(role, a), retour_de__isnull=False, annule_le=None, clos_le=None,
        arrive_le__gte=a - timedelta(hours=12),
    ).order_by("arrive_le", "pk")  # fmt: skip
    ouverts = Besoin.objects.filter(
        passages_s_entretenir(role, a, "passage__"), etat=Besoin.Etat.OUVERT, passage__annule_le=None
    )
    du_jour = rendez_vous_du_jour(role, jour, a, compte_id=role.compte_id)
    return Journee(
        rendez_vous=tuple(r for r in du_jour if r.etat == EtatDeRendezVous.PRIS),
        appeles=tuple(TicketAppele(*t) for t in appeles.values_list("pk", "numero", "prenom")),
        attendent=tickets.filter(etape=Etape.TRAVAIL_SOCIAL, etat=EtatDAttente.EN_ATTENTE).count(),
        en_cours=tuple(
            EntretienEnCours(cle, _nom(*qui), ouvert_le)
            for cle, ouvert_le, *qui in miens.values_list("pk", "ouvert_le", *QUI)[:MONTRES]
        ),
        retours=tuple(retours.values_list("pk", "arrive_le", "nom")[:MONTRES]),
        papiers=_papiers(role, a), a_deplacer=rendez_vous_a_deplacer(role, a, compte_id=role.compte_id),
        points=points_a_venir(role, a, a + POINTS_A_L_AVANCE),
        promesses=promesses(role, a, jusqu_a=jour + timedelta(days=reglages().promesse_jours)),
        besoins=ouverts.count(),
    )  # fmt: skip


def _papiers(role: Role, a: datetime) -> tuple[PapiersAttendus, ...]:
    """Return the slips due back this week or late, of those she gave or whose interview she holds; one query.

    Nobody to whom one does not write any more is awaited (T20).
    """
    jour = jour_local(a)
    tues = Silence.objects.filter(structure_id=role.structure_id, leve_le=None).values("personne_id")
    siens = BulletinDePieces.objects.filter(
        bulletins_visibles(role), Q(auteur_id=role.compte_id) | Q(passage__entretien__auteur_id=role.compte_id),
        ~Q(passage__personne__isnull=False, passage__personne__in=tues), complet_le=None, expire_le__gte=a,
        echeance__lte=jour + PAPIERS_A_L_AVANCE,
    )  # fmt: skip
    lignes = siens.annotate(manquent=Count("pieces", filter=Q(pieces__vue_le=None))).order_by("echeance", "pk")
    return tuple(
        PapiersAttendus(cle, libelle, _nom(*qui), echeance, echeance < jour, manquent)
        for cle, libelle, echeance, manquent, *qui in lignes.values_list(
            "pk", "libelle", "echeance", "manquent", *QUI
        )[:MONTRES]
    )


def _nom(dit: str | None, personne_id: int | None, *parties: str) -> str:
    """Return the name of the file, else the one that was said at reception; empty when nobody said any."""
    if personne_id is None:
        return dit or ""
    return nom_affiche(**dict(zip(PARTIES, parties, strict=True)))
