"""What the pages of the sheets send: cleaned, kept; names of structures found in the directory."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from premier_accueil.accueil.regles.pieces import listes
from premier_accueil.acteurs.requetes import Role
from premier_accueil.orientation.requetes import libelles
from premier_accueil.orientation.requetes.urgences import urgences
from premier_accueil.pages.personnes.formulaires import Formulaire, case, texte
from premier_accueil.reperes.actions import Ecrit, GuideDit
from premier_accueil.reperes.regles import numeros_utiles
from premier_accueil.reperes.requetes import GuideVu, VersionVue, fiches_a_ranger, structures_nommees

Initial = dict[str, Any]
MARQUES = "Une ligne vide sépare les paragraphes. « - » fait une liste, « # » un titre, **deux étoiles** du gras."


def _long(libelle: str, longueur: int, lignes: int, aide: str = "") -> forms.CharField:
    return texte(libelle, longueur, aide, widget=forms.Textarea({"rows": lignes}))


def _cases(libelle: str, aide: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=libelle, required=False, help_text=aide, widget=forms.CheckboxSelectMultiple
    )


class _AvecStructures(Formulaire):
    """A form that names structures, one a line."""

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._role = role
        self.cles: dict[str, tuple[int, ...]] = {}

    def _trouver(self, champ: str) -> str:
        dites: str = self.cleaned_data.get(champ, "")
        self.cles[champ], inconnues = structures_nommees(dites, self._role.departement) if dites else ((), ())
        if inconnues:
            noms = " ; ".join(f"« {x} »" for x in inconnues)
            raise forms.ValidationError(f"Pas dans l'annuaire : {noms}. Écrivez le nom tel qu'il y est, un par ligne.")
        return dites

    def clean_proprietaires(self) -> str:
        """Find who writes."""
        return self._trouver("proprietaires")


class Fiche(_AvecStructures):
    """A sheet, as a whole."""

    titre = forms.CharField(label="Titre", max_length=120)
    urgences = _cases("Elle sert dans ces urgences", "Leurs numéros et leur conduite s'affichent d'eux-mêmes.")
    thematiques = _cases("Elle sert pour ces besoins", "Le guichet la propose quand ces besoins sont entendus.")
    services_pres_d_ici = case("Montrer les services près d'ici qui répondent à ces besoins")
    structures = _long("À appeler, toujours", 2_000, 3, "Une structure par ligne, comme dans l'annuaire.")
    numeros = _cases("Numéros à montrer", "En plus de ceux des urgences cochées.")
    papiers = _cases("Papiers de ces démarches")
    conduite = _long("Conduite à tenir", 4_000, 8, f"Ce qu'on fait, dans l'ordre. {MARQUES}")
    titre_public = texte("Titre pour le grand public", 120, "En langage clair. Vide : le titre ci-dessus.")
    texte = _long("Pour aller plus loin", 12_000, 12, f"La règle, l'article, qui fait quoi. {MARQUES}")
    texte_public = _long(
        "Version pour le grand public", 6_000, 10,
        "En langage clair, et rien d'interne. Elle n'est montrée que si vous le choisissez en publiant.",
    )  # fmt: skip
    proprietaires = _long(
        "Écrite avec", 2_000, 3, "Les autres structures qui écrivent la fiche avec la vôtre, une par ligne."
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    demande_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choix("urgences", ((u.motif, u.libelle) for u in urgences()))
        self.choix("thematiques", libelles().items())
        self.choix("numeros", ((code, f"{n.numero} {n.libelle}") for code, n in numeros_utiles().items()))
        self.choix("papiers", ((code, p.libelle) for code, p in listes().procedures.items()))

    def clean_structures(self) -> str:
        """Find whom to call."""
        return self._trouver("structures")

    def ecrit(self) -> Ecrit:
        """Return what was written; the form is valid."""
        d = self.cleaned_data
        themes = tuple(d["thematiques"])
        return Ecrit(
            titre=d["titre"], conduite=d["conduite"], texte=d["texte"], titre_public=d["titre_public"],
            texte_public=d["texte_public"], thematiques=themes, urgences=tuple(d["urgences"]),
            numeros=tuple(d["numeros"]), papiers=tuple(d["papiers"]),
            appeler=themes if d["services_pres_d_ici"] else (),
            structures=self.cles["structures"], proprietaires=self.cles["proprietaires"],
        )  # fmt: skip


def fiche_neuve() -> Initial:
    """Return what a new sheet begins with."""
    return {"demande_id": uuid4(), "services_pres_d_ici": True}


def de_la_version(v: VersionVue, proprietaires: tuple[tuple[int, str], ...], structure_id: int) -> Initial:
    """Return the form of a draft."""
    return {
        "titre": v.titre, "urgences": v.urgences, "thematiques": v.thematiques, "numeros": v.codes_des_numeros,
        "papiers": v.papiers, "services_pres_d_ici": bool(v.appeler), "conduite": v.conduite, "texte": v.texte,
        "titre_public": v.titre_public, "texte_public": v.texte_public,
        "structures": "\n".join(nom for _, nom in v.structures),
        "proprietaires": "\n".join(nom for cle, nom in proprietaires if cle != structure_id), "revision": v.revision,
    }  # fmt: skip


class Guide(_AvecStructures):
    """A guide: its sheets in their order, one number each."""

    titre = forms.CharField(label="Titre", max_length=120)
    introduction = _long("Introduction", 4_000, 6, MARQUES)
    avec_le_curseur = case("Imprimer les règles entre l'accueil et le suivi")
    proprietaires = _long("Écrit avec", 2_000, 3, "Les autres structures, une par ligne.")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    demande_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rangs: list[tuple[str, int]] = []
        for cle, titre in fiches_a_ranger(self._role):
            nom = f"rang_{cle}"
            self.rangs.append((nom, cle))
            self.fields[nom] = forms.IntegerField(
                label=titre, required=False, min_value=1, max_value=99,
                widget=forms.TextInput({"inputmode": "numeric", "size": 2, "maxlength": 2, "class": "form-control",
                                        "autocomplete": "off"}),
            )  # fmt: skip

    def places(self) -> list[forms.BoundField]:
        """Return the fields that hold the order of the sheets."""
        return [self[nom] for nom, _ in self.rangs]

    def dit(self) -> GuideDit:
        """Return what was written; the form is valid. Sheets without a number are left out."""
        d = self.cleaned_data
        ranges = sorted((d[nom], n, cle) for n, (nom, cle) in enumerate(self.rangs) if d.get(nom))
        return GuideDit(
            titre=d["titre"], introduction=d["introduction"], avec_le_curseur=d["avec_le_curseur"],
            fiches=tuple(cle for _, _, cle in ranges), proprietaires=self.cles["proprietaires"],
        )  # fmt: skip


def guide_neuf() -> Initial:
    """Return what a new guide begins with."""
    return {"demande_id": uuid4(), "avec_le_curseur": True}


def du_guide(g: GuideVu, structure_id: int) -> Initial:
    """Return the form of a guide."""
    return {
        "titre": g.titre, "introduction": g.introduction, "avec_le_curseur": g.avec_le_curseur, "revision": g.revision,
        "proprietaires": "\n".join(nom for cle, nom in g.proprietaires if cle != structure_id),
        **{f"rang_{cle}": n for n, (cle, _) in enumerate(g.fiches, 1)},
    }  # fmt: skip
