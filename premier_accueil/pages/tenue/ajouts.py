"""Forms of what is added to an entry: a permanence, a contact, closed days; where a place has moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from premier_accueil.annuaire.actions.parties import Adresse
from premier_accueil.annuaire.regles import Diffusion, Forme
from premier_accueil.annuaire.regles.champs import CHAMPS
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.requetes.lieux import JoursFermes, LieuADeplacer, LieuProposable
from premier_accueil.pages.annuaire.formulaires import AvecCommune
from premier_accueil.pages.annuaire.saisie import de_ce_siecle
from premier_accueil.pages.personnes.formulaires import COMPLETER, Formulaire, jour, texte
from premier_accueil.pages.tenue.saisie import champ_de_formulaire

AILLEURS = "AILLEURS"
CHOISIS = {"forme", "sur_rendez_vous"}
DITS = ("forme", "horaires", "horaires_texte", "sur_rendez_vous", "precision")
POINTS = {
    "GARDER": "Garder le point d'aujourd'hui, s'il est bien dans la commune",
    "CENTRE": "Je ne sais pas : prendre le centre de la commune",
    "DIRE": "Je connais le point",
}


class Refusable(Formulaire):
    """A form that says beside each field why it cannot be kept."""

    def refuser(self, phrases: Mapping[str, str]) -> None:
        """Say it."""
        for nom, phrase in phrases.items():
            self.add_error(nom if nom in self.fields else None, phrase)


class SaisieDAdresse(AvecCommune, Refusable):
    """Where a place stands."""

    adresse = texte("Adresse", 300)
    complement = texte("Complément d'adresse", 300, "Étage, bâtiment, sonnette…")
    code_postal = forms.RegexField(
        r"^\d{5}$", label="Code postal", required=False, max_length=5,
        error_messages={"invalid": "Un code postal a cinq chiffres."},
    )  # fmt: skip
    commune = texte("Commune", 120, widget=forms.TextInput(COMPLETER))

    def adresse_dite(self, nom: str = "") -> Adresse:
        """Return the address; its commune must be known."""
        d = self.cleaned_data
        assert self.commune_id is not None
        return Adresse(self.commune_id, d["adresse"], d["complement"], d["code_postal"], nom)


class SaisieDePermanence(SaisieDAdresse):
    """A permanence: where, how, when."""

    lieu = forms.ChoiceField(label="Où ?", required=False)
    nom_du_lieu = texte("Nom du lieu", 200, "Seulement pour un autre lieu. Exemple : Salle des fêtes.")
    field_order = ("forme", "lieu", "nom_du_lieu", "adresse", "complement", "code_postal", "commune")

    def __init__(self, lieux: tuple[LieuProposable, ...], data: Any = None) -> None:
        super().__init__(data)
        for nom in DITS:
            self.fields[nom] = champ_de_formulaire(CHAMPS[Objet.PERMANENCE][nom])
            self.fields[nom].widget.attrs["class"] = "form-select" if nom in CHOISIS else "form-control"
        self.initial["forme"] = Forme.FIXE.value
        self.order_fields(self.field_order)
        connus = [(str(x.id), x.libelle) for x in lieux]
        autres = [(AILLEURS, "Un autre lieu, écrit ci-dessous"), ("", "Nulle part : téléphone, domicile")]
        self.choix("lieu", [*connus, *autres])
        self.initial["lieu"] = connus[0][0] if connus else AILLEURS
        self.fields["forme"].required = True
        self.fields["commune"].help_text = "Un lieu déjà connu à cette adresse est repris : une seule fiche par porte."

    def clean(self) -> dict[str, Any]:
        """Say that another place needs its commune, and a name or an address."""
        d = super().clean()
        if d.get("lieu") == AILLEURS and "commune" not in self.errors:
            if self.commune_id is None:
                self.add_error("commune", "Dites dans quelle commune.")
            elif not (d.get("adresse") or d.get("nom_du_lieu")):
                self.add_error("adresse", "Écrivez une adresse, ou le nom du lieu.")
        return d

    def lieu_dit(self) -> int | Adresse | None:
        """Return the place that was chosen, or written."""
        dit = self.cleaned_data["lieu"]
        return self.adresse_dite(self.cleaned_data["nom_du_lieu"]) if dit == AILLEURS else int(dit) if dit else None

    def champs(self) -> dict[str, object]:
        """Return what is said of the permanence."""
        return {nom: self.cleaned_data[nom] for nom in DITS}


class SaisieDeContact(Refusable):
    """A named contact."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for nom, champ in CHAMPS[Objet.INTERLOCUTEUR].items():
            self.fields[nom] = champ_de_formulaire(champ)
            self.fields[nom].widget.attrs["class"] = "form-select" if champ.choix else "form-control"
        self.initial["diffusion"] = Diffusion.RESEAU.value
        self.fields["nom"].required = self.fields["diffusion"].required = True
        self.fields["nom"].error_messages["required"] = "Donnez un nom."
        self.fields["diffusion"].help_text = "« Réseau seulement » : les professionnels. « Public » : tout le monde."


class SaisieDeFermeture(Refusable):
    """Days when nobody receives."""

    du = de_ce_siecle(jour("Premier jour", requis=True))
    au = de_ce_siecle(jour("Dernier jour (vide : un seul jour)"))
    motif = texte("Raison", 200, "Congés, travaux, formation…")
    permanences = forms.MultipleChoiceField(
        label="Où ?", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choisissez au moins un lieu."}
    )

    def __init__(self, vue: JoursFermes, data: Any = None) -> None:
        super().__init__(data, initial={"permanences": [str(cle) for cle, _ in vue.permanences]})
        self.choix("permanences", [(str(cle), nom) for cle, nom in vue.permanences])
        self.fields["du"].error_messages["required"] = "Donnez au moins le premier jour."

    def periode(self) -> tuple[object, object, object]:
        """Return first day, last day, reason."""
        d = self.cleaned_data
        return d["du"], d["au"], d["motif"]


class SaisieDeLieu(SaisieDAdresse):
    """The new address of a place, and what becomes of its point."""

    point = forms.ChoiceField(label="Le point sur la carte", choices=list(POINTS.items()), widget=forms.RadioSelect)
    latitude = texte("Latitude", 20, "Seulement si vous connaissez le point. Exemple : 47,4321.")
    longitude = texte("Longitude", 20)
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, lieu: LieuADeplacer, data: Any = None) -> None:
        super().__init__(data)
        point = "CENTRE" if lieu.latitude is None else "GARDER"
        self.initial = {
            "adresse": lieu.adresse, "complement": lieu.complement, "code_postal": lieu.code_postal,
            "commune": lieu.commune, "version": lieu.version, "point": point,
        }  # fmt: skip
        self._lieu = lieu
        self.fields["commune"].required = True
        self.fields["commune"].error_messages["required"] = "Dites dans quelle commune."

    def clean(self) -> dict[str, Any]:
        """Read the point that was given."""
        d = super().clean()
        self.lu: tuple[object, object] = (None, None)
        if d.get("point") == "GARDER":
            self.lu = (self._lieu.latitude, self._lieu.longitude)
        elif d.get("point") == "DIRE":
            if not (d.get("latitude") and d.get("longitude")):
                self.add_error("latitude", "Donnez la latitude et la longitude.")
            self.lu = (d.get("latitude"), d.get("longitude"))
        return d

    def relire(self, version: str) -> None:
        """Take the version of now: what was typed may be sent again."""
        relues: Any = self.data
        relues["version"] = version

    def adresse_dite(self, nom: str = "") -> Adresse:
        """Return the new address, with its point as typed: the action reads it."""
        la = super().adresse_dite(nom)
        return Adresse(la.commune_id, la.adresse, la.complement, la.code_postal, nom, *self.lu)
