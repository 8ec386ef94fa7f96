"""What an administrator types to give a mission."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from premier_accueil.acteurs.actions import NouvelleConvention, NouvelleMission
from premier_accueil.acteurs.regles import Fonction, Profession, StatutDeSecret, textes_de_secret
from premier_accueil.partage.regles import table_de_partage


class SaisieDeMission(forms.Form):
    """A mission, as typed."""

    identifiant = forms.CharField(
        label="Identifiant", max_length=150, help_text="Souvent l'adresse de courriel professionnelle."
    )
    nom = forms.CharField(
        label="Nom", max_length=120, required=False, help_text="Seulement si le compte n'existe pas encore."
    )
    fonction = forms.ChoiceField(label="Fonction", choices=[(f.value, f.libelle) for f in Fonction])
    profession = forms.ChoiceField(
        label="Profession ou qualité", choices=[(p.value, p.libelle) for p in Profession], initial="AUTRE"
    )
    statut = forms.ChoiceField(
        label="Secret", choices=[(s.value, s.libelle) for s in StatutDeSecret], initial=StatutDeSecret.AUCUN.value
    )
    texte = forms.ChoiceField(label="Texte qui le dit", required=False, choices=[])
    debut = forms.DateField(label="Début", widget=forms.DateInput(attrs={"type": "date"}))
    fin = forms.DateField(
        label="Fin", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Obligatoire pour un stage. Un mandat finit de lui-même.",
    )  # fmt: skip

    def __init__(self, *args: object, jour: date, **kwargs: object) -> None:
        """Fill the texts, and today as first day."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        champ = self.fields["texte"]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = [("", "Aucun"), *((t.code, t.article) for t in textes_de_secret().values())]
        self.fields["debut"].initial = jour.isoformat()
        for nom, champ_de in self.fields.items():
            classe = "form-select" if isinstance(champ_de, forms.ChoiceField) else "form-control"
            champ_de.widget.attrs |= {"class": classe, "autocomplete": "off"}
            if champ_de.help_text:
                champ_de.widget.attrs["aria-describedby"] = f"aide-{nom}"

    def mission(self) -> NouvelleMission:
        """Return what was typed; the form must be valid."""
        c = self.cleaned_data
        return NouvelleMission(
            identifiant=c["identifiant"], nom=c["nom"], fonction=Fonction(c["fonction"]), debut=c["debut"],
            fin=c["fin"], profession=Profession(c["profession"]), statut=StatutDeSecret(c["statut"]), texte=c["texte"],
        )  # fmt: skip


def _jour(libelle: str, *, facultatif: bool = False, aide: str = "") -> forms.DateField:
    return forms.DateField(
        label=libelle, required=not facultatif, widget=forms.DateInput(attrs={"type": "date"}), help_text=aide,
        error_messages={"required": "Écrivez la date.", "invalid": "Cette date n'est pas lisible."},
    )  # fmt: skip


class SaisieDEngagement(forms.Form):
    """What was signed to take part in the network."""

    use_required_attribute = False
    texte = forms.CharField(
        label="Texte signé", max_length=120, help_text="Charte ou convention, avec sa version.",
        error_messages={"required": "Écrivez quel texte a été signé."},
    )  # fmt: skip
    debut = _jour("Depuis le")
    fin = _jour("Jusqu'au", facultatif=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Dress the fields."""
        super().__init__(*args, **kwargs)
        _habiller(self)


class SaisieDeConvention(forms.Form):
    """What a convention between two legal bodies says."""

    use_required_attribute = False
    organisme = forms.CharField(
        label="Organisme dont dépend votre structure", max_length=200, required=False,
        help_text="La personne morale qui signe : commune, CCAS, département, association.",
    )  # fmt: skip
    cherche = forms.CharField(
        label="Structure de l'autre organisme", max_length=120, required=False,
        help_text="Quelques mots de son nom, puis « Chercher ». La convention vaut pour tout cet organisme.",
    )  # fmt: skip
    avec = forms.TypedChoiceField(
        label="Structures trouvées", coerce=int, required=False, widget=forms.RadioSelect
    )
    debut = _jour("Depuis le")
    fin = _jour("Jusqu'au", facultatif=True)
    delai_jours = forms.IntegerField(
        label="Réponse convenue sous (jours)", min_value=1, max_value=365, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Écrivez un nombre de jours.", "max_value": "Pas plus de 365 jours."},
    )  # fmt: skip
    elements = forms.MultipleChoiceField(
        label="Proposé d'avance quand on demande un accord", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(e.code, e.libelle) for e in table_de_partage().elements.values()],
        help_text="Proposé, jamais imposé : le travailleur social décoche, et la personne dit oui ou non.",
    )  # fmt: skip
    audits = forms.BooleanField(label="Les audits sont permis", required=False)
    escalade = forms.EmailField(
        label="Qui prévenir quand un relais reste sans réponse", required=False, max_length=254,
        help_text="Une adresse convenue entre vous. Le message ne porte ni nom, ni situation.",
        error_messages={"invalid": "Cette adresse de courriel n'est pas lisible."},
    )  # fmt: skip

    def __init__(self, *args: Any, organisme: str, **kwargs: Any) -> None:
        """Ask the name of one's own body only when nobody said it yet."""
        super().__init__(*args, **kwargs)
        if organisme:
            del self.fields["organisme"]
        _habiller(self)

    def proposer(self, structures: list[tuple[int, str]]) -> None:
        """Give the structures to choose from."""
        champ = self.fields["avec"]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = structures

    def nouvelle(self) -> NouvelleConvention:
        """Return what was typed; the form must be valid."""
        c = self.cleaned_data
        return NouvelleConvention(
            avec_id=c["avec"] or 0, debut=c["debut"], fin=c["fin"], elements=frozenset(c["elements"]),
            delai_jours=c["delai_jours"], audits=c["audits"], organisme=c.get("organisme", ""), escalade=c["escalade"],
        )  # fmt: skip


def _habiller(saisie: forms.Form) -> None:
    for nom, champ in saisie.fields.items():
        if not isinstance(champ, forms.ChoiceField | forms.BooleanField):
            champ.widget.attrs["class"] = "form-control"
        champ.widget.attrs["autocomplete"] = "off"
        if champ.help_text and not isinstance(champ, forms.ChoiceField):
            champ.widget.attrs["aria-describedby"] = f"aide-{nom}"
