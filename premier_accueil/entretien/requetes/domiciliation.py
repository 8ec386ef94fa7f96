"""The domiciliations of a structure: what must be answered, what runs, whom one has not heard of for three months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import Max, OuterRef, Q
from django.db.models.functions import JSONObject

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.models import Silence
from premier_accueil.entretien.acces import domiciliations_visibles
from premier_accueil.entretien.models import AbsenceExpliquee, Domiciliation
from premier_accueil.entretien.regles.domiciliation import (
    DOMICILIATION,
    ETATS_DE_DOMICILIATION,
    GESTES_DE_DOMICILIATION,
    EtatDeDomiciliation,
    Excuse,
    sans_nouvelles_depuis,
)
from premier_accueil.personnes.regles import nom_affiche
from premier_accueil.socle.etats import possibles
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

PAR_PAGE = 15
CONTACTS_VUS = 12
TROIS_MOIS_AU_MOINS = 89  # days in the three shortest months that follow one another
E = EtatDeDomiciliation
ETATS = dict(ETATS_DE_DOMICILIATION)
MOTIFS = {**DOMICILIATION.refus, **DOMICILIATION.fins}
NOM = ("personne__prenom", "personne__nom", "personne__nom_usage", "personne__appellation")


class Vue(StrEnum):
    """Which domiciliations a list shows."""

    A_REPONDRE = "a-repondre"
    EN_COURS = "en-cours"
    SANS_NOUVELLES = "sans-nouvelles"


VUES = [(Vue.A_REPONDRE, "À répondre"), (Vue.EN_COURS, "En cours"), (Vue.SANS_NOUVELLES, "Sans nouvelles")]


@dataclass(frozen=True)
class LigneDeDomiciliation:
    """One line of a list; ``depuis`` is since when nothing was heard, beyond three months."""

    id: int
    personne_id: int
    personne: str
    etat: str
    reponse_due: date
    en_retard: bool
    fin: date | None
    a_renouveler: bool
    dernier_contact: date | None
    depuis: date | None
    excuses: tuple[str, ...]


@dataclass(frozen=True)
class Domiciliations:
    """One page of a list; ``total`` counts them all."""

    lignes: tuple[LigneDeDomiciliation, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class DomiciliationVue:
    """One domiciliation, whole."""

    id: int
    version: int
    personne_id: int
    personne: str
    etat: str
    accordee: bool
    en_examen: bool
    demandee_le: date
    reponse_due: date
    en_retard: bool
    entretien_le: date | None
    debut: date | None
    fin: date | None
    a_renouveler: bool
    suivante_id: int | None
    renouvelle: bool
    decidee_le: date | None
    decidee_par: str
    motif: str
    decision_ecrite: str
    orientee_vers: str
    soutien: str
    soutien_dit: str
    referent_souhaite: str
    depuis: date | None
    contacts: tuple[tuple[date, str, str], ...]
    absences: tuple[tuple[str, date, date | None], ...]
    gestes: tuple[tuple[str, str], ...]


def domiciliations(role: Role, a: datetime, *, vue: Vue = Vue.A_REPONDRE, page: int = 1) -> Domiciliations:
    """Return one page of the structure's domiciliations.

    The third view proposes those whose holder gave no sign for more than three months, with dates and explained
    absences: somebody reads, then decides. It leaves out persons for whom reminders are silenced (T20).

    Args:
        role: who looks.
        a: now.
        vue: which of them.
        page: from 1.
    """
    jour = jour_local(a)
    choisies = Domiciliation.objects.filter(domiciliations_visibles(role, a)).annotate(vue_le=Max("contacts__jour"))
    if vue is Vue.A_REPONDRE:
        lues: Any = _valeurs(choisies.filter(etat__in=[E.DEMANDEE.value, E.ENTRETIEN.value]), "reponse_due")
    elif vue is Vue.EN_COURS:
        lues = _valeurs(choisies.filter(etat=E.ACCORDEE.value), "fin")
    else:
        tues = Silence.objects.filter(structure_id=role.structure_id, leve_le=None).values("personne_id")
        avant = jour - timedelta(days=TROIS_MOIS_AU_MOINS)
        longues = choisies.filter(etat=E.ACCORDEE.value, debut__lte=avant).filter(
            Q(vue_le=None) | Q(vue_le__lte=avant)
        )  # fmt: skip
        lues = [v for v in _valeurs(longues.exclude(personne_id__in=tues), "debut") if _depuis(v, jour)]
    suite = Paginator(lues, PAR_PAGE).get_page(page)
    _lue("domiciliations", None, role, a)
    lignes = tuple(_ligne(v, jour) for v in suite.object_list)
    return Domiciliations(lignes, suite.paginator.count, suite.number, suite.paginator.num_pages)


def domiciliation_vue(domiciliation_id: int, role: Role, a: datetime) -> DomiciliationVue:
    """Return one domiciliation with its register of contacts; four queries.

    Raises:
        Domiciliation.DoesNotExist: unknown, or not visible to this role: one answer for both (T7).
    """
    d = Domiciliation.objects.select_related("personne", "decidee_par", "suivante").defer("personne__adresse").get(
        domiciliations_visibles(role, a), pk=domiciliation_id
    )  # fmt: skip
    _lue("domiciliation_vue", d.pk, role, a)
    jour, p, etat = jour_local(a), d.personne, EtatDeDomiciliation(d.etat)
    contacts = list(d.contacts.order_by("-jour", "-pk").values_list("jour", "genre", "compte__nom")[:CONTACTS_VUS])
    absences = list(d.absences.order_by("-du", "-pk").values_list("motif", "du", "au"))
    suivante = getattr(d, "suivante", None)
    accordee = etat is E.ACCORDEE
    return DomiciliationVue(
        id=d.pk, version=d.version, personne_id=p.pk, etat=ETATS[etat.value], accordee=accordee,
        personne=nom_affiche(prenom=p.prenom, nom=p.nom, nom_usage=p.nom_usage, appellation=p.appellation),
        en_examen=etat in {E.DEMANDEE, E.ENTRETIEN}, demandee_le=d.demandee_le, reponse_due=d.reponse_due,
        en_retard=d.reponse_due < jour, entretien_le=d.entretien_le, debut=d.debut, fin=d.fin,
        a_renouveler=accordee and suivante is None and _bientot(d.fin, jour),
        suivante_id=suivante.pk if suivante else None, renouvelle=d.precedente_id is not None,
        decidee_le=d.decidee_le, decidee_par=d.decidee_par.nom if d.decidee_par else "",
        motif=MOTIFS.get(d.motif, ""), decision_ecrite=d.decision_ecrite, orientee_vers=d.orientee_vers,
        soutien=d.soutien, soutien_dit=DOMICILIATION.soutien[d.soutien], referent_souhaite=d.referent_souhaite,
        depuis=sans_nouvelles_depuis(
            d.debut or d.demandee_le, [c[0] for c in contacts], [Excuse(*x) for x in absences], jour
        ) if accordee else None,
        contacts=tuple((quand, DOMICILIATION.contacts[genre], qui) for quand, genre, qui in contacts),
        absences=tuple((DOMICILIATION.excuses[motif], du, au) for motif, du, au in absences),
        gestes=tuple(possibles(GESTES_DE_DOMICILIATION, etat)),
    )  # fmt: skip


def domiciliations_de(personne_id: int, role: Role, a: datetime) -> tuple[LigneDeDomiciliation, ...]:
    """Return the domiciliations of a person, the latest first."""
    siennes = Domiciliation.objects.filter(domiciliations_visibles(role, a), personne_id=personne_id)
    _lue("domiciliations_de", None, role, a)
    jour = jour_local(a)
    return tuple(_ligne(v, jour) for v in _valeurs(siennes.annotate(vue_le=Max("contacts__jour")), "-demandee_le"))


def _valeurs(choisies: Any, ordre: str) -> Any:
    excuses = AbsenceExpliquee.objects.filter(domiciliation=OuterRef("pk")).order_by("du", "pk")
    return choisies.annotate(
        les_excuses=ArraySubquery(excuses.values(json=JSONObject(motif="motif", du="du", au="au")))
    ).order_by(ordre, "pk").values(
        "pk", "personne_id", *NOM, "etat", "demandee_le", "reponse_due", "debut", "fin", "vue_le", "les_excuses"
    )  # fmt: skip


def _excuses(v: dict[str, Any]) -> list[Excuse]:
    return [
        Excuse(x["motif"], date.fromisoformat(x["du"]), date.fromisoformat(x["au"]) if x["au"] else None)
        for x in v["les_excuses"]
    ]


def _depuis(v: dict[str, Any], jour: date) -> date | None:
    contacts = [v["vue_le"]] if v["vue_le"] else []
    return sans_nouvelles_depuis(v["debut"] or v["demandee_le"], contacts, _excuses(v), jour)


def _bientot(fin: date | None, jour: date) -> bool:
    return fin is not None and fin - timedelta(days=DOMICILIATION.rappel_jours) <= jour


def _ligne(v: dict[str, Any], jour: date) -> LigneDeDomiciliation:
    accordee = v["etat"] == E.ACCORDEE
    return LigneDeDomiciliation(
        id=v["pk"], personne_id=v["personne_id"], etat=ETATS[v["etat"]], reponse_due=v["reponse_due"],
        personne=nom_affiche(**{c.removeprefix("personne__"): v[c] for c in NOM}),
        en_retard=v["etat"] in {E.DEMANDEE, E.ENTRETIEN} and v["reponse_due"] < jour, fin=v["fin"],
        a_renouveler=accordee and _bientot(v["fin"], jour), dernier_contact=v["vue_le"],
        depuis=_depuis(v, jour) if accordee else None,
        excuses=tuple(DOMICILIATION.excuses[x.motif] for x in _excuses(v)),
    )  # fmt: skip


def _lue(action: str, objet_id: int | None, role: Role, a: datetime) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action=action,
        objet="DOMICILIATION", objet_id=objet_id, a=a,
    )  # fmt: skip
