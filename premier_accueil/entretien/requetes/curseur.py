"""Advice asked and vignettes: texts without identity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.acces import conseils_visibles
from premier_accueil.entretien.models import DemandeDeConseil, Vignette
from premier_accueil.entretien.regles.curseur import Avertissement, reconnaissable
from premier_accueil.faits.regles import reserve
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.texte import cle
from premier_accueil.territoire.models import Commune

MOTS_D_UN_NOM = 5
PAR_PAGE = 15


@dataclass(frozen=True)
class ConseilVu:
    """A request for advice; who asked is a colleague, known by name."""

    id: int
    auteur: str
    texte: str
    posee_le: datetime
    reponse: str
    repondue_par: str
    repondue_le: datetime | None


@dataclass(frozen=True)
class VignetteVue:
    """A vignette, ready for the meeting."""

    id: int
    auteur: str
    texte: str
    question: str
    ecrite_le: datetime
    avertie: bool


def relire_sans_identite(texte: str, departement: str) -> tuple[Avertissement, ...]:
    """Return what could tell a person in a text that must not: small communes of the département are looked up.

    Args:
        texte: as typed.
        departement: code; empty looks up nothing.
    """
    return reconnaissable(texte, _petites_communes(texte, departement))


def _petites_communes(texte: str, departement: str) -> tuple[str, ...]:
    mots = re.findall(r"[\w'’-]+", texte)
    noms = {
        cle(" ".join(mots[i : i + n]))
        for i, mot in enumerate(mots)
        if mot[:1].isupper()
        for n in range(1, MOTS_D_UN_NOM + 1)
    }
    petites = Commune.objects.filter(
        cle__in=[nom for nom in noms if len(nom) > 2], departement=departement,
        population__lt=reserve().population_minimale,
    )  # fmt: skip
    return tuple(petites.order_by("nom").values_list("nom", flat=True).distinct()) if departement else ()


def conseils(role: Role, a: datetime) -> tuple[ConseilVu, ...]:
    """Return the requests for advice this role reads, unanswered first, at most fifteen; journaled."""
    vus = DemandeDeConseil.objects.filter(conseils_visibles(role)).select_related("auteur", "repondue_par")
    _noter(role, a, "conseils", "CONSEIL", None)
    lignes = sorted(vus.order_by("-posee_le", "-pk")[: 4 * PAR_PAGE], key=lambda c: c.repondue_le is not None)
    return tuple(_vu(c) for c in lignes[:PAR_PAGE])


def conseil_vu(conseil_id: int, role: Role, a: datetime) -> ConseilVu:
    """Return one request for advice; the reading is journaled.

    Raises:
        DemandeDeConseil.DoesNotExist: not visible to this role.
    """
    conseil = DemandeDeConseil.objects.select_related("auteur", "repondue_par").get(
        conseils_visibles(role), pk=conseil_id
    )
    _noter(role, a, "conseil_vu", "CONSEIL", conseil.pk)
    return _vu(conseil)


def vignettes(role: Role, a: datetime) -> tuple[VignetteVue, ...]:
    """Return the vignettes of the structure, latest first, at most fifteen; journaled."""
    if not peut(role.fonction, Droit.S_ENTRETENIR):
        return ()
    _noter(role, a, "vignettes", "VIGNETTE", None)
    siennes = Vignette.objects.filter(structure_id=role.structure_id).select_related("auteur")
    return tuple(
        VignetteVue(v.pk, v.auteur.nom, v.texte, v.question, v.ecrite_le, bool(v.avertissements))
        for v in siennes.order_by("-ecrite_le", "-pk")[:PAR_PAGE]
    )


def _vu(c: DemandeDeConseil) -> ConseilVu:
    par = c.repondue_par.nom if c.repondue_par else ""
    return ConseilVu(c.pk, c.auteur.nom, c.texte, c.posee_le, c.reponse, par, c.repondue_le)


def _noter(role: Role, a: datetime, action: str, objet: str, objet_id: int | None) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action=action, objet=objet,
        objet_id=objet_id, a=a,
    )  # fmt: skip
