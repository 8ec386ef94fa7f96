"""The directory as a table that people read: one line a service and place, French headings, hours in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from data_inclusion.schema import v1

from premier_accueil.annuaire.imports.rapport import sans_formule
from premier_accueil.annuaire.models import Permanence, Service
from premier_accueil.annuaire.regles.horaires import en_clair
from premier_accueil.annuaire.regles.langues import langues
from premier_accueil.annuaire.regles.lieux import FAITS_DU_LIEU, faits_dits, places_dites

COLONNES = (
    "Structure", "Genre", "Service", "Description", "Thématiques", "Publics", "Conditions d'accès", "Coût",
    "Papiers à apporter", "Langues", "Places et attente", "Téléphone", "Courriel", "Site web", "Lieu", "Adresse",
    "Code postal", "Commune",
    "Code INSEE", "Accès et cadre du lieu", "Horaires", "À savoir", "Mise à jour", "Confirmé le", "Source",
    "Identifiant",
)  # fmt: skip
LOT = 2000
_THEMES = {t.value: t.label for t in v1.Thematique}
_PUBLICS = {p.value: p.label for p in v1.Public}
_FRAIS = {f.value: f.label for f in v1.Frais}


def lignes(departement: str = "") -> Iterator[tuple[str, ...]]:
    """Return the headings, then a line a service and place. No named contact: those are for the screens.

    Args:
        departement: code; empty for all.
    """
    yield COLONNES
    services = (
        Service.objects.filter(ferme_le=None).order_by("structure__cle", "cle", "pk")
        .select_related("structure").prefetch_related("permanences__site__commune")
    )  # fmt: skip
    if departement:
        services = services.filter(structure__departement=departement)
    for service in services.iterator(LOT):
        permanences = sorted(service.permanences.all(), key=lambda p: p.pk)
        yield from (_ligne(service, permanence) for permanence in permanences or (None,))


def _ligne(service: Service, permanence: Permanence | None) -> tuple[str, ...]:
    s, site = service.structure, permanence.site if permanence else None
    lieu = (site.nom, site.adresse, site.code_postal, site.commune.nom, site.commune.code) if site else ("",) * 5
    horaires = precision = acces = ""
    if site:
        dits = faits_dits({nom: getattr(site, nom) for nom in FAITS_DU_LIEU})
        acces = ", ".join(mots if oui else f"non : {mots}" for mots, oui in dits)
    if permanence:
        heures = (*en_clair(permanence.horaires), permanence.horaires_texte)
        horaires, precision = " ; ".join(h for h in heures if h), permanence.precision
        lieu = lieu if site else (permanence.get_forme_display(), "", "", "", "")
    return (
        s.nom, s.get_genre_display(), service.nom, service.description,
        ", ".join(_THEMES.get(t, t) for t in service.thematiques),
        ", ".join(_PUBLICS.get(p, p) for p in service.publics), service.conditions_acces,
        _FRAIS.get(service.frais, service.frais), ", ".join(service.pieces),
        ", ".join(langues().get(code, code) for code in service.langues),
        places_dites(service.places, service.places_libres, service.liste_d_attente, service.places_dites_le),
        service.telephone or s.telephone,
        service.courriel or s.courriel, s.site_web, *lieu, acces, horaires, precision,
        _jour(service.date_maj), _jour(service.confirme_le), service.source, service.source_id,
    )  # fmt: skip


def _jour(le: date | None) -> str:
    return f"{le:%d/%m/%Y}" if le else ""


def en_csv(rangees: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Write a CSV that spreadsheets of Europe open; nothing in it runs."""
    yield "\ufeff"
    sortie = io.StringIO(newline="")
    ecrivain = csv.writer(sortie, delimiter=";")
    for rangee in rangees:
        ecrivain.writerow([sans_formule(case) for case in rangee])
        yield sortie.getvalue()
        sortie.seek(0)
        sortie.truncate()


def en_ods(rangees: Iterable[tuple[str, ...]]) -> bytes:
    """Write an OpenDocument spreadsheet; every cell is a text, none is a formula."""
    import odswriter  # only who exports needs it

    sortie = io.BytesIO()
    with odswriter.writer(sortie) as classeur:
        feuille = classeur.new_sheet("Annuaire")
        for rangee in rangees:
            feuille.writerow(["".join(c for c in case if c.isprintable() or c in "\n\t") for case in rangee])
    return sortie.getvalue()
