"""A service is said to have closed for good, or moved: at once in doubt everywhere, then decided, perhaps undone.

In doubt, nobody vouches for it any more: the days of its last words are put aside, and given back when it turns out to
be there. Closed, it is held nowhere and nobody is sent there; whatever speaks of it still finds its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.existence import retirer
from premier_accueil.annuaire.actions.modifier import FicheRefusee, modifier
from premier_accueil.annuaire.actions.parties import Adresse
from premier_accueil.annuaire.actions.reponses import ouvert
from premier_accueil.annuaire.models import Correction, LienDeFiche, Permanence, Revision, Service, Site
from premier_accueil.annuaire.regles.campagnes import Etat
from premier_accueil.annuaire.regles.declarations import ADRESSE, CHAMPS_DITS, DEMENAGEMENT, FERME_LE, Sort
from premier_accueil.annuaire.regles.fraicheur import derniere_date
from premier_accueil.annuaire.regles.historique import Objet, Origine
from premier_accueil.annuaire.requetes.campagnes import restent_a_confirmer
from premier_accueil.annuaire.requetes.valeurs import valeur_de
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import propre
from premier_accueil.territoire.models import Commune

A_VENIR = "Ce jour est à venir : écrivez-le d'abord dans les fermetures, puis revenez ce jour-là."
SANS_MOT = "Dit par la structure, sans autre mot."
DATES = ("confirme_le", "date_maj")


@dataclass(frozen=True)
class Declaration:
    """What is said of a service.

    Attributes:
        le: since when; not later than today.
        lieu: key of the place that moved, and ``ou`` its new address.
        mot: what whoever decides should know.
    """

    service_id: int
    quoi: Sort
    le: date
    mot: str
    demande_id: UUID
    lieu: int | None = None
    ou: Adresse | None = None


@transaction.atomic
def declarer(dite: Declaration, *, par: int | None, par_dit: str, a: datetime) -> Correction:
    """Keep a declaration as a proposed correction, and doubt the service at once. Twice the same is one.

    Raises:
        FicheRefusee: no such service, a day to come, already closed, or a place that is not its own.
    """
    service = Service.objects.select_for_update().filter(pk=dite.service_id).first()
    if service is None:
        raise FicheRefusee({"": "Cette fiche n'existe plus dans l'annuaire."})
    if dite.le > jour_local(a):
        raise FicheRefusee({"le": A_VENIR})
    if service.ferme_le is not None:
        raise FicheRefusee({"": "L'annuaire dit déjà que ce service a fermé."})
    champ, objet, cle, avant, apres = _ce_qui_est_dit(dite, service)
    attendent = Correction.objects.filter(service=service, etat=Etat.PROPOSEE.value, champ__in=CHAMPS_DITS)
    deja = attendent.filter(champ=champ, objet_id=cle) | Correction.objects.filter(demande_id=dite.demande_id)
    if (premiere := deja.order_by("pk").first()) is not None:
        return premiere
    gardees = {} if attendent.exists() else {nom: valeur_de(service, nom) for nom in DATES}
    Service.objects.filter(pk=service.pk).update(**dict.fromkeys(DATES))
    return Correction.objects.create(
        structure_id=service.structure_id, service=service, objet=objet.value, objet_id=cle, champ=champ, avant=avant,
        apres=apres, pourquoi=" ".join(propre(dite.mot).split())[:500] or SANS_MOT, demande_id=dite.demande_id,
        par_id=par, par_dit=par_dit[:200], le=a, dates_ecartees=gardees,
    )  # fmt: skip


def _ce_qui_est_dit(dite: Declaration, service: Service) -> tuple[str, Objet, int, object, object]:
    if dite.quoi is Sort.FERME:
        return FERME_LE, Objet.SERVICE, service.pk, None, dite.le.isoformat()
    siens = Site.objects.filter(structure=service.structure_id, permanences__service=service).distinct()
    site = siens.select_related("commune").filter(pk=dite.lieu or 0).first()
    if site is None or dite.ou is None:
        raise FicheRefusee({"lieu": "Choisissez lequel de vos lieux a déménagé."})
    la = Commune.objects.filter(pk=dite.ou.commune_id).values_list("nom", flat=True).first()
    neuve = {nom: getattr(dite.ou, nom) for nom in ADRESSE} | {"commune": la, "le": dite.le.isoformat()}
    return DEMENAGEMENT, Objet.SITE, site.pk, _adresse(site) | {"commune": site.commune.nom}, neuve


def _adresse(site: Site) -> dict[str, object]:
    return {nom: valeur_de(site, nom) for nom in ADRESSE}


@transaction.atomic
def declarer_par_le_lien(adresse: str, dite: Declaration, *, dit: str, a: datetime) -> int:
    """Declare by the link of a structure, without an account; return how many of its services remain to be read.

    Args:
        adresse: secret end of the address.
        dit: name and function, as signed.

    Raises:
        FicheRefusee: the link no longer opens, or speaks of another structure; see ``declarer``.
    """
    lien_id, structure_id, depuis = ouvert(adresse, a)
    if not Service.objects.filter(pk=dite.service_id, structure=structure_id).exists():
        raise FicheRefusee({"": "Cette fiche n'est pas celle de votre structure."})
    declarer(dite, par=None, par_dit=dit, a=a)
    restent = len(list(restent_a_confirmer(structure_id, depuis)))
    LienDeFiche.objects.filter(pk=lien_id, ouvert_le=None).update(ouvert_le=a)
    if not restent:
        LienDeFiche.objects.filter(pk=lien_id).update(repondu_le=a, repondu_dit=dit[:200])
    return restent


def appliquer_la_declaration(correction: Correction, *, role: Role, a: datetime) -> list[Revision]:
    """Write what was declared: the service is closed and held nowhere, or its place stands elsewhere.

    Raises:
        FicheRefusee: the place moved otherwise since.
    """
    trace = Revision(
        origine=Origine.HUMAIN.value, auteur_id=role.compte_id, auteur_dit=f"dit par {correction.par_dit}"[:200], le=a
    )
    assert correction.service_id is not None
    if correction.champ == DEMENAGEMENT:
        return _demenager(correction, trace, a)
    ecrites = _modifier(Objet.SERVICE, correction.service_id, {FERME_LE: correction.apres}, trace)
    for cle in Permanence.objects.filter(service=correction.service_id).order_by("pk").values_list("pk", flat=True):
        ecrites += [r for r in (retirer(Objet.PERMANENCE, cle, trace=trace),) if r]
    return ecrites


def _demenager(correction: Correction, trace: Revision, a: datetime) -> list[Revision]:
    site = Site.objects.select_related("commune").filter(pk=correction.objet_id).first()
    dite, avant = dict(correction.apres or {}), dict(correction.avant or {})
    if site is None or _adresse(site) != {nom: avant[nom] for nom in ADRESSE}:
        raise FicheRefusee({"": "Ce lieu a changé depuis : relisez-le, puis refusez ou corrigez vous-même."})
    ecrites = _modifier(Objet.SITE, site.pk, {nom: dite[nom] for nom in ADRESSE}, trace)
    rendre_les_dates(correction, confirme_le=jour_local(a))
    return ecrites


def _modifier(objet: Objet, cle: int, champs: dict[str, object], trace: Revision) -> list[Revision]:
    return modifier(
        objet, cle, champs, origine=Origine(trace.origine), auteur=trace.auteur_id, auteur_dit=trace.auteur_dit,
        a=trace.le,
    )  # fmt: skip


def rendre_les_dates(correction: Correction, *, confirme_le: date | None = None) -> None:
    """Give a service back the days of its last words; later ones stay."""
    service = Service.objects.select_for_update().filter(pk=correction.service_id or 0).first()
    if service is None:
        return
    for nom in DATES:
        gardee = correction.dates_ecartees.get(nom)
        dites = [getattr(service, nom), date.fromisoformat(gardee) if gardee else None]
        setattr(service, nom, derniere_date(*dites, confirme_le if nom == "confirme_le" else None))
    service.save(update_fields=list(DATES))
