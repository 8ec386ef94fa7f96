"""The demonstration's directory is kept by the product's own gestures, once, and writes to nobody real."""

from __future__ import annotations

import pytest

from premier_accueil.acteurs.models import Compte
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire.models import Confirmation, Correction, LienDeFiche, Revision, Service
from premier_accueil.annuaire.regles.fraicheur import Fraicheur, fraicheur
from premier_accueil.commandes.fiches_tenues import tenir_l_annuaire
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml
from tests import fabriques as f

FICHIER = lire_yaml(dossiers.donnees() / "demonstration" / "annuaire.yaml")


def exemple(source_id: str, compte: str = "", fonction: Fonction = Fonction.ACCUEIL) -> Service:
    lieu = f.structure(source_id, source="demonstration", source_id=source_id, exemple=True)
    if compte:
        Compte.objects.filter(pk=f.agent(lieu, fonction).compte_id).update(identifiant=compte)
    return f.service(lieu)


@pytest.mark.django_db
def test_la_demonstration_montre_une_campagne_des_reponses_une_vieille_fiche_et_une_correction():
    f.commune(epci_code=FICHIER["campagne"]["territoire"])
    for reponse in FICHIER["campagne"]["reponses"]:
        exemple(reponse["structure"])
    vieille = exemple(FICHIER["vieille"]["structure"], "coordination", Fonction.COORDINATION)
    exemple("demonstration--ccas-loireauxence", "accueil")
    exemple("demonstration--centre-social-varades", "accueil-nantes")
    reelle = f.service(f.structure("Une vraie mairie"))
    liens = tenir_l_annuaire(a=f.LUNDI_10H)
    assert liens == LienDeFiche.objects.count() == 6 and not LienDeFiche.objects.filter(structure=reelle.structure).exists()
    assert LienDeFiche.objects.exclude(repondu_le=None).count() == 3
    assert (Correction.objects.count(), Revision.objects.count()) == (2, 1)
    vieille.refresh_from_db()
    assert fraicheur(vieille.date_maj, f.LUNDI_10H.date()) is Fraicheur.A_CONFIRMER
    confirmees = Confirmation.objects.count()
    assert tenir_l_annuaire(a=f.LUNDI_10H) == 0 and Confirmation.objects.count() == confirmees
