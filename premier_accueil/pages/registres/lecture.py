"""Read the journal of one structure, line by line: never a total, a rank or a group of agents (T19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone

from premier_accueil.acteurs.models import Compte
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.models import Acces
from premier_accueil.socle.texte import propre

PAR_PAGE = 15
PAGES = 2000
PLUS_GRAND = 2**63 - 1
PLAUSIBLE = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 30)))


class Filtre(forms.Form):
    """Which lines to show; everything is optional."""

    du = forms.DateField(required=False, validators=PLAUSIBLE)
    au = forms.DateField(required=False, validators=PLAUSIBLE)
    objet = forms.CharField(required=False, max_length=30)
    objet_id = forms.IntegerField(required=False, min_value=0, max_value=PLUS_GRAND)
    compte = forms.IntegerField(required=False, min_value=0, max_value=PLUS_GRAND)
    page = forms.IntegerField(required=False, min_value=1, max_value=PAGES)

    def clean_objet(self) -> str:
        """Remove what a database does not hold."""
        return propre(self.cleaned_data["objet"])

    def lignes(self) -> QuerySet[Acces]:
        """Return the lines asked for, latest first; those that the database shows to this structure."""
        d = self.cleaned_data
        lignes = Acces.objects.order_by("-mois", "-rang")
        if d.get("du"):
            lignes = lignes.filter(a__gte=_minuit(d["du"]))
        if d.get("au"):
            lignes = lignes.filter(a__lt=_minuit(d["au"]) + timedelta(days=1))
        exacts = {"objet": d.get("objet"), "objet_id": d.get("objet_id"), "compte_id": d.get("compte")}
        return lignes.filter(**{nom: valeur for nom, valeur in exacts.items() if valeur not in (None, "")})


@dataclass(frozen=True)
class LigneDeJournal:
    """One line as the screen shows it."""

    a: datetime
    qui: str
    geste: str
    action: str
    objet: str
    objet_id: int | None


@dataclass(frozen=True)
class JournalVu:
    """One page of the journal; it does not say how many lines there are."""

    lignes: tuple[LigneDeJournal, ...]
    page: int
    suite: bool


def journal_vu(filtre: Filtre, *, role: Role, a: datetime) -> JournalVu:
    """Return one page of the journal of the role's structure; this reading is journaled too.

    Whose lines one asks for is journaled as well: looking at somebody leaves a trace.

    Args:
        filtre: bound and valid.
        role: who reads.
        a: now.
    """
    page, compte = filtre.cleaned_data["page"] or 1, filtre.cleaned_data["compte"]
    debut = (page - 1) * PAR_PAGE
    lues = list(filtre.lignes().filter(structure_id=role.structure_id)[debut : debut + PAR_PAGE + 1])
    geste = Geste.RECHERCHE if any(v for nom, v in filtre.cleaned_data.items() if nom != "page") else Geste.LECTURE
    noms = dict(Compte.objects.filter(pk__in={ligne.compte_id for ligne in lues}).values_list("pk", "nom"))
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=geste, action="journal_vu",
        objet="JOURNAL" if compte is None else "COMPTE", objet_id=compte, a=a,
    )  # fmt: skip
    lignes = tuple(
        LigneDeJournal(
            ligne.a, _qui(ligne.compte_id, noms), ligne.get_geste_display(), dire_l_action(ligne.action),
            lisible(ligne.objet), ligne.objet_id,
        )
        for ligne in lues[:PAR_PAGE]
    )  # fmt: skip
    return JournalVu(lignes, page, len(lues) > PAR_PAGE)


def choix(role: Role) -> dict[str, list[tuple[object, str]]]:
    """Return what the two lists of the filter offer: kinds of object, and accounts of the structure by name."""
    objets = Acces.objects.filter(structure_id=role.structure_id).order_by("objet").values_list("objet", flat=True)
    comptes = Compte.objects.filter(missions__structure_id=role.structure_id).order_by("nom", "pk").distinct()
    return {
        "objets": [(objet, lisible(objet)) for objet in objets.distinct()],
        "comptes": list(comptes.values_list("pk", "nom")),
    }


@cache
def mots_du_journal() -> dict[str, str]:
    """Return the words of each action, from ``donnees/journal_mots.yaml``."""
    return dict(lire_yaml(dossiers.donnees() / "journal_mots.yaml")["actions"])


def dire_l_action(action: str) -> str:
    """Return an action in words; one that nobody put into words yet speaks for itself."""
    return mots_du_journal().get(action, action.replace("_", " "))


def lisible(code: str) -> str:
    """Return a stored code as one reads it."""
    return code.replace("_", " ").capitalize()


def _qui(compte_id: int | None, noms: dict[int, str]) -> str:
    if compte_id is None:
        return "la personne, par son code"
    return noms.get(compte_id, f"compte n° {compte_id}")


def _minuit(jour: date) -> datetime:
    return timezone.make_aware(datetime.combine(jour, time.min))
