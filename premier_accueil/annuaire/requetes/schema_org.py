"""A service in the words of schema.org, for search engines: nothing that the page does not say."""

from __future__ import annotations

from typing import Any

from premier_accueil.annuaire.regles.thematiques import mots
from premier_accueil.annuaire.requetes.offre import Offre
from premier_accueil.annuaire.requetes.vues import LieuVu, PermanenceVue

JOURS = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday",
    "SU": "Sunday",
}  # fmt: skip


def donnees_structurees(o: Offre, adresse: str) -> dict[str, Any]:
    """Return a service as JSON-LD.

    Hours that nobody vouched for lately are left out (T15): a search engine would show them as certain.

    Args:
        adresse: of the public page.
    """
    f = o.fiche
    organisation = {"@type": "Organization", "name": f.structure.nom, "telephone": f.structure.telephone}
    return _sans_vide({
        "@context": "https://schema.org", "@type": "Service", "@id": adresse, "url": adresse, "name": f.nom,
        "description": f.description, "serviceType": [mots()[t] for t in f.thematiques if t in mots()],
        "provider": _sans_vide(organisation | {"url": f.structure.site_web}),
        "audience": _sans_vide({"@type": "Audience", "audienceType": f.publics_precisions}, seul="@type"),
        "offers": {"@type": "Offer", "price": 0, "priceCurrency": "EUR"} if f.frais == "gratuit" else None,
        "availableChannel": [
            _canal(p, f.telephone or f.structure.telephone, sur=not o.a_confirmer) for p in f.permanences
        ],
    })  # fmt: skip


def _canal(p: PermanenceVue, telephone: str, *, sur: bool) -> dict[str, Any]:
    canal: dict[str, Any] = {"@type": "ServiceChannel"}
    if telephone:
        canal["servicePhone"] = {"@type": "ContactPoint", "telephone": telephone}
    if p.lieu:
        canal["serviceLocation"] = _lieu(p.lieu) | (_heures(p) if sur else {})
    return canal


def _lieu(lieu: LieuVu) -> dict[str, Any]:
    point = {"@type": "GeoCoordinates", "latitude": lieu.latitude, "longitude": lieu.longitude}
    return _sans_vide({
        "@type": "Place", "name": lieu.nom, "telephone": lieu.telephone,
        "address": _sans_vide({
            "@type": "PostalAddress", "streetAddress": lieu.adresse, "postalCode": lieu.code_postal,
            "addressLocality": lieu.commune, "addressCountry": "FR",
        }),
        "geo": point if lieu.latitude is not None else None,
    })  # fmt: skip


def _heures(p: PermanenceVue) -> dict[str, Any]:
    if not p.recurrences or any(r.freq != "WEEKLY" for r in p.recurrences):
        return {}
    usuelles = [
        {
            "@type": "OpeningHoursSpecification", "dayOfWeek": [f"https://schema.org/{JOURS[j]}" for j in r.jours],
            "opens": r.ouvre, "closes": r.ferme,
        }
        for r in p.recurrences
    ]  # fmt: skip
    fermees = [
        {
            "@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00", "validFrom": f"{du:%Y-%m-%d}",
            "validThrough": f"{au:%Y-%m-%d}",
        }
        for du, au, _ in p.fermetures
    ]  # fmt: skip
    return _sans_vide({"openingHoursSpecification": usuelles, "specialOpeningHoursSpecification": fermees})


def _sans_vide(valeurs: dict[str, Any], *, seul: str = "") -> dict[str, Any]:
    pleines = {cle: v for cle, v in valeurs.items() if v not in (None, "", [], {})}
    return {} if seul and set(pleines) == {seul} else pleines
