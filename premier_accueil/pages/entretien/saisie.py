"""What the pages of the interview send: cleaned, kept; nothing is required but what the law of the place requires."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from premier_accueil.accueil.regles import CANAUX, NATURES, Canal, Nature
from premier_accueil.entretien.regles.domaines import domaines, presents
from premier_accueil.entretien.regles.etats import FINS_DE_REFERENT, MOTIFS_DE_CHANGEMENT, SUITES
from premier_accueil.entretien.requetes import Ecrit
from premier_accueil.pages.personnes.formulaires import Formulaire, Libre, case, jour
from premier_accueil.socle.texte import propre

REPONSES = [(code.value, libelle) for code, libelle in NATURES if code is not Nature.TRAVAILLEUR_SOCIAL]
DOMAINE = "domaine_"
LONG = 20_000


class Texte(forms.CharField):
    """A free text: what a database or a page cannot hold is taken out, the words are left alone."""

    def __init__(self, longueur: int) -> None:
        super().__init__(required=False, max_length=longueur, strip=False)

    def to_python(self, value: Any) -> str:
        """Clean what was typed."""
        return propre(str(value or ""))


def _plusieurs(choix: Iterable[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(required=False, choices=list(choix))


class Saisie(forms.Form):
    """All that an interview says, and the version that the page showed."""

    version = forms.IntegerField(
        min_value=0, max_value=2_000_000_000,
        error_messages={"required": "Cette page est trop ancienne : rechargez-la. Votre saisie est gardée."},
    )  # fmt: skip
    diagnostic = Texte(500)
    note = Texte(LONG)
    resume = Texte(LONG)
    presents = _plusieurs((p.code, p.libelle) for p in presents())
    natures = _plusieurs(REPONSES)
    domaines = _plusieurs((d.code, d.libelle) for d in domaines())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for d in domaines():
            self.fields[DOMAINE + d.code] = Texte(LONG)

    def ecrit(self) -> Ecrit:
        """Return what is to be recorded; without a note field sent, the note is left alone."""
        d = self.cleaned_data
        ouverts = {x.code: d[DOMAINE + x.code] for x in domaines() if d[DOMAINE + x.code] or x.code in d["domaines"]}
        return Ecrit(
            diagnostic=d["diagnostic"], note=d["note"] if "note" in self.data else None, resume=d["resume"],
            presents=tuple(d["presents"]), natures=tuple(d["natures"]), domaines=ouverts,
        )  # fmt: skip


def de_l_ecrit(ecrit: Ecrit, version: int) -> dict[str, Any]:
    """Return the first values of the page."""
    return {
        "version": version, "diagnostic": ecrit.diagnostic, "note": ecrit.note or "", "resume": ecrit.resume,
        "presents": ecrit.presents, "natures": ecrit.natures, "domaines": tuple(ecrit.domaines),
        **{DOMAINE + code: dit for code, dit in ecrit.domaines.items()},
    }  # fmt: skip


def ecarts(tape: Ecrit, actuel: Ecrit) -> list[tuple[str, str, str]]:
    """Return what differs between two texts of one interview: (what, recorded, typed), both whole."""
    mots = dict(REPONSES) | {p.code: p.libelle for p in presents()}
    vus = [
        ("Diagnostic", actuel.diagnostic, tape.diagnostic),
        ("Note de travail", actuel.note or "", (actuel.note if tape.note is None else tape.note) or ""),
        ("Résumé", actuel.resume, tape.resume),
        ("Qui était là", _dits(actuel.presents, mots), _dits(tape.presents, mots)),
        ("Premières réponses", _dits(actuel.natures, mots), _dits(tape.natures, mots)),
        *((d.libelle, _domaine(actuel, d.code), _domaine(tape, d.code)) for d in domaines()),
    ]
    return [(quoi, la or "vide", ici or "vide") for quoi, la, ici in vus if la != ici]


def _dits(codes: Iterable[str], mots: dict[str, str]) -> str:
    return ", ".join(mots.get(code, code) for code in codes)


def _domaine(ecrit: Ecrit, code: str) -> str:
    return (ecrit.domaines[code] or "abordé") if code in ecrit.domaines else ""


class Recevoir(Formulaire):
    """Receive somebody without reception."""

    site = forms.TypedChoiceField(label="Lieu", coerce=int)
    canal = forms.ChoiceField(label="Comment", choices=[(c.value, mots) for c, mots in CANAUX])
    demande_id = forms.UUIDField(widget=forms.HiddenInput)

    def voulu(self) -> dict[str, Any]:
        """Return what the action needs."""
        d = self.cleaned_data
        return {"site_id": d["site"], "canal": Canal(d["canal"]), "demande_id": d["demande_id"]}


def _necessaire(libelle: str, longueur: int, aide: str = "", lignes: int = 0) -> Libre:
    return Libre(
        label=libelle, max_length=longueur, help_text=aide,
        error_messages={"required": "Écrivez quelques mots : le reste de votre saisie est gardé."},
        widget=forms.Textarea({"rows": lignes}) if lignes else forms.TextInput,
    )  # fmt: skip


class Promesse(Formulaire):
    """What one will do."""

    texte = _necessaire("Ce que vous allez faire", 200, "Par exemple : appeler le bailleur.")
    pour_le = jour("Pour le", requis=True)
    demande_id = forms.UUIDField(widget=forms.HiddenInput)


class Rencontre(Formulaire):
    """When to meet again, and with whom."""

    jour = jour("Jour", requis=True)
    heure = forms.TimeField(label="Heure", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    compte = forms.TypedChoiceField(label="Avec", coerce=int, help_text="De préférence la même personne.")
    demande_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def quand(self) -> datetime:
        """Return the moment, in the installation's time zone."""
        return moment(self.cleaned_data["jour"], self.cleaned_data["heure"])


class AutreRencontre(Rencontre):
    """Another day or another worker: the person is told before."""

    motif = forms.ChoiceField(label="Pourquoi cela change", choices=[("", "Choisissez…"), *MOTIFS_DE_CHANGEMENT],
                              required=False)  # fmt: skip
    prevenue = case("La personne est prévenue", "Par le moyen qu'elle a choisi. Rien n'est envoyé d'ici.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)


class Suite(Formulaire):
    """What was decided with the person."""

    suite = forms.ChoiceField(label="Ce que vous avez décidé ensemble", choices=SUITES, widget=forms.RadioSelect)


class Nommer(Formulaire):
    """The offer she accepted."""

    compte = forms.TypedChoiceField(label="Référent", coerce=int)
    acceptee = case("La personne a accepté cet accompagnement", "Elle peut dire non, et arrêter à tout moment.")
    demande_id = forms.UUIDField(widget=forms.HiddenInput)


class PasserLaSuite(Formulaire):
    """Another référent."""

    compte = forms.TypedChoiceField(label="À qui passez-vous la suite ?", coerce=int)
    informee = case("La personne le sait")
    demande_id = forms.UUIDField(widget=forms.HiddenInput)


class Finir(Formulaire):
    """The end of a support."""

    motif = forms.ChoiceField(
        label="Pourquoi cela se termine", required=False,
        choices=[("", "Choisissez…"), *(f for f in FINS_DE_REFERENT if f[0] != "PASSATION")],
    )  # fmt: skip
    informee = case("La personne le sait")


class Absence(Formulaire):
    """Days away, and who stands in."""

    compte = forms.TypedChoiceField(label="Qui est absent", coerce=int)
    remplacant = forms.TypedChoiceField(label="Qui remplace", coerce=int)
    debut = jour("Du", requis=True)
    fin = jour("Au", requis=True)
    demande_id = forms.UUIDField(widget=forms.HiddenInput)


class Conseil(Formulaire):
    """A situation told without identity, for the practice advisor."""

    texte = _necessaire("Votre question", 2000, "Sans nom, ni adresse, ni date précise : seul ce texte est lu.", 5)
    relu = case("J'ai relu : ce texte ne permet pas de reconnaître la personne")
    demande_id = forms.UUIDField(widget=forms.HiddenInput)


class Reponse(Formulaire):
    """The advisor's answer."""

    reponse = _necessaire("Votre réponse", 2000, "Elle est lue par la personne qui a demandé.", 5)


class Vignette(Conseil):
    """A situation for the arbitration meeting."""

    question = _necessaire("La question posée à l'instance", 300)
    texte = _necessaire("La situation", 2000, "Racontez-la sans rien qui permette de reconnaître quelqu'un.", 5)
    field_order = ("texte", "question", "relu")


def avec_collegues(saisie: Formulaire, collegues: Iterable[tuple[int, str]], moi: int, *champs: str) -> Any:
    """Offer the colleagues in the choices of a form, oneself named as such; return the form."""
    choix = [(cle, nom + " (vous)" * (cle == moi)) for cle, nom in collegues]
    for champ in champs:
        saisie.choix(champ, choix)
    return saisie


def moment(le: Any, heure: time) -> datetime:
    """Return a local day and hour as an aware moment; an hour skipped in March becomes the next one."""
    ici = timezone.get_current_timezone()
    return timezone.localtime(datetime.combine(le, heure, tzinfo=ici).astimezone(timezone.get_fixed_timezone(0)))


def neuf() -> dict[str, Any]:
    """Return what every page draws: an identifier that makes a double click harmless."""
    return {"demande_id": uuid4()}
