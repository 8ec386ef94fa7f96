"""Measured waits: what was not measured is counted apart, never as zero, and nobody is ranked (T17, T19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Aggregate, Avg, Count, DurationField, ExpressionWrapper, F, Min, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from premier_accueil.accueil.acces import lieux_de_la_structure
from premier_accueil.accueil.models import Attente, Passage
from premier_accueil.accueil.regles import (
    OUVERTS,
    RECUS,
    Canal,
    Etape,
    EtatDAttente,
    Fourchette,
    fourchette,
    nombres,
)
from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.faits.regles import montrable
from premier_accueil.socle.horloge import jour_local

DUREE = DurationField()
# As ``debut_de_l_attente`` says; who is called before the appointed hour did not wait at all.
ATTENTE = Greatest(
    ExpressionWrapper(F("appele_le") - Greatest("arrive_le", "rendez_vous_le"), output_field=DUREE),
    Value(timedelta(0), output_field=DUREE),
)
MESUREE = Q(appele_le__isnull=False, etat__in=RECUS)


class Centile(Aggregate):
    """``percentile_cont`` of PostgreSQL: the value under which this share of the waits lies."""

    function = "percentile_cont"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()

    def __init__(self, expression: Any, part: float, **suite: Any) -> None:
        super().__init__(expression, part=part, **suite)


@dataclass(frozen=True)
class Mesure:
    """The waits of one step in a period: minutes, and how each other ticket ended. ``None``: too few to be shown."""

    etape: str
    mesurees: int | None
    mediane: int | None
    p90: int | None
    moyenne: int | None
    partis: int | None
    reportes: int | None
    fermes: int | None
    passes: int | None
    en_cours: int | None
    sans_mesure: int | None


@dataclass(frozen=True)
class MesuresVues:
    """A period of a structure: its contacts, those whose wait nobody measured, and each step."""

    du: date
    au: date
    passages: int | None
    sans_ticket: int | None
    etapes: tuple[Mesure, ...]


@dataclass(frozen=True)
class ChargeDeSite:
    """How crowded a place is: who waits now, median waits in minutes today and usually at this hour."""

    site_id: int
    site: str
    attendent: int
    mediane_du_jour: int | None
    mediane_habituelle: int | None


def mesures(*, role: Role, du: date, au: date, site_id: int | None = None, a: datetime) -> MesuresVues:
    """Return the waits of the role's structure over some days: median, 90th percentile, mean, and who left.

    From arrival to the first step, then from the end of the first step to the second. Numbers under 10 are hidden from
    who does not see the structure's passages (T10).

    Args:
        role: who looks; nothing says which agent called.
        du: first day; ``au`` the last one.
        site_id: one place, or all of them.
        a: now: what still waits today has not ended.
    """
    lieu = {"site_id": site_id} if site_id else {}
    montrer = (lambda n: n) if peut(role.fonction, Droit.VOIR_LES_PASSAGES_DE_LA_STRUCTURE) else _si_montrable
    lignes = (
        Attente.objects.filter(structure_id=role.structure_id, jour__range=(du, au), **lieu)
        .values("etape").order_by("etape").annotate(**_comptes(jour_local(a)))
    )  # fmt: skip
    contacts = Passage.objects.filter(
        structure_id=role.structure_id, arrive_le__gte=_minuit(du), arrive_le__lt=_minuit(au + timedelta(days=1)),
        annule_le=None, canal__in=(Canal.GUICHET, Canal.BUS), **lieu,
    )  # fmt: skip
    return MesuresVues(
        du, au, montrer(contacts.count()), montrer(contacts.filter(attentes=None).count()),
        tuple(_mesure(ligne, montrer) for ligne in lignes),
    )  # fmt: skip


def _comptes(aujourd_hui: date) -> dict[str, Any]:
    finies = ~Q(etat__in=OUVERTS) | Q(jour__lt=aujourd_hui)
    return {
        "mesurees": Count("pk", filter=MESUREE),
        "mediane": Centile(ATTENTE, 0.5, filter=MESUREE),
        "p90": Centile(ATTENTE, 0.9, filter=MESUREE),
        "moyenne": Avg(ATTENTE, filter=MESUREE),
        "partis": Count("pk", filter=Q(etat=EtatDAttente.PARTI)),
        "reportes": Count("pk", filter=Q(etat=EtatDAttente.REPORTE)),
        "fermes": Count("pk", filter=Q(etat=EtatDAttente.FERME)),
        "passes": Count("pk", filter=Q(etat=EtatDAttente.PASSE)),
        "en_cours": Count("pk", filter=Q(etat=EtatDAttente.EN_ATTENTE, jour=aujourd_hui)),
        # Neither called nor said to have left: passed on unseen, or left open at the end of a former day.
        "sans_mesure": Count(
            "pk", filter=Q(appele_le=None, etat__in=(EtatDAttente.PASSE, EtatDAttente.EN_ATTENTE)) & finies
        ),
    }


def _mesure(ligne: Mapping[str, Any], montrer: Any) -> Mesure:
    assez = montrer(ligne["mesurees"]) is not None
    durees = {nom: _minutes(ligne[nom]) if assez else None for nom in ("mediane", "p90", "moyenne")}
    comptes = ("mesurees", "partis", "reportes", "fermes", "passes", "en_cours", "sans_mesure")
    return Mesure(etape=ligne["etape"], **durees, **{nom: montrer(ligne[nom]) for nom in comptes})


def _si_montrable(n: int) -> int | None:
    return n if montrable(n) else None


def estimation(*, structure_id: int, site_id: int, etape: Etape, a: datetime) -> Fourchette | None:
    """Return what to tell somebody who begins to wait, from the last measured waits of the same queue; one query.

    Priorities are left out: they would promise too little.

    Returns:
        ``None`` when too few were measured: nobody knows yet.
    """
    n = nombres()
    file = Attente.objects.filter(
        structure_id=structure_id, site_id=site_id, jour=jour_local(a), etape=etape, prioritaire=False
    )
    recents = MESUREE & Q(appele_le__gte=a - timedelta(minutes=n.estimation_minutes))
    vus = file.aggregate(
        attentes=ArrayAgg(ATTENTE, filter=recents, order_by=("-appele_le", "-pk"), default=Value([])),
        depuis=Min("arrive_le", filter=Q(etat=EtatDAttente.EN_ATTENTE)),
    )
    return fourchette(
        [duree.total_seconds() / 60 for duree in vus["attentes"][: n.estimation_derniers]],
        minimum=n.estimation_minimum,
        deja=(a - vus["depuis"]).total_seconds() / 60 if vus["depuis"] else 0,
    )


def charge_des_sites(structure_id: int, a: datetime) -> tuple[ChargeDeSite, ...]:
    """Return how crowded each place of a structure is, by name: for the offer of a nearer or less crowded one (S4).

    A median that rests on too few measured waits is ``None``: unknown, never zero. Two queries.

    Args:
        structure_id: the structure; the database must know it.
        a: now; "usually" is the same hour of the last four weeks.
    """
    n, jour, heure = nombres(), jour_local(a), timezone.localtime(a).hour
    arrivees = MESUREE & Q(suite_de=None)
    ce_jour = arrivees & Q(jour=jour)
    habitude = arrivees & Q(
        jour__lt=jour, arrive_le__hour__range=(heure - n.habitude_heures, heure + n.habitude_heures)
    )
    vues = {
        ligne["site_id"]: ligne
        for ligne in Attente.objects.filter(
            structure_id=structure_id, jour__range=(jour - timedelta(days=n.habitude_jours), jour)
        ).values("site_id").order_by("site_id").annotate(
            attendent=Count("pk", filter=Q(jour=jour, etat=EtatDAttente.EN_ATTENTE)),
            n_jour=Count("pk", filter=ce_jour), jour_median=Centile(ATTENTE, 0.5, filter=ce_jour),
            n_habitude=Count("pk", filter=habitude), habitude=Centile(ATTENTE, 0.5, filter=habitude),
        )
    }  # fmt: skip
    sites = Site.objects.filter(lieux_de_la_structure(structure_id)).order_by("nom", "pk").values_list("pk", "nom")
    return tuple(_charge(cle, nom, vues.get(cle), n.estimation_minimum) for cle, nom in sites)


def _charge(cle: int, nom: str, vue: Mapping[str, Any] | None, minimum: int) -> ChargeDeSite:
    if vue is None:
        return ChargeDeSite(cle, nom, 0, None, None)
    return ChargeDeSite(
        cle, nom, vue["attendent"],
        _minutes(vue["jour_median"]) if vue["n_jour"] >= minimum else None,
        _minutes(vue["habitude"]) if vue["n_habitude"] >= minimum else None,
    )  # fmt: skip


def _minutes(duree: timedelta | None) -> int | None:
    return None if duree is None else round(duree.total_seconds() / 60)


def _minuit(jour: date) -> datetime:
    return timezone.make_aware(datetime.combine(jour, time.min))
