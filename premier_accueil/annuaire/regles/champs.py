"""Fields of an entry that somebody may correct: their words, and how what is written is read.

A new column of the directory that people may correct gets its line here: forms, history, corrections and campaigns
follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from data_inclusion.schema import v1

from premier_accueil.annuaire.regles import saisies
from premier_accueil.annuaire.regles.historique import FICHE, Objet
from premier_accueil.annuaire.regles.horaires import en_clair
from premier_accueil.annuaire.regles.langues import langues
from premier_accueil.annuaire.regles.lieux import FAITS_DU_LIEU
from premier_accueil.annuaire.regles.saisies import Lecture, ValeurRefusee
from premier_accueil.annuaire.regles.vocabulaire import Diffusion, Forme


class Saisie(Enum):
    """How a field is filled on a form."""

    LIGNE = "LIGNE"
    PARAGRAPHE = "PARAGRAPHE"
    TELEPHONE = "TELEPHONE"
    COURRIEL = "COURRIEL"
    CHOIX = "CHOIX"
    CHOIX_MULTIPLES = "CHOIX_MULTIPLES"
    LIGNES = "LIGNES"
    OUI_NON = "OUI_NON"
    NOMBRE = "NOMBRE"
    HORAIRES = "HORAIRES"
    FERMETURES = "FERMETURES"
    INTERNE = "INTERNE"
    """Corrected by the software's own pages (a merge, a map), never on the form."""


@dataclass(frozen=True)
class Champ:
    """One field: its French name, how it is read, how it is filled, what helps to fill it."""

    libelle: str
    lire: Lecture
    saisie: Saisie = Saisie.LIGNE
    aide: str = ""
    choix: Mapping[str, str] = field(default_factory=dict)

    def dire(self, valeur: object) -> str:
        """Return a value in words; empty for nothing."""
        if valeur is None or valeur in ("", []):
            return ""
        if self.saisie == Saisie.FERMETURES:
            return " ; ".join(_fermeture(f) for f in saisies.suite(valeur))
        if self.saisie == Saisie.HORAIRES:
            return " ; ".join(en_clair(str(valeur))) or str(valeur)
        if isinstance(valeur, bool):
            return "oui" if valeur else "non"
        if self.lire in (saisies.jour, saisies.jour_ou_rien):
            return f"{date.fromisoformat(str(valeur)):%d/%m/%Y}"
        if isinstance(valeur, (list, tuple)):
            return ", ".join(self.choix.get(str(v), str(v)) for v in valeur)
        return self.choix.get(str(valeur), str(valeur))


def _fermeture(element: object) -> str:
    du, au, motif = (*saisies.suite(element), "", "")[:3]
    jours = [f"{date.fromisoformat(str(j)):%d/%m/%Y}" for j in dict.fromkeys((du, au)) if j]
    return f"{' au '.join(jours)}{f' ({motif})' if motif else ''}"


def _mots(vocabulaire: type[Enum]) -> dict[str, str]:
    return {str(v.value): str(getattr(v, "label", v.value)) for v in vocabulaire}


def _choix(libelle: str, vocabulaire: Mapping[str, str], *, vide: bool = True, aide: str = "") -> Champ:
    return Champ(libelle, saisies.choix(vocabulaire, vide=vide), Saisie.CHOIX, aide, vocabulaire)


def _codes(libelle: str, vocabulaire: Mapping[str, str]) -> Champ:
    return Champ(libelle, saisies.codes(vocabulaire), Saisie.CHOIX_MULTIPLES, "", vocabulaire)


def _paragraphe(libelle: str, longueur: int = 10_000, aide: str = "") -> Champ:
    return Champ(libelle, saisies.texte(longueur, une_ligne=False), Saisie.PARAGRAPHE, aide)


def _ligne(libelle: str, longueur: int, *, requis: bool = False, aide: str = "") -> Champ:
    return Champ(libelle, saisies.texte(longueur, requis=requis), Saisie.LIGNE, aide)


_NOM = _ligne("Nom", 200, requis=True)
_TELEPHONE = Champ("Téléphone", saisies.numero, Saisie.TELEPHONE)
_COURRIEL = Champ("Courriel", saisies.courriel, Saisie.COURRIEL)
_HORAIRES = Champ(
    "Horaires", saisies.horaires, Saisie.HORAIRES, "Exemple : lundi à vendredi : 9 h–12 h et 14 h–17 h."
)

CHAMPS: dict[Objet, dict[str, Champ]] = {
    Objet.STRUCTURE: {
        "nom": _NOM,
        "description": _paragraphe("Présentation"),
        "telephone": _TELEPHONE,
        "courriel": _COURRIEL,
        "site_web": Champ("Site web", saisies.adresse_web),
        "horaires": _HORAIRES,
        "siret": _ligne("SIRET", 14),
    },
    Objet.SITE: {
        "nom": _NOM,
        "adresse": _ligne("Adresse", 300),
        "complement": _ligne("Complément d'adresse", 300, aide="Étage, bâtiment, sonnette…"),
        "code_postal": _ligne("Code postal", 5),
        "telephone": _TELEPHONE,
        "commune_id": Champ("Commune", saisies.entier(10**9), Saisie.INTERNE),
        "latitude": Champ("Latitude", saisies.decimal(90), Saisie.INTERNE),
        "longitude": Champ("Longitude", saisies.decimal(180), Saisie.INTERNE),
        **{nom: Champ(mots.capitalize(), saisies.oui_non, Saisie.OUI_NON) for nom, mots in FAITS_DU_LIEU.items()},
    },
    Objet.SERVICE: {
        "nom": _NOM,
        "description": _paragraphe("Description", aide="Ce que l'on y fait, pour qui, en quelques phrases."),
        "type": _choix("Type de service", _mots(v1.TypeService)),
        "thematiques": _codes("Thématiques", _mots(v1.Thematique)),
        "publics": _codes("Publics", _mots(v1.Public)),
        "publics_precisions": _paragraphe("Publics, précisions"),
        "conditions_acces": _paragraphe("Conditions d'accès"),
        "frais": _choix("Coût", _mots(v1.Frais)),
        "frais_precisions": _paragraphe("Coût, précisions"),
        "modes_accueil": _codes("Façons de recevoir", _mots(v1.ModeAccueil)),
        "modes_mobilisation": _codes("Comment y aller ou les joindre", _mots(v1.ModeMobilisation)),
        "mobilisable_par": _codes("Qui peut les joindre", _mots(v1.PersonneMobilisatrice)),
        "mobilisation_precisions": _paragraphe("Comment faire, précisions"),
        "lien_mobilisation": Champ("Lien pour prendre rendez-vous ou écrire", saisies.adresse_web),
        "telephone": _TELEPHONE,
        "courriel": _COURRIEL,
        "pieces": Champ("Papiers à apporter", saisies.lignes(200), Saisie.LIGNES, "Un papier par ligne."),
        "delai_jours": Champ("Délai habituel (jours)", saisies.entier(3650), Saisie.NOMBRE),
        "langues": _codes("Langues parlées", langues()),
        "places": Champ("Places en tout", saisies.entier(32_767), Saisie.NOMBRE),
        "places_libres": Champ("Places libres", saisies.entier(32_767), Saisie.NOMBRE),
        "liste_d_attente": Champ("Liste d'attente", saisies.oui_non, Saisie.OUI_NON),
        "places_dites_le": Champ(
            "Places et attente : dit le", saisies.jour_ou_rien, aide="Sans date, ces nombres ne sont pas montrés."
        ),
        "zone": Champ("Territoire couvert", saisies.zone, Saisie.LIGNES, "Un code par ligne, ou « france »."),
        "ferme_le": Champ("Fermé définitivement le", saisies.jour_ou_rien, Saisie.INTERNE),
    },
    Objet.PERMANENCE: {
        "horaires": _HORAIRES,
        "horaires_texte": _ligne("Horaires, avec des mots", 500, aide="Ce que le calendrier ne sait pas dire."),
        "sur_rendez_vous": Champ("Sur rendez-vous", saisies.oui_non, Saisie.OUI_NON),
        "precision": _ligne("À savoir", 1000),
        "forme": _choix("Forme", {f.value: f.libelle for f in Forme}, vide=False),
        "fermetures": Champ("Fermetures", saisies.fermetures, Saisie.FERMETURES),
    },
    Objet.INTERLOCUTEUR: {
        "nom": _ligne("Nom", 120, requis=True),
        "fonction": _ligne("Fonction", 120),
        "telephone": _TELEPHONE,
        "courriel": _COURRIEL,
        "diffusion": _choix("Qui peut le voir", {d.value: d.libelle for d in Diffusion}, vide=False),
    },
    Objet.FERMETURE: {
        "du": Champ("Premier jour", saisies.jour),
        "au": Champ("Dernier jour", saisies.jour),
        "motif": _ligne("Raison", 200),
    },
}


def champ_de(objet: Objet, nom: str) -> Champ:
    """Return a field.

    Raises:
        ValeurRefusee: nobody may correct it.
    """
    if nom not in CHAMPS[objet]:
        raise ValeurRefusee("Ce champ ne se corrige pas ici.")
    return CHAMPS[objet][nom]


def dire_la_fiche(objet: Objet, valeurs: Mapping[str, object]) -> str:
    """Return a whole row in words, as its history shows what was added or taken out; coordinates are left out."""
    dits = [
        (champ.libelle, champ.dire(valeurs.get(nom)))
        for nom, champ in CHAMPS[objet].items()
        if champ.saisie is not Saisie.INTERNE
    ]
    return " ; ".join(f"{libelle} : {dit}" for libelle, dit in dits if dit)


def libelle_de(objet: Objet, nom: str) -> str:
    """Return the French name of a field, even of one that is no longer corrected."""
    if nom == FICHE:
        return objet.libelle.capitalize()
    return CHAMPS[objet][nom].libelle if nom in CHAMPS[objet] else nom.replace("_", " ")
