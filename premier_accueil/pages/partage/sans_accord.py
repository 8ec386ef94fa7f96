"""The steps of a communication on a text that asks no agreement: choose, attest, send."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.pages.entree import RequeteDe
from premier_accueil.partage import actions
from premier_accueil.partage.regles import Attestee, table_de_partage
from premier_accueil.partage.requetes import (
    FONCTIONS_QUI_LISENT,
    Envisage,
    apercu_sans_accord,
    bases_sans_accord,
    chercher_structures,
)
from premier_accueil.socle.texte import propre

Page = tuple[str, dict[str, Any], int]
CHOIX, LECTURE, ENVOYE = (f"partage/sans_accord_{n}.html" for n in ("choix", "lecture", "envoye"))
BASES = [b for b in table_de_partage().bases.values() if b.sans_accord]
INFORMEE = "INFORMEE"


class SaisieSansAccord(forms.Form):
    """Text and recipient, then what is attested."""

    demande_id = forms.UUIDField()
    base = forms.ChoiceField(
        choices=[(b.code, b.article) for b in BASES], error_messages={"required": "Choisissez le texte."}
    )
    cherche = forms.CharField(max_length=120, required=False)
    destinataire = forms.IntegerField(
        min_value=1, max_value=2**62, error_messages={"required": "Cherchez puis choisissez une structure."}
    )
    fonction = forms.ChoiceField(choices=[(f.value, f.libelle) for f in FONCTIONS_QUI_LISENT], required=False)
    conditions = forms.MultipleChoiceField(
        choices=[(c, dit) for b in BASES for c, dit in b.conditions.items()], required=False
    )
    raison = forms.ChoiceField(choices=[(c, dit) for b in BASES for c, dit in b.raisons.items()], required=False)
    informee = forms.ChoiceField(
        choices=[(INFORMEE, ""), *((c, dit) for b in BASES for c, dit in b.pas_informee.items())], required=False
    )

    def envisage(self, personne_id: int) -> Envisage:
        """Return what would be sent."""
        d = self.cleaned_data
        fonction = Fonction(d["fonction"] or Fonction.TRAVAIL_SOCIAL.value)
        return Envisage(personne_id, d["base"], d["destinataire"], fonction)

    def attestee(self) -> Attestee:
        """Return what is attested."""
        d = self.cleaned_data
        dite = d["informee"] == INFORMEE
        return Attestee(frozenset(d["conditions"]), d["raison"], dite, "" if dite else d["informee"])


def avancer_sans_accord(requete: RequeteDe, personne_id: int, a: datetime) -> Page:
    """Return the page of the step that was asked; an error keeps the step and what was typed."""
    if requete.method != "POST":
        return _choix(SaisieSansAccord(initial={"demande_id": uuid4()}), requete.role, a)
    etape, saisie = requete.POST.get("etape", ""), SaisieSansAccord(requete.POST)
    if not saisie.is_valid() or etape in {"", "chercher"}:
        return _choix(saisie, requete.role, a, 200 if etape in {"", "chercher"} else 400)
    try:
        if etape == "envoyer":
            return _envoi(saisie, personne_id, requete.role, a)
        return _lecture(saisie, personne_id, requete.role, a)
    except Structure.DoesNotExist:
        saisie.add_error("destinataire", "Cette structure n'est plus dans l'annuaire : choisissez-en une autre.")
        return _choix(saisie, requete.role, a, 400)


def _choix(saisie: SaisieSansAccord, role: Role, a: datetime, code: int = 200) -> Page:
    cherche = propre(saisie["cherche"].value() or "")[:120]
    bases = bases_sans_accord(role)
    contexte = {
        "saisie": saisie, "cherche": cherche, "trouvees": chercher_structures(cherche, role, a),
        "permises": [b for b in bases if not b.refus], "refusees": [b for b in bases if b.refus],
        "montrer_erreurs": code == 400,
    }  # fmt: skip
    return CHOIX, contexte, code


def _lecture(saisie: SaisieSansAccord, personne_id: int, role: Role, a: datetime, erreur: str = "") -> Page:
    vu = apercu_sans_accord(saisie.envisage(personne_id), role, a)
    return LECTURE, {"saisie": saisie, "vu": vu, "erreur": erreur or vu.refus}, 400 if erreur else 200


def _envoi(saisie: SaisieSansAccord, personne_id: int, role: Role, a: datetime) -> Page:
    envisage, demande = saisie.envisage(personne_id), saisie.cleaned_data["demande_id"]
    try:
        cle, deja = actions.communiquer_sans_accord(envisage, saisie.attestee(), demande_id=demande, role=role, a=a)
    except actions.PartageRefuse as refus:
        return _lecture(saisie, personne_id, role, a, str(refus))
    vers = apercu_sans_accord(envisage, role, a).destinataire
    return ENVOYE, {"communication_id": cle, "deja": deja, "vers": vers, "informee": saisie.attestee().informee}, 200
