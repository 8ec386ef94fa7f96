"""What a territory offers, for a printed guide: each service once by family of needs and commune."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from premier_accueil.annuaire.models import GuideImprime, Permanence
from premier_accueil.annuaire.regles.fraicheur import Fraicheur, derniere_date, fraicheur
from premier_accueil.annuaire.regles.guides import EtatDeGuide, Papier
from premier_accueil.annuaire.regles.horaires import en_clair
from premier_accueil.annuaire.regles.thematiques import AUTRES, familles, familles_de
from premier_accueil.annuaire.regles.vocabulaire import Forme
from premier_accueil.socle.horloge import jour_local
from premier_accueil.territoire.models import Commune

PARTOUT = "Sans se déplacer"
COMMUNES_MAX = 60


@dataclass(frozen=True)
class Territoire:
    """A territory: INSEE codes of communes, codes of EPCI, or of départements; one kind is enough."""

    communes: tuple[str, ...] = ()
    epci: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Return every code, as zones of services name them."""
        return (*self.communes, *self.epci, *self.departements)

    def filtre(self) -> Q:
        """Keep the communes of the territory."""
        return Q(code__in=self.communes) | Q(epci_code__in=self.epci) | Q(departement__in=self.departements)


@dataclass(frozen=True)
class Venue:
    """A place of a service and its hours, in words."""

    ou: str
    horaires: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """A service in one commune, as the guide prints it."""

    service_id: int
    nom: str
    structure: str
    exemple: bool
    texte: str
    telephone: str
    frais: str
    venues: tuple[Venue, ...]
    a_confirmer: bool


@dataclass(frozen=True)
class Chapitre:
    """A family of needs: its communes by name, their services by name; what needs no travel comes first."""

    titre: str
    communes: tuple[tuple[str, tuple[Article, ...]], ...]


def compter(territoire: Territoire) -> int:
    """Return how many services a guide would hold."""
    return _permanences(territoire).order_by().values("service").distinct().count()


def nom_du_territoire(territoire: Territoire) -> str:
    """Return the territory in words, "" when it is not known; one query."""
    lignes = Commune.objects.filter(territoire.filtre(), genre="COM").order_by("cle")
    if territoire.departements:
        connu = lignes.only("pk").first()
        return f"Département {', '.join(territoire.departements)}" if connu else ""
    champ = "epci_nom" if territoire.epci else "nom"
    return ", ".join(dict.fromkeys(lignes.values_list(champ, flat=True)))


def epci_connus(departement: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of the EPCI of a département, by name; one query."""
    lignes = Commune.objects.filter(departement=departement, genre="COM").exclude(epci_code="")
    return tuple(lignes.order_by("epci_nom").values_list("epci_code", "epci_nom").distinct())


def chapitres(territoire: Territoire, a: datetime) -> tuple[Chapitre, ...]:
    """Return what the guide prints, in the order of families, communes and names; three queries."""
    jour = jour_local(a)
    par_service: dict[tuple[int, str], list[Permanence]] = {}
    for p in _permanences(territoire).order_by("site__commune__cle", "service__cle", "service_id", "pk"):
        commune = p.site.commune.nom if p.site else PARTOUT
        par_service.setdefault((p.service_id, commune), []).append(p)
    tables: dict[str, dict[str, list[Article]]] = {}
    for (_, commune), siennes in par_service.items():
        s = siennes[0].service
        vieux = fraicheur(derniere_date(s.confirme_le, s.date_maj), jour) is Fraicheur.A_CONFIRMER
        article = Article(
            s.pk, s.nom, s.structure.nom, s.structure.exemple, s.description,
            s.telephone or s.structure.telephone, s.frais, tuple(map(_venue, siennes)), vieux,
        )  # fmt: skip
        for famille in familles_de(s.thematiques):
            tables.setdefault(famille, {}).setdefault(commune, []).append(article)
    ordre = [*familles().values(), AUTRES]
    return tuple(
        Chapitre(f, tuple((c, tuple(tables[f][c])) for c in _communes(tables[f]))) for f in ordre if f in tables
    )


def _communes(noms: Iterable[str]) -> list[str]:
    tous = list(noms)
    return [n for n in tous if n == PARTOUT] + [n for n in tous if n != PARTOUT]


def _permanences(territoire: Territoire) -> QuerySet[Permanence]:
    la = Commune.objects.filter(territoire.filtre()).values("pk")
    larges = [*territoire.codes, "france"]
    departements = Commune.objects.filter(territoire.filtre(), genre="COM").order_by("departement")
    larges += departements.values_list("departement", flat=True).distinct()
    return (
        Permanence.objects.filter(Q(site__commune__in=la) | Q(site=None, service__zone__overlap=larges))
        .select_related("service__structure", "site__commune")
        .defer("site__commune__contour", "site__commune__mairie")
    )


def _venue(p: Permanence) -> Venue:
    ou = Forme(p.forme).libelle
    if p.site:
        rue = ", ".join(filter(None, (p.site.nom, p.site.adresse, p.site.complement)))
        ou = f"{rue}, {p.site.code_postal} {p.site.commune.nom}"
    horaires = en_clair(p.horaires) or tuple(filter(None, (p.horaires_texte,))) or ("Horaires inconnus : appelez.",)
    rendez_vous = ("Sur rendez-vous.",) if p.sur_rendez_vous else ()
    return Venue(ou, (*horaires, *rendez_vous))


@dataclass(frozen=True)
class GuideVu:
    """One edition, as its list shows it."""

    id: int
    nom: str
    papier: str
    etat: EtatDeGuide
    services: int
    demande_le: datetime
    fait_le: datetime | None


def guides(nombre: int = 12) -> tuple[GuideVu, ...]:
    """Return the last editions, the newest first; one query, without their pages."""
    champs = ("pk", "nom", "papier", "etat", "services", "demande_le", "fait_le")
    lignes = GuideImprime.objects.order_by("-demande_le", "-pk").values_list(*champs)[:nombre]
    return tuple(GuideVu(c, n, Papier(p).libelle, EtatDeGuide(e), s, d, f) for c, n, p, e, s, d, f in lignes)


def pdf_du_guide(guide_id: int) -> bytes | None:
    """Return the pages of an edition that is ready, or ``None``; one query."""
    ligne = GuideImprime.objects.filter(pk=guide_id, etat=EtatDeGuide.PRET.value).only("pdf").first()
    return bytes(ligne.pdf) if ligne and ligne.pdf is not None else None
