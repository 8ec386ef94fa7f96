"""Write when one receives: rules, closings, added hours. Nothing already taken moves by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.acces import plages_tenues
from premier_accueil.agenda.actions.commun import DemandeRefusee, tracer
from premier_accueil.agenda.models import ExceptionDAgenda, PlageDAgenda
from premier_accueil.agenda.regles import Canal, GenreDException, Ouverture, Rythme
from premier_accueil.agenda.requetes import collegues_qui_recoivent, lieux_de, services_de
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import propre

JOUR = timedelta(days=1)


@dataclass(frozen=True)
class PlageDite:
    """A rule as a form says it; see ``PlageDAgenda``."""

    nom: str
    canal: Canal
    jours: tuple[int, ...]
    heure_debut: time
    heure_fin: time
    duree_minutes: int
    debut: date
    rythme: Rythme = Rythme.SEMAINE
    rang: int = 0
    capacite: int = 1
    fin: date | None = None
    site_id: int | None = None
    service_id: int | None = None
    agent_id: int | None = None
    bureau: str = ""
    langue: str = ""
    feries: bool = False
    ouverte_a: tuple[Ouverture, ...] = ()


@transaction.atomic
def creer_une_plage(dite: PlageDite, *, demande_id: UUID, role: Role, a: datetime) -> int:
    """Add a rule to the role's structure; a double click adds one.

    Raises:
        DemandeRefusee: a field must be corrected.
    """
    champs = _verifier(dite, role, a)
    deja = PlageDAgenda.objects.filter(structure_id=role.structure_id, demande_id=demande_id)
    try:
        with transaction.atomic():
            p = PlageDAgenda.objects.create(structure_id=role.structure_id, demande_id=demande_id, **champs)
    except IntegrityError:
        connue = deja.values_list("pk", flat=True).first()
        if connue is None:
            raise
        return connue
    tracer("creer_une_plage", "PLAGE", p.pk, role, a)
    return p.pk


@transaction.atomic
def changer_une_plage(plage_id: int, dite: PlageDite, *, version: int, role: Role, a: datetime) -> None:
    """Change a rule; appointments already taken stay where they are.

    Args:
        version: the one that the page showed: a change made meanwhile by somebody else is told, never overwritten.

    Raises:
        DemandeRefusee: a field must be corrected, or somebody changed it meanwhile (field ``version``).
        PlageDAgenda.DoesNotExist: not one that this role writes.
    """
    p = PlageDAgenda.objects.get(plages_tenues(role), pk=plage_id)
    champs = _verifier(dite, role, a, p)
    change = PlageDAgenda.objects.filter(pk=p.pk, version=version).update(version=version + 1, **champs)
    if not change:
        raise DemandeRefusee(
            "version", "Quelqu'un a changé cette plage pendant votre saisie. Relisez-la, puis enregistrez de nouveau."
        )
    tracer("changer_une_plage", "PLAGE", p.pk, role, a)


@transaction.atomic
def ajouter_une_exception(
    plage_id: int, genre: GenreDException, *, du: date, au: date | None, heure_debut: time | None,
    heure_fin: time | None, role: Role, a: datetime,
) -> None:  # fmt: skip
    """Close a rule for some days, or add hours on one day; the same exception twice is one.

    Raises:
        DemandeRefusee: dates or hours that cannot be.
        PlageDAgenda.DoesNotExist: not one that this role writes.
    """
    p = PlageDAgenda.objects.get(plages_tenues(role), pk=plage_id)
    au = au or du
    if genre is GenreDException.EN_PLUS:
        if heure_debut is None or heure_fin is None or heure_fin <= heure_debut:
            raise DemandeRefusee("heure_debut", "Écrivez de quelle heure à quelle heure vous recevez en plus.")
        au = du
    else:
        heure_debut = heure_fin = None
    if au < du:
        raise DemandeRefusee("au", "Le dernier jour est avant le premier : corrigez l'un des deux.")
    if au < jour_local(a):
        raise DemandeRefusee("du", "Ces jours sont passés.")
    e, cree = ExceptionDAgenda.objects.get_or_create(
        structure_id=role.structure_id, plage=p, genre=genre, du=du, au=au, heure_debut=heure_debut,
        defaults={"heure_fin": heure_fin},
    )  # fmt: skip
    if cree:
        tracer("ajouter_une_exception", "PLAGE", e.plage_id, role, a)


@transaction.atomic
def fermer_pendant_une_absence(compte_id: int, *, du: date, au: date, role: Role, a: datetime) -> None:
    """Offer no slot of an absent worker on these days; what is taken is listed to be moved, and nothing moves alone.

    Days that are past close nothing.
    """
    if au < jour_local(a):
        return
    siennes = PlageDAgenda.objects.filter(plages_tenues(role), Q(fin=None) | Q(fin__gte=du), agent_id=compte_id)
    jours: dict[str, Any] = {"du": du, "au": au, "heure_debut": None, "heure_fin": None}
    for cle in siennes.order_by("pk").values_list("pk", flat=True):
        ajouter_une_exception(cle, GenreDException.FERME, **jours, role=role, a=a)


@transaction.atomic
def retirer_une_exception(exception_id: int, *, role: Role, a: datetime) -> int:
    """Take an exception away; return the key of its rule.

    Raises:
        ExceptionDAgenda.DoesNotExist: not of a rule that this role writes.
    """
    siennes = PlageDAgenda.objects.filter(plages_tenues(role))
    e = ExceptionDAgenda.objects.get(pk=exception_id, plage__in=siennes)
    plage_id = e.plage_id
    e.delete()
    tracer("retirer_une_exception", "PLAGE", plage_id, role, a)
    return plage_id


@transaction.atomic
def arreter_une_plage(plage_id: int, *, role: Role, a: datetime) -> None:
    """End a rule yesterday: no slot is offered any more. What is taken stays, and the page lists it.

    Raises:
        PlageDAgenda.DoesNotExist: not one that this role writes.
    """
    p = PlageDAgenda.objects.get(plages_tenues(role), pk=plage_id)
    p.fin, p.version = jour_local(a) - JOUR, p.version + 1
    p.save(update_fields=["fin", "version"])
    tracer("arreter_une_plage", "PLAGE", p.pk, role, a)


def _verifier(
    dite: PlageDite, role: Role, a: datetime, actuelle: PlageDAgenda | None = None
) -> Mapping[str, object]:
    """Return the columns of a rule, or refuse with the field to correct."""
    champs = asdict(dite) | {
        "nom": propre(dite.nom)[:120], "bureau": propre(dite.bureau)[:40], "langue": propre(dite.langue)[:60],
        "jours": sorted(set(dite.jours)), "ouverte_a": [str(o) for o in dite.ouverte_a],
        "rang": dite.rang if dite.rythme is Rythme.MOIS else 0,
    }  # fmt: skip
    refus = _refus(dite, champs["nom"])
    permis = {
        "agent_id": (collegues_qui_recoivent(role, a), actuelle and actuelle.agent_id),
        "site_id": (lieux_de(role), None),
        "service_id": (services_de(role), None),
    }
    for champ, (choix, garde) in permis.items():
        dit = champs[champ]
        if dit is not None and dit != garde and dit not in dict(choix):
            refus = (champ.removesuffix("_id"), "Choisissez dans la liste.")
    if refus:
        raise DemandeRefusee(*refus)
    return champs


def _refus(dite: PlageDite, nom: str) -> tuple[str, str] | None:
    verdicts = {
        ("nom", "Donnez un nom à cette plage."): not nom,
        ("jours", "Cochez au moins un jour."): not dite.jours or not set(dite.jours) <= set(range(7)),
        ("heure_fin", "La fin est avant le début : corrigez l'une des deux heures."): dite.heure_fin
        <= dite.heure_debut,
        ("duree_minutes", "Un rendez-vous dure de 5 minutes à 8 heures."): not 5 <= dite.duree_minutes <= 480,
        ("capacite", "De 1 à 60 personnes à la fois."): not 1 <= dite.capacite <= 60,
        ("rang", "Dites lequel dans le mois."): dite.rythme is Rythme.MOIS and dite.rang not in {1, 2, 3, 4, -1},
        ("fin", "La fin est avant le début : corrigez l'une des deux dates."): bool(dite.fin and dite.fin < dite.debut),
        ("site", "Sur place : dites dans quel lieu."): dite.canal is Canal.GUICHET and dite.site_id is None,
        ("bureau", "Dites dans quel lieu est ce bureau."): bool(dite.bureau) and dite.site_id is None,
    }
    return next((quoi for quoi, faux in verdicts.items() if faux), None)
