"""The small forms of a relay: one for each gesture of the table that this side may make now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms

from premier_accueil.pages.agenda.formulaires import heure, liste
from premier_accueil.pages.personnes.formulaires import Formulaire, Libre, jour, texte
from premier_accueil.pages.relais.saisie import quand_dit
from premier_accueil.relais.actions import ELEMENTS, PAR_L_ECRAN, Dit
from premier_accueil.relais.regles import GESTES, reglages
from premier_accueil.relais.requetes import RelaisVu

A_CHOISIR = [("", "Choisissez…")]
QUESTIONS = {
    "motifs": "Pourquoi ?", "issues": "Ce qui a été fait", "clotures": "Pourquoi le clore ?",
    "annulations": "Pourquoi l'annuler ?",
}  # fmt: skip
SUJETS = {"NOTE": "Une note", "RENDEZ_VOUS": "Le rendez-vous"}
CHAMPS = {"quand": "le", "motif": "motif", "texte": "texte", "compte": "compte"}


class Gestuel(Formulaire):
    """What comes with a gesture: a code of its list, a date."""

    geste = forms.CharField(widget=forms.HiddenInput)
    motif = liste("")
    le = jour("Le jour")
    a_heure = heure("L'heure")
    lieu = texte("Le lieu", 200)

    def __init__(self, nom: str, vu: RelaisVu, data: Any = None) -> None:
        depart = {"geste": nom, "motif": vu.besoin_propose if nom == "clore" else ""}
        super().__init__(data, initial=depart, auto_id=f"{nom}-%s")
        geste = GESTES[nom]
        if geste.motifs:
            codes = getattr(reglages(), geste.motifs)
            mots = [(c, dit if isinstance(dit, str) else dit.libelle) for c, dit in codes.items()]
            self._exiger("motif", "Choisissez dans la liste.")
            self.fields["motif"].label = QUESTIONS[geste.motifs]
            self.choix("motif", [*A_CHOISIR, *mots])
        else:
            del self.fields["motif"]
        if not geste.date and (nom != "accepter" or vu.quand is not None):
            for champ in ("le", "a_heure", "lieu"):
                del self.fields[champ]
        elif geste.date:
            self._exiger("le", "Donnez un jour et une heure.")
            self._exiger("a_heure", "Donnez un jour et une heure.")

    def _exiger(self, champ: str, sinon: str) -> None:
        self.fields[champ].required = True
        self.fields[champ].error_messages["required"] = sinon

    def dit(self) -> Dit:
        """Return what comes with the gesture."""
        d = self.cleaned_data
        return Dit(d.get("motif", ""), quand_dit(d.get("le"), d.get("a_heure")), d.get("lieu", ""))


class Confie(Formulaire):
    """A colleague who takes it."""

    compte = forms.TypedChoiceField(
        label="À qui ?", coerce=int, error_messages={"required": "Choisissez un collègue."}
    )

    def __init__(self, vu: RelaisVu, data: Any = None) -> None:
        super().__init__(data, auto_id="confier-%s")
        self.choix("compte", [*A_CHOISIR, *vu.collegues])


class Message(Formulaire):
    """A message of the thread."""

    element = liste("À propos de quoi ?", [(code, SUJETS[code]) for code in ELEMENTS], requis=True)
    texte = Libre(
        label="Votre message", max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text="La personne peut le lire. Il part seulement si elle a dit oui à cela.",
        error_messages={"required": "Écrivez votre message."},
    )  # fmt: skip
    demande_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"demande_id": uuid4()}, auto_id="message-%s")


@dataclass(frozen=True)
class Bouton:
    """A gesture to show: its words, and its form when something comes with it."""

    nom: str
    libelle: str
    saisie: Gestuel

    @property
    def bref(self) -> bool:
        """Tell whether one click says it all."""
        return not self.saisie.visible_fields() and not self.saisie.errors


def boutons(vu: RelaisVu, refuses: Mapping[str, Gestuel]) -> list[Bouton]:
    """Return the gestures of this side, in the order of the table.

    Args:
        refuses: forms that came back to be corrected, by gesture.
    """
    return [
        Bouton(nom, g.libelle, refuses.get(nom) or Gestuel(nom, vu))
        for nom, g in vu.gestes.items() if nom not in PAR_L_ECRAN
    ]  # fmt: skip
