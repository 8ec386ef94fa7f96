"""What an administrator types to give a mission."""

from __future__ import annotations

from datetime import date

from django import forms

from premier_accueil.acteurs.actions import NouvelleMission
from premier_accueil.acteurs.regles import Fonction, Profession, StatutDeSecret, textes_de_secret


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
