"""The made-up year of ``bench/relais.py``: who takes part, what each does day by day, what became of every relay."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

GRAINE, DEPART, JOURS = 12, datetime(2026, 11, 23, 9, tzinfo=UTC), 365
EMETTEURS, TRAVAILLEURS, DESTINATAIRES = 8, 3, 40
TEMPERAMENTS = {"prompt": 40, "lent": 20, "oublieux": 15, "muet": 10, "ferme": 15}  # percent, a hypothesis
REFUS, ABSENCE = 0.12, 0.15  # hypotheses too: the share refused, the share of missed appointments


@dataclass
class Monde:
    """Who takes part.

    Attributes:
        roles: workers of each sender; the last one of each leaves half-way.
        eux: one worker of each recipient, or ``None``: it answers by link.
        temperament: of each recipient.
        liens: address and code of the relays sent by link.
    """

    roles: dict[int, list[Any]]
    eux: dict[int, Any]
    temperament: dict[int, str]
    personnes: dict[int, list[int]]
    liens: dict[int, tuple[str, str]] = field(default_factory=dict)
    gestes: dict[str, list[float]] = field(default_factory=dict)

    def chrono(self, nom: str, geste: Callable[[], Any]) -> Any:
        """Do something, and remember how long it took (milliseconds)."""
        debut = time.perf_counter()
        try:
            return geste()
        finally:
            self.gestes.setdefault(nom, []).append((time.perf_counter() - debut) * 1000)


def peupler(hasard: random.Random) -> Monde:
    """Make the houses, their people and their persons."""
    from premier_accueil.acteurs.models import Compte, Engagement, Mission, Structure
    from premier_accueil.acteurs.requetes import role_de
    from premier_accueil.personnes.models import Personne
    from premier_accueil.socle.cloison import situation

    def structure(nom: str, genre: str) -> int:
        cree = Structure.objects.create(
            source="bench", source_id=nom, nom=nom, cle=nom.lower(), genre=genre, departement="44"
        )
        Engagement.objects.create(structure=cree, debut=date(2025, 1, 1), texte="Charte")
        return cree.pk

    def role(chez: int, nom: str, fin: date | None = None) -> Any:
        compte = Compte.objects.create_user(nom, nom)
        Mission.objects.create(
            compte=compte, structure_id=chez, fonction="TRAVAIL_SOCIAL", profession="ASSISTANT_SOCIAL",
            statut_de_secret="SECRET_PROFESSIONNEL", texte="CASF_L411_3", debut=date(2025, 1, 1), fin=fin,
        )  # fmt: skip
        return role_de(compte, None, DEPART)

    depart = (DEPART + timedelta(days=JOURS // 2)).date()
    monde = Monde({}, {}, {}, {})
    for n in range(EMETTEURS):
        chez = structure(f"CCAS {n}", "CCAS")
        fins = [None] * (TRAVAILLEURS - 1) + [depart]
        monde.roles[chez] = [role(chez, f"ccas{n}-{k}", fin) for k, fin in enumerate(fins)]
        with situation(structure=chez):
            monde.personnes[chez] = [
                Personne.objects.create(
                    structure_id=chez, demande_id=UUID(int=hasard.getrandbits(128)), nom=f"Personne {k}",
                    cle=f"personne {k}", cree_le=DEPART, dernier_contact_le=DEPART,
                ).pk
                for k in range(200)
            ]  # fmt: skip
    # Each temper has its exact share: those who close are few, and must be there.
    tempers = [t for t, part in TEMPERAMENTS.items() for _ in range(round(part * DESTINATAIRES / 100))]
    hasard.shuffle(tempers)
    for n in range(DESTINATAIRES):
        chez = structure(f"EDS {n}", "EDS")
        monde.temperament[chez] = tempers[n]
        monde.eux[chez] = role(chez, f"eds{n}") if n % 3 else None
    return monde


@contextmanager
def chez(role: Any) -> Iterator[Any]:
    """Work as somebody, behind the walls."""
    from premier_accueil.socle.cloison import situation

    with situation(structure=role.structure_id, mission=role.mission_id):
        yield role


def envoyer(monde: Monde, hasard: random.Random, a: datetime) -> bool:
    """Send one relay, its date given on the telephone, or none; ``False`` when the recipient has closed."""
    from premier_accueil.acteurs.regles import Fonction
    from premier_accueil.partage.actions import PartageRefuse, Recueil
    from premier_accueil.partage.requetes import Souhait
    from premier_accueil.relais import actions
    from premier_accueil.relais.regles import Mode

    ici = hasard.choice(list(monde.roles))
    la = monde.roles[ici][: TRAVAILLEURS if (a - DEPART).days < JOURS // 2 else -1]
    vers = hasard.choice(list(monde.eux))
    textes = {"IDENTITE": "Ada", "BESOIN": "Ne peut plus payer son loyer", "NOTE": "À recevoir vite"}
    fonction = Fonction.TRAVAIL_SOCIAL if monde.eux[vers] else Fonction.PARTENAIRE
    souhait = Souhait(
        hasard.choice(monde.personnes[ici]), "LOGEMENT", "ACCORD", vers, fonction, textes, suivie_ensemble=True,
        jours=180,
    )  # fmt: skip
    oui = Recueil(
        UUID(int=hasard.getrandbits(128)), frozenset(textes), "ORAL_DEVANT", frozenset({"SEULE"}),
        demande_a_la_personne=True,
    )  # fmt: skip
    voulu = actions.RendezVousVoulu()
    if hasard.random() < 0.7:
        voulu = actions.RendezVousVoulu(
            Mode.TELEPHONE, quand=a + timedelta(days=hasard.randint(3, 30)), lieu="EDS", repondu_par="Secrétariat"
        )
    demande = actions.DemandeDeRelais(oui.demande_id, souhait, oui, voulu, lien=monde.eux[vers] is None)
    with chez(hasard.choice(la)) as role, suppress(PartageRefuse):  # the recipient has closed
        fait = monde.chrono("proposer", lambda: actions.proposer(demande, role=role, a=a))
        if fait.lien:
            monde.liens[fait.relais_id] = (fait.lien.adresse, fait.lien.code)
        return True
    return False


def repond_aujourd_hui(temperament: str, hasard: random.Random) -> bool:
    """Tell whether a recipient looks at a waiting relay this day."""
    return hasard.random() < {"prompt": 0.6, "lent": 0.12, "oublieux": 0.04, "muet": 0.0, "ferme": 0.3}[temperament]


def faire_chez_eux(monde: Monde, ligne: dict[str, Any], hasard: random.Random, a: datetime) -> None:
    """Let the recipient of one relay do, or not, what is up to it."""
    from premier_accueil.relais import actions
    from premier_accueil.relais.actions import Dit, Signature
    from premier_accueil.relais.regles import EtatDeRelais as E
    from premier_accueil.relais.regles import GesteImpossible

    if not repond_aujourd_hui(monde.temperament[ligne["destinataire_id"]], hasard):
        return
    etat, geste, dit = ligne["etat"], "", Dit()
    if etat in {E.ENVOYE, E.RELANCE, E.SANS_REPONSE}:
        tirage = hasard.random()
        geste, dit = ("refuser", Dit("COMPLET")) if tirage < REFUS else ("accepter", Dit())
        if tirage > 0.85:
            geste, dit = "proposer_une_date", Dit(quand=a + timedelta(days=hasard.randint(3, 20)), lieu="EDS")
    elif etat == E.ACCEPTE and (ligne["quand"] is None or ligne["quand"] <= a):
        geste = "constater_l_absence" if hasard.random() < ABSENCE else "rencontrer"
    elif etat == E.RENCONTRE:
        geste, dit = "rendre_compte", Dit(hasard.choice(["DROIT_OUVERT", "INFORMEE", "SANS_SUITE"]))
    if not geste:
        return
    role = monde.eux[ligne["destinataire_id"]]
    with suppress(GesteImpossible):
        if role is not None:
            with chez(role):
                monde.chrono(geste, lambda: actions.agir(ligne["pk"], geste, dit, role=role, a=a))
        else:
            adresse, code = monde.liens[ligne["pk"]]
            qui = Signature("Léa", "bénévole")
            monde.chrono(f"{geste} (lien)", lambda: actions.agir_par_le_lien(adresse, code, geste, dit, qui, a=a))


def faire_ici(monde: Monde, ligne: dict[str, Any], hasard: random.Random, a: datetime) -> None:
    """Let the sender do what is up to it, three days out of four."""
    from premier_accueil.relais import actions
    from premier_accueil.relais.actions import Dit
    from premier_accueil.relais.regles import EtatDeRelais as E
    from premier_accueil.relais.regles import GesteImpossible

    if hasard.random() < 0.25:
        return
    gestes = {
        E.AUTRE_DATE: [("convenir", Dit()), ("decliner_la_date", Dit())],
        E.NON_VENU: [("redonner_une_date", Dit(quand=a + timedelta(days=7), lieu="EDS")), ("clore", Dit("OUVERT"))],
        E.REFUSE: [("clore", Dit("OUVERT"))], E.ISSUE: [("clore", Dit("REPONDU"))],
        E.SANS_REPONSE: [("annuler", Dit("AUTREMENT"))],
    }  # fmt: skip
    choix = gestes.get(ligne["etat"])
    if choix and (ligne["etat"] != E.SANS_REPONSE or hasard.random() < 0.1):
        geste, dit = hasard.choice(choix)
        with suppress(GesteImpossible), chez(monde.roles[ligne["structure_id"]][0]) as role:
            monde.chrono(geste, lambda: actions.agir(ligne["pk"], geste, dit, role=role, a=a))


def simuler(monde: Monde, combien: int, hasard: random.Random) -> datetime:
    """Live the year day by day; return its last instant."""
    from premier_accueil.acteurs.models import Engagement
    from premier_accueil.relais import actions
    from premier_accueil.relais.models import Relais
    from premier_accueil.socle.cloison import situation

    fermetures = [s for s, t in monde.temperament.items() if t == "ferme"]
    bilan: Counter[str] = Counter()
    for jour in range(JOURS):
        a = DEPART + timedelta(days=jour)
        if a.weekday() > 4:
            continue
        if jour > JOURS // 2 and fermetures:
            Engagement.objects.filter(structure_id=fermetures.pop()).update(fin=a.date())
        for _ in range(round(combien * 7 / 5 / JOURS + hasard.random() - 0.5)):
            while not envoyer(monde, hasard, a):
                pass  # to somebody else, as one does
        for structure_id in monde.roles:
            bilan.update(actions.veiller(structure_id, a + timedelta(minutes=30)))
        with situation(tache="relais"):
            ouverts = list(Relais.objects.filter(fini_le=None).order_by("pk").values(
                "pk", "etat", "quand", "destinataire_id", "structure_id"
            ))  # fmt: skip
        for ligne in ouverts:
            faire_chez_eux(monde, ligne, hasard, a + timedelta(hours=1))
            faire_ici(monde, ligne, hasard, a + timedelta(hours=2))
        if jour % 30 == 0:
            print(f"  {a:%d/%m/%Y} : {len(ouverts)} relais ouverts", file=sys.stderr)
    print("veille : " + ", ".join(f"{n} {geste}" for geste, n in sorted(bilan.items())))
    return DEPART + timedelta(days=JOURS)


def compter(monde: Monde, a: datetime) -> int:
    """Print what became of every relay; return how many stand in nobody's list."""
    from premier_accueil.relais.models import PasDeRelais, Relais
    from premier_accueil.relais.requetes import Vue, partis
    from premier_accueil.socle.cloison import situation

    with situation(tache="relais"):
        etats = Counter(Relais.objects.order_by("pk").values_list("etat", flat=True))
        ouverts = set(Relais.objects.filter(fini_le=None).order_by("pk").values_list("pk", flat=True))
    vus: set[int] = set()
    for roles in monde.roles.values():
        for role in roles[:-1]:  # the last one has left: what was hers must stand in a colleague's list
            with chez(role):
                page, pages = 1, 1
                while page <= pages:
                    liste = partis(role, a, vue=Vue.EN_COURS, miens=True, page=page)
                    vus |= {ligne.id for ligne in liste.lignes}
                    page, pages = page + 1, liste.pages
    pas = 0
    for structure_id in monde.roles:
        with situation(structure=structure_id):
            pas += PasDeRelais.objects.count()
    total = etats.total()
    print(f"{total} relais, {pas} gestes ; " + ", ".join(f"{n} {etat}" for etat, n in etats.most_common()))
    orphelins = ouverts - vus
    print(f"finis : {total - len(ouverts)} ; dans la liste d'un agent présent : {len(ouverts & vus)}")
    print(f"orphelins : {len(orphelins)}")
    return len(orphelins)
