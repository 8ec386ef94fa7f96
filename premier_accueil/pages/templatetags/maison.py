"""Small tags used by every page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django import template
from django.urls import reverse

from premier_accueil.acteurs.regles import Droit, Fonction, peut
from premier_accueil.acteurs.requetes import Role

register = template.Library()

MENU = [
    ("entretien:journee", "Ma journée", Droit.S_ENTRETENIR),
    ("guichet:accueil", "Guichet", Droit.RECEVOIR),
    ("attente:file", "File d'attente", Droit.RECEVOIR),
    ("guichet:passages", "Passages", Droit.RECEVOIR),
    ("attente:mesures", "Attentes", Droit.VOIR_LES_VOLUMES),
    ("attente:reglages", "Réglages de l'accueil", Droit.ADMINISTRER),
    ("agenda:jour", "Agenda", Droit.RECEVOIR),
    ("pieces:attendus", "Papiers", Droit.RECEVOIR),
    ("personnes:recherche", "Personnes", Droit.OUVRIR_UN_DOSSIER),
    ("demarches:liste", "Démarches", Droit.OUVRIR_UN_DOSSIER),
    ("relais:partis", "Relais", Droit.COMMUNIQUER),
    ("relais:recus", "Relais reçus", Droit.LIRE_CE_QUI_EST_SOUMIS),
    ("agenda:plages", "Plages", Droit.TENIR_L_AGENDA),
    ("personnes:signalements", "Signalements", Droit.ETRE_PREVENU),
    ("entretien:conseils", "Conseil", Droit.CONSEILLER),
    ("partage:communications", "Communications", Droit.LIRE_CE_QUI_EST_SOUMIS),
    ("coordination:relais_en_retard", "Relais en retard", Droit.VOIR_LES_FAITS),
    ("coordination:manques", "Manques", Droit.VOIR_LES_FAITS),
    ("coordination:faits", "Faits", Droit.VOIR_LES_FAITS),
    ("coordination:volumes", "Volumes", Droit.VOIR_LES_VOLUMES),
    ("administration:equipe", "Équipe", Droit.CONSULTER_L_ANNUAIRE),
    ("conservation:droits", "Droits", Droit.TENIR_LES_REGISTRES),
    ("registres:communications", "Registre des communications", Droit.TENIR_LES_REGISTRES),
    ("registres:journal", "Journal des accès", Droit.TENIR_LES_REGISTRES),
    ("conservation:destructions", "Conservation", Droit.TENIR_LES_REGISTRES),
    ("annuaire:recherche", "Annuaire", Droit.CONSULTER_L_ANNUAIRE),
    ("tenue:ma_fiche", "Notre fiche", Droit.TENIR_SA_FICHE),
    ("tenue:corrections", "Corrections", Droit.CONSULTER_L_ANNUAIRE),
    ("tenue:qualite", "Fiches à relire", Droit.TENIR_L_ANNUAIRE),
    ("tenue:campagnes", "Campagnes", Droit.TENIR_L_ANNUAIRE),
    ("lexique:liste", "Lexique", Droit.TENIR_L_ANNUAIRE),
    ("ouvert:guides", "Guides imprimés", Droit.CONSULTER_L_ANNUAIRE),
    ("reperes:liste", "Fiches repères", Droit.CONSULTER_L_ANNUAIRE),
    ("urgences", "Urgences", Droit.CONSULTER_L_ANNUAIRE),
]

SOUS_LA_MAIN = {
    "entretien:journee", "guichet:accueil", "attente:file", "agenda:jour", "personnes:recherche", "relais:partis",
    "annuaire:recherche", "urgences",
}  # fmt: skip
"""What one needs with somebody in front of one; the rest is one click further, when there is much of it."""
LIGNES_SANS_PLI = 8
"""Lines of the bar: a function that has few of those above has others there, in the order of the menu."""


@dataclass(frozen=True)
class Entree:
    """One line of the menu."""

    adresse: str
    libelle: str
    ici: bool


@dataclass(frozen=True)
class Menu:
    """The menu of a role: what stands in the bar, and what waits behind "Autres pages"."""

    barre: list[Entree]
    autres: list[Entree]

    @property
    def ici(self) -> bool:
        """Tell whether the current page is one of those that wait."""
        return any(e.ici for e in self.autres)


@cache
def _lignes(fonction: Fonction) -> tuple[tuple[str, str, str, bool], ...]:
    """Return the lines of a function: name, address, words, whether in the bar; asked by every page, so kept."""
    lignes = [(nom, reverse(nom), libelle) for nom, libelle, droit in MENU if peut(fonction, droit)]
    rangees = sorted(lignes, key=lambda ligne: ligne[0] not in SOUS_LA_MAIN)
    a_la_barre = {nom for nom, _, _ in rangees[:LIGNES_SANS_PLI]}
    return tuple((*ligne, ligne[0] in a_la_barre) for ligne in lignes)


@register.filter
def menu(role: Role, chemin: str) -> Menu:
    """Return the menu of a role; the longest address that begins the path is the current page."""
    lignes = _lignes(role.fonction)
    ici = max((adresse for _, adresse, _, _ in lignes if chemin.startswith(adresse)), key=len, default="")
    entrees = [(dedans, Entree(adresse, libelle, adresse == ici)) for _, adresse, libelle, dedans in lignes]
    return Menu([e for dedans, e in entrees if dedans], [e for dedans, e in entrees if not dedans])


@register.filter(name="peut")
def peut_faire(role: Role, droit: str) -> bool:
    """Tell whether a role may do something, by the name of the right: show no link to a page that would refuse."""
    return peut(role.fonction, Droit[droit])


@register.filter
def telephone(numero: str) -> str:
    """Return a French number as one reads it, in pairs; another one as it came."""
    chiffres = "".join(c for c in numero if c.isdigit() or c == "+")
    if chiffres.startswith("+33") and len(chiffres) == 12:
        chiffres = "0" + chiffres[3:]
    if len(chiffres) != 10:
        return numero
    return "\u00a0".join(chiffres[i : i + 2] for i in range(0, 10, 2))


@register.filter
def dans(valeur: object, ensemble: object) -> bool:
    """Tell whether a value, or its text, is in a collection."""
    return hasattr(ensemble, "__contains__") and (valeur in ensemble or str(valeur) in ensemble)


@register.filter
def virgule(nombre: float) -> str:
    """Return a number with one decimal, written the French way."""
    return f"{nombre:.1f}".replace(".", ",")


@register.filter
def valeur(table: dict[object, str], cle: object) -> str:
    """Return what a table says of a key, or the key itself."""
    return table.get(cle, str(cle))
