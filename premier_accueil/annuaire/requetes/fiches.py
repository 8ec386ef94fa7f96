"""One service in full; the places of a structure."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from premier_accueil.annuaire.models import Interlocuteur, Permanence, Service, Site
from premier_accueil.annuaire.regles import Diffusion
from premier_accueil.annuaire.regles.langues import langues
from premier_accueil.annuaire.regles.lieux import places_dites
from premier_accueil.annuaire.requetes.fraicheur import service_a_confirmer
from premier_accueil.annuaire.requetes.vues import (
    ContactVu,
    FicheService,
    LieuVu,
    StructureVue,
    lieu_vu,
    permanence_vue,
)


def fiche_service(service_id: int, a: datetime) -> FicheService | None:
    """Return all that is known of a service at a moment, or ``None`` when there is none; four queries."""
    return next(iter(fiches(Service.objects.filter(pk=service_id), a)), None)


def fiches(services: QuerySet[Service], a: datetime) -> tuple[FicheService, ...]:
    """Return all that is known of services at a moment, by name; four queries whatever their number."""
    permanences = (
        Permanence.objects.select_related("site__commune", "site__structure")
        .defer("site__commune__contour", "site__commune__mairie")
        .prefetch_related("fermetures")
        .order_by("site__commune__cle", "site__nom", "horaires", "pk")
    )
    entiers = services.select_related("structure").prefetch_related(
        Prefetch("permanences", permanences), Prefetch("interlocuteurs", Interlocuteur.objects.order_by("nom"))
    )
    return tuple(_fiche(service, a) for service in entiers.order_by("cle", "pk"))


def _fiche(service: Service, a: datetime) -> FicheService:
    s = service.structure
    return FicheService(
        id=service.pk,
        structure=StructureVue(
            s.pk, s.nom, s.genre, s.get_genre_display(), s.telephone, s.courriel, s.site_web, s.exemple
        ),
        permanences=tuple(permanence_vue(p, a) for p in service.permanences.all()),
        contacts=tuple(
            ContactVu(i.nom, i.fonction, i.telephone, i.courriel, Diffusion(i.diffusion))
            for i in service.interlocuteurs.all()
        ),
        nom=service.nom,
        description=service.description,
        thematiques=tuple(service.thematiques),
        publics=tuple(service.publics),
        publics_precisions=service.publics_precisions,
        conditions_acces=service.conditions_acces,
        frais=service.frais,
        frais_precisions=service.frais_precisions,
        modes_accueil=tuple(service.modes_accueil),
        modes_mobilisation=tuple(service.modes_mobilisation),
        mobilisable_par=tuple(service.mobilisable_par),
        mobilisation_precisions=service.mobilisation_precisions,
        lien_mobilisation=service.lien_mobilisation,
        zone=tuple(service.zone),
        telephone=service.telephone,
        courriel=service.courriel,
        pieces=tuple(service.pieces),
        delai_jours=service.delai_jours,
        date_maj=service.date_maj,
        langues=tuple(langues().get(code, code) for code in service.langues),
        places=places_dites(
            service.places, service.places_libres, service.liste_d_attente, service.places_dites_le
        ),
        a_confirmer=service_a_confirmer(service, a),
        ferme_le=service.ferme_le,
    )


def sites_de(structure_id: int) -> tuple[LieuVu, ...]:
    """Return the places that a structure keeps, by commune then name; one query."""
    sites = Site.objects.filter(structure=structure_id).select_related("commune", "structure")
    legers = sites.defer("commune__contour", "commune__mairie")
    return tuple(lieu_vu(site) for site in legers.order_by("commune__cle", "nom", "pk"))
