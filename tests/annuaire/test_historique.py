"""Every field that changes leaves its trace, can be put back, and stays a person's word for the next import."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire.actions import FicheAChange, FicheRefusee, annuler, modifier
from premier_accueil.annuaire.models import Confirmation, Fermeture, Permanence, Revision, Service, Site
from premier_accueil.annuaire.regles.champs import CHAMPS
from premier_accueil.annuaire.regles.historique import Objet, Origine
from premier_accueil.annuaire.regles.saisies import ValeurRefusee
from premier_accueil.annuaire.requetes import champs_humains, version_de
from premier_accueil.annuaire.requetes.valeurs import MODELES
from tests import fabriques as f

A = f.LUNDI_10H
pytestmark = pytest.mark.django_db


@pytest.fixture
def garage(db):
    return f.service(f.structure("Garage de Loireauxence", "AUTRE"))


def test_une_correction_ecrit_la_fiche_et_sa_trace_par_champ(garage):
    role = f.agent(garage.structure)
    voulus = {"telephone": "0240000000", "nom": "Garage  solidaire de Loire", "pieces": "Permis\n\nCarte grise\nPermis"}
    ecrites = modifier(Objet.SERVICE, garage.pk, voulus, origine=Origine.HUMAIN, auteur=role.compte_id, a=A)
    garage.refresh_from_db()
    assert (garage.telephone, garage.nom, garage.cle) == (
        "02 40 00 00 00", "Garage solidaire de Loire", "garage solidaire de loire",
    )  # fmt: skip
    assert garage.pieces == ["Permis", "Carte grise"]
    assert {(r.champ, r.avant, r.apres) for r in ecrites if r.champ != "pieces"} == {
        ("telephone", "+33261910001", "02 40 00 00 00"),
        ("nom", "Garage solidaire", "Garage solidaire de Loire"),
    }
    assert next(r for r in ecrites if r.champ == "pieces").avant == ["Carte grise"]
    assert modifier(Objet.SERVICE, garage.pk, voulus, origine=Origine.HUMAIN, auteur=role.compte_id, a=A) == []
    assert champs_humains(Objet.SERVICE, [garage.pk]) == {garage.pk: frozenset({"telephone", "nom", "pieces"})}


@pytest.mark.parametrize(
    ("champ", "brut", "mot"),
    [
        ("telephone", "appelez-moi", "numéro"),
        ("courriel", "chez moi", "courriel"),
        ("lien_mobilisation", "javascript:alert(1)", "web"),
        ("thematiques", ["magie"], "liste"),
        ("delai_jours", "-3", "entier"),
        ("zone", "Nantes", "codes"),
        ("nom", "   ", "vide"),
        ("frais", "troc", "liste"),
        ("structure_id", "3", "ne se corrige pas"),
    ],
)
def test_ce_qui_ne_peut_pas_etre_garde_est_refuse_avec_une_phrase_et_rien_n_est_ecrit(garage, champ, brut, mot):
    with pytest.raises(FicheRefusee) as refus:
        modifier(Objet.SERVICE, garage.pk, {"frais_precisions": "5 €", champ: brut}, origine=Origine.HUMAIN, auteur=None, a=A)
    assert mot in refus.value.phrases[champ]
    garage.refresh_from_db()
    assert garage.frais_precisions == "" and not Revision.objects.exists()


def test_deux_personnes_sur_la_meme_fiche_la_seconde_voit_le_conflit(garage):
    vue = version_de(Objet.SERVICE, garage)
    modifier(Objet.SERVICE, garage.pk, {"telephone": "3949"}, origine=Origine.HUMAIN, auteur=None, version=vue, a=A)
    with pytest.raises(FicheAChange):
        modifier(Objet.SERVICE, garage.pk, {"telephone": "3939"}, origine=Origine.HUMAIN, auteur=None, version=vue, a=A)
    garage.refresh_from_db()
    assert garage.telephone == "3949"


def test_les_fermetures_se_corrigent_ensemble_et_gardent_les_lignes_qui_restent(garage):
    permanence = Permanence.objects.get(service=garage)
    gardee = Fermeture.objects.create(permanence=permanence, du=date(2026, 12, 24), au=date(2026, 12, 31))
    voulues = [["2026-12-24", "2026-12-31", "Noël"], ["2027-01-02", "", ""]]
    ecrites = modifier(
        Objet.PERMANENCE, permanence.pk, {"fermetures": voulues, "sur_rendez_vous": "OUI"}, origine=Origine.LIEN, auteur=None,
        auteur_dit="Camille Exemple, présidente", a=A,
    )  # fmt: skip
    assert [(x.pk == gardee.pk, x.motif) for x in permanence.fermetures.order_by("du")] == [(True, "Noël"), (False, "")]
    assert CHAMPS[Objet.PERMANENCE]["fermetures"].dire(ecrites[0].apres) == "24/12/2026 au 31/12/2026 (Noël) ; 02/01/2027"
    role = f.agent(garage.structure)
    annuler(next(r.pk for r in ecrites if r.champ == "fermetures"), role=role, a=A)
    assert [x.motif for x in permanence.fermetures.order_by("du")] == [""]
    assert champs_humains(Objet.PERMANENCE, [permanence.pk]) == {permanence.pk: frozenset({"sur_rendez_vous"})}
    with pytest.raises(ValeurRefusee):
        CHAMPS[Objet.PERMANENCE]["fermetures"].lire([["2026-12-31", "2026-12-24", ""]])


def test_deux_permanences_ne_deviennent_pas_la_meme(garage):
    une = Permanence.objects.get(service=garage)
    autre = Permanence.objects.create(service=garage, site=une.site, horaires="Sa 09:00-12:00")
    with pytest.raises(FicheRefusee):
        modifier(Objet.PERMANENCE, autre.pk, {"horaires": une.horaires}, origine=Origine.HUMAIN, auteur=None, a=A)
    with pytest.raises(FicheRefusee) as refus:
        modifier(Objet.PERMANENCE, autre.pk, {"horaires": "le mardi"}, origine=Origine.HUMAIN, auteur=None, a=A)
    assert "avec vos mots" in refus.value.phrases["horaires"]


def test_revenir_en_arriere_et_ce_que_l_import_respecte(garage):
    role = f.agent(garage.structure)
    importee = modifier(Objet.SERVICE, garage.pk, {"telephone": "3939"}, origine=Origine.IMPORT, auteur=None, a=A)[0]
    assert champs_humains(Objet.SERVICE) == {}
    main = modifier(Objet.SERVICE, garage.pk, {"telephone": "3949"}, origine=Origine.HUMAIN, auteur=role.compte_id, a=A)[0]
    assert champs_humains(Objet.SERVICE) == {garage.pk: frozenset({"telephone"})}
    with pytest.raises(FicheRefusee, match="changé depuis"):
        annuler(importee.pk, role=role, a=A)
    annuler(main.pk, role=role, a=A + timedelta(minutes=1))
    assert champs_humains(Objet.SERVICE) == {}, "la correction annulée ne protège plus rien"
    with pytest.raises(FicheRefusee, match="déjà annulée"):
        annuler(main.pk, role=role, a=A)
    annuler(importee.pk, role=role, a=A + timedelta(minutes=2))
    garage.refresh_from_db()
    assert garage.telephone == "+33261910001"
    assert champs_humains(Objet.SERVICE) == {garage.pk: frozenset({"telephone"})}, "annuler un import est une décision"


def test_seul_qui_tient_la_fiche_revient_en_arriere(garage):
    revision = modifier(Objet.SERVICE, garage.pk, {"telephone": "3949"}, origine=Origine.HUMAIN, auteur=None, a=A)[0]
    ailleurs = f.structure("CCAS d'ailleurs")
    for role in (f.agent(ailleurs), f.agent(garage.structure, Fonction.BENEVOLE)):
        with pytest.raises(FicheRefusee):
            annuler(revision.pk, role=role, a=A)
    annuler(revision.pk, role=f.agent(ailleurs, Fonction.COORDINATION), a=A)


def test_chaque_champ_corrigeable_existe_et_relit_ce_qu_il_a_ecrit(garage):
    for objet, champs in CHAMPS.items():
        for nom, champ in champs.items():
            if nom != "fermetures":
                assert MODELES[objet]._meta.get_field(nom)
            assert champ.libelle and champ.dire(None) == ""
    place = Site.objects.get()
    modifier(Objet.SITE, place.pk, {"latitude": "10", "adresse": "2 rue Neuve"}, origine=Origine.HUMAIN, auteur=None, a=A)
    place.refresh_from_db()
    assert (place.adresse, place.latitude, place.point_verifie) == ("2 rue Neuve", 10.0, None)
    assert Service.objects.count() == 1 and not Confirmation.objects.exists()
