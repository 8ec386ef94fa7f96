"""The queue and the waiting-room screen: numbers and first names, never a reason."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from premier_accueil.accueil.acces import attentes_visibles
from premier_accueil.accueil.models import Attente, EcranDAttente
from premier_accueil.accueil.regles import GESTES, Etape, EtatDAttente
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle.horloge import jour_local

DERNIERS_APPELS = 5
BILLETS_MONTRES = 20  # those next in line; the rest is a number, and the page stays fast


@dataclass(frozen=True)
class TicketVu:
    """One ticket of the day, as an agent sees it."""

    id: int
    numero: int
    prenom: str
    etape: str
    etat: str
    etat_libelle: str
    minutes: int
    passage_id: int | None
    appele_par: str
    bureau: str
    a_moi: bool
    gestes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FileVue:
    """The queue of one site for one desk."""

    etape: str
    en_attente: tuple[TicketVu, ...]
    appeles: tuple[TicketVu, ...]
    partis: tuple[TicketVu, ...]
    derriere: int
    recus: int

    @property
    def attendent(self) -> int:
        """Return how many wait, shown or not."""
        return len(self.en_attente) + self.derriere


@dataclass(frozen=True)
class EcranVu:
    """What the waiting room sees."""

    appeles: tuple[dict[str, Any], ...]
    en_attente: int

    def en_json(self) -> dict[str, Any]:
        """Return plain values for the screen's script."""
        return asdict(self)


def file_du_site(*, site_id: int, etape: Etape, role: Role, a: datetime) -> FileVue:
    """Return today's queue of a site for one desk; one query.

    Args:
        site_id: the site.
        etape: reception or social worker.
        role: who looks; sees only its own structure.
        a: now, for the waits in minutes.
    """
    lignes = (
        Attente.objects.filter(attentes_visibles(role), site_id=site_id, jour=jour_local(a), etape=etape)
        .select_related("appele_par")
        .order_by("numero")
    )
    par_etat: dict[str, list[Attente]] = {etat: [] for etat in EtatDAttente}
    for ligne in lignes:
        par_etat[ligne.etat].append(ligne)

    def en(etat: EtatDAttente) -> tuple[TicketVu, ...]:
        return tuple(_ticket(t, role, a) for t in par_etat[etat][:BILLETS_MONTRES])

    return FileVue(
        etape=etape,
        en_attente=en(EtatDAttente.EN_ATTENTE),
        appeles=en(EtatDAttente.APPELE),
        partis=en(EtatDAttente.PARTI),
        derriere=max(0, len(par_etat[EtatDAttente.EN_ATTENTE]) - BILLETS_MONTRES),
        recus=len(par_etat[EtatDAttente.TERMINE]),
    )


def _ticket(t: Attente, role: Role, a: datetime) -> TicketVu:
    etat = EtatDAttente(t.etat)
    a_moi = t.appele_par_id == role.compte_id
    gestes = tuple(
        (nom, g.libelle) for nom, g in GESTES.items()
        if etat in g.depuis and (etat is not EtatDAttente.APPELE or a_moi or nom == "partir")
    )  # fmt: skip
    fin = t.appele_le or t.fini_le or a
    return TicketVu(
        id=t.pk, numero=t.numero, prenom=t.prenom, etape=t.etape, etat=t.etat, etat_libelle=t.get_etat_display(),
        minutes=max(0, int((fin - t.arrive_le).total_seconds() // 60)), passage_id=t.passage_id,
        appele_par=t.appele_par.nom if t.appele_par else "", bureau=t.bureau, a_moi=a_moi, gestes=gestes,
    )  # fmt: skip


def ecran_par_jeton(jeton: str) -> tuple[int, str] | None:
    """Return the site (key, name) whose waiting-room link holds this token, or ``None``."""
    ecran = EcranDAttente.objects.select_related("site").filter(jeton=jeton).first()
    return (ecran.site_id, ecran.site.nom) if ecran else None


def etat_de_l_ecran(site_id: int, a: datetime) -> EcranVu:
    """Return the last called tickets (number or first name, desk) and how many wait; two queries."""
    du_jour = Attente.objects.filter(site_id=site_id, jour=jour_local(a))
    appeles = du_jour.filter(etat=EtatDAttente.APPELE).order_by("-appele_le", "-numero")[:DERNIERS_APPELS]
    return EcranVu(
        appeles=tuple({"numero": t.numero, "prenom": t.prenom, "bureau": t.bureau} for t in appeles),
        en_attente=du_jour.filter(etat=EtatDAttente.EN_ATTENTE).count(),
    )
