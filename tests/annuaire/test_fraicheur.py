"""T15: an entry that nobody vouched for lately says so wherever it appears; a confirmation makes it sure again."""

from __future__ import annotations

from datetime import date, timedelta
from unittest.mock import Mock

import pytest

from premier_accueil.accueil import actions as accueil
from premier_accueil.accueil.models import FeuilleDeRoute
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire.actions import FicheRefusee
from premier_accueil.annuaire.actions.confirmer import confirmer, confirmer_ici
from premier_accueil.annuaire.models import Confirmation, Service
from premier_accueil.annuaire.regles.fraicheur import Fraicheur, fraicheur, reglages
from premier_accueil.annuaire.regles.historique import Moyen, Objet
from premier_accueil.annuaire.regles.qualite import Remplissage, qualite
from premier_accueil.annuaire.requetes import chercher_public, fiche_service
from premier_accueil.annuaire.requetes.fraicheur import fraicheur_de
from premier_accueil.annuaire.requetes.qualite import a_relire, qualite_du_service
from premier_accueil.orientation.requetes import propositions
from premier_accueil.pages.relais.choix import choix
from premier_accueil.personnes.requetes import Contact
from premier_accueil.relais.requetes import Origine
from tests import fabriques as f

A = f.LUNDI_10H
VIEUX = date(2025, 3, 1)


def test_une_fiche_est_a_confirmer_apres_le_delai_date_et_sans_date():
    jour, delai = date(2026, 11, 23), timedelta(days=reglages().a_confirmer_jours)
    assert fraicheur(jour - delai, jour) is Fraicheur.FRAICHE
    assert fraicheur(jour - delai - timedelta(days=1), jour) is Fraicheur.A_CONFIRMER
    assert fraicheur(None, jour) is Fraicheur.A_CONFIRMER


@pytest.fixture
def garage(db):
    return f.service(f.structure("Garage de Loireauxence", "AUTRE", exemple=True), date_maj=VIEUX)


def _partout(garage) -> set[bool]:
    """Return whether each place that shows the entry says that it must be confirmed."""
    ici = f.site(f.structure("CCAS d'à côté"))
    role = f.agent(ici.structure)
    vues = propositions("", commune="44213", a=A, thematiques=(f.REPARER,), attendre=False)
    suggestion = next(p for p in vues.propositions if p.service_id == garage.pk)
    public = next(x for x in chercher_public("garage", None, A) if x.service_id == garage.pk)
    recu = accueil.accueillir(
        f.demande(mots="Panne", besoins=(f.REPARER,), services=((garage.pk, ("Répond au besoin",)),)), role=role, site_id=ici.pk, a=A
    )
    accueil.editer_feuille(recu.passage_id, adresse="https://exemple.test/feuille/", role=role, a=A)
    etape = FeuilleDeRoute.objects.get(passage=recu.passage_id).contenu["etapes"][0]
    contact = Mock(spec=Contact, commune_id=None, commune_code="44213", adresse="")
    relais = choix("", None, contact, Origine(themes=(f.REPARER,)), role, A)
    vers = next(c for c in relais if c.id == garage.structure_id).a_confirmer
    fiche = fiche_service(garage.pk, A)
    assert fiche is not None
    return {suggestion.a_confirmer, public.a_confirmer, etape["a_confirmer"], vers, fiche.a_confirmer}


def test_t15_une_fiche_pas_confirmee_se_dit_partout_et_une_confirmation_suffit(garage):
    assert _partout(garage) == {True}
    confirmer(garage.structure_id, [garage.pk], moyen=Moyen.LIEN, par=None, par_dit="Sam Exemple, président", a=A)
    assert _partout(garage) == {False}
    vue = fraicheur_de(Objet.SERVICE, [garage.pk], A)[garage.pk]
    assert (vue.a_confirmer, vue.le, vue.par) == (False, date(2026, 11, 23), "Sam Exemple, président, par lien")


def test_confirmer_deux_fois_de_suite_ne_compte_qu_une_fois_et_jamais_chez_les_autres(garage):
    autre = f.service(f.structure("Ailleurs"), date_maj=VIEUX)
    role = f.agent(garage.structure)
    for _ in range(2):
        assert confirmer_ici(garage.structure_id, [garage.pk, autre.pk], role=role, a=A) == 1
    assert Confirmation.objects.count() == 2, "le service et sa structure"
    assert list(Service.objects.filter(confirme_le=None)) == [autre]
    with pytest.raises(FicheRefusee):
        confirmer_ici(autre.structure_id, [autre.pk], role=role, a=A)
    coordination = f.agent(garage.structure, Fonction.COORDINATION)
    confirmer_ici(autre.structure_id, [autre.pk], role=coordination, moyen=Moyen.TELEPHONE, a=A)
    assert fraicheur_de(Objet.STRUCTURE, [autre.structure_id], A)[autre.structure_id].par.endswith("au téléphone")


def test_le_score_est_celui_de_data_inclusion_et_dit_ce_qui_le_monterait():
    plein = Remplissage(
        adresse="1 rue", telephone="02", courriel="a@b.fr", description="x" * 250, frais="gratuit",
        modes_accueil=("en-presentiel",), modes_mobilisation=("telephoner",), mobilisable_par=("usagers",),
        publics=("tous-publics",), thematiques=(f.REPARER,), le=date(2026, 11, 1),
    )  # fmt: skip
    jour = date(2026, 11, 23)
    assert (qualite(plein, jour).sur_cent, qualite(plein, jour).conseils) == (100, ())
    vieille = qualite(plein, date(2029, 1, 1))
    assert vieille.sur_cent < 100 and vieille.conseils[0].startswith("Confirmer")
    vide = qualite(Remplissage(), jour)
    assert vide.sur_cent == 0 and len(vide.conseils) == 7


def test_la_liste_du_coordinateur_met_les_fiches_a_confirmer_puis_les_moins_remplies_devant(garage, django_assert_num_queries):
    pauvre = f.service(f.structure("Pauvre"), "Autre", description="", publics=[], telephone="", date_maj=date(2026, 11, 1))
    riche = f.service(f.structure("Riche"), "Encore", date_maj=date(2026, 11, 1))
    f.service(f.structure("Voisin", departement="49"), date_maj=VIEUX)
    role = f.agent(pauvre.structure, Fonction.COORDINATION)
    vue = a_relire(role, A, page=1)
    assert [x.id for x in vue.lignes] == [garage.pk, pauvre.pk, riche.pk]
    assert (vue.a_confirmer, vue.total) == (1, 3)
    with django_assert_num_queries(1):
        assert a_relire(role, A, page=9).page == 1
    notee = qualite_du_service(pauvre.pk, A)
    assert notee is not None and notee.sur_cent == vue.lignes[1].sur_cent
    assert a_relire(f.agent(pauvre.structure, Fonction.BENEVOLE), A, page=1).total == 0
