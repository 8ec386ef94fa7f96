"""Until when an entry was vouched for, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.db.models.functions import Greatest

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.models import Confirmation, Service
from premier_accueil.annuaire.regles.fraicheur import Fraicheur, derniere_date, fraicheur
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.socle.horloge import jour_local

DERNIER_MOT = Greatest("confirme_le", "date_maj")
"""The last day somebody vouched for a service; PostgreSQL leaves the unknown ones aside."""


@dataclass(frozen=True)
class FraicheurVue:
    """How sure an entry is.

    Attributes:
        le: last day somebody vouched for it; ``None`` when nobody did.
        par: who confirmed it, and how; empty when ``le`` is the producer's date.
    """

    etat: Fraicheur
    le: date | None
    par: str = ""

    @property
    def a_confirmer(self) -> bool:
        """Tell whether one should call before sending somebody there."""
        return self.etat is Fraicheur.A_CONFIRMER


def service_a_confirmer(service: Service, a: datetime) -> bool:
    """Tell whether a service already read is too old to be believed without a call."""
    return fraicheur(derniere_date(service.confirme_le, service.date_maj), jour_local(a)) is Fraicheur.A_CONFIRMER


def fraicheur_de(objet: Objet, ids: Iterable[int], a: datetime) -> Mapping[int, FraicheurVue]:
    """Return the freshness of services, or of structures, by key; two queries.

    A structure is as fresh as the freshest word about it or one of its services.

    Args:
        objet: SERVICE or STRUCTURE.
        ids: keys asked for; unknown ones are left out.
    """
    jour, cherches = jour_local(a), set(ids)
    if objet is Objet.SERVICE:
        dates = dict(Service.objects.filter(pk__in=cherches).order_by().values_list("pk", DERNIER_MOT))
    else:
        lignes = Structure.objects.filter(pk__in=cherches).order_by().annotate(
            services_le=Max(Greatest("services__confirme_le", "services__date_maj"))
        )  # fmt: skip
        champs = ("pk", "date_maj", "services_le")
        dates = {cle: derniere_date(maj, le) for cle, maj, le in lignes.values_list(*champs)}
    dites = _dernieres(objet, cherches)
    return {cle: _vue(le, dites.get(cle), jour) for cle, le in dates.items()}


def _dernieres(objet: Objet, cherches: set[int]) -> dict[int, Confirmation]:
    lignes = Confirmation.objects.filter(objet=objet.value, objet_id__in=cherches).select_related("par")
    return {c.objet_id: c for c in lignes.order_by("objet_id", "-le", "-pk").distinct("objet_id")}


def _vue(le: date | None, dite: Confirmation | None, jour: date) -> FraicheurVue:
    du = jour_local(dite.le) if dite else None
    dernier = derniere_date(le, du)
    par = ""
    if dite and du == dernier:
        par = f"{dite.par_dit or (dite.par.nom if dite.par else '')}, {dite.get_moyen_display()}".lstrip(", ")
    return FraicheurVue(fraicheur(dernier, jour), dernier, par)
