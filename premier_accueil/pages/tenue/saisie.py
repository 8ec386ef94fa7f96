"""Forms of an entry, made from the table of its fields: what was typed stays, only what was touched is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from premier_accueil.annuaire.actions.reponses import Partie
from premier_accueil.annuaire.regles.champs import CHAMPS, Champ, Saisie
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.regles.saisies import horaires_a_ecrire, suite
from premier_accueil.annuaire.requetes.parties import FicheEnParties, PartieVue
from premier_accueil.pages.personnes.formulaires import Formulaire

OUI_NON = [("INCONNU", "Je ne sais pas"), ("OUI", "Oui"), ("NON", "Non")]
A_LIRE = {
    Objet.SERVICE: ("telephone", "courriel", "conditions_acces", "pieces", "frais", "frais_precisions"),
    Objet.PERMANENCE: ("horaires", "horaires_texte", "sur_rendez_vous", "precision", "fermetures"),
    Objet.SITE: ("adresse", "complement", "code_postal"),
}
"""What a structure corrects by its link: what goes stale."""
CLAVIERS = {Saisie.TELEPHONE: "tel", Saisie.COURRIEL: "email", Saisie.NOMBRE: "numeric"}


class SaisieDePartie(Formulaire):
    """One object of an entry."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, partie: PartieVue, noms: Iterable[str] | None = None, data: Any = None) -> None:
        self.partie = partie
        self.noms = [n for n in (noms or CHAMPS[partie.objet]) if CHAMPS[partie.objet][n].saisie is not Saisie.INTERNE]
        prefixe = f"{partie.objet.value.lower()}-{partie.objet_id}"
        super().__init__(None, prefix=prefixe, initial={"version": partie.version})
        for nom in self.noms:
            self._poser(nom, CHAMPS[partie.objet][nom])
        # The fields stand before the data are read: the base form cleans what was typed in each.
        if data is not None:
            self.is_bound, self.data = True, _propres(data, prefixe)
        for champ in self.fields.values():
            if not isinstance(champ.widget, (forms.CheckboxSelectMultiple, forms.HiddenInput)):
                classe = "form-select" if isinstance(champ, forms.ChoiceField) else "form-control"
                champ.widget.attrs |= {"class": classe, "autocomplete": "off"}

    def _poser(self, nom: str, champ: Champ) -> None:
        valeur = self.partie.valeurs[nom]
        if champ.saisie is Saisie.FERMETURES:
            self._poser_les_fermetures(valeur)
            return
        self.fields[nom] = champ_de_formulaire(champ)
        self.fields[nom].show_hidden_initial = True
        self.initial[nom] = _a_ecrire(champ, valeur)

    def _poser_les_fermetures(self, valeur: object) -> None:
        connues = [tuple(str(x) for x in suite(f)) for f in suite(valeur)]
        dire = CHAMPS[Objet.PERMANENCE]["fermetures"].dire
        if connues:
            self.fields["otees"] = forms.MultipleChoiceField(
                label="Fermetures prévues : cochez celles à retirer", required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(f"{du}|{au}", dire([[du, au, motif]])) for du, au, motif in connues],
            )  # fmt: skip
        for nom, libelle in (("ferme_du", "Ajouter une fermeture : premier jour"), ("ferme_au", "Dernier jour")):
            self.fields[nom] = forms.CharField(
                label=libelle, required=False, max_length=10, widget=forms.DateInput({"type": "date"})
            )
        self.fields["ferme_motif"] = forms.CharField(label="Raison (congés, travaux…)", required=False, max_length=200)

    def en_partie(self) -> Partie:
        """Return what was touched."""
        dits = {n: self.cleaned_data.get(n) for n in self.noms if n in self.fields and n in self.changed_data}
        fermetures = self._fermetures()
        return Partie(
            self.partie.objet, self.partie.objet_id, dits | fermetures, str(self.cleaned_data.get("version") or "")
        )

    def _fermetures(self) -> dict[str, object]:
        d = self.cleaned_data
        otees, du = set(d.get("otees") or ()), d.get("ferme_du")
        if "ferme_du" not in self.fields or not (otees or du or d.get("ferme_au")):
            return {}
        connues = [list(suite(f)) for f in suite(self.partie.valeurs["fermetures"])]
        restent: list[object] = [f for f in connues if f"{f[0]}|{f[1]}" not in otees]
        if du or d.get("ferme_au"):
            restent.append([du or d.get("ferme_au"), d.get("ferme_au") or du, d.get("ferme_motif") or ""])
        return {"fermetures": restent}

    def refuser(self, phrases: Mapping[str, str]) -> None:
        """Say beside each field why it cannot be kept."""
        for nom, phrase in phrases.items():
            ou = "ferme_du" if nom == "fermetures" else nom
            self.add_error(ou if ou in self.fields else None, phrase)

    def relire(self, actuelle: PartieVue) -> list[tuple[str, str, str]]:
        """Take the version of now; return what differs from what was typed: (field, entry, typed)."""
        relues: Any = self.data
        self.data = relues = relues.copy()
        relues[self.add_prefix("version")] = actuelle.version
        ecarts = []
        for nom in (n for n in self.noms if n in self.changed_data and n in self.fields):
            champ = CHAMPS[actuelle.objet][nom]
            maintenant, tape = _a_ecrire(champ, actuelle.valeurs[nom]), self.cleaned_data.get(nom)
            if maintenant != tape:
                ici = champ.dire(actuelle.valeurs[nom])
                ecarts.append((champ.libelle, ici or "vide", _dire(champ, tape) or "vide"))
        return ecarts


class SaisieDeFiche:
    """The forms of a whole entry."""

    def __init__(self, fiche: FicheEnParties, data: Any = None, *, a_lire: bool = False) -> None:
        self.fiche = fiche
        gardees = [p for p in fiche.parties if not a_lire or p.objet in A_LIRE]
        self.parties = [SaisieDePartie(p, A_LIRE[p.objet] if a_lire else None, data) for p in gardees]

    def valide(self) -> bool:
        """Tell whether everything can be read; each form says what cannot."""
        fautives = [p for p in self.parties if not p.is_valid()]
        return not fautives

    def dites(self) -> list[Partie]:
        """Return what was touched, part by part."""
        return [dite for p in self.parties if (dite := p.en_partie()).champs]

    def refuser(self, phrases: Mapping[tuple[Objet, int], Mapping[str, str]]) -> None:
        """Say what each part refuses."""
        for p in self.parties:
            p.refuser(phrases.get((p.partie.objet, p.partie.objet_id), {}))

    def ecarts(self, actuelle: FicheEnParties) -> list[tuple[str, str, str]]:
        """Return what somebody else changed meanwhile, beside what was typed; the next sending knows it."""
        par_cle = {(p.objet, p.objet_id): p for p in actuelle.parties}
        ecarts: list[tuple[str, str, str]] = []
        for p in self.parties:
            vue = par_cle.get((p.partie.objet, p.partie.objet_id))
            if vue and vue.version != p.cleaned_data.get("version"):
                ecarts += p.relire(vue)
        return ecarts

    @property
    def fautive(self) -> bool:
        """Tell whether something is to be corrected."""
        return any(p.errors for p in self.parties)


def _propres(data: Any, prefixe: str) -> Any:
    from premier_accueil.socle.texte import propre

    propres = data.copy()
    for nom in list(propres):
        if prefixe in nom:
            propres.setlist(nom, [propre(v) for v in propres.getlist(nom)])
    return propres


def champ_de_formulaire(champ: Champ) -> forms.Field:
    """Return the form field of a field of the directory."""
    commun: dict[str, Any] = {"label": champ.libelle, "required": False, "help_text": champ.aide}
    if champ.saisie is Saisie.OUI_NON:
        return forms.ChoiceField(**commun, choices=OUI_NON)
    if champ.saisie is Saisie.CHOIX:
        vide = [] if champ.libelle in {"Forme", "Qui peut le voir"} else [("", "Inconnu")]
        return forms.ChoiceField(**commun, choices=[*vide, *champ.choix.items()])
    if champ.saisie is Saisie.CHOIX_MULTIPLES:
        return forms.MultipleChoiceField(
            **commun, choices=list(champ.choix.items()), widget=forms.CheckboxSelectMultiple
        )
    if champ.saisie in {Saisie.PARAGRAPHE, Saisie.LIGNES}:
        return forms.CharField(**commun, widget=forms.Textarea({"rows": 4}))
    return forms.CharField(**commun, widget=forms.TextInput({"inputmode": CLAVIERS.get(champ.saisie, "text")}))


def _a_ecrire(champ: Champ, valeur: object) -> Any:
    if champ.saisie is Saisie.OUI_NON:
        return {True: "OUI", False: "NON"}.get(valeur, "INCONNU") if isinstance(valeur, bool) else "INCONNU"
    if champ.saisie is Saisie.LIGNES:
        return "\n".join(str(v) for v in suite(valeur))
    if champ.saisie is Saisie.CHOIX_MULTIPLES:
        return [str(v) for v in suite(valeur)]
    if champ.saisie is Saisie.HORAIRES:
        return horaires_a_ecrire(str(valeur or ""))
    return "" if valeur is None else str(valeur)


def _dire(champ: Champ, tape: object) -> str:
    if champ.saisie in {Saisie.CHOIX, Saisie.CHOIX_MULTIPLES}:
        return champ.dire(tape)
    return {"OUI": "oui", "NON": "non", "INCONNU": ""}.get(str(tape), str(tape or ""))
