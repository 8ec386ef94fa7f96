"""The démarches of a structure: what falls due, and one whole, with its clock explained. Every reading is journaled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Q

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.models import Silence
from premier_accueil.entretien.acces import demarches_visibles
from premier_accueil.entretien.models import Demarche
from premier_accueil.entretien.regles.demarches import (
    DECISIONS,
    ETATS_DE_DEMARCHE,
    GENRES_D_ECHEANCE,
    GESTES_DE_DEMARCHE,
    PROCEDURES,
    QUI_AGIT,
    VOUS,
    Dossier,
    EtatDeDemarche,
    Procedure,
    expliquer,
    regles,
)
from premier_accueil.personnes.regles import nom_affiche
from premier_accueil.socle.etats import possibles
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

PAR_PAGE = 15
E = EtatDeDemarche
ETATS, DITES, ECHEANCES = dict(ETATS_DE_DEMARCHE), dict(DECISIONS), dict(GENRES_D_ECHEANCE)
CHAMPS = tuple(Dossier.__dataclass_fields__)
NOM = ("personne__prenom", "personne__nom", "personne__nom_usage", "personne__appellation")


class Vue(StrEnum):
    """Which démarches a list shows."""

    SEMAINE = "semaine"
    EN_COURS = "en-cours"
    CLOSES = "closes"


VUES = [(Vue.SEMAINE, "À faire cette semaine"), (Vue.EN_COURS, "En cours"), (Vue.CLOSES, "Closes")]


@dataclass(frozen=True)
class LigneDeDemarche:
    """One line of a list."""

    id: int
    procedure: str
    objet: str
    personne_id: int | None
    personne: str
    etat: str
    echeance: date | None
    echeance_genre: str
    passee: bool
    a_prevenir: bool
    qui_agit: str
    suivie_par: str


@dataclass(frozen=True)
class Demarches:
    """One page of a list; ``total`` counts them all."""

    lignes: tuple[LigneDeDemarche, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class GesteFait:
    """A line of the history."""

    libelle: str
    jour: date
    compte: str
    fait_le: datetime
    annule: bool


@dataclass(frozen=True)
class DemarcheVue:
    """One démarche, whole, for who follows it.

    Attributes:
        phrases, pour_elle: its clock in plain French, for who follows it and for the person.
        gestes: what may be done now: name and words of the button.
        annuler: words of the gesture that may be undone, empty when none.
        sources: what the texts say and where, and whether a jurist must still confirm.
    """

    id: int
    version: int
    procedure: Procedure
    objet: str
    dossier: Dossier
    etat: str
    decision: str
    personne_id: int | None
    personne: str
    passage_id: int | None
    suivie_par: str
    a_moi: bool
    qui_agit: str
    phrases: tuple[str, ...]
    pour_elle: tuple[str, ...]
    gestes: tuple[tuple[str, str], ...]
    annuler: str
    historique: tuple[GesteFait, ...]
    sources: tuple[tuple[str, str, bool], ...]


def demarches(role: Role, a: datetime, *, vue: Vue = Vue.SEMAINE, miennes: bool = False, page: int = 1) -> Demarches:
    """Return one page of the structure's démarches, the nearest date first; three queries.

    The week's list holds what falls due, what is still to be filed and who must be told of a forwarding. It keeps
    quiet about persons for whom every reminder is silenced — death, prison, hospital (T20).

    Args:
        role: who looks.
        a: now.
        vue: which of them.
        miennes: only those that this account follows.
        page: from 1.
    """
    jour = jour_local(a)
    choisies = Demarche.objects.filter(demarches_visibles(role, a), _de_la_vue(vue, jour))
    if vue is Vue.SEMAINE:
        tues = Silence.objects.filter(structure_id=role.structure_id, leve_le=None).values("personne_id")
        choisies = choisies.exclude(personne_id__isnull=False, personne_id__in=tues)
    if miennes:
        choisies = choisies.filter(suivie_par_id=role.compte_id)
    ordre = ["-modifiee_le"] if vue is Vue.CLOSES else [F("echeance").asc(nulls_last=True), "ouverte_le"]
    suite = Paginator(_colonnes(choisies.order_by(*ordre, "pk")), PAR_PAGE).get_page(page)
    lignes = tuple(_ligne(v, jour) for v in suite.object_list)
    _lue("demarches", None, role, a)
    return Demarches(lignes, suite.paginator.count, suite.number, suite.paginator.num_pages)


def demarches_de(personne_id: int, role: Role, a: datetime) -> tuple[LigneDeDemarche, ...]:
    """Return the démarches of a person, the latest first."""
    siennes = Demarche.objects.filter(demarches_visibles(role, a), personne_id=personne_id)
    _lue("demarches_de", None, role, a)
    jour = jour_local(a)
    return tuple(_ligne(v, jour) for v in _colonnes(siennes.order_by("-ouverte_le", "-pk")))


def demarche_vue(demarche_id: int, role: Role, a: datetime) -> DemarcheVue:
    """Return one démarche; three queries.

    Raises:
        Demarche.DoesNotExist: unknown, or not visible to this role: one answer for both (T7).
    """
    d = Demarche.objects.select_related("personne", "suivie_par").defer("personne__adresse").get(
        demarches_visibles(role, a), pk=demarche_id
    )  # fmt: skip
    _lue("demarche_vue", d.pk, role, a)
    dossier = Dossier(**{c: getattr(d, c) for c in CHAMPS})
    jour, etat, procedure = jour_local(a), EtatDeDemarche(d.etat), PROCEDURES[d.procedure]
    historique = list(d.gestes.select_related("compte").order_by("-fait_le", "-pk"))
    p = d.personne
    return DemarcheVue(
        id=d.pk, version=d.version, procedure=procedure, objet=d.objet, dossier=dossier, etat=ETATS[etat],
        decision=DITES.get(d.decision, ""), personne_id=d.personne_id, passage_id=d.passage_id,
        personne=nom_affiche(prenom=p.prenom, nom=p.nom, nom_usage=p.nom_usage, appellation=p.appellation) if p else "",
        suivie_par=d.suivie_par.nom, a_moi=d.suivie_par_id == role.compte_id, qui_agit=QUI_AGIT[etat],
        phrases=expliquer(dossier, jour), pour_elle=expliquer(dossier, jour, VOUS),
        gestes=tuple(_possibles(dossier, etat, jour)),
        annuler=_annulable(historique, role, a), sources=_sources(dossier, procedure),
        historique=tuple(
            GesteFait(GESTES_DE_DEMARCHE[g.geste].libelle, g.jour, g.compte.nom, g.fait_le, g.annule_le is not None)
            for g in historique
        ),
    )  # fmt: skip


def _de_la_vue(vue: Vue, jour: date) -> Q:
    if vue is Vue.CLOSES:
        return Q(etat=E.CLOSE.value)
    if vue is Vue.EN_COURS:
        return ~Q(etat=E.CLOSE.value)
    bientot = jour + timedelta(days=regles.veille_jours)
    a_prevenir = Q(competente_le__isnull=False, prevenue=False)
    return ~Q(etat=E.CLOSE.value) & (Q(echeance__lte=bientot) | Q(etat=E.A_DEPOSER.value) | a_prevenir)


def _colonnes(choisies: Any) -> Any:
    return choisies.values(
        "pk", "procedure", "objet", "personne_id", *NOM, "etat", "echeance", "echeance_genre", "competente_le",
        "prevenue", "suivie_par__nom",
    )  # fmt: skip


def _ligne(v: dict[str, Any], jour: date) -> LigneDeDemarche:
    return LigneDeDemarche(
        id=v["pk"], procedure=PROCEDURES[v["procedure"]].libelle, objet=v["objet"], personne_id=v["personne_id"],
        personne=nom_affiche(**{c.removeprefix("personne__"): v[c] for c in NOM}) if v["personne_id"] else "",
        etat=ETATS[v["etat"]], echeance=v["echeance"], echeance_genre=ECHEANCES.get(v["echeance_genre"], ""),
        passee=bool(v["echeance"] and v["echeance"] < jour), a_prevenir=bool(v["competente_le"]) and not v["prevenue"],
        qui_agit=QUI_AGIT[EtatDeDemarche(v["etat"])], suivie_par=v["suivie_par__nom"],
    )  # fmt: skip


def _possibles(d: Dossier, etat: EtatDeDemarche, jour: date) -> list[tuple[str, str]]:
    """Return the gestures of the table that make sense today: no silence before its day, nothing to contest in vain."""
    silence = d.silence_le
    inutiles = set()
    if silence is None or silence > jour:
        inutiles.add("constater_le_silence")
    if not d.contestable:
        inutiles.add("contester")
    return [(nom, libelle) for nom, libelle in possibles(GESTES_DE_DEMARCHE, etat) if nom not in inutiles]


def _annulable(historique: list[Any], role: Role, a: datetime) -> str:
    dernier = next((g for g in historique if g.annule_le is None), None)
    if dernier is None:
        return ""
    if dernier.geste == "clore":
        return "Rouvrir cette démarche"
    recent = a - dernier.fait_le <= timedelta(minutes=regles.annulation_minutes)
    if dernier.compte_id != role.compte_id or not recent:
        return ""
    return f"Annuler : {GESTES_DE_DEMARCHE[dernier.geste].libelle.lower()}"


def _sources(d: Dossier, p: Procedure) -> tuple[tuple[str, str, bool], ...]:
    dites = [("La démarche", p.source, p.a_confirmer), ("Le silence", p.silence.source, p.silence.a_confirmer)]
    dites += [(f"Contester : {v.aupres}", v.source, v.a_confirmer) for v in p.recours]
    if d.pieces:
        dites.append(("Les pièces", regles.textes["pieces" if d.pieces_indispensables else "piece_ordinaire"], False))
    if d.competente:
        dites.append(("La transmission", f"{regles.textes['mauvaise_porte']} {regles.textes['depart']}", False))
    return tuple(dites)


def _lue(action: str, objet_id: int | None, role: Role, a: datetime) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action=action,
        objet="DEMARCHE", objet_id=objet_id, a=a,
    )  # fmt: skip
