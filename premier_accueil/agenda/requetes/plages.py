"""Read the rules of a structure, in words, with what must be moved when a day closes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import RECOIVENT
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.acces import plages_ouvertes, plages_tenues
from premier_accueil.agenda.models import ExceptionDAgenda, PlageDAgenda
from premier_accueil.agenda.regles import JOURS, OUVERTURES, RANGS, Rythme, langues_dites
from premier_accueil.agenda.requetes.deplacer import a_deplacer
from premier_accueil.agenda.requetes.vues import ExceptionVue, PlageVue
from premier_accueil.annuaire.models import Service, Site
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import cle as sans_accent

Choix = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class OuPrendre:
    """Rules, places and workers among which one books, each as (key, name); and the languages spoken there."""

    plages: Choix
    lieux: Choix
    agents: Choix
    langues: tuple[str, ...]


def plages_de_la_structure(role: Role, a: datetime) -> tuple[PlageVue, ...]:
    """Return the rules of the role's structure that are not over, by name; nine queries at most."""
    jour = jour_local(a)
    lignes = PlageDAgenda.objects.filter(plages_tenues(role)).filter(Q(fin=None) | Q(fin__gte=jour))
    return _vues(lignes.select_related("agent", "site", "service").order_by("nom", "pk"), role, a)


def plage_vue(plage_id: int, role: Role, a: datetime) -> PlageVue:
    """Return one rule.

    Raises:
        PlageDAgenda.DoesNotExist: not one that this role writes.
    """
    lignes = PlageDAgenda.objects.filter(plages_tenues(role), pk=plage_id)
    vues = _vues(lignes.select_related("agent", "site", "service").order_by("pk"), role, a)
    if not vues:
        raise PlageDAgenda.DoesNotExist
    return vues[0]


def collegues_qui_recoivent(role: Role, a: datetime) -> Choix:
    """Return the accounts of the structure that receive: (key, name), by name; one query."""
    missions = Mission.objects.en_cours(a).filter(
        structure_id=role.structure_id, fonction__in=[f.value for f in RECOIVENT], compte__is_active=True
    )  # fmt: skip
    return tuple(missions.order_by("compte__nom", "compte_id").values_list("compte_id", "compte__nom").distinct())


def lieux_de(role: Role) -> Choix:
    """Return the places where the structure may receive: its own, and those that host its services; one query."""
    lieux = Site.objects.filter(
        Q(structure_id=role.structure_id) | Q(permanences__service__structure_id=role.structure_id)
    )
    return tuple(lieux.order_by("nom", "pk").values_list("pk", "nom").distinct())


def services_de(role: Role) -> Choix:
    """Return the services of the structure: (key, name), by name; one query."""
    services = Service.objects.filter(structure_id=role.structure_id)
    return tuple(services.order_by("nom", "pk").values_list("pk", "nom"))


def ou_prendre(role: Role, a: datetime) -> OuPrendre:
    """Return what one may choose among where this role may book; one query."""
    jour = jour_local(a)
    lignes = (
        PlageDAgenda.objects.filter(plages_ouvertes(role, a)).filter(Q(fin=None) | Q(fin__gte=jour))
        .order_by("nom", "pk")
        .values_list(
            "pk", "nom", "structure_id", "structure__nom", "site_id", "site__nom", "agent_id", "agent__nom", "langue"
        )
    )  # fmt: skip
    plages: dict[int, str] = {}
    lieux: dict[int, str] = {}
    agents: dict[int, str] = {}
    langues: dict[str, str] = {}
    for plage, nom, chez, structure, site, lieu, agent, qui, langue in lignes:
        plages[plage] = nom if chez == role.structure_id else f"{nom} – {structure}"
        lieux |= {site: lieu} if site else {}
        agents |= {agent: qui} if agent and chez == role.structure_id else {}
        for dite in langues_dites(langue):
            langues.setdefault(sans_accent(dite), dite)
    par_nom = [tuple(sorted(d.items(), key=lambda c: c[1])) for d in (plages, lieux, agents)]
    return OuPrendre(par_nom[0], par_nom[1], par_nom[2], tuple(sorted(langues.values(), key=sans_accent)))


def quand_en_mots(p: PlageDAgenda) -> str:
    """Return the days and hours of a rule as one says them."""
    jours = [dict(JOURS)[j] for j in sorted(p.jours)]
    dits = " et ".join(filter(None, [", ".join(jours[:-1]), jours[-1]]))
    if p.rythme == Rythme.MOIS:
        tete = f"{dict(RANGS)[p.rang]} {dits} du mois".capitalize()
    else:
        tete = dits.capitalize() + (", une semaine sur deux" if p.rythme == Rythme.QUINZAINE else "")
    return f"{tete}, {p.heure_debut:%H:%M} – {p.heure_fin:%H:%M}"


def _vues(lignes: Iterable[PlageDAgenda], role: Role, a: datetime) -> tuple[PlageVue, ...]:
    plages = list(lignes)
    presents = {cle for cle, _ in collegues_qui_recoivent(role, a)}
    exceptions: dict[int, list[ExceptionVue]] = defaultdict(list)
    jour = jour_local(a)
    for e in ExceptionDAgenda.objects.filter(plage__in=plages, au__gte=jour).order_by("du", "pk"):
        exceptions[e.plage_id].append(
            ExceptionVue(e.pk, e.genre, e.get_genre_display(), e.du, e.au, e.heure_debut, e.heure_fin)
        )
    deplacer: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for cle, plage_id, debut, _ in a_deplacer(plages, a):
        deplacer[plage_id].append((cle, debut))
    ouvertures: dict[str, str] = dict(OUVERTURES)
    return tuple(
        PlageVue(
            id=p.pk, version=p.version, nom=p.nom, quand=quand_en_mots(p), agent=p.agent.nom if p.agent else "",
            agent_parti=p.agent_id is not None and p.agent_id not in presents, site=p.site.nom if p.site else "",
            service=p.service.nom if p.service else "", canal=p.get_canal_display(), langue=p.langue,
            duree=p.duree_minutes, capacite=p.capacite, debut=p.debut, fin=p.fin,
            ouverte_a=tuple(str(ouvertures[o]) for o in p.ouverte_a), exceptions=tuple(exceptions[p.pk]),
            a_deplacer=tuple(deplacer[p.pk]),
        )
        for p in plages
    )  # fmt: skip
