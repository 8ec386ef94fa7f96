"""The example network is woven by the product's own gestures, once, and only with codes that exist."""

from __future__ import annotations

import pytest

from premier_accueil.acteurs.models import Compte
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire.models import (
    ActionCollective,
    Initiative,
    ReferentDeTerritoire,
    ReferentThematique,
    Revision,
    TeteDeReseau,
)
from premier_accueil.annuaire.regles.recherche import publics, themes
from premier_accueil.commandes.reseau_exemple import tisser_le_reseau
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml
from tests import fabriques as f

FICHIER = lire_yaml(dossiers.donnees() / "demonstration" / "reseau.yaml")
PORTEURS = {"coordination": Fonction.COORDINATION, "accueil": Fonction.ACCUEIL, "partenaire": Fonction.PARTENAIRE}


def test_les_codes_existent():
    dits = [t["theme"] for t in FICHIER["tetes"]]
    dits += [c for d in (*FICHIER["initiatives"], *FICHIER["actions"]) for c in d["thematiques"]]
    dits += [c for d in FICHIER["referents"] for c in d["themes"]]
    assert set(dits) <= themes().keys()
    assert {c for d in (*FICHIER["initiatives"], *FICHIER["actions"]) for c in d["publics"]} <= publics().keys()


@pytest.mark.django_db
def test_le_reseau_d_exemple_est_tisse_une_fois():
    noms = {d["structure"] for cle in ("tetes", "referents", "referents_de_territoire") for d in FICHIER[cle]}
    chez = {
        nom: f.structure(nom, source="demonstration", source_id=nom, exemple=True, assure_premier_accueil=True)
        for nom in sorted(noms | set(FICHIER["lieux"]))
    }
    f.commune("Ancenis-Saint-Géréon", "44003")
    f.site(chez["demonstration--ccas-loireauxence"])
    for identifiant, fonction in PORTEURS.items():
        role = f.agent(chez["demonstration--ccas-loireauxence"], fonction)
        Compte.objects.filter(pk=role.compte_id).update(identifiant=identifiant)
    assert tisser_le_reseau(a=f.LUNDI_10H) == 7
    assert tisser_le_reseau(a=f.LUNDI_10H) == 0
    assert TeteDeReseau.objects.count() == len(FICHIER["tetes"])
    assert (ReferentThematique.objects.count(), ReferentDeTerritoire.objects.count()) == (3, 1)
    assert (Initiative.objects.count(), ActionCollective.objects.count()) == (2, 2)
    assert all(x.debut > f.LUNDI_10H for x in ActionCollective.objects.order_by("pk"))
    assert Revision.objects.filter(champ="fauteuil", apres=True).exists()
