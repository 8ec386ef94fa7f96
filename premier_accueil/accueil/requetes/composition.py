"""Compose the person's sheet from the services chosen with her: where, when, with what, how to get there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from premier_accueil.accueil.feuille.contenu import TITRE, Etape, Feuille
from premier_accueil.accueil.models import Passage
from premier_accueil.annuaire.models import Permanence, Service
from premier_accueil.annuaire.regles.horaires import Ouverture, en_clair, ouverture
from premier_accueil.annuaire.requetes.fraicheur import service_a_confirmer
from premier_accueil.orientation.regles import dire
from premier_accueil.socle.horloge import jour_local
from premier_accueil.territoire.models import Commune
from premier_accueil.territoire.regles import distance_km, trajet

A_DISTANCE = frozenset({"TELEPHONE", "A_DOMICILE"})
# A sheet may be found by the person one flees (T3): for these needs only a telephone and hours are printed.
DISCRETES = frozenset({"famille--surmonter-conflits-separation-violence"})
Point = tuple[float, float]


def composer(passage: Passage, *, reference: str, code: str, adresse: str, agent: str, a: datetime) -> Feuille:
    """Return the sheet of a passage, frozen as it will be printed; four queries whatever the number of steps.

    Args:
        passage: with ``structure``, ``site`` and ``commune`` loaded.
        reference: of the page on the web.
        code: printed on the sheet only.
        adresse: full web address of the page.
        agent: the name that the person may ask for.
        a: now; next openings are counted from here.
    """
    cles = list(passage.orientations.order_by("rang", "pk").values_list("service_id", flat=True))
    services = Service.objects.select_related("structure").in_bulk([cle for cle in cles if cle])
    lieux: dict[int, list[Permanence]] = defaultdict(list)
    for permanence in (
        Permanence.objects.filter(service_id__in=services)
        .select_related("site__commune").prefetch_related("fermetures").order_by("pk")
    ):  # fmt: skip
        lieux[permanence.service_id].append(permanence)
    depart = _point_de_la_commune(passage.commune or passage.site.commune)
    etapes = tuple(
        _etape(rang, services[cle], _plus_proche(lieux[cle], depart), depart, passage.deplacement, a)
        for rang, cle in enumerate((c for c in cles if c in services), start=1)
    )
    site = passage.site
    return Feuille(
        titre=TITRE,
        date=jour_local(a),
        structure=passage.structure.nom,
        site_adresse=_ligne(site.adresse, _ligne(site.code_postal, site.commune.nom, separateur=" ")),
        site_telephone=site.telephone or passage.structure.telephone,
        agent=agent,
        etapes=etapes,
        note="" if etapes else "Revenez quand vous voulez : vous serez reçu sans condition.",
        reference=reference,
        code=code,
        adresse_web=adresse,
    )


def _etape(rang: int, service: Service, lieu: Permanence | None, depart: Point | None, mode: str, a: datetime) -> Etape:
    site = lieu.site if lieu else None
    horaires = (lieu.horaires if lieu else "") or ("" if lieu and lieu.horaires_texte else service.structure.horaires)
    vue = _ouverture(horaires, lieu, a)
    arrivee = _point(lieu)
    loin = distance_km(*depart, *arrivee) if depart and arrivee else None
    # 1 km of doubt remains: the way starts at the mairie of the commune, not at the person's door, which is not asked.
    voyage = trajet(loin, mode) if loin is not None else None
    return Etape(
        numero=rang,
        verbe="Allez à" if site and not (lieu and lieu.sur_rendez_vous) else "Appelez",
        nom=service.nom,
        structure=service.structure.nom,
        adresse=_ligne(site.adresse, site.complement) if site else "",
        commune=_ligne(site.code_postal, site.commune.nom, separateur=" ") if site else "",
        telephone=service.telephone or (site.telephone if site else "") or service.structure.telephone,
        horaires=tuple(en_clair(horaires))
        if horaires
        else ((lieu.horaires_texte,) if lieu and lieu.horaires_texte else ()),
        prochaine_ouverture=dire.quand(
            ouvert=vue.ouvert, fermeture=vue.fermeture, prochaine=vue.prochaine, a=timezone.localtime(a)
        ),
        trajet=_trajet(voyage.minutes if voyage else None, loin, mode),
        a_confirmer=vue.ouvert is None or vue.a_confirmer or service_a_confirmer(service, a),
        papiers=tuple(service.pieces),
        coordonnees=arrivee,
        remarque="Sur rendez-vous." if lieu and lieu.sur_rendez_vous else "",
        discret=not DISCRETES.isdisjoint(service.thematiques),
    )


def _ouverture(horaires: str, lieu: Permanence | None, a: datetime) -> Ouverture:
    fermetures = sorted((f.du, f.au, f.motif) for f in lieu.fermetures.all()) if lieu else []
    departement = lieu.site.commune.departement if lieu and lieu.site else ""
    return ouverture(horaires, timezone.localtime(a), fermetures, departement=departement)


def _trajet(minutes: int | None, loin: float | None, mode: str) -> str:
    if loin is None:
        return ""
    if minutes is None:
        return f"À {dire.kilometres(loin)}"
    return f"Environ {dire.duree(minutes)} {dire.PAR_MODE.get(mode, '')} (estimation)"


def _plus_proche(lieux: Iterable[Permanence], depart: Point | None) -> Permanence | None:
    """Choose the nearest place; a place without a point comes after, the phone last."""

    def rang(p: Permanence) -> tuple[bool, float, int]:
        ou = _point(p)
        loin = distance_km(*depart, *ou) if depart and ou else float("inf")
        return p.forme in A_DISTANCE, loin, p.pk

    return min(lieux, key=rang, default=None)


def _point(lieu: Permanence | None) -> Point | None:
    if lieu is None or lieu.site is None:
        return None
    site = lieu.site
    if site.point_verifie is not False and site.latitude is not None and site.longitude is not None:
        return site.latitude, site.longitude
    return _point_de_la_commune(site.commune)


def _point_de_la_commune(commune: Commune | None) -> Point | None:
    if commune is None or commune.latitude is None or commune.longitude is None:
        return None
    return commune.latitude, commune.longitude


def _ligne(*morceaux: str, separateur: str = ", ") -> str:
    return separateur.join(m for m in morceaux if m)
