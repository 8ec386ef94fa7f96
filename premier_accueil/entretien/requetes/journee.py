"""The worker's day, and a person's path: titles and dates, one's own structure only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from premier_accueil.accueil.acces import attentes_visibles
from premier_accueil.accueil.models import Attente, Besoin, Passage
from premier_accueil.accueil.regles import Etape, EtatDAttente
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.models import RendezVous
from premier_accueil.entretien.acces import entretiens_visibles, passages_s_entretenir
from premier_accueil.entretien.models import Entretien, PointDeSituation, ReferentDeParcours
from premier_accueil.entretien.regles.domaines import reglages
from premier_accueil.entretien.regles.etats import EtatDEntretien
from premier_accueil.entretien.requetes.entretien import MOTS, PromesseVue, promesses
from premier_accueil.entretien.requetes.suivi import PointVu, points_a_venir
from premier_accueil.partage.models import Accord
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.requetes import entete
from premier_accueil.personnes.requetes.vues import Entete
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

MONTRES = 12
POINTS_A_L_AVANCE = timedelta(days=14)
DANS_LE_PARCOURS = 60


@dataclass(frozen=True)
class TicketAppele:
    """A ticket one called, with its passage when reception wrote one."""

    numero: int
    prenom: str
    passage_id: int | None


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
class Journee:
    """What awaits a worker today, and what she promised this week."""

    rendez_vous: tuple[RendezVousDuJour, ...]
    appeles: tuple[TicketAppele, ...]
    attendent: int
    en_cours: tuple[EntretienEnCours, ...]
    retours: tuple[tuple[int, datetime, str], ...]
    points: tuple[PointVu, ...]
    promesses: tuple[PromesseVue, ...]
    besoins: int


@dataclass(frozen=True)
class Evenement:
    """One line of a person's path: a date and a title, and where it opens."""

    quand: datetime
    titre: str
    detail: str
    vue: str
    cle: int | None


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
        appeles=tuple(TicketAppele(*t) for t in appeles.values_list("numero", "prenom", "passage_id")),
        attendent=tickets.filter(etat=EtatDAttente.EN_ATTENTE).count(),
        en_cours=tuple(
            EntretienEnCours(*e) for e in miens.values_list("pk", "passage__nom", "ouvert_le")[:MONTRES]
        ),
        retours=tuple(retours.values_list("pk", "arrive_le", "nom")[:MONTRES]),
        points=points_a_venir(role, a, a + POINTS_A_L_AVANCE),
        promesses=promesses(role, a, jusqu_a=jour + timedelta(days=reglages().promesse_jours)),
        besoins=ouverts.count(),
    )  # fmt: skip


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


def parcours(personne_id: int, *, role: Role, a: datetime) -> tuple[Entete, tuple[Evenement, ...]]:
    """Return a person's path in one's own structure: titles and dates, latest first; journaled.

    Args:
        personne_id: her key.
        role: who looks.
        a: when.

    Returns:
        who she is, and at most sixty events.

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    qui = entete(personne_id, role, a)
    siens = {"structure_id": role.structure_id, "personne_id": personne_id}
    visible = personnes_visibles(role, a, "personne__")
    passages = Passage.objects.filter(visible, **siens, annule_le=None).order_by("-arrive_le", "-pk")
    entretiens = Entretien.objects.filter(
        entretiens_visibles(role, a), passage__personne_id=personne_id
    ).select_related("auteur").order_by("-ouvert_le", "-pk")  # fmt: skip
    points = PointDeSituation.objects.filter(
        entretiens_visibles(role, a, "entretien__"), entretien__passage__personne_id=personne_id
    ).select_related("compte").order_by("-prevu_le", "-pk")  # fmt: skip
    rendez_vous = RendezVous.objects.filter(visible, **siens).order_by("-debut", "-pk")
    accords = Accord.objects.filter(visible, **siens).select_related("destinataire").order_by("-cree_le", "-pk")
    referents = ReferentDeParcours.objects.filter(visible, **siens).select_related("compte").order_by("-debut", "-pk")
    n = DANS_LE_PARCOURS
    tous = [
        *(Evenement(p.arrive_le, "Passage", MOTS[p.canal], "guichet:passage", p.pk) for p in passages[:n]),
        *(
            Evenement(e.ouvert_le, "Entretien", f"avec {e.auteur.nom}, {e.get_etat_display()}", "entretien:un", e.pk)
            for e in entretiens[:n]
        ),
        *(
            Evenement(p.prevu_le, "Point de situation", f"avec {p.compte.nom}, {p.get_etat_display()}",
                      "entretien:point", p.pk)
            for p in points[:n]
        ),
        *(Evenement(r.debut, "Rendez-vous", r.get_etat_display().lower(), "", None) for r in rendez_vous[:n]),
        *(_accords(accords[:n])),
        *(
            Evenement(r.debut, "Référent nommé", r.compte.nom, "entretien:referent", r.pk if r.fin is None else None)
            for r in referents[:n]
        ),
    ]  # fmt: skip
    return qui, tuple(sorted(tous, key=lambda e: e.quand, reverse=True)[:n])


def _accords(accords: Iterable[Accord]) -> list[Evenement]:
    dits = []
    for accord in accords:
        vers = f"pour {accord.destinataire.nom}"
        dits.append(Evenement(accord.cree_le, "Accord donné et communication", vers, "partage:accord", accord.pk))
        if accord.retire_le:
            dits.append(Evenement(accord.retire_le, "Accord retiré", vers, "partage:accord", accord.pk))
    return dits
