"""What the pages of démarches and domiciliations send: one form per gesture, each with what it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms

from premier_accueil.entretien.actions.domiciliation import Decision
from premier_accueil.entretien.regles.demarches import CLOTURES, DECISIONS, Dossier, Procedure, Saisie
from premier_accueil.entretien.regles.domiciliation import DOMICILIATION
from premier_accueil.pages.personnes.formulaires import Choix, Formulaire, case, jour, libre, texte

Champs = dict[str, forms.Field]


def _liste(libelle: str, choix: Any, aide: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=libelle, choices=[("", "Choisissez…"), *choix], required=False, help_text=aide
    )  # fmt: skip


def _zone(libelle: str, longueur: int, aide: str = "") -> forms.CharField:
    return texte(libelle, longueur, aide, widget=forms.Textarea({"rows": 4}))


def _deposer(d: Dossier, p: Procedure) -> Champs:
    return {
        "aupres": texte("Auprès de qui", 200, f"D'habitude : {p.depot}."),
        "jour": jour("Déposée le", requis=True),
        "reference": texte("Référence ou numéro de dossier", 80, "Jamais le numéro de sécurité sociale."),
    }


def _accuser(d: Dossier, p: Procedure) -> Champs:
    return {
        "jour": jour("Reçue le, dit l'accusé de réception", requis=True),
        "reference": texte("Référence ou numéro de dossier", 80),
    }


def _pieces(d: Dossier, p: Procedure) -> Champs:
    return {
        "pieces": _zone("Quelles pièces ? Une par ligne", 2_000, "Seulement celles qu'un texte exige (CRPA, L.114-5)."),
        "indispensables": case(
            "Un texte les dit indispensables", "Dans le doute, ne cochez pas : l'examen continue (CRPA, L.114-5-1)."
        ),
        "jour": jour("Demandées le", requis=True),
        "pour_le": jour("À fournir pour le"),
    }


def _remises(d: Dossier, p: Procedure) -> Champs:
    return {"jour": jour("Remises le", requis=True)}


def _transmettre(d: Dossier, p: Procedure) -> Champs:
    return {
        "aupres": texte("À quel service est-elle transmise ?", 200),
        "jour": jour("Transmise le", requis=True),
        "prevenue": case("La personne est prévenue", "Sinon, votre liste de travail vous le rappelle."),
    }


def _decider(d: Dossier, p: Procedure) -> Champs:
    return {
        "decision": _liste("Qu'est-ce qui est décidé ?", DECISIONS[:3]),
        "jour": jour("Reçue par la personne le", requis=True),
    }


def _silence(d: Dossier, p: Procedure) -> Champs:
    return {}


def _contester(d: Dossier, p: Procedure) -> Champs:
    voies = p.voies(d.rang)
    return {
        "voie": _liste("Auprès de qui ?", [(v.code, v.aupres) for v in voies]),
        "jour": jour("Contestée le", requis=True),
    }


def _clore(d: Dossier, p: Procedure) -> Champs:
    return {"cloture": _liste("Pourquoi ?", CLOTURES, "Une démarche close se rouvre à tout moment.")}


FORMULAIRES: dict[str, Callable[[Dossier, Procedure], Champs]] = {
    "deposer": _deposer, "accuser": _accuser, "demander_des_pieces": _pieces, "remettre_les_pieces": _remises,
    "transmettre": _transmettre, "decider": _decider, "constater_le_silence": _silence, "contester": _contester,
    "clore": _clore,
}  # fmt: skip


class DeGeste(Formulaire):
    """One gesture on a démarche."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    demande_id = forms.UUIDField(widget=forms.HiddenInput)

    def saisie(self) -> Saisie:
        """Return what is said of the gesture."""
        return Saisie(**{c: v for c, v in self.cleaned_data.items() if c not in {"version", "demande_id"}})


def de_geste(geste: str, d: Dossier, p: Procedure, data: Any = None, **kwargs: Any) -> DeGeste:
    """Return the form of a gesture, with the fields that it needs."""
    forme = cast(type[DeGeste], type("DeGeste", (DeGeste,), FORMULAIRES[geste](d, p)))
    return forme(data, **kwargs)


class Nouvelle(Formulaire):
    """A new démarche: one click on a procedure."""

    objet = libre("En quelques mots, si vous voulez", 200)
    demande_id = forms.UUIDField(widget=forms.HiddenInput)
    procedure = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


class ARattacher(Choix):
    """The person to whom an anonymous démarche belongs, at her request."""


class Demande(Formulaire):
    """A request of domiciliation."""

    jour = jour("Demande reçue le", requis=True)
    demande_id = forms.UUIDField(widget=forms.HiddenInput)


def _de_domiciliation(geste: str) -> Champs:
    quand = {"entretenir": "Entretien tenu le", "accorder": "Accordée le", "laisser": "Retirée le"}
    ecrite = libre(
        "La décision, telle qu'elle sera remise par écrit", 5_000, widget=forms.Textarea({"rows": 4})
    )  # fmt: skip
    if geste in quand:
        return {"jour": jour(quand[geste], requis=True)}
    if geste == "refuser":
        return {
            "motif": _liste("Pourquoi ?", DOMICILIATION.refus.items(), "Un refus est toujours motivé."),
            "decision_ecrite": ecrite,
            "orientee_vers": texte("Vers qui la personne est-elle orientée ?", 200, "Un refus oriente toujours."),
            "jour": jour("Décidée le", requis=True),
        }
    return {
        "motif": _liste("Pourquoi ?", DOMICILIATION.fins.items()),
        "decision_ecrite": ecrite,
        "jour": jour("Décidée le", requis=True),
    }


class DeDomiciliation(Formulaire):
    """One gesture on a domiciliation."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def decision(self) -> Decision:
        """Return what is decided."""
        return Decision(**{c: v for c, v in self.cleaned_data.items() if c != "version"})


def de_domiciliation(geste: str, data: Any = None, **kwargs: Any) -> DeDomiciliation:
    """Return the form of a gesture, with the fields that it needs."""
    forme = cast(type[DeDomiciliation], type("DeDomiciliation", (DeDomiciliation,), _de_domiciliation(geste)))
    return forme(data, **kwargs)


class AbsenceDite(Formulaire):
    """An absence that the person, or somebody for her, explained."""

    motif = _liste("Pour quelle raison ?", DOMICILIATION.excuses.items(), "La raison suffit : aucun détail.")
    du = jour("Depuis le", requis=True)
    au = jour("Jusqu'au")
    demande_id = forms.UUIDField(widget=forms.HiddenInput)


class Soutien(Formulaire):
    """What the person answered to the support offered with each request (S1)."""

    soutien = _liste("Elle répond", [(c, dit) for c, dit in DOMICILIATION.soutien.items() if c != "NON_DEMANDE"])
    referent_souhaite = texte("Avec qui, si elle le dit", 120)
