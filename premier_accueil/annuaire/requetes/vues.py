"""Frozen values of the directory, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from premier_accueil.annuaire.models import Permanence, Site
from premier_accueil.annuaire.regles import Diffusion, Forme
from premier_accueil.annuaire.regles.horaires import Ouverture, en_clair, ouverture, prochaine_en_clair
from premier_accueil.annuaire.regles.lieux import FAITS_DU_LIEU, faits_dits
from premier_accueil.annuaire.regles.ouverture import FermetureExceptionnelle
from premier_accueil.annuaire.regles.recurrences import Recurrence, recurrences
from premier_accueil.socle.horloge import jour_local

# Who is allowed to see what: each circle sees the wider ones.
VISIBLES = {
    Diffusion.PUBLIC: frozenset({Diffusion.PUBLIC}),
    Diffusion.PERSONNE_RECUE: frozenset({Diffusion.PUBLIC, Diffusion.PERSONNE_RECUE}),
    Diffusion.RESEAU: frozenset(Diffusion),
}


@dataclass(frozen=True)
class LieuVu:
    """A place. The point is given only when it can be trusted (never outside its commune)."""

    id: int
    nom: str
    adresse: str
    complement: str
    code_postal: str
    commune: str
    commune_code: str
    departement: str
    latitude: float | None
    longitude: float | None
    telephone: str
    tenu_par: str
    faits: tuple[tuple[str, bool], ...] = ()
    """(Words, yes or no) known of its accessibility, neutrality and rooms; what is not known is not said."""


@dataclass(frozen=True)
class PermanenceVue:
    """When and where, in words. ``prochaine`` is a phrase such as "ouvre demain à 9 h", empty when unknown or open."""

    id: int
    forme: Forme
    lieu: LieuVu | None
    horaires: tuple[str, ...]
    horaires_tels_quels: str
    ouverture: Ouverture
    prochaine: str
    sur_rendez_vous: bool | None
    precision: str
    fermetures: tuple[tuple[date, date, str], ...]
    recurrences: tuple[Recurrence, ...] = ()


@dataclass(frozen=True)
class StructureVue:
    """Who holds a service."""

    id: int
    nom: str
    genre: str
    genre_libelle: str
    telephone: str
    courriel: str
    site_web: str
    exemple: bool


@dataclass(frozen=True)
class ContactVu:
    """A named contact, with who may see it."""

    nom: str
    fonction: str
    telephone: str
    courriel: str
    diffusion: Diffusion


@dataclass(frozen=True)
class FicheService:
    """All that is known of a service. Empty means unknown, never "no"."""

    id: int
    nom: str
    description: str
    structure: StructureVue
    thematiques: tuple[str, ...]
    publics: tuple[str, ...]
    publics_precisions: str
    conditions_acces: str
    frais: str
    frais_precisions: str
    modes_accueil: tuple[str, ...]
    modes_mobilisation: tuple[str, ...]
    mobilisable_par: tuple[str, ...]
    mobilisation_precisions: str
    lien_mobilisation: str
    zone: tuple[str, ...]
    telephone: str
    courriel: str
    pieces: tuple[str, ...]
    delai_jours: int | None
    date_maj: date | None
    permanences: tuple[PermanenceVue, ...]
    contacts: tuple[ContactVu, ...]
    a_confirmer: bool = False
    """Nobody vouched for it lately (T15)."""
    langues: tuple[str, ...] = ()
    places: str = ""
    """Places and waiting list in words, with the day they were told; empty when no day was."""
    ferme_le: date | None = None
    """It closed for good that day."""

    def contacts_pour(self, cercle: Diffusion) -> tuple[ContactVu, ...]:
        """Return the contacts that somebody of this circle may see: a screen for the public asks for ``PUBLIC``."""
        return tuple(c for c in self.contacts if c.diffusion in VISIBLES[cercle])


def lieu_vu(site: Site) -> LieuVu:
    """Show a place; its commune and structure must be loaded with it."""
    sur = site.point_verifie is not False
    return LieuVu(
        id=site.pk,
        nom=site.nom,
        adresse=site.adresse,
        complement=site.complement,
        code_postal=site.code_postal,
        commune=site.commune.nom,
        commune_code=site.commune.code,
        departement=site.commune.departement,
        latitude=site.latitude if sur else None,
        longitude=site.longitude if sur else None,
        telephone=site.telephone,
        tenu_par=site.structure.nom,
        faits=faits_dits({nom: getattr(site, nom) for nom in FAITS_DU_LIEU}),
    )


def permanence_vue(
    permanence: Permanence, a: datetime, closes: Iterable[FermetureExceptionnelle] | None = None
) -> PermanenceVue:
    """Show a permanence at a moment; its site must be loaded with it, its service for phone ones.

    Args:
        closes: its closings not over yet, when they were read apart; else they must be loaded with it.
    """
    if closes is None:
        closes = ((f.du, f.au, f.motif) for f in permanence.fermetures.all())
    fermetures = tuple(sorted(closes))
    lieu = lieu_vu(permanence.site) if permanence.site else None
    departement = lieu.departement if lieu else ""
    vue = ouverture(permanence.horaires, a, fermetures, departement=departement)
    return PermanenceVue(
        id=permanence.pk,
        forme=Forme(permanence.forme),
        lieu=lieu,
        horaires=en_clair(permanence.horaires),
        horaires_tels_quels=permanence.horaires_texte,
        ouverture=vue,
        prochaine=prochaine_en_clair(vue.prochaine, a, departement=departement) if vue.prochaine else "",
        sur_rendez_vous=permanence.sur_rendez_vous,
        precision=permanence.precision,
        fermetures=tuple(f for f in fermetures if f[1] >= jour_local(a)),
        recurrences=recurrences(permanence.horaires),
    )
