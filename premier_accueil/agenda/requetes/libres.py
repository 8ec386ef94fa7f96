"""Which slots are free. What is taken is read under the task « agenda »: times only, never whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from django.db.models import Q

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.acces import plages_ouvertes
from premier_accueil.agenda.models import OCCUPE, ExceptionDAgenda, PlageDAgenda, RendezVous
from premier_accueil.agenda.regles import (
    Canal,
    Creneau,
    Exceptionnel,
    GenreDException,
    Occupation,
    Plage,
    Rythme,
    libres,
    parle,
    reglages,
)
from premier_accueil.agenda.requetes.vues import CreneauLibre
from premier_accueil.annuaire.requetes import Ici, jours_fermes
from premier_accueil.personnes.models import Blocage
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.horloge import jour_local

TACHE = "agenda"
PAR_PAGE = 12
PRES = timedelta(days=28)
JOUR = timedelta(days=1)


def creneaux_libres(
    role: Role, a: datetime, *, des: datetime | None = None, plage_id: int | None = None, service_id: int | None = None,
    site_id: int | None = None, compte_id: int | None = None, canal: Canal | None = None, langue: str = "",
    chez: int | None = None, personne_id: int | None = None, limite: int = PAR_PAGE,
) -> tuple[CreneauLibre, ...]:  # fmt: skip
    """Return the next free slots where this role may book, the earliest first; at most nine queries.

    Args:
        role: who books.
        a: now; a slot already begun is not offered.
        des: not before this instant (default: now).
        plage_id, service_id, site_id, compte_id, canal: only these.
        langue: only where this language is spoken.
        chez: only in this structure.
        personne_id: for whom; a worker she must not meet is left out (T4).
        limite: how many.
    """
    filtre = plages_ouvertes(role, a)
    voulus = {
        "pk": plage_id, "service_id": service_id, "site_id": site_id, "agent_id": compte_id,
        "canal": canal.value if canal else None, "structure_id": chez,
    }  # fmt: skip
    filtre &= Q(**{nom: valeur for nom, valeur in voulus.items() if valeur is not None})
    if personne_id is not None:
        filtre &= ~Q(agent_id__in=comptes_ecartes(personne_id))
    lignes = {
        p.pk: p
        for p in PlageDAgenda.objects.filter(filtre).select_related("agent", "site", "structure").order_by("pk")
        if not langue or parle(p.langue, langue)
    }
    depart = max(des or a, a)
    premier, dernier = jour_local(depart), jour_local(a) + reglages().horizon
    plages = regles_de(lignes.values(), premier, dernier)
    trouves: list[Creneau] = []
    for du, au in ((premier, premier + PRES), (premier + PRES + JOUR, dernier)):
        if len(trouves) < limite and plages and du <= au:
            trouves += libres(plages, occupations(plages, du, au, a), du=du, au=au, des=depart)
    return tuple(_libre(c, lignes[c.plage_id], role) for c in trouves[:limite])


def premier_creneau(
    role: Role, a: datetime, *, compte_id: int, des: datetime, personne_id: int | None = None
) -> CreneauLibre | None:
    """Return the first free slot of one worker on or after an instant; ``None`` when there is none in the horizon.

    A worker who has left has no slot: the caller tells the person before she comes for nothing (T11).
    """
    trouves = creneaux_libres(role, a, compte_id=compte_id, des=des, personne_id=personne_id, limite=1)
    return trouves[0] if trouves else None


def comptes_ecartes(personne_id: int) -> list[int]:
    """Return the accounts that must not meet a person of one's own structure (T4)."""
    return list(
        Blocage.objects.filter(personne_id=personne_id, leve_le=None).order_by("pk").values_list("compte_id", flat=True)
    )


def regles_de(lignes: Iterable[PlageDAgenda], du: date, au: date) -> list[Plage]:
    """Return rules as values, with their exceptions and what the directory closes; at most four queries.

    A worker's rule ends with his mission (T11).

    Args:
        lignes: the rules.
        du, au: local days between which closings count.
    """
    lignes = list(lignes)
    departs = _departs(lignes)
    exceptions: dict[int, list[Exceptionnel]] = {}
    for e in ExceptionDAgenda.objects.filter(plage__in=lignes).order_by("pk"):
        exceptions.setdefault(e.plage_id, []).append(
            Exceptionnel(GenreDException(e.genre), e.du, e.au, e.heure_debut, e.heure_fin)
        )
    fermes = fermetures_de(lignes, du, au)
    return [
        Plage(
            id=p.pk, rythme=Rythme(p.rythme), jours=tuple(p.jours), rang=p.rang, heure_debut=p.heure_debut,
            heure_fin=p.heure_fin, duree_minutes=p.duree_minutes, capacite=p.capacite, debut=p.debut,
            fin=min(filter(None, [p.fin, departs.get((p.agent_id, p.structure_id))]), default=None),
            feries=p.feries, agent_id=p.agent_id, bureau=_bureau(p.site_id, p.bureau),
            exceptions=tuple(exceptions.get(p.pk, ())), fermes=frozenset(fermes.get(p.pk, ())),
        )
        for p in lignes
        if p.agent_id is None or (p.agent_id, p.structure_id) in departs
    ]  # fmt: skip


def fermetures_de(lignes: Iterable[PlageDAgenda], du: date, au: date) -> Mapping[int, Mapping[date, str]]:
    """Return the days that the directory closes for each rule that has a place, with their reasons."""
    ou = {p.pk: Ici(p.site_id, p.structure_id, p.service_id) for p in lignes if p.site_id}
    fermes = jours_fermes(ou.values(), du, au) if ou else {}
    return {cle: fermes[ici] for cle, ici in ou.items()}


def _departs(lignes: Sequence[PlageDAgenda]) -> dict[tuple[int | None, int], date | None]:
    """Return the last day of each worker in each structure; ``None`` as long as no end is written."""
    missions = Mission.objects.filter(
        compte_id__in={p.agent_id for p in lignes if p.agent_id}, structure_id__in={p.structure_id for p in lignes},
        compte__is_active=True,
    ).values_list("compte_id", "structure_id", "fin")  # fmt: skip
    departs: dict[tuple[int | None, int], date | None] = {}
    for compte_id, structure_id, fin in missions.order_by("pk"):
        cle = (compte_id, structure_id)
        connu = departs.get(cle, fin)
        departs[cle] = max(connu, fin) if connu and fin else None
    return departs


def occupations(plages: Sequence[Plage], du: date, au: date, a: datetime) -> list[Occupation]:
    """Return what is taken by these rules, or by others that share a worker or a desk with them; one query.

    A hold that ran out takes nothing any more.
    """
    bureaux = {p.bureau for p in plages if p.bureau}
    ou = Q(plage_id__in=[p.id for p in plages]) | Q(agent_id__in=[p.agent_id for p in plages if p.agent_id])
    for site_id, bureau in sorted(bureaux):
        ou |= Q(site_id=site_id, bureau=bureau)
    # One day more on each side: local days begin before or after those of the clock of the world.
    bornes = (datetime(d.year, d.month, d.day, tzinfo=UTC) for d in (du - JOUR, au + 2 * JOUR))
    with situation(tache=TACHE):
        prises = list(
            RendezVous.objects.filter(ou, OCCUPE, debut__range=tuple(bornes))
            .exclude(perimees(a)).order_by("pk")
            .values_list("plage_id", "agent_id", "site_id", "bureau", "debut", "fin")
        )  # fmt: skip
    return [Occupation(p, ag, _bureau(site, bureau), debut, fin) for p, ag, site, bureau, debut, fin in prises]


def places_prises(plage_id: int, debut: datetime, fin: datetime) -> set[int]:
    """Return the places of a rule taken in a slot."""
    with situation(tache=TACHE):
        return set(
            RendezVous.objects.filter(OCCUPE, plage_id=plage_id, debut__lt=fin, fin__gt=debut)
            .order_by("pk").values_list("place", flat=True)
        )  # fmt: skip


def perimees(a: datetime) -> Q:
    """Return the holds that ran out."""
    return Q(etat="TENU", tient_jusqu_a__lte=a)


def code_du_creneau(plage_id: int, debut: datetime) -> str:
    """Return what names a slot in a form: ``12-20261123T0900``, in universal time."""
    return f"{plage_id}-{debut.astimezone(UTC):%Y%m%dT%H%M}"


def lire_creneau(code: str) -> tuple[int, datetime] | None:
    """Return the rule and the beginning that a code names; ``None`` when it names none."""
    plage, _, quand = code.partition("-")
    if not (plage.isascii() and plage.isdigit() and len(plage) < 16 and len(quand) == 13):
        return None
    try:
        return int(plage), datetime.strptime(quand, "%Y%m%dT%H%M").replace(tzinfo=UTC)
    except ValueError:
        return None


def _bureau(site_id: int | None, bureau: str) -> tuple[int, str] | None:
    return (site_id, bureau) if site_id and bureau else None


def _libre(c: Creneau, p: PlageDAgenda, role: Role) -> CreneauLibre:
    return CreneauLibre(
        code=code_du_creneau(p.pk, c.debut), plage_id=p.pk, debut=c.debut, fin=c.fin, restent=c.restent, nom=p.nom,
        agent_id=p.agent_id, agent=p.agent.nom if p.agent else "", site=p.site.nom if p.site else "",
        canal=p.get_canal_display(), langue=p.langue,
        chez="" if p.structure_id == role.structure_id else p.structure.nom,
    )  # fmt: skip
