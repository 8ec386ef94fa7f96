"""The directory as data·inclusion v1, checked by its own models; what it cannot say stands under ``premier_accueil``.

Read again by ``importer data-inclusion``, an export changes nothing.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import pydantic
from data_inclusion.schema import v1
from django.db.models import Prefetch, QuerySet

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.imports.fiches import PRINCIPAL
from premier_accueil.annuaire.models import Interlocuteur, Permanence, Service, Site
from premier_accueil.annuaire.regles import Diffusion
from premier_accueil.annuaire.regles.lieux import FAITS_DU_LIEU, PLACES

LOT = 2000
NOM_MAX = 150
Modele = TypeVar("Modele", bound=pydantic.BaseModel)
Fiche = dict[str, Any]


@dataclass
class Ecartees:
    """Entries that data·inclusion cannot hold, counted by reason, in French."""

    raisons: dict[str, int] = field(default_factory=dict)

    def compter(self, raison: str) -> None:
        """Add one."""
        self.raisons[raison] = self.raisons.get(raison, 0) + 1

    def phrases(self) -> tuple[str, ...]:
        """Say them."""
        return tuple(f"{nombre} fiche(s) laissée(s) de côté : {raison}." for raison, nombre in self.raisons.items())


def identifiant(source: str, source_id: str) -> str:
    """Return the identifier of an entry among all sources: « source--identifiant »."""
    return source_id if source_id.startswith(f"{source}--") else f"{source}--{source_id}"


def structures(departement: str, ecartees: Ecartees) -> Iterator[Fiche]:
    """Return the structures, in data·inclusion v1.

    Args:
        departement: code; empty for all.
        ecartees: counts what could not be written.
    """
    lignes = _des_structures(departement).prefetch_related(_lieux("sites"))
    for structure in lignes.iterator(LOT):
        principal = next((s for s in structure.sites.all() if s.source_id == PRINCIPAL), None)
        fiche = {
            "source": structure.source, "id": identifiant(structure.source, structure.source_id),
            "nom": structure.nom, "date_maj": structure.date_maj, "description": structure.description,
            "siret": structure.siret, "telephone": structure.telephone, "courriel": structure.courriel,
            "site_web": structure.site_web, "horaires_accueil": structure.horaires,
            "reseaux_porteurs": sorted(structure.reseaux), **(_adresse(principal) if principal else {}),
            "premier_accueil": {
                "genre": structure.genre, "cercle": structure.cercle, "exemple": structure.exemple,
                "premier_accueil": structure.assure_premier_accueil,
                **({"lieu": _du_lieu(principal)} if principal else {}),
            },
        }  # fmt: skip
        if (ecrite := _conforme(v1.Structure, fiche, ecartees)) is not None:
            yield ecrite


def services(departement: str, ecartees: Ecartees) -> Iterator[Fiche]:
    """Return the services, in data·inclusion v1; named contacts only when they are public.

    ``date_maj`` stays the day of the last change, as the format defines it; the day of the last confirmation, the
    places, the languages and the facts of places, which the format cannot say, stand under ``premier_accueil``.
    """
    lignes = (
        Service.objects.filter(structure__in=_des_structures(departement).order_by(), ferme_le=None).order_by("pk")
        .select_related("structure").prefetch_related(
            Prefetch(
                "permanences",
                Permanence.objects.order_by("pk").select_related("site__commune", "site__structure")
                .defer("site__commune__contour", "site__commune__mairie").prefetch_related("fermetures"),
            ),
            Prefetch("interlocuteurs", Interlocuteur.objects.filter(diffusion=Diffusion.PUBLIC.value).order_by("pk")),
        )
    )  # fmt: skip
    for service in lignes.iterator(LOT):
        if (ecrite := _conforme(v1.Service, _service(service), ecartees)) is not None:
            yield ecrite


def _service(service: Service) -> Fiche:
    permanences = list(service.permanences.all())
    premiere = next((p for p in permanences if p.site), None)
    contacts = list(service.interlocuteurs.all())
    structure = service.structure
    ajouts = {
        "pieces": service.pieces, "delai_jours": service.delai_jours,
        "permanences": [_permanence(p, service) for p in permanences],
        "interlocuteurs": [
            {"nom": c.nom, "fonction": c.fonction, "telephone": c.telephone, "courriel": c.courriel,
             "diffusion": c.diffusion} for c in contacts
        ],
        **_dits({"confirme_le": service.confirme_le, "langues": service.langues} | {
            nom: getattr(service, nom) for nom in PLACES
        }),
    }  # fmt: skip
    return {
        "source": service.source, "structure_id": identifiant(structure.source, structure.source_id),
        "id": identifiant(service.source, service.source_id), "nom": service.nom, "description": service.description,
        "date_maj": service.date_maj, "type": service.type, "thematiques": service.thematiques, "frais": service.frais,
        "frais_precisions": service.frais_precisions, "publics": service.publics,
        "publics_precisions": service.publics_precisions, "conditions_acces": service.conditions_acces,
        "telephone": service.telephone, "courriel": service.courriel, "modes_accueil": service.modes_accueil,
        "zone_eligibilite": service.zone, "contact_nom_prenom": contacts[0].nom if contacts else "",
        "lien_mobilisation": service.lien_mobilisation, "modes_mobilisation": service.modes_mobilisation,
        "mobilisable_par": service.mobilisable_par, "mobilisation_precisions": service.mobilisation_precisions,
        "horaires_accueil": premiere.horaires if premiere else "",
        **(_adresse(premiere.site) if premiere and premiere.site else {}), "premier_accueil": ajouts,
    }  # fmt: skip


def _permanence(permanence: Permanence, service: Service) -> Fiche:
    dite: Fiche = {
        "forme": permanence.forme, "horaires": permanence.horaires, "horaires_texte": permanence.horaires_texte,
        "sur_rendez_vous": permanence.sur_rendez_vous, "precision": permanence.precision,
        "exceptions": [
            {"du": f.du.isoformat(), "au": f.au.isoformat(), "motif": f.motif}
            for f in sorted(permanence.fermetures.all(), key=lambda f: (f.du, f.au))
        ],
    }  # fmt: skip
    site = permanence.site
    if site is not None and (site.structure_id != service.structure_id or site.source_id != PRINCIPAL):
        chez = site.structure
        hote = identifiant(chez.source, chez.source_id) if site.structure_id != service.structure_id else None
        dite["site"] = {
            "cle": site.source_id, "hote": hote, **_du_lieu(site), **_adresse(site),
        }  # fmt: skip
    return dite


def _du_lieu(site: Site) -> Fiche:
    """Return what is known of a place beside its address; what is not known is not said."""
    faits = _dits({nom: getattr(site, nom) for nom in FAITS_DU_LIEU})
    return {"nom": site.nom, "telephone_du_lieu": site.telephone} | ({"faits": faits} if faits else {})


def _dits(valeurs: Fiche) -> Fiche:
    """Return what is known, as JSON holds it."""
    return {n: v.isoformat() if isinstance(v, date) else v for n, v in valeurs.items() if v is not None and v != []}


def _adresse(site: Site) -> Fiche:
    """Return the address; a point outside its commune is not passed on as true, it stays under our own key."""
    return {
        "commune": site.commune.nom, "code_postal": site.code_postal, "code_insee": site.commune.code,
        "adresse": site.adresse, "complement_adresse": site.complement, "latitude": site.latitude,
        "longitude": site.longitude,
    }  # fmt: skip


def _des_structures(departement: str) -> QuerySet[Structure]:
    toutes = Structure.objects.order_by("pk")
    return toutes.filter(departement=departement) if departement else toutes


def _lieux(chemin: str) -> Prefetch[str]:
    lignes = Site.objects.filter(source_id=PRINCIPAL).order_by("pk").select_related("commune")
    return Prefetch(chemin, lignes.defer("commune__contour", "commune__mairie"))


def _conforme(modele: type[Modele], fiche: Fiche, ecartees: Ecartees) -> Fiche | None:
    """Return what the model accepts; a value it refuses is kept apart, under ``premier_accueil.tel_quel``."""
    ajouts = fiche.pop("premier_accueil")
    valeurs = {c: v for c, v in fiche.items() if v not in (None, "", [])}
    tels_quels: Fiche = {}
    if len(valeurs["nom"]) > NOM_MAX:
        tels_quels["nom"] = valeurs["nom"]
        valeurs["nom"] = valeurs["nom"][: NOM_MAX - 1].rstrip() + "…"
    for _ in range(3):
        try:
            lue = modele.model_validate(valeurs)
        except pydantic.ValidationError as refus:
            fautes = {str(e["loc"][0]) for e in refus.errors()}
            if requises := sorted(c for c in fautes if modele.model_fields[c].is_required()):
                ecartees.compter(_raison(requises[0], valeurs))
                return None
            tels_quels |= {c: valeurs.pop(c) for c in fautes}
            continue
        ecrite = lue.model_dump(mode="json", exclude_none=True)
        for champ, brut in ecrite.items():
            ecrite[champ] = sorted(brut) if isinstance(brut, list) and champ != "zone_eligibilite" else brut
            if isinstance(brut, str) and isinstance(valeurs[champ], str) and brut != valeurs[champ]:
                tels_quels[champ] = valeurs[champ]
        return ecrite | {"premier_accueil": ajouts | ({"tel_quel": tels_quels} if tels_quels else {})}
    return None


def _raison(champ: str, valeurs: Mapping[str, Any]) -> str:
    if champ == "date_maj":
        return "data·inclusion exige une date de mise à jour, passée" if champ not in valeurs else "date à venir"
    return f"data·inclusion refuse la valeur de « {champ} »"


def en_json(fiches: Iterable[Fiche]) -> Iterator[str]:
    """Write entries as one JSON list."""
    debut = "["
    for fiche in fiches:
        yield f"{debut}\n{json.dumps(fiche, ensure_ascii=False, sort_keys=True)}"
        debut = ","
    yield "[]\n" if debut == "[" else "\n]\n"


def en_ndjson(fiches: Iterable[Fiche]) -> Iterator[str]:
    """Write entries as one JSON object a line."""
    for fiche in fiches:
        yield json.dumps(fiche, ensure_ascii=False, sort_keys=True) + "\n"


def en_csv(fiches: Iterable[Fiche], modele: type[pydantic.BaseModel]) -> Iterator[str]:
    """Write entries as CSV; lists and our additions as JSON in their cell."""
    colonnes = [*modele.model_fields, "premier_accueil"]
    sortie = io.StringIO(newline="")
    ecrivain = csv.writer(sortie)
    ecrivain.writerow(colonnes)
    for fiche in fiches:
        cases = (fiche.get(c, "") for c in colonnes)
        ecrivain.writerow([json.dumps(v, ensure_ascii=False) if isinstance(v, (list, dict)) else v for v in cases])
        yield sortie.getvalue()
        sortie.seek(0)
        sortie.truncate()
    yield sortie.getvalue()
