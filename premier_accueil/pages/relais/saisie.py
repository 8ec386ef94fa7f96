"""What the one screen sends: who, when, what, and how the person said yes."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.http import QueryDict

from premier_accueil.agenda.regles import MODES_DE_RAPPEL, ModeDeRappel
from premier_accueil.agenda.requetes import lire_creneau
from premier_accueil.pages.entretien.saisie import moment
from premier_accueil.pages.partage.saisie import DUREES, SaisieDAccord, vierge
from premier_accueil.partage.actions import Recueil
from premier_accueil.relais.actions import DemandeDeRelais, RendezVousVoulu
from premier_accueil.relais.regles import BUT_D_INTERPELLATION, GENRES_DE_RELAIS, MODES, GenreDeRelais, Mode, reglages
from premier_accueil.relais.requetes import Origine
from premier_accueil.socle.texte import propre

CLES = ("passage", "besoin", "demarche", "suite_de")
ERREURS = {"quand": "le", "lien": "lien"}


def _cle() -> forms.IntegerField:
    return forms.IntegerField(min_value=1, max_value=2**62, required=False)


class SaisieDeRelais(SaisieDAccord):
    """An agreement and its words, with the appointment; the same names from a link, a draft or a refused sending."""

    mode = forms.ChoiceField(choices=MODES, required=False)
    creneau = forms.CharField(max_length=40, required=False)
    des = forms.DateField(required=False)
    le = forms.DateField(required=False)
    a_heure = forms.TimeField(required=False)
    lieu = forms.CharField(max_length=200, required=False)
    repondu_par = forms.CharField(max_length=120, required=False)
    rappel = forms.ChoiceField(choices=MODES_DE_RAPPEL, required=False)
    joindre = forms.CharField(max_length=254, required=False)
    genre = forms.ChoiceField(choices=GENRES_DE_RELAIS, required=False)
    passage, besoin, demarche, suite_de, version = _cle(), _cle(), _cle(), _cle(), _cle()

    def demande(self, personne_id: int, recueil: Recueil) -> DemandeDeRelais:
        """Return everything the screen says, ready to leave."""
        d = self.cleaned_data
        return DemandeDeRelais(
            d["demande_id"], self.souhait(personne_id), recueil, self.rendez_vous(),
            GenreDeRelais(d["genre"] or GenreDeRelais.RELAIS), passage_id=d["passage"], besoin_id=d["besoin"],
            demarche_id=d["demarche"], lien=d["lien"], suite_de=d["suite_de"], version=d["version"],
        )  # fmt: skip

    def rendez_vous(self) -> RendezVousVoulu:
        """Return the appointment given with the relay."""
        d = self.cleaned_data
        plage_id, debut = lire_creneau(d["creneau"]) or (None, None)
        quand = quand_dit(d["le"], d["a_heure"])
        rappel = ModeDeRappel(d["rappel"] or ModeDeRappel.AUCUN)
        return RendezVousVoulu(
            Mode(d["mode"] or Mode.A_PROPOSER), plage_id, debut, quand, d["lieu"], d["repondu_par"], rappel,
            propre(d["joindre"]),
        )  # fmt: skip

    @property
    def depuis_le(self) -> datetime | None:
        """Return from when slots are looked for."""
        return quand_dit(getattr(self, "cleaned_data", {}).get("des"), time.min)

    def garde(self) -> dict[str, list[str]]:
        """Return the fields as they were typed, for later."""
        envoyes = cast(QueryDict, self.data)
        return {nom: [propre(v) for v in envoyes.getlist(nom)] for nom in self.fields if nom in envoyes}

    def avec(self, **champs: Any) -> SaisieDeRelais:
        """Return the same screen with some fields said otherwise."""
        return lue({nom: cast(QueryDict, self.data).getlist(nom) for nom in self.data} | champs)

    def refuser(self, champ: str, message: str) -> None:
        """Say at its field why something is refused."""
        nom = ERREURS.get(champ, champ)
        self.add_error(nom if nom in self.fields else None, message)


def quand_dit(le: date | None, heure: time | None) -> datetime | None:
    """Return the moment that a day and an hour say; far days have none: the clock of the database ends somewhere."""
    return moment(le, heure) if le and heure is not None and 2000 <= le.year <= 2200 else None


def lue(champs: dict[str, list[str]]) -> SaisieDeRelais:
    """Return the screen that these fields fill, already read."""
    donnees = QueryDict(mutable=True)
    for nom, valeurs in champs.items():
        donnees.setlist(nom, valeurs)
    saisie = SaisieDeRelais(donnees)
    saisie.is_valid()
    return saisie


def neuve(depuis: Origine, genre: str, vers: int | None) -> SaisieDeRelais:
    """Return the screen as it opens: nothing is ticked, what is known is written."""
    longues = [str(j) for j, _ in DUREES if j >= reglages().accord_jours]
    cles = {
        "passage": depuis.passage_id, "besoin": depuis.besoin_id, "demarche": depuis.demarche_id,
        "suite_de": depuis.suite_de, "destinataire": vers,
    }  # fmt: skip
    champs = {nom: str(valeur) for nom, valeur in vierge().items()} | {"but": depuis.but, "jours": longues[0]}
    champs |= {nom: str(cle) for nom, cle in cles.items() if cle is not None}
    champs |= {f"texte_{code}": texte for code, texte in depuis.textes.items()}
    if genre in dict(GENRES_DE_RELAIS):
        champs["genre"] = genre
    if genre == GenreDeRelais.INTERPELLATION and not depuis.but:
        champs["but"] = BUT_D_INTERPELLATION
    return lue({nom: [valeur] for nom, valeur in champs.items()})
