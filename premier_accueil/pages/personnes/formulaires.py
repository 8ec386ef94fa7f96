"""What the pages of a file send: cleaned, kept, and never a social security number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse_lazy

from premier_accueil.acteurs.requetes import Role
from premier_accueil.pages.communes import trouver_commune
from premier_accueil.personnes.actions import Etat, Protection, Regle
from premier_accueil.personnes.regles import MESURES, RAISONS_DE_FUSION, REFUS_DU_NIR, Naissance, sans_nir
from premier_accueil.personnes.requetes import Contact, DossierVu, LigneDePersonne
from premier_accueil.socle.texte import propre

Champs = dict[str, Any]
COMPLETER = {
    "list": "communes", "hx-post": reverse_lazy("guichet:communes"), "hx-trigger": "input changed delay:200ms",
    "hx-target": "#communes", "hx-swap": "innerHTML",
}  # fmt: skip

SANS_TEXTE = (forms.BooleanField, forms.MultipleChoiceField, forms.UUIDField)
"""Fields that hold nothing typed: boxes, lists of offered values, what the page drew (it may look like a number)."""


class Libre(forms.CharField):
    """A free text about a person: re-read, gently, while it is written (T18)."""

    a_relire = True


class Formulaire(forms.Form):
    """A form whose texts are cleaned before anything reads them; a social security number is taken out and said."""

    use_required_attribute = False

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        self._retires: list[str] = []
        super().__init__(data.copy() if data is not None else None, **kwargs)
        for nom, champ in self.fields.items():
            genre = "form-select" if isinstance(champ, forms.ChoiceField) else "form-control"
            # Boxes keep the browser's own look: Bootstrap's border is too pale to be seen (RGAA 3.3).
            a_cocher = isinstance(champ, forms.BooleanField) or isinstance(champ.widget, forms.RadioSelect)
            champ.widget.attrs |= {"autocomplete": "off"} | ({} if a_cocher else {"class": genre})
            if self.is_bound and nom in self.data and not isinstance(champ, SANS_TEXTE):
                texte, retire = sans_nir(propre(str(self.data[nom])))
                self.data[nom] = texte  # type: ignore[index]
                self._retires += [nom] * retire

    def clean(self) -> Champs:
        """Say where a social security number was taken out."""
        for nom in self._retires:
            self.add_error(nom, REFUS_DU_NIR)
        return self.cleaned_data

    def choix(self, nom: str, valeurs: Iterable[tuple[Any, str]]) -> None:
        """Give a list of choices to a field."""
        champ = self.fields[nom]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = list(valeurs)


def texte(libelle: str, longueur: int, aide: str = "", **options: Any) -> forms.CharField:
    """Return a short text that may stay empty."""
    return forms.CharField(label=libelle, max_length=longueur, required=False, help_text=aide, **options)


def libre(libelle: str, longueur: int, aide: str = "", **options: Any) -> Libre:
    """Return a free text about a person, that may stay empty."""
    return Libre(label=libelle, max_length=longueur, required=False, help_text=aide, **options)


def case(libelle: str, aide: str = "") -> forms.BooleanField:
    """Return a box to tick."""
    return forms.BooleanField(label=libelle, required=False, help_text=aide)


def nombre(libelle: str, maximum: int, longueur: int) -> forms.IntegerField:
    """Return a small positive number that may stay empty."""
    boite = forms.TextInput({"inputmode": "numeric", "size": longueur, "maxlength": longueur})
    return forms.IntegerField(label=libelle, min_value=1, max_value=maximum, required=False, widget=boite)


def jour(libelle: str, *, requis: bool = False) -> forms.DateField:
    """Return a date."""
    return forms.DateField(label=libelle, required=requis, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class Identite(Formulaire):
    """Who the person is, as far as she says; nothing is required."""

    prenom = texte("Prénom", 120)
    nom = texte("Nom de naissance", 120)
    nom_usage = texte("Nom d'usage", 120, "Celui qu'elle porte tous les jours, s'il est autre.")
    appellation = libre("Comment l'appeler, si elle ne dit pas son nom", 120, "Par exemple : Madame au chien.")
    jour = nombre("Jour de naissance", 31, 2)
    mois = nombre("Mois de naissance", 12, 2)
    annee = nombre("Année de naissance", 2200, 4)
    approximative = case("À peu près : la date n'est pas sûre")
    adresse = texte("Adresse", 200)
    commune = texte("Commune", 120, widget=forms.TextInput(COMPLETER))
    telephone = texte("Téléphone", 40)
    courriel = forms.EmailField(label="Courriel", max_length=254, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)

    def __init__(self, *args: Any, protegee: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commune_id: int | None = None
        for nom in ("adresse", "commune", "telephone") if protegee else ():
            del self.fields[nom]

    def clean_commune(self) -> str:
        """Find the commune; say so when it is unknown."""
        dite: str = self.cleaned_data["commune"]
        trouvee = trouver_commune(dite) if dite else None
        if dite and trouvee is None:
            raise forms.ValidationError("Commune inconnue. Corrigez-la, ou laissez ce champ vide.")
        self.commune_id = trouvee.id if trouvee else None
        return dite

    def etat(self) -> Etat:
        """Return what the file must say."""
        d = self.cleaned_data
        textes = ("nom", "prenom", "nom_usage", "appellation", "adresse", "telephone", "courriel")
        naissance = Naissance(d["annee"], d["mois"], d["jour"], d["approximative"])
        return Etat(**{c: d.get(c, "") for c in textes}, commune_id=self.commune_id, naissance=naissance)


class Nouvelle(Identite):
    """A new file, protected from its first line if she says so."""

    protegee = case("Elle dit que son adresse doit rester secrète", "Sa parole suffit : aucun papier n'est demandé.")
    procedure = texte(
        "Si une procédure a besoin de cette adresse secrète : laquelle ?", 200,
        "Sinon, laissez vide : l'adresse et le téléphone écrits ici ne seront pas gardés.",
    )  # fmt: skip
    demande_id = forms.UUIDField(widget=forms.HiddenInput)


def de_l_identite(d: DossierVu) -> Champs:
    """Return the first values of the identity form of a file."""
    i, c = d.identite, d.contact
    commune = f"{c.commune} ({c.commune_code})" if c.commune else ""
    return {
        "prenom": i.prenom, "nom": i.nom, "nom_usage": i.nom_usage, "appellation": i.appellation, "jour": i.jour,
        "mois": i.mois, "annee": i.annee, "approximative": i.approximative, "adresse": c.adresse, "commune": commune,
        "telephone": c.telephone, "courriel": c.courriel, "version": d.version,
    }  # fmt: skip


def differences(saisie: Identite, actuel: Etat) -> list[tuple[str, str, str]]:
    """Return what differs between the file as somebody just changed it and what was typed: (label, file, typed)."""
    tape = saisie.etat()
    paires = {c: (getattr(actuel, c), getattr(tape, c)) for c in saisie.fields if hasattr(tape, c)}
    ecarts = [(str(saisie.fields[c].label), a or "vide", t or "vide") for c, (a, t) in paires.items() if a != t]
    if actuel.naissance != tape.naissance:
        ecarts.append(("Naissance", str(actuel.naissance) or "vide", str(tape.naissance) or "vide"))
    if actuel.commune_id != tape.commune_id:
        ecarts.append(
            ("Commune", "une autre commune" if actuel.commune_id else "vide", saisie["commune"].value() or "vide")
        )
    return ecarts


class RegleDeContact(Formulaire):
    """How she may be reached without harm."""

    numero = texte("Numéro sûr", 40, "Celui qu'elle donne pour cela. Pas forcément le sien.")
    heures = texte("À quelles heures", 120)
    messagerie = case("On peut laisser un message vocal")
    sms = case("On peut envoyer un SMS")
    langue = texte("Langue", 60)
    interprete = case("Il faut un interprète", "Un enfant ne traduit jamais.")
    precisions = libre("Autre précision", 200, "Par exemple : se présenter comme la médiathèque.")

    def regle(self) -> Regle:
        """Return the rule to record."""
        return Regle(**self.cleaned_data)


def de_la_regle(c: Contact) -> Champs:
    """Return the first values of the contact rule."""
    return {nom: getattr(c, nom) for nom in RegleDeContact.base_fields}


class Parole(Formulaire):
    """She asks for it herself."""

    elle_le_dit = case("La personne le demande elle-même")


class AProteger(Parole):
    """What is put apart on her word."""

    procedure = texte(
        "Quelle procédure a besoin de son adresse ?", 200,
        "Ordonnance de protection, plainte… Aucune : laissez vide, l'adresse ne sera pas gardée.",
    )  # fmt: skip
    adresse = texte("Nouvelle adresse à garder à part", 280, "Vide : celle du dossier.")
    telephone = texte("Nouveau téléphone à garder à part", 40, "Vide : celui du dossier.")


class ABloquer(Formulaire):
    """A colleague who must not see her."""

    compte = forms.TypedChoiceField(label="Qui ne doit pas voir ce dossier ?", coerce=int, required=False)
    motif = libre("Pourquoi, en deux mots", 120, "Proche, voisin, ancien conjoint…")


class AEcarter(Formulaire):
    """A structure that must never receive anything of her: found by its name, then chosen."""

    cherche = texte("Nom de la structure", 120, "Quelques mots de son nom, puis « Chercher ».")
    structure = forms.TypedChoiceField(
        label="Structures trouvées", coerce=int, required=False, widget=forms.RadioSelect
    )
    motif = libre("Pourquoi, en deux mots", 120, "Un proche y travaille, elle ne veut plus y être connue…")


class Ouverture(Formulaire):
    """An exceptional opening: exact name, birth year, reason."""

    nom = texte("Prénom et nom, en entier", 240)
    annee = forms.IntegerField(
        label="Année de naissance", min_value=1880, max_value=2200,
        error_messages={"required": "Écrivez l'année de naissance."}, widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    raison = libre("Pourquoi faut-il ouvrir ce dossier aujourd'hui ?", 500, "Une seconde personne lira cette raison.")
    demande_id = forms.UUIDField(widget=forms.HiddenInput)


class Mesure(Formulaire):
    """A legal protection."""

    genre = forms.ChoiceField(label="Mesure", choices=MESURES)
    debut = jour("Depuis le", requis=True)
    fin = jour("Jusqu'au")
    protecteur = texte("Qui protège (nom)", 160, "Cette personne ne lit pas le dossier.")
    joindre = texte("Comment joindre cette personne", 160)
    demande_id = forms.UUIDField(widget=forms.HiddenInput)

    def protection(self) -> Protection:
        """Return the protection to note."""
        return Protection(**{c: self.cleaned_data[c] for c in ("genre", "debut", "fin", "protecteur", "joindre")})


class FinDeMesure(Formulaire):
    """When a legal protection ended."""

    fin = jour("Elle se termine le", requis=True)


class Choix(Formulaire):
    """Another person of the structure, found by her name on the same page."""

    texte = texte("Chercher l'autre personne", 120, "Nom, prénom, année de naissance.")
    avec = forms.TypedChoiceField(
        label="Laquelle ?", coerce=int, required=False, widget=forms.RadioSelect
    )  # fmt: skip

    def proposer(self, lignes: Iterable[LigneDePersonne]) -> None:
        """Offer the persons found, without a word that the search does not show."""
        self.choix("avec", [(p.id, " – ".join(filter(None, [p.nom, p.naissance]))) for p in lignes])


class AuFoyer(Choix):
    """Who lives with her."""

    lien = libre("Qui est cette personne pour elle ?", 60, "Avec ses mots : fils, mère, compagnon, ami…")
    depuis = jour("Depuis le")


class ARapprocher(Choix):
    """Two files that are one person."""

    raison = forms.ChoiceField(
        label="Qu'est-ce qui le montre ?", required=False, choices=[("", "Choisissez…"), *RAISONS_DE_FUSION],
        help_text="Porter le même nom ne suffit pas.",
    )  # fmt: skip


def a_bloquer(data: Any, collegues: Iterable[tuple[int, str]], role: Role) -> ABloquer:
    """Return the form of a block, with the colleagues of the structure, oneself included."""
    saisie = ABloquer(data)
    moi = " (vous)"
    saisie.choix("compte", [("", "Choisissez…"), *((c, nom + moi * (c == role.compte_id)) for c, nom in collegues)])
    return saisie
