"""From our rows to HSDS documents. What our profile would refuse is left out: an answer is never half wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.encoding import iri_to_uri

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.hsds import profil
from premier_accueil.annuaire.hsds.vocabulaires import VOCABULAIRES, termes
from premier_accueil.annuaire.models import Interlocuteur, Permanence, Service, Site
from premier_accueil.annuaire.regles.fraicheur import derniere_date
from premier_accueil.annuaire.regles.horaires import en_clair
from premier_accueil.annuaire.regles.langues import langues
from premier_accueil.annuaire.regles.lieux import ACCESSIBILITE
from premier_accueil.annuaire.regles.recurrences import recurrences
from premier_accueil.socle.identifiants import identifiant, paire

Document = dict[str, Any]
EXEMPLE = "Exemple fictif, pour la démonstration."
INCONNUS = "Horaires inconnus : appelez."
VENUES = {"FIXE": "in-person", "ITINERANTE": "in-person", "MOBILE": "mobile", "A_DOMICILE": "home-visit",
          "TELEPHONE": "phone"}  # fmt: skip


COURRIEL, ADRESSE, NUMERO = map(re.compile, (profil.COURRIEL, profil.ADRESSE, profil.NUMERO))


def cle_de_service(s: Service) -> UUID:
    """Return the identifier of a service, drawn from its source."""
    return identifiant("service", s.source, s.source_id)


def cle_de_structure(s: Structure) -> UUID:
    """Return the identifier of a structure, drawn from its source."""
    return identifiant("structure", s.source, s.source_id)


def cle_de_site(s: Site) -> UUID:
    """Return the identifier of a place: the source of its structure, and its own."""
    return identifiant("site", s.structure.source, s.structure.source_id, s.source_id)


def organisation_listee(s: Structure) -> Document:
    """Return who holds services, one value a field."""
    return _sans_vide({
        "id": cle_de_structure(s), "name": s.nom, "description": s.description or s.get_genre_display(),
        "email": _si(COURRIEL, s.courriel), "website": _adresse(s.site_web), "legal_status": s.get_genre_display(),
    })  # fmt: skip


def organisation(s: Structure, sites: Iterable[Site], services: Iterable[Document]) -> Document:
    """Return who holds services, in full."""
    cle = cle_de_structure(s)
    siret = s.siret if re.fullmatch(r"\d{14}", s.siret) else ""
    return organisation_listee(s) | {
        "phones": _telephones(cle, s.telephone),
        "locations": [lieu(site) for site in sites],
        "organization_identifiers": [{
            "id": _fille(cle, "siret"), "identifier_scheme": "FR-SIRET", "identifier_type": "SIRET",
            "identifier": siret,
        }] if siret else [],
        "services": list(services),
    }  # fmt: skip


def service_cite(s: Service) -> Document:
    """Return a service in a few words."""
    return {"id": cle_de_service(s), "name": s.nom, "status": "defunct" if s.ferme_le else "active"}


def service_liste(s: Service, *, avec_organisation: bool = True) -> Document:
    """Return a service, one value a field."""
    document = service_cite(s) | _sans_vide({
        "organization_id": cle_de_structure(s.structure), "description": s.description,
        "url": _adresse(s.lien_mobilisation or s.structure.site_web), "email": _si(COURRIEL, s.courriel),
        "application_process": s.mobilisation_precisions, "fees_description": s.frais_precisions,
        "eligibility_description": "\n".join(filter(None, (s.publics_precisions, s.conditions_acces))),
        "assured_date": dernier_moment(s)[:10],
        "last_modified": dernier_moment(s),
        "alert": EXEMPLE if s.structure.exemple else "",
    })  # fmt: skip
    return document | {"organization": organisation_listee(s.structure)} if avec_organisation else document


def service(s: Service, zones: Mapping[str, str], publics: Iterable[Interlocuteur]) -> Document:
    """Return a service in full; its permanences, with their places and closings, must be loaded with it.

    Args:
        zones: names of the territories, by code.
        publics: the named contacts that anybody may know (``Diffusion.PUBLIC``), and no other.
    """
    cle = cle_de_service(s)
    permanences = list(s.permanences.all())
    return service_liste(s) | {
        "phones": _telephones(cle, s.telephone or s.structure.telephone),
        "schedules": [h for p in permanences if p.site is None for h in horaires(p)],
        "service_areas": [z for code in s.zone if (z := _zone(cle, code, zones))],
        "service_at_locations": services_aux_lieux(s, permanences),
        "cost_options": [_sans_vide({
            "id": _fille(cle, "frais"), "option": s.frais, "amount_description": s.frais_precisions,
        })] if s.frais in {"gratuit", "payant"} else [],
        "required_documents": [{"id": _fille(cle, "papier", p), "document": p} for p in dict.fromkeys(s.pieces) if p],
        "contacts": [contact(cle, i) for i in publics],
        "languages": [
            {"id": _fille(cle, "langue", code), "name": langues()[code], "code": code}
            for code in s.langues if code in langues()
        ],
        "capacities": _capacites(cle, s),
        "attributes": _attributs(cle, s),
    }  # fmt: skip


def services_aux_lieux(s: Service, permanences: Iterable[Permanence]) -> list[Document]:
    """Return the places of a service with its hours there, one by place."""
    return [document for _, document in par_lieu(s, permanences)]


def par_lieu(s: Service, permanences: Iterable[Permanence]) -> list[tuple[int, Document]]:
    """Return the same, each with the key of its place."""
    lieux: dict[int, list[Permanence]] = {}
    for p in permanences:
        if p.site_id is not None:
            lieux.setdefault(p.site_id, []).append(p)
    return [(site_id, service_au_lieu(s, siennes)) for site_id, siennes in lieux.items()]


def service_au_lieu(s: Service, siennes: list[Permanence]) -> Document:
    """Return a service at one place: all its permanences there."""
    site = siennes[0].site
    assert site is not None
    return au_lieu(s, site) | {"schedules": [h for p in siennes for h in horaires(p)]}


def au_lieu(s: Service, site: Site) -> Document:
    """Return a service at one place, one value a field."""
    cle, ici = cle_de_service(s), cle_de_site(site)
    return {"id": paire(cle, ici), "service_id": cle, "location_id": ici, "location": lieu(site)}


def lieu(s: Site) -> Document:
    """Return a place; a point outside its commune is left out."""
    cle, c = cle_de_site(s), s.commune
    sur = s.point_verifie is not False
    adresse = {
        "id": _fille(cle, "adresse"), "address_1": s.adresse or s.nom, "address_2": s.complement, "city": c.nom,
        "state_province": c.departement, "postal_code": s.code_postal, "country": "FR", "address_type": "physical",
    }  # fmt: skip
    return _sans_vide({
        "id": cle, "location_type": "physical", "name": s.nom, "latitude": s.latitude if sur else None,
        "longitude": s.longitude if sur else None, "external_identifier": c.code, "external_identifier_type": "INSEE",
        "addresses": [_sans_vide(adresse)] if re.fullmatch(r"\d{5}", s.code_postal) else [],
        "phones": _telephones(cle, s.telephone),
        "accessibility": [
            {"id": _fille(cle, nom), "description": mots, "details": "oui" if getattr(s, nom) else "non"}
            for nom, mots in ACCESSIBILITE.items() if getattr(s, nom) is not None
        ],
    })  # fmt: skip


def horaires(p: Permanence) -> list[Document]:
    """Return the hours of a permanence: recurrences with words, or words alone when that is all that can be said."""
    ici = p.site.source_id if p.site else ""
    cle = _fille(cle_de_service(p.service), "permanence", ici, p.horaires, p.horaires_texte)
    fermetures = (f"Fermé du {f.du:%d/%m/%Y} au {f.au:%d/%m/%Y}. {f.motif}".strip() for f in p.fermetures.all())
    notes = ["Sur rendez-vous." if p.sur_rendez_vous else "", p.precision, *fermetures]
    commun = _sans_vide({
        "description": " ; ".join(en_clair(p.horaires)) or p.horaires_texte or INCONNUS,
        "notes": "\n".join(filter(None, notes)), "attending_type": VENUES[p.forme],
    })  # fmt: skip
    if p.horaires:
        fait = {"id": _fille(cle, "osm"), "link_id": cle, "link_entity": "schedule", "link_type": "fait"}
        commun["attributes"] = [fait | {"label": "opening_hours", "value": p.horaires}]
    lues = recurrences(p.horaires)
    return [
        {"id": _fille(cle, str(n)), "freq": r.freq, "byday": ",".join(r.jours), "opens_at": r.ouvre,
         "closes_at": r.ferme, **commun}
        for n, r in enumerate(lues)
    ] or [{"id": cle, **commun}]  # fmt: skip


def contact(cle: UUID, i: Interlocuteur) -> Document:
    """Return a named contact that anybody may know."""
    ici = _fille(cle, "contact", i.nom)
    return _sans_vide({
        "id": ici, "name": i.nom, "title": i.fonction, "email": _si(COURRIEL, i.courriel),
        "phones": _telephones(ici, i.telephone),
    })  # fmt: skip


def moment(jour: date | None) -> str:
    """Return the first second of a day, or nothing."""
    return f"{jour:%Y-%m-%d}T00:00:00Z" if jour and jour.year >= 1900 else ""


def dernier_moment(s: Service) -> str:
    """Return when somebody last vouched for a service, or nothing."""
    return moment(derniere_date(s.confirme_le, s.date_maj))


def _attributs(cle: UUID, s: Service) -> list[Document]:
    sortie: list[Document] = []
    for v in VOCABULAIRES:
        tenu = getattr(s, v.champ)
        for code in [tenu] if isinstance(tenu, str) else tenu:
            terme = identifiant("terme", v.code, code)
            if terme in termes():
                sortie.append({
                    "id": _fille(cle, v.code, code), "link_id": cle, "link_entity": "service", "link_type": v.code,
                    "value": code, "taxonomy_term_id": terme, "taxonomy_term": termes()[terme],
                })  # fmt: skip
    if s.delai_jours is not None:
        fait = {"id": _fille(cle, "delai"), "link_id": cle, "link_entity": "service", "link_type": "fait"}
        sortie.append(fait | {"label": "delai_jours", "value": str(s.delai_jours)})
    return sortie


def _capacites(cle: UUID, s: Service) -> list[Document]:
    """Return the free places; what nobody dated is not said: it would be believed."""
    if s.places_libres is None or not moment(s.places_dites_le):
        return []
    return [_sans_vide({
        "id": _fille(cle, "places"), "unit": {"id": identifiant("unite", "place"), "name": "place"},
        "available": s.places_libres, "maximum": s.places, "updated": moment(s.places_dites_le),
        "description": "Liste d'attente." if s.liste_d_attente else "",
    })]  # fmt: skip


def _zone(cle: UUID, code: str, noms: Mapping[str, str]) -> Document | None:
    if code not in noms:
        return None
    genre = "pays" if code == "france" else {9: "epci", 5: "commune"}.get(len(code), "departement")
    return {"id": _fille(cle, "zone", code), "name": noms[code], "extent": f"{genre}:{code}", "extent_type": "text"}


def _telephones(cle: UUID, numero: str) -> list[Document]:
    propre = re.sub(r"[ .\-()\u00a0\u202f]", "", numero)
    return [{"id": _fille(cle, "telephone", propre), "number": propre}] if NUMERO.match(propre) else []


def _adresse(texte: str) -> str:
    lue = texte.strip()
    return _si(ADRESSE, iri_to_uri(lue if "://" in lue or not lue else f"https://{lue}"))


def _si(motif: re.Pattern[str], texte: str) -> str:
    return texte if motif.match(texte) else ""


def _fille(cle: UUID, *quoi: str) -> UUID:
    return identifiant("de", cle.hex, *quoi)


def _sans_vide(document: Document) -> Document:
    return {cle: v for cle, v in document.items() if v not in (None, "", [])}
