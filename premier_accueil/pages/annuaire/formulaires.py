"""Short forms of the directory: who coordinates, sectors, initiatives, collective actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.initiatives import ActionDite, InitiativeDite
from premier_accueil.annuaire.actions.reseau import Nomme
from premier_accueil.annuaire.regles import Diffusion
from premier_accueil.annuaire.regles.missions import MissionDeTerritoire
from premier_accueil.annuaire.regles.recherche import publics
from premier_accueil.annuaire.regles.saisies import ValeurRefusee, numero
from premier_accueil.annuaire.requetes import sites_de
from premier_accueil.annuaire.requetes.initiatives import ActionVue, InitiativeVue, structures_du_departement
from premier_accueil.pages.annuaire.saisie import de_ce_siecle, plusieurs, themes_par_famille, un
from premier_accueil.pages.communes import trouver_commune
from premier_accueil.pages.personnes.formulaires import COMPLETER, Champs, Formulaire, jour, texte

AU_MOINS_UN = "Choisissez dans la liste."


def requis(champ: forms.Field) -> Any:
    """Make a field compulsory."""
    champ.required = True
    return champ


def une_date(libelle: str, *, requis: bool = False) -> forms.DateField:
    """Return a date of this century."""
    return de_ce_siecle(jour(libelle, requis=requis))


def paragraphe(libelle: str, longueur: int = 4000, aide: str = "") -> forms.CharField:
    """Return a text of several lines."""
    return texte(libelle, longueur, aide, widget=forms.Textarea({"rows": 3}))


class AvecCommune(Formulaire):
    """A form that names a commune."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.commune_id: int | None = None

    def clean_commune(self) -> str:
        """Find the commune that is meant."""
        dite: str = self.cleaned_data["commune"]
        trouvee = trouver_commune(dite) if dite else None
        if dite and trouvee is None:
            raise forms.ValidationError("Nous ne connaissons pas cette commune. Vérifiez le nom.")
        self.commune_id = trouvee.id if trouvee else None
        return trouvee.libelle if trouvee else ""


class DeStructure(Formulaire):
    """A form that names a structure of the département."""

    def __init__(self, *args: Any, role: Role, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choix("structure", [("", "Choisir"), *structures_du_departement(role.departement)])


class Tete(DeStructure):
    """Who coordinates a theme."""

    theme = requis(un("Thème", [("", "Choisir"), *themes_par_famille()]))
    structure = requis(un("Structure", []))
    du = une_date("À partir du", requis=True)
    source = requis(texte("Décision", 200, "Par exemple : comité technique du 12 novembre 2026."))


class Referent(DeStructure):
    """Somebody whom the network may call by name."""

    nom = requis(texte("Prénom et nom", 120))
    fonction = texte("Fonction", 120)
    structure = requis(un("Structure", []))
    telephone = texte("Téléphone", 40)
    courriel = forms.EmailField(label="Courriel", max_length=254, required=False)
    diffusion = un("Qui peut le voir", [(d.value, d.libelle) for d in Diffusion])

    def clean_telephone(self) -> str:
        """Read the number."""
        try:
            return numero(self.cleaned_data["telephone"])
        except ValeurRefusee as refus:
            raise forms.ValidationError(str(refus)) from None

    def qui(self) -> Nomme:
        """Return who is named."""
        d = self.cleaned_data
        return Nomme(
            int(d["structure"]), d["nom"], d["fonction"], d["telephone"], d["courriel"],
            Diffusion(d["diffusion"] or Diffusion.RESEAU.value),
        )  # fmt: skip


class ReferentDUnTheme(Referent):
    """A thematic referent."""

    themes = requis(
        forms.MultipleChoiceField(
            label="Thèmes", choices=themes_par_famille, widget=forms.SelectMultiple({"size": 10}),
            help_text="Plusieurs choix possibles : touche Ctrl ou Maj.",
        )
    )


class ReferentDUnTerritoire(Referent):
    """A territory referent."""

    territoire = requis(texte("Territoire", 120, "Quartier, canton, secteur."))
    communes = requis(paragraphe("Communes", 4000, "Une par ligne."))
    missions = plusieurs("Missions", [(m.value, m.libelle) for m in MissionDeTerritoire])

    def clean_communes(self) -> list[str]:
        """Find each commune, one a line."""
        dites = [ligne.strip() for ligne in self.cleaned_data["communes"].splitlines() if ligne.strip()][:60]
        trouvees = [(dite, trouver_commune(dite)) for dite in dites]
        inconnues = [dite for dite, trouvee in trouvees if trouvee is None]
        if inconnues:
            raise forms.ValidationError(f"Nous ne connaissons pas : {', '.join(inconnues)[:200]}.")
        return [trouvee.code for _, trouvee in trouvees if trouvee]


class Secteur(DeStructure, AvecCommune):
    """Which structure is competent for a commune, or for one of its streets."""

    commune = requis(texte("Commune", 120, widget=forms.TextInput(COMPLETER)))
    voie = texte("Rue", 200, "Vide : toute la commune.")
    structure = requis(un("Structure compétente", []))
    du = une_date("À partir du", requis=True)
    source = requis(texte("Décision", 200, "Délibération, arrêté ou tableau, avec sa date."))


class Initiative(Formulaire):
    """An initiative of one's structure."""

    nom = requis(texte("Nom", 200))
    actions = requis(paragraphe("Actions", aide="Ce que vous faites, concrètement."))
    valeurs = paragraphe("Valeurs", aide="Ce qui compte pour vous.")
    utilite_sociale = paragraphe("Utilité sociale", aide="Ce que cela change, et pour qui.")
    thematiques = forms.MultipleChoiceField(
        label="Thèmes", choices=themes_par_famille, required=False, widget=forms.SelectMultiple({"size": 8})
    )
    publics = plusieurs("Publics", list(publics().items()))
    depuis = une_date("Depuis le")
    jusqu_au = une_date("Jusqu'au")

    @staticmethod
    def de(vue: InitiativeVue) -> Champs:
        """Return what a known initiative fills."""
        return {
            **{n: getattr(vue, n) for n in ("nom", "actions", "valeurs", "utilite_sociale", "depuis", "jusqu_au")},
            "thematiques": list(vue.codes[0]), "publics": list(vue.codes[1]),
        }  # fmt: skip

    def dite(self) -> InitiativeDite:
        """Return what is written."""
        d = self.cleaned_data
        return InitiativeDite(**d | {"thematiques": tuple(d["thematiques"]), "publics": tuple(d["publics"])})


class Action(AvecCommune):
    """A collective action of one's structure."""

    demande_id = forms.UUIDField(widget=forms.HiddenInput)
    nom = requis(texte("Nom", 200))
    description = paragraphe("Ce qui s'y passe")
    jour = une_date("Jour", requis=True)
    debut = forms.TimeField(label="De", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    fin = forms.TimeField(label="À", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    site = un("Lieu de votre structure", [])
    lieu = texte("Ou une autre adresse", 300)
    commune = requis(texte("Commune", 120, widget=forms.TextInput(COMPLETER)))
    venir = texte("Comment venir", 300, "Entrée libre, inscription par téléphone… Aucune liste de présents ici.")
    places = forms.IntegerField(label="Places", min_value=1, max_value=5000, required=False)
    thematiques = Initiative.base_fields["thematiques"]
    publics = plusieurs("Publics", list(publics().items()))

    def __init__(self, *args: Any, role: Role, **options: Any) -> None:
        options["initial"] = {"demande_id": uuid4(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self.choix("site", [("", "Aucun"), *((s.id, f"{s.nom}, {s.commune}") for s in sites_de(role.structure_id))])

    @staticmethod
    def de(vue: ActionVue) -> Champs:
        """Return what a known action fills."""
        debut, fin = timezone.localtime(vue.debut), timezone.localtime(vue.fin)
        return {
            **{n: getattr(vue, n) for n in ("nom", "description", "lieu", "commune", "venir", "places")},
            "jour": debut.date(), "debut": debut.time(), "fin": fin.time(), "site": vue.site_id,
            "thematiques": list(vue.codes[0]), "publics": list(vue.codes[1]),
        }  # fmt: skip

    def dite(self) -> ActionDite:
        """Return what is written."""
        d = self.cleaned_data
        quand = {n: timezone.make_aware(datetime.combine(d["jour"], d[n])) for n in ("debut", "fin")}
        assert self.commune_id is not None
        return ActionDite(
            nom=d["nom"], commune_id=self.commune_id, **quand, site_id=int(d["site"]) if d["site"] else None,
            lieu=d["lieu"], description=d["description"], thematiques=tuple(d["thematiques"]),
            publics=tuple(d["publics"]), venir=d["venir"], places=d["places"],
        )  # fmt: skip
