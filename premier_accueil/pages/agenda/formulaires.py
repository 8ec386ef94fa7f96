"""What the pages of the agenda send."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import uuid4

from django import forms

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.actions import Coordonnees, PlageDite
from premier_accueil.agenda.models import PlageDAgenda
from premier_accueil.agenda.regles import (
    CANAUX,
    GENRES_D_EXCEPTION,
    JOURS,
    MODES_DE_RAPPEL,
    OUVERTURES,
    RAISONS_DE_SILENCE,
    RANGS,
    RYTHMES,
    Canal,
    GenreDException,
    ModeDeRappel,
    Ouverture,
    Rythme,
    parle,
)
from premier_accueil.agenda.requetes import collegues_qui_recoivent, lieux_de, ou_prendre, services_de
from premier_accueil.pages.personnes.formulaires import Champs, Formulaire, case, jour, texte
from premier_accueil.socle.envoi import Canal as CanalDEnvoi
from premier_accueil.socle.envoi import envoi_possible

TOUS = [("", "Peu importe")]
DIRECTS = (
    "nom", "heure_debut", "heure_fin", "duree_minutes", "debut", "capacite", "fin", "bureau", "langue", "feries",
)  # fmt: skip


def heure(libelle: str, *, requis: bool = False, aide: str = "") -> forms.TimeField:
    """Return an hour of the day."""
    boite = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=libelle, required=requis, widget=boite, help_text=aide)


def liste(libelle: str, choix: Any = (), *, requis: bool = False, aide: str = "") -> forms.ChoiceField:
    """Return a list to choose from."""
    return forms.ChoiceField(label=libelle, choices=choix, required=requis, help_text=aide)


class Recherche(Formulaire):
    """Where and when an appointment is looked for; no word of the person travels here.

    ``dite`` is the language that she said: slots where it is spoken are looked for first.
    """

    plage = liste("Pour quoi")
    site = liste("Lieu")
    agent = liste("Avec qui")
    canal = liste("Comment", [*TOUS, *CANAUX])
    langue = liste("Langue parlée")
    des = jour("À partir du")

    def __init__(self, *args: Any, role: Role, a: Any, dite: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ou = ou_prendre(role, a)
        offertes: Champs = {
            "plage": ou.plages, "site": ou.lieux, "agent": ou.agents, "langue": [(dite, dite) for dite in ou.langues],
        }  # fmt: skip
        for nom, choix in offertes.items():
            self.choix(nom, [*TOUS, *choix])
            if not choix:
                del self.fields[nom]

        # Her language comes first, when somebody speaks it here and no other was chosen.
        self.la_sienne = next((langue for langue in ou.langues if parle(dite, langue)), "")
        self.devinee = bool(self.la_sienne) and "langue" not in self.data
        if self.devinee:
            self.data["langue"] = self.la_sienne  # type: ignore[index]

    def filtres(self) -> Champs:
        """Return what ``creneaux_libres`` is asked; a value that is not offered is left aside."""
        d = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        cles = {"plage_id": d.get("plage"), "site_id": d.get("site"), "compte_id": d.get("agent")}
        filtres: Champs = {nom: int(valeur) for nom, valeur in cles.items() if valeur}
        filtres |= {"canal": Canal(d["canal"])} if d.get("canal") else {}
        return filtres | ({"langue": d["langue"]} if d.get("langue") else {})


class Prise(Formulaire):
    """What she says of herself when she takes an appointment: nothing is required."""

    nom = texte("Nom ou prénom", 120, "Si elle veut le dire. Jamais le motif.")
    rappel = liste("Lui rappeler ce rendez-vous ?")
    joindre = texte("Numéro ou adresse pour ce rappel", 254, "Effacé après le rendez-vous.")
    accord = case("Elle est d'accord pour que cette structure lise son nom et son numéro")
    creneau = forms.CharField(widget=forms.HiddenInput)
    demande_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, connue: bool, ailleurs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possibles = [c.value for c in CanalDEnvoi if envoi_possible(c)]
        offerts = {ModeDeRappel.AUCUN.value, *possibles}
        self.choix("rappel", [(m, dit) for m, dit in MODES_DE_RAPPEL if m.value in offerts])
        for nom in [*(("nom", "joindre") if connue else ()), *(() if ailleurs else ("accord",))]:
            del self.fields[nom]
        if not possibles:
            for nom in ("rappel", "joindre"):
                self.fields.pop(nom, None)
        elif connue:
            self.fields["rappel"].help_text = "Comme elle l'a dit dans « Comment la joindre sans risque »."

    def coordonnees(self) -> Coordonnees:
        """Return what to record."""
        d = self.cleaned_data
        rappel = ModeDeRappel(d.get("rappel") or ModeDeRappel.AUCUN)
        return Coordonnees(d.get("nom", ""), rappel, d.get("joindre", ""), d.get("accord", False))


class Regle(Formulaire):
    """A rule: who receives, where, when, open to whom."""

    nom = texte("Nom de la plage", 120, "Ce que lit l'agent qui prend rendez-vous : « Permanence sociale ».")
    canal = liste("Comment reçoit-on ?", CANAUX, requis=True)
    site = liste("Lieu")
    service = liste("Service")
    agent = liste("Qui reçoit", aide="Vide : qui est là ce jour-là.")
    bureau = texte("Bureau", 40)
    langue = texte("Langue parlée, si ce n'est pas le français", 60)
    rythme = liste("Rythme", RYTHMES, requis=True)
    rang = liste(
        "Lequel dans le mois", [("0", "Sans objet"), *RANGS],
        aide="Seulement pour une plage qui revient une fois par mois.",
    )  # fmt: skip
    jours = forms.TypedMultipleChoiceField(
        label="Jours", coerce=int, choices=JOURS, required=False, widget=forms.CheckboxSelectMultiple
    )
    heure_debut = heure("De", requis=True)
    heure_fin = heure("À", requis=True)
    duree_minutes = forms.IntegerField(label="Durée d'un rendez-vous (minutes)", min_value=5, max_value=480)
    capacite = forms.IntegerField(label="Personnes reçues en même temps", min_value=1, max_value=60, initial=1)
    debut = jour("Premier jour", requis=True)
    fin = jour("Dernier jour")
    feries = case("Reçoit aussi les jours fériés")
    ouverte_a = forms.MultipleChoiceField(
        label="Qui d'autre peut y prendre rendez-vous ?", choices=OUVERTURES, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Les travailleurs sociaux de votre structure le peuvent toujours.",
    )  # fmt: skip
    demande_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)

    def __init__(self, *args: Any, role: Role, a: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listes = {"site": lieux_de(role), "service": services_de(role), "agent": collegues_qui_recoivent(role, a)}
        for nom, choix in listes.items():
            self.choix(nom, [("", "Aucun"), *choix])
        for nom in ("jours", "ouverte_a"):
            self.fields[nom].widget.attrs.pop("class", None)

    def garder(self, nom: str, cle: int, libelle: str) -> None:
        """Keep offering what the rule says, even when it is not offered any more (a worker who left)."""
        champ = self.fields[nom]
        assert isinstance(champ, forms.ChoiceField)
        if cle not in [c for c, _ in champ.choices]:  # type: ignore[misc,union-attr]
            self.choix(nom, [*champ.choices, (cle, f"{libelle} (n'est plus là)")])  # type: ignore[misc]

    def dite(self) -> PlageDite:
        """Return the rule to record."""
        d = self.cleaned_data
        champs: Champs = {c: d[c] for c in DIRECTS}
        champs |= {f"{c}_id": int(d[c]) if d[c] else None for c in ("site", "service", "agent")}
        return PlageDite(
            canal=Canal(d["canal"]), jours=tuple(d["jours"]), rythme=Rythme(d["rythme"]), rang=int(d["rang"] or 0),
            ouverte_a=tuple(Ouverture(o) for o in d["ouverte_a"]), **champs,
        )  # fmt: skip


def de_la_plage(p: PlageDAgenda) -> Champs:
    """Return the first values of the form of a rule."""
    memes = [c for c in Regle.base_fields if c not in {"site", "service", "agent", "demande_id"}]
    return {c: getattr(p, c) for c in memes} | {c: getattr(p, f"{c}_id") or "" for c in ("site", "service", "agent")}


def nouvelle_plage(aujourd_hui: date) -> Champs:
    """Return the first values of a new rule."""
    return {
        "demande_id": uuid4(), "debut": aujourd_hui, "duree_minutes": 30, "capacite": 1, "rang": "0",
        "heure_debut": time(9), "heure_fin": time(12), "ouverte_a": [Ouverture.ACCUEIL],
    }  # fmt: skip


class Exceptionnelle(Formulaire):
    """Closed days, or hours added on one."""

    genre = liste("Quoi", GENRES_D_EXCEPTION, requis=True)
    du = jour("Du", requis=True)
    au = jour("Au")
    heure_debut = heure("Ouvert en plus : de")
    heure_fin = heure("à")

    def exception(self) -> Champs:
        """Return what to record."""
        return self.cleaned_data | {"genre": GenreDException(self.cleaned_data["genre"])}


class Silence(Formulaire):
    """Why nothing is sent by itself any more."""

    raison = liste("Pourquoi ?", [("", "Choisissez…"), *RAISONS_DE_SILENCE])
