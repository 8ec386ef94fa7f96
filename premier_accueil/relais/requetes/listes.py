"""Work lists: what I sent, what my structure received, what the coordinator sees of what is late. Never a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.regles import nom_affiche
from premier_accueil.relais.acces import RIEN, relais_envoyes, relais_recus
from premier_accueil.relais.models import Relais
from premier_accueil.relais.regles import ETATS, FINIS, SANS_REPONSE, EtatDeRelais, GenreDeRelais, Partie
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

PAR_PAGE = 15
TACHE = "relais"
NOM = ("personne__prenom", "personne__nom", "personne__nom_usage", "personne__appellation")


class Vue(StrEnum):
    """Which relays a list shows."""

    A_FAIRE = "a-faire"
    EN_COURS = "en-cours"
    FINIS = "finis"


VUES = [(Vue.A_FAIRE, "À faire"), (Vue.EN_COURS, "En cours"), (Vue.FINIS, "Finis")]


@dataclass(frozen=True)
class LigneDeRelais:
    """One line of a list.

    Attributes:
        autre: the structure at the other end.
        personne: her name, for the sender only; empty for the recipient, who reads it in the relay.
        attend: what is waited, from ``agit``.
        a_vous: it is up to this side.
        sans_responsable: who answered for it has left: somebody takes it over.
    """

    id: int
    genre: str
    autre: str
    personne: str
    etat: str
    attend: str
    a_vous: bool
    echeance: datetime | None
    en_retard: bool
    quand: datetime | None
    responsable: str
    sans_responsable: bool


@dataclass(frozen=True)
class Liste:
    """One page of a list; ``total`` counts them all, ``en_retard`` those past their date."""

    lignes: tuple[LigneDeRelais, ...]
    total: int
    en_retard: int
    page: int
    pages: int


@dataclass(frozen=True)
class EnRetard:
    """A late relay as the coordinator sees it: two structures and days, never a person nor a key."""

    de: str
    vers: str
    etat: str
    agit: str
    attend: str
    envoye_le: date
    jours: int


def partis(
    role: Role, a: datetime, *, vue: Vue = Vue.A_FAIRE, miens: bool = False, page: int = 1,
    personne_id: int | None = None,
) -> Liste:  # fmt: skip
    """Return one page of what the role's structure sent, the nearest date first; journaled, four queries.

    What the other side owes and did not do in time is up to the sender too: responsible until the outcome (T12).

    Args:
        miens: only those that this account answers for, and those that nobody answers for any more.
        personne_id: only those of one person.
    """
    tous = Relais.objects.filter(relais_envoyes(role, a))
    if personne_id is not None:
        tous = tous.filter(personne_id=personne_id)
    if miens:
        tous = tous.filter(Q(suivi_par_id=role.compte_id) | ~Exists(_la("suivi_par_id", role, a)))
    vous = Q(etat__in=_agit(Partie.EXPEDITEUR)) | Q(fini_le=None, echeance__lte=a)
    return _liste(tous, vous, Partie.EXPEDITEUR, "destinataire__nom", "suivi_par", role, a, vue, page)


def recus(role: Role, a: datetime, *, vue: Vue = Vue.A_FAIRE, miens: bool = False, page: int = 1) -> Liste:
    """Return one page of what the role's function received, the nearest date first; journaled, four queries.

    Args:
        miens: only those that this account deals with, and those that nobody took yet.
    """
    tous = Relais.objects.filter(relais_recus(role))
    if miens:
        tous = tous.filter(Q(confie_a_id=role.compte_id) | Q(confie_a=None) | ~Exists(_la("confie_a_id", role, a)))
    vous = Q(etat__in=_agit(Partie.DESTINATAIRE))
    return _liste(tous, vous, Partie.DESTINATAIRE, "structure__nom", "confie_a", role, a, vue, page)


def en_retard_du_departement(role: Role, a: datetime) -> tuple[EnRetard, ...]:
    """Return the relays left without answer past their date in the coordinator's département; one query, no person."""
    if not peut(role.fonction, Droit.VOIR_LES_FAITS):
        return ()
    with situation(tache=TACHE):
        lignes = list(
            Relais.objects.filter(
                Q(etat=EtatDeRelais.SANS_REPONSE) | Q(etat__in=SANS_REPONSE, echeance__lte=a),
                structure__departement=role.departement, fini_le=None,
            )
            .order_by("envoye_le", "pk")
            .values_list("structure__nom", "destinataire__nom", "etat", "envoye_le")[:100]
        )  # fmt: skip
    return tuple(
        EnRetard(
            de, vers, ETATS[etat].libelle, _qui_agit(etat, de, vers), ETATS[etat].attend, jour_local(parti),
            (a - parti).days,
        )
        for de, vers, etat, parti in ((d, v, EtatDeRelais(e), p) for d, v, e, p in lignes if p is not None)
    )  # fmt: skip


def _qui_agit(etat: EtatDeRelais, de: str, vers: str) -> str:
    """Return which of the two something is awaited from; neither once it is up to the clock or the person."""
    return {Partie.EXPEDITEUR: de, Partie.DESTINATAIRE: vers}.get(ETATS[etat].agit or Partie.PERSONNE, "")


def sans_responsable(a: datetime) -> Q:
    """Return the open relays whose sender has no running mission any more."""
    la = Mission.objects.en_cours(a).filter(
        compte_id=OuterRef("suivi_par_id"), structure_id=OuterRef("structure_id"), compte__is_active=True
    )
    return Q(fini_le=None) & ~Q(Exists(la))


def _la(champ: str, role: Role, a: datetime) -> Any:
    return Mission.objects.en_cours(a).filter(
        compte_id=OuterRef(champ), structure_id=role.structure_id, compte__is_active=True
    )


def _agit(partie: Partie) -> list[str]:
    return [code.value for code, etat in ETATS.items() if etat.agit is partie]


def _liste(
    tous: Any, vous: Q, partie: Partie, autre: str, responsable: str, role: Role, a: datetime, vue: Vue, page: int
) -> Liste:  # fmt: skip
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE,
        action="relais_partis" if partie is Partie.EXPEDITEUR else "relais_recus", objet="RELAIS", objet_id=None, a=a,
    )  # fmt: skip
    vues = {Vue.A_FAIRE: vous & Q(fini_le=None), Vue.EN_COURS: Q(fini_le=None), Vue.FINIS: Q(etat__in=FINIS)}
    choisis = tous.filter(vues.get(vue, RIEN))
    ordre = ["-fini_le", "-pk"] if vue is Vue.FINIS else [F("echeance").asc(nulls_last=True), "pk"]
    nom = NOM if partie is Partie.EXPEDITEUR else ()
    lignes = choisis.order_by(*ordre).annotate(la=Exists(_la(f"{responsable}_id", role, a))).values(
        "pk", "genre", "etat", "echeance", "quand", f"{responsable}_id", f"{responsable}__nom", "la", autre, *nom
    )  # fmt: skip
    feuille = Paginator(lignes, PAR_PAGE).get_page(page)
    retard = tous.filter(fini_le=None, echeance__lte=a).count()
    return Liste(
        tuple(_ligne(x, partie, autre, responsable, nom, a) for x in feuille), feuille.paginator.count, retard,
        feuille.number, feuille.paginator.num_pages,
    )  # fmt: skip


def _ligne(
    x: dict[str, Any], partie: Partie, autre: str, responsable: str, nom: tuple[str, ...], a: datetime
) -> LigneDeRelais:
    etat = ETATS[EtatDeRelais(x["etat"])]
    responsable_id, echeance = x[f"{responsable}_id"], x["echeance"]
    return LigneDeRelais(
        id=x["pk"], genre="Interpellation" if x["genre"] == GenreDeRelais.INTERPELLATION else "Relais", autre=x[autre],
        personne=nom_affiche(**{c.removeprefix("personne__"): x[c] for c in nom}) if nom else "", etat=etat.libelle,
        attend=etat.attend, a_vous=etat.agit is partie, echeance=echeance,
        en_retard=etat.agit is not None and echeance is not None and echeance <= a, quand=x["quand"],
        responsable=x[f"{responsable}__nom"] or "", sans_responsable=bool(responsable_id) and not x["la"],
    )  # fmt: skip
