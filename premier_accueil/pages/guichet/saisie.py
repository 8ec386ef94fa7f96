"""What the counter page sends, checked and kept."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any
from uuid import uuid4

from django import forms

from premier_accueil.accueil.actions import Demande
from premier_accueil.accueil.regles import CANAUX, CONCERNES, NATURES, Canal, Concerne, Nature
from premier_accueil.accueil.requetes import Poste
from premier_accueil.annuaire.regles.emploi import Moment
from premier_accueil.orientation.courriers import expediteurs, mots_du_courrier
from premier_accueil.orientation.requetes import faits_confirmes, libelles
from premier_accueil.pages.communes import trouver_commune
from premier_accueil.socle.texte import propre
from premier_accueil.territoire.requetes import CommuneTrouvee

PLUS_GRANDE_CLE = 2**62
DANS_UN_CHAMP = {"CONCERNE": "concerne", "DEPLACEMENT": "mode"}
"""Facts that have their own field on the form."""
MODES = [("voiture", "en voiture"), ("pied", "à pied"), ("velo", "à vélo"), ("transport", "en transports")]

MOMENTS = [("", "quand il faut"), *((m.value, m.libelle) for m in Moment)]


class Codes(forms.MultipleChoiceField):
    """Codes of a vocabulary, looked up when they are sent: a form does not copy the whole vocabulary to check two."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, vocabulaire: Callable[[], Container[str]]) -> None:
        super().__init__(required=False)
        self.vocabulaire = vocabulaire

    def valid_value(self, value: str) -> bool:
        """Tell whether the code is one of the vocabulary."""
        return value in self.vocabulaire()


class Faits(forms.MultipleChoiceField):
    """Facts that the agent confirmed, as codes; what is none is left out rather than refused."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> Any:
        """Keep a bounded number of short codes."""
        return [str(v) for v in value or [] if len(str(v)) < 60][:20]


def _codes_des_expediteurs() -> Container[str]:
    return {e.code for e in expediteurs()}


class Saisie(forms.Form):
    """The four fields of an arrival (words, commune, channel, name) and what surrounds them; none is required."""

    demande_id = forms.UUIDField(widget=forms.HiddenInput)
    mots = forms.CharField(required=False, max_length=5000, strip=False)
    commune = forms.CharField(required=False, max_length=120)
    canal = forms.ChoiceField(choices=CANAUX, required=False)
    nom = forms.CharField(required=False, max_length=120)
    prenom_affiche = forms.CharField(required=False, max_length=40)
    concerne = forms.ChoiceField(choices=CONCERNES, required=False)
    mode = forms.ChoiceField(choices=MODES, required=False)
    moment = forms.ChoiceField(choices=MOMENTS, required=False)
    nature = forms.ChoiceField(choices=NATURES, required=False)
    manque = forms.BooleanField(required=False)
    sur_rendez_vous = forms.BooleanField(required=False)
    attente_id = forms.IntegerField(required=False, min_value=1, max_value=PLUS_GRANDE_CLE)
    retour_de = forms.IntegerField(required=False, min_value=1, max_value=PLUS_GRANDE_CLE, widget=forms.HiddenInput)
    besoins = Codes(vocabulaire=libelles)
    besoins_proposes = Codes(vocabulaire=libelles)
    manques = Codes(vocabulaire=libelles)
    precision = Codes(vocabulaire=libelles)
    precision_choix = Codes(vocabulaire=libelles)
    faits = Faits()
    courriers = Codes(vocabulaire=_codes_des_expediteurs)
    services = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = self.fields["services"]
        assert isinstance(services, forms.ChoiceField)
        services.choices = [(cle, cle) for cle in self._cles_envoyees()]
        self.commune_trouvee: CommuneTrouvee | None = None

    def _cles_envoyees(self) -> list[str]:
        if not hasattr(self.data, "getlist"):
            return []
        return [c for c in self.data.getlist("services") if c.isdigit() and len(c) < 12][:20]

    def clean_mots(self) -> str:
        """Remove what a database or a page cannot hold; leave the words alone."""
        return propre(self.cleaned_data["mots"])

    def clean_commune(self) -> str:
        """Find the commune; say so when it is unknown."""
        texte: str = propre(self.cleaned_data["commune"])
        if not texte:
            return ""
        self.commune_trouvee = trouver_commune(texte)
        if self.commune_trouvee is None:
            raise forms.ValidationError("Commune inconnue. Corrigez-la, ou laissez ce champ vide.")
        return texte

    def clean(self) -> dict[str, Any]:
        """Put in their place the answer to the question and the facts confirmed, as the agent would have typed them."""
        d: dict[str, Any] = super().clean() or self.cleaned_data
        if d.get("precision"):
            d["besoins"] = [b for b in d.get("besoins", []) if b not in d.get("precision_choix", [])]
            d["besoins"] += d["precision"][:1]
            vus = [*d.get("besoins_proposes", []), *d.get("precision_choix", [])]
            d["besoins_proposes"] = [b for b in vus if b not in d["precision"][:1]]  # the answer is the agent's own
        for fait in faits_confirmes(d.get("faits", [])):
            if fait.genre in DANS_UN_CHAMP:
                d[DANS_UN_CHAMP[fait.genre]] = fait.valeur
        codes = [c.removeprefix("COMMUNE:") for c in d.get("faits", []) if c.startswith("COMMUNE:")]
        if codes and (dite := trouver_commune(codes[0][:12])):
            self.commune_trouvee = dite
            self.errors.pop("commune", None)
            d["commune"] = dite.libelle
        return d

    def situation(self) -> str:
        """Return the words that feed the suggestions: what is said, and what the letters in the bag say."""
        donnees = self.cleaned_data
        return " . ".join(filter(None, [donnees.get("mots", ""), mots_du_courrier(donnees.get("courriers", []))]))

    def demande(self, raisons: dict[int, tuple[str, ...]]) -> Demande:
        """Return the request to record.

        Args:
            raisons: reasons shown that day, by service.
        """
        d = self.cleaned_data
        mots = "\n".join(filter(None, [d["mots"], _ligne_de_courrier(d["courriers"])]))
        return Demande(
            demande_id=d["demande_id"],
            nature=Nature(d["nature"] or Nature.INFORMATION),
            canal=Canal(d["canal"] or Canal.GUICHET),
            concerne=Concerne(d["concerne"] or Concerne.SOI),
            commune_id=self.commune_trouvee.id if self.commune_trouvee else None,
            deplacement=d["mode"] or "voiture",
            nom=d["nom"],
            mots=mots,
            besoins=tuple(d["besoins"]),
            manque=d["manque"],
            manques=tuple(d["manques"]),
            attente_id=d["attente_id"],
            retour_de=d["retour_de"],
            sur_rendez_vous=d["sur_rendez_vous"],
            prenom_affiche=d["prenom_affiche"],
            services=tuple((cle, raisons.get(cle, ())) for cle in dict.fromkeys(d["services"])),
        )  # fmt: skip


def _ligne_de_courrier(codes: list[str]) -> str:
    noms = [e.libelle for e in expediteurs() if e.code in codes]
    return f"Courriers : {', '.join(noms)}" if noms else ""


def cle_lue(texte: str | None) -> int | None:
    """Return a key read in an address, ``None`` when it is none."""
    return int(texte) if texte and texte.isascii() and texte.isdigit() and len(texte) < 19 else None


def saisie_vierge(poste: Poste) -> dict[str, Any]:
    """Return the first values of the page: a fresh identifier, the site's commune, the counter."""
    return {
        "demande_id": uuid4(),
        "commune": poste.commune,
        "canal": Canal.GUICHET,
        "concerne": Concerne.SOI,
        "mode": "voiture",
    }
