"""The worker's day: who waits, who comes, who comes back, what was promised, what must be moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from premier_accueil.accueil.acces import attentes_visibles, bulletins_visibles
from premier_accueil.accueil.models import Attente, Besoin, BulletinDePieces, Passage
from premier_accueil.accueil.regles import Etape, EtatDAttente
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.models import RendezVous, Silence
from premier_accueil.agenda.requetes import ListeADeplacer, rendez_vous_a_deplacer
from premier_accueil.entretien.acces import entretiens_visibles, passages_s_entretenir
from premier_accueil.entretien.models import Entretien
from premier_accueil.entretien.regles.domaines import reglages
from premier_accueil.entretien.regles.etats import EtatDEntretien
from premier_accueil.entretien.requetes.entretien import PromesseVue, promesses
from premier_accueil.entretien.requetes.suivi import PointVu, points_a_venir
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

MONTRES = 12
POINTS_A_L_AVANCE = timedelta(days=14)
PAPIERS_A_L_AVANCE = timedelta(days=7)


@dataclass(frozen=True)
class TicketAppele:
    """A ticket one called."""

    id: int
    numero: int
    prenom: str


@dataclass(frozen=True)
class EntretienEnCours:
    """An interview one has not closed."""

    id: int
    nom: str
    ouvert_le: datetime


@dataclass(frozen=True)
class RendezVousDuJour:
    """An appointment of the day with oneself; the name the person gave, or none."""

    debut: datetime
    canal: str
    nom: str
    personne_id: int | None


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

    rendez_vous: tuple[RendezVousDuJour, ...]
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
    tickets = Attente.objects.filter(attentes_visibles(role), jour=jour, etape=Etape.TRAVAIL_SOCIAL)
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
    return Journee(
        rendez_vous=_rendez_vous(role, a),
        appeles=tuple(TicketAppele(*t) for t in appeles.values_list("pk", "numero", "prenom")),
        attendent=tickets.filter(etat=EtatDAttente.EN_ATTENTE).count(),
        en_cours=tuple(
            EntretienEnCours(*e) for e in miens.values_list("pk", "passage__nom", "ouvert_le")[:MONTRES]
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
        PapiersAttendus(cle, libelle, nom or "", echeance, echeance < jour, manquent)
        for cle, libelle, nom, echeance, manquent in lignes.values_list(
            "pk", "libelle", "passage__nom", "echeance", "manquent"
        )[:MONTRES]
    )


def _rendez_vous(role: Role, a: datetime) -> tuple[RendezVousDuJour, ...]:
    jour = jour_local(a)
    siens = RendezVous.objects.filter(
        structure_id=role.structure_id, agent_id=role.compte_id, etat="PRIS",
        debut__gte=a - timedelta(hours=24), debut__lt=a + timedelta(hours=24),
    ).order_by("debut", "pk")  # fmt: skip
    lignes = [r for r in siens.values_list("debut", "canal", "nom", "personne_id") if jour_local(r[0]) == jour]
    mots = dict(RendezVous._meta.get_field("canal").choices or [])
    return tuple(
        RendezVousDuJour(debut, str(mots.get(canal, canal)), nom, personne) for debut, canal, nom, personne in lignes
    )
