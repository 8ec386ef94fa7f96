"""The queue and the waiting-room screen: numbers and first names, never a reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Window
from django.db.models.functions import Coalesce, RowNumber

from premier_accueil.accueil.acces import attentes_visibles, passe_devant
from premier_accueil.accueil.models import Attente, EcranDAttente, FermetureDeFile
from premier_accueil.accueil.regles import (
    DE_LA_FERMETURE,
    ETATS_D_ATTENTE,
    GESTES,
    ORDRE_D_APPEL,
    SANS_ETRE_RECU,
    Etape,
    EtatDAttente,
    Fin,
    debut_de_l_attente,
    fin_de_la_file,
)
from premier_accueil.accueil.requetes.attente_mesures import estimation
from premier_accueil.accueil.requetes.reglage import reglage_de
from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.annuaire.requetes import Ici, porte
from premier_accueil.socle.etats import possibles
from premier_accueil.socle.horloge import jour_local

DERNIERS_APPELS = 5
LIBELLES_DES_ETATS: dict[str, str] = dict(ETATS_D_ATTENTE)
FERME = "L'accueil est fermé. Si vous avez déjà un numéro, restez : nous venons vous voir."
COLONNES = (
    "pk", "site_id", "numero", "prenom", "etat", "arrive_le", "rendez_vous_le", "pour__nom",
    "appele_le", "fini_le", "passage_id", "appele_par_id",
    "appele_par__nom", "bureau", "prioritaire", "priorite_mots", "rappels", "passee_par_id", "passee_a_id",
)  # fmt: skip
BILLETS_MONTRES = 12  # those next in line; the rest is a number, and the page stays fast


@dataclass(frozen=True)
class TicketVu:
    """One ticket of the day, as an agent sees it."""

    id: int
    site_id: int
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
    prioritaire: bool
    priorite_mots: str
    rappels: int
    passee_par: str
    passee_a: str
    rendez_vous_le: datetime | None
    pour: str

    @property
    def tenu(self) -> bool:
        """Tell whether the one who looks may send it on: it waits, or they called it."""
        return self.etat == EtatDAttente.EN_ATTENTE or (self.etat == EtatDAttente.APPELE and self.a_moi)


@dataclass(frozen=True)
class FileVue:
    """The queue of one site for one desk."""

    etape: str
    en_attente: tuple[TicketVu, ...]
    appeles: tuple[TicketVu, ...]
    partis: tuple[TicketVu, ...]
    passes: tuple[TicketVu, ...]
    derriere: int
    recus: int
    sans_etre_recus: int

    @property
    def attendent(self) -> int:
        """Return how many wait, shown or not."""
        return len(self.en_attente) + self.derriere


@dataclass(frozen=True)
class EcranVu:
    """What the waiting room sees: who is called and where, the last numbers called before, how long it may take.

    ``ferme`` holds the closing message; empty as long as tickets are given.
    """

    appeles: tuple[dict[str, Any], ...]
    derniers: tuple[int, ...]
    en_attente: int
    estimation: str
    ferme: str
    son: bool

    def en_json(self) -> dict[str, Any]:
        """Return plain values for the screen's script."""
        return asdict(self)


def file_du_site(*, site_id: int, etape: Etape, role: Role, a: datetime, fermee: bool = False) -> FileVue:
    """Return today's queue of a site for one desk, in the order of calls; one query, one more for numbers passed on.

    Args:
        site_id: the site.
        etape: reception or social worker.
        role: who looks; sees only its own structure.
        a: now, for the waits in minutes.
        fermee: the queue was closed: the gestures of the closing are offered.
    """
    du_jour = Attente.objects.filter(attentes_visibles(role), site_id=site_id, jour=jour_local(a), etape=etape)
    combien = Counter[str]()
    billets: dict[str, list[TicketVu]] = defaultdict(list)
    lignes = list(
        du_jour.annotate(passe_devant=passe_devant(a))
        .annotate(rang=Window(RowNumber(), partition_by="etat", order_by=list(ORDRE_D_APPEL)),
                         total=Window(Count("*"), partition_by="etat"))
        .filter(rang__lte=BILLETS_MONTRES).order_by(*ORDRE_D_APPEL)
        .values(*COLONNES, "total")
    )  # fmt: skip
    noms = _noms(lignes)
    for ligne in lignes:
        combien[ligne["etat"]] = ligne["total"]
        billets[ligne["etat"]].append(_ticket(ligne, noms, etape, role, a, fermee))
    return FileVue(
        etape=etape,
        en_attente=tuple(billets[EtatDAttente.EN_ATTENTE]),
        appeles=tuple(billets[EtatDAttente.APPELE]),
        partis=tuple(t for etat in SANS_ETRE_RECU for t in billets[etat]),
        passes=tuple(billets[EtatDAttente.PASSE]),
        derriere=max(0, combien[EtatDAttente.EN_ATTENTE] - BILLETS_MONTRES),
        recus=combien[EtatDAttente.TERMINE],
        sans_etre_recus=sum(combien[etat] for etat in SANS_ETRE_RECU),
    )


def _noms(lignes: Iterable[Mapping[str, Any]]) -> Mapping[int | None, str]:
    """Return the names of the bodies that numbers came from or went to; seldom any, so no join at each page."""
    cles = {cle for t in lignes for cle in (t["passee_par_id"], t["passee_a_id"]) if cle}
    return dict(Structure.objects.filter(pk__in=cles).values_list("pk", "nom")) if cles else {}


def _ticket(
    t: Mapping[str, Any], noms: Mapping[int | None, str], etape: Etape, role: Role, a: datetime, fermee: bool
) -> TicketVu:
    etat = EtatDAttente(t["etat"])
    a_moi = t["appele_par_id"] == role.compte_id
    gestes = tuple(
        (nom, libelle) for nom, libelle in possibles(GESTES, etat)
        if (etat is not EtatDAttente.APPELE or a_moi or nom == "partir") and (fermee or nom not in DE_LA_FERMETURE)
    )  # fmt: skip
    depuis = debut_de_l_attente(t["arrive_le"], t["rendez_vous_le"])
    fin = t["appele_le"] or t["fini_le"] or a
    return TicketVu(
        id=t["pk"], site_id=t["site_id"], numero=t["numero"], prenom=t["prenom"], etape=etape, etat=etat,
        etat_libelle=LIBELLES_DES_ETATS[etat], minutes=max(0, int((fin - depuis).total_seconds() // 60)),
        passage_id=t["passage_id"], appele_par=t["appele_par__nom"] or "", bureau=t["bureau"], a_moi=a_moi,
        gestes=gestes, prioritaire=t["prioritaire"], priorite_mots=t["priorite_mots"], rappels=t["rappels"],
        passee_par=noms.get(t["passee_par_id"], ""), passee_a=noms.get(t["passee_a_id"], ""),
        rendez_vous_le=t["rendez_vous_le"], pour=t["pour__nom"] or "",
    )  # fmt: skip


def ticket_du_jour(attente_id: int, *, role: Role, a: datetime, fermee: bool = False) -> TicketVu:
    """Return one ticket of the day; one query, one more when its number was passed on.

    Raises:
        Attente.DoesNotExist: not visible to this role, or not of today.
    """
    t = Attente.objects.filter(attentes_visibles(role), pk=attente_id, jour=jour_local(a)).values(*COLONNES, "etape")
    ligne = t.get()
    return _ticket(ligne, _noms([ligne]), Etape(ligne["etape"]), role, a, fermee)


@dataclass(frozen=True)
class BilletImprimable:
    """What a paper ticket says: a number, where and when, never a name nor a reason."""

    numero: int
    site_id: int
    site: str
    structure: str
    etape: Etape
    arrive_le: datetime
    attend: bool


def billet(attente_id: int, *, role: Role, a: datetime) -> BilletImprimable:
    """Return a ticket of the day, to be printed; one query.

    Raises:
        Attente.DoesNotExist: not visible to this role, or not of today: a former number is never printed again (T22).
    """
    t = Attente.objects.select_related("site", "structure").get(
        attentes_visibles(role), pk=attente_id, jour=jour_local(a)
    )
    attend = t.etat == EtatDAttente.EN_ATTENTE
    return BilletImprimable(t.numero, t.site_id, t.site.nom, t.structure.nom, Etape(t.etape), t.arrive_le, attend)


def file_fermee(*, structure_id: int, site_id: int, a: datetime) -> bool:
    """Tell whether a structure gives no more tickets today at this place; one query."""
    fermetures = FermetureDeFile.objects.filter(structure_id=structure_id, site_id=site_id, jour=jour_local(a))
    return fermetures.filter(rouverte_le=None).exists()


def fin_du_jour(*, structure_id: int, site_id: int, a: datetime) -> Fin | None:
    """Tell whether the door of a structure closes soon at a place, or has closed, as the directory says.

    At most three queries, one as long as the directory does not change. ``None`` also when it does not know the hours.
    """
    vue = porte(Ici(site_id, structure_id), a)
    if vue is None:
        return None
    rouvre = vue.prochaine is not None and vue.prochaine.date() == jour_local(a)
    return fin_de_la_file(ouvert=vue.ouvert, fermeture=vue.fermeture, rouvre_aujourd_hui=rouvre, a=a)


def tickets_appeles(*, site_id: int, role: Role, a: datetime) -> tuple[tuple[int, int], ...]:
    """Return the tickets that this agent called and has not received yet: key and number, the last call first."""
    siens = Attente.objects.filter(
        attentes_visibles(role), site_id=site_id, jour=jour_local(a), etat=EtatDAttente.APPELE,
        appele_par_id=role.compte_id, passage=None,
    )  # fmt: skip
    return tuple(siens.order_by("-appele_le", "-pk").values_list("pk", "numero")[:DERNIERS_APPELS])


def ecran_par_jeton(jeton: str) -> tuple[int, str] | None:
    """Return the site (key, name) whose waiting-room link holds this token, or ``None``."""
    ecran = EcranDAttente.objects.select_related("site").filter(jeton=jeton).first()
    return (ecran.site_id, ecran.site.nom) if ecran else None


def etat_de_l_ecran(site_id: int, a: datetime) -> EcranVu:
    """Return what the screen of a site shows: the last calls of every body of the place; never a priority nor a reason.

    The database must know the screen's token, or the structure that holds the site.
    """
    structure_id = Site.objects.values_list("structure_id", flat=True).get(pk=site_id)
    du_jour = Attente.objects.filter(site_id=site_id, jour=jour_local(a))
    dernier_appel = Coalesce("rappele_le", "appele_le")
    appeles = du_jour.filter(etat=EtatDAttente.APPELE).order_by(dernier_appel.desc(), "-numero")[:DERNIERS_APPELS]
    avant = du_jour.filter(etat=EtatDAttente.TERMINE).order_by(dernier_appel.desc(), "-numero", "-pk")
    reglage = reglage_de(structure_id)
    attend = estimation(structure_id=structure_id, site_id=site_id, etape=reglage.etapes[0], a=a)
    ferme = file_fermee(structure_id=structure_id, site_id=site_id, a=a)
    return EcranVu(
        appeles=tuple(
            {"numero": t.numero, "prenom": t.prenom, "bureau": t.bureau, "rappels": t.rappels} for t in appeles
        ),
        derniers=tuple(dict.fromkeys(avant.values_list("numero", flat=True)[: 2 * DERNIERS_APPELS]))[:DERNIERS_APPELS],
        en_attente=du_jour.filter(etat=EtatDAttente.EN_ATTENTE).count(),
        estimation=str(attend) if attend else "",
        ferme=(reglage.message_de_fermeture or FERME) if ferme else "",
        son=reglage.son,
    )
