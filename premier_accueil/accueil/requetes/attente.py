"""The queue and the waiting-room screen: numbers and first names, never a reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Window
from django.db.models.functions import RowNumber

from premier_accueil.accueil.acces import attentes_visibles
from premier_accueil.accueil.models import Attente, EcranDAttente
from premier_accueil.accueil.regles import ETATS_D_ATTENTE, GESTES, Etape, EtatDAttente
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle.etats import possibles
from premier_accueil.socle.horloge import jour_local

DERNIERS_APPELS = 5
LIBELLES_DES_ETATS: dict[str, str] = dict(ETATS_D_ATTENTE)
BILLETS_MONTRES = 12  # those next in line; the rest is a number, and the page stays fast


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
    du_jour = Attente.objects.filter(attentes_visibles(role), site_id=site_id, jour=jour_local(a), etape=etape)
    combien = Counter[str]()
    billets: dict[str, list[TicketVu]] = defaultdict(list)
    for ligne in (
        du_jour.annotate(rang=Window(RowNumber(), partition_by="etat", order_by="numero"),
                         total=Window(Count("*"), partition_by="etat"))
        .filter(rang__lte=BILLETS_MONTRES).order_by("numero")
        .values("pk", "numero", "prenom", "etat", "arrive_le", "appele_le", "fini_le", "passage_id", "appele_par_id",
                "appele_par__nom", "bureau", "total")
    ):  # fmt: skip
        combien[ligne["etat"]] = ligne["total"]
        billets[ligne["etat"]].append(_ticket(ligne, etape, role, a))
    return FileVue(
        etape=etape,
        en_attente=tuple(billets[EtatDAttente.EN_ATTENTE]),
        appeles=tuple(billets[EtatDAttente.APPELE]),
        partis=tuple(billets[EtatDAttente.PARTI]),
        derriere=max(0, combien[EtatDAttente.EN_ATTENTE] - BILLETS_MONTRES),
        recus=combien[EtatDAttente.TERMINE],
    )


def _ticket(t: Mapping[str, Any], etape: Etape, role: Role, a: datetime) -> TicketVu:
    etat = EtatDAttente(t["etat"])
    a_moi = t["appele_par_id"] == role.compte_id
    gestes = tuple(
        (nom, libelle) for nom, libelle in possibles(GESTES, etat)
        if etat is not EtatDAttente.APPELE or a_moi or nom == "partir"
    )  # fmt: skip
    fin = t["appele_le"] or t["fini_le"] or a
    return TicketVu(
        id=t["pk"], numero=t["numero"], prenom=t["prenom"], etape=etape, etat=etat,
        etat_libelle=LIBELLES_DES_ETATS[etat], minutes=max(0, int((fin - t["arrive_le"]).total_seconds() // 60)),
        passage_id=t["passage_id"], appele_par=t["appele_par__nom"] or "", bureau=t["bureau"], a_moi=a_moi,
        gestes=gestes,
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
