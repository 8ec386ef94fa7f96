"""An entry as its forms take it apart: the structure, a service, its permanences, its own places, its contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.models import Permanence, Service
from premier_accueil.annuaire.regles.champs import CHAMPS
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.requetes.campagnes import declarations_en_attente
from premier_accueil.annuaire.requetes.valeurs import valeurs_de, version_de

SERVICES_MAX = 100
INCONNU = "pas dit"


@dataclass(frozen=True)
class PartieVue:
    """One object of an entry: its fields as they are, and the version that a form gives back."""

    objet: Objet
    objet_id: int
    titre: str
    valeurs: Mapping[str, object]
    version: str

    @property
    def horaires(self) -> str:
        """Return the hours of a permanence in words."""
        dits = CHAMPS[Objet.PERMANENCE]["horaires"].dire(self.valeurs.get("horaires"))
        return dits or str(self.valeurs.get("horaires_texte") or "")


@dataclass(frozen=True)
class FicheEnParties:
    """A service or a structure, ready to be read or corrected."""

    structure_id: int
    structure: str
    service_id: int | None
    nom: str
    parties: tuple[PartieVue, ...]


@dataclass(frozen=True)
class FicheALire:
    """A service as its structure reads it again, in six lines: (words, value).

    ``dit_parti``: the structure said that it closed or moved, and nobody decided yet.
    """

    service_id: int
    nom: str
    lignes: tuple[tuple[str, str], ...]
    confirmee: bool
    dit_parti: bool = False


def parties_du_service(service_id: int) -> FicheEnParties | None:
    """Return a service with all that one may correct in it; four queries. A place kept by others is not in it."""
    service = Service.objects.select_related("structure").filter(pk=service_id).first()
    if service is None:
        return None
    permanences = list(_permanences([service_id]))
    sites = {p.site.pk: p.site for p in permanences if p.site and p.site.structure_id == service.structure_id}
    parties = [
        _partie(Objet.SERVICE, service, "Le service"),
        *(_partie(Objet.PERMANENCE, p, f"Permanence{f' : {p.site.nom}' if p.site else ''}") for p in permanences),
        *(_partie(Objet.SITE, s, f"Lieu : {s.nom}") for s in sites.values()),
        *(_partie(Objet.INTERLOCUTEUR, i, f"Contact : {i.nom}") for i in service.interlocuteurs.order_by("nom", "pk")),
    ]
    return FicheEnParties(
        service.structure_id, service.structure.nom, service.pk, service.nom, tuple(parties)
    )  # fmt: skip


def parties_de_la_structure(structure_id: int) -> FicheEnParties | None:
    """Return a structure with what one may correct in it; one query."""
    structure = Structure.objects.filter(pk=structure_id).first()
    if structure is None:
        return None
    partie = _partie(Objet.STRUCTURE, structure, "La structure")
    return FicheEnParties(structure.pk, structure.nom, None, structure.nom, (partie,))


def fiches_a_lire(structure_id: int, restent: frozenset[int]) -> tuple[FicheALire, ...]:
    """Return the services of a structure in six lines each; three queries.

    Args:
        restent: services not confirmed yet.
    """
    services = list(
        Service.objects.filter(structure=structure_id, ferme_le=None).select_related("structure")
        .annotate(dit_parti=Exists(declarations_en_attente().filter(service=OuterRef("pk"))))
        .order_by("cle", "pk")[:SERVICES_MAX]
    )  # fmt: skip
    tenues: dict[int, list[Permanence]] = {}
    for p in _permanences([s.pk for s in services]):
        tenues.setdefault(p.service_id, []).append(p)
    return tuple(
        FicheALire(s.pk, s.nom, _lignes(s, tenues.get(s.pk, [])), s.pk not in restent, s.dit_parti) for s in services
    )


def _permanences(services: list[int]) -> models.QuerySet[Permanence]:
    lignes = Permanence.objects.filter(service__in=services).select_related("site__commune")
    legeres = lignes.defer("site__commune__contour", "site__commune__mairie")
    return legeres.prefetch_related("fermetures").order_by("service_id", "pk")


def _partie(objet: Objet, rangee: models.Model, titre: str) -> PartieVue:
    return PartieVue(objet, rangee.pk, titre, valeurs_de(objet, rangee), version_de(objet, rangee))


def _lignes(s: Service, tenues: list[Permanence]) -> tuple[tuple[str, str], ...]:
    permanence, service = CHAMPS[Objet.PERMANENCE], valeurs_de(Objet.SERVICE, s)
    adresses, heures, fermees = [], [], []
    for p in tenues:
        if p.site:
            adresses.append(f"{p.site.nom}, {p.site.adresse} {p.site.code_postal} {p.site.commune.nom}")
        heures.append(permanence["horaires"].dire(p.horaires) or p.horaires_texte)
        fermees.append(permanence["fermetures"].dire(valeurs_de(Objet.PERMANENCE, p)["fermetures"]))

    def joindre(dits: list[str]) -> str:
        return "\n".join(dict.fromkeys(d for d in dits if d)) or INCONNU

    return (
        ("Téléphone", s.telephone or s.structure.telephone or INCONNU),
        ("Adresse", joindre(adresses)),
        ("Horaires", joindre(heures)),
        ("Fermetures prévues", joindre(fermees) if any(fermees) else "aucune"),
        ("Conditions", s.conditions_acces or INCONNU),
        ("Papiers à apporter", CHAMPS[Objet.SERVICE]["pieces"].dire(service["pieces"]) or INCONNU),
    )
