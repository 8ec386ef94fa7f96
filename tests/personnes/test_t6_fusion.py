"""T6: homonyms stay apart; a merge takes two people and goes back exactly."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from premier_accueil.personnes import actions
from premier_accueil.personnes.actions import Protection, Regle, SaisieRefusee
from premier_accueil.personnes.models import (
    Blocage,
    Foyer,
    Fusion,
    MembreDuFoyer,
    MesureDeProtection,
    MotDeNom,
    Personne,
    RegleDeContact,
)
from premier_accueil.personnes.regles import Naissance
from premier_accueil.personnes.requetes import chercher, cles_de, dossier, rapprochements
from tests import fabriques as f
from tests.personnes import situations as s

pytestmark = pytest.mark.django_db
TABLES = (Personne, MotDeNom, RegleDeContact, MesureDeProtection, Blocage, Foyer, MembreDuFoyer)
PLUS_TARD = f.LUNDI_10H + timedelta(days=3)


def photo():
    return {m.__name__: [model_to_dict(o) | {"id": o.pk} for o in m.objects.order_by("pk")] for m in TABLES}


@pytest.fixture
def deux(camille, driss):
    """Return two files of one woman, each with what surrounds it."""
    gardee = s.personne(camille, "Martin", "Louise", telephone="0240111111")
    absorbee = s.personne(camille, "Martine", "Louise", annee=None, adresse="2 rue Haute")
    fils = s.personne(camille, "Martin", "Adam", 2015)
    actions.ajouter_au_foyer(absorbee, avec_id=fils, lien="fils", role=camille, a=f.LUNDI_10H)
    for cle in (gardee, absorbee):
        actions.poser_la_regle_de_contact(cle, Regle(heures=f"règle de {cle}"), role=camille, a=f.LUNDI_10H)
    actions.poser_une_mesure(
        absorbee, Protection("TUTELLE", date(2026, 1, 1)), demande_id=uuid4(), role=camille, a=f.LUNDI_10H
    )
    actions.noter_un_contact(absorbee, role=camille, a=PLUS_TARD)
    return gardee, absorbee


def test_t6_les_homonymes_ne_sont_jamais_fondus_seuls(camille):
    un = s.personne(camille, naissance=Naissance(1985, 3, 12))
    deux = s.personne(camille, naissance=Naissance(1985, 3, 12))
    assert un != deux
    assert {ligne.id for ligne in chercher("Louise Martin", camille, f.LUNDI_10H).lignes} == {un, deux}
    assert Fusion.objects.count() == 0
    assert rapprochements(camille, f.LUNDI_10H) == ()


def test_t6_le_nom_seul_n_est_pas_une_raison(camille, deux):
    for raison in ("", "NOM", "HOMONYME"):
        with pytest.raises(SaisieRefusee, match="même nom ne suffit pas"):
            actions.proposer_une_fusion(*deux, raison=raison, role=camille, a=f.LUNDI_10H)


def test_t6_il_faut_deux_personnes(camille, driss, deux):
    fusion = actions.proposer_une_fusion(*deux, raison="DIT", role=camille, a=f.LUNDI_10H)
    assert actions.proposer_une_fusion(*deux, raison="DIT", role=camille, a=f.LUNDI_10H) == fusion
    avant = photo()
    with pytest.raises(SaisieRefusee, match="Une autre personne"):
        actions.valider_une_fusion(fusion, role=camille, a=f.LUNDI_10H)
    assert photo() == avant
    with pytest.raises(IntegrityError), transaction.atomic():
        Fusion.objects.update(validee_par_id=camille.compte_id)
    actions.valider_une_fusion(fusion, role=driss, a=f.LUNDI_10H)
    with pytest.raises(SaisieRefusee, match="déjà avancé"):
        actions.valider_une_fusion(fusion, role=driss, a=f.LUNDI_10H)


def test_t6_un_rapprochement_reunit_puis_se_defait_a_l_identique(camille, driss, deux):
    gardee, absorbee = deux
    avant = photo()
    fusion = actions.proposer_une_fusion(gardee, absorbee, raison="PAPIER", role=camille, a=PLUS_TARD)
    actions.valider_une_fusion(fusion, role=driss, a=PLUS_TARD)
    vu = dossier(gardee, camille, PLUS_TARD)
    assert [m.lien for m in vu.foyer] == ["fils"]
    assert [m.genre for m in vu.mesures] == ["TUTELLE"]
    assert vu.contact.heures == f"règle de {gardee}"
    assert vu.dernier_contact_le == PLUS_TARD
    assert [ligne.id for ligne in chercher("martine", camille, PLUS_TARD).lignes] == [gardee]
    assert cles_de(gardee, camille) == {gardee, absorbee}
    with pytest.raises(Personne.DoesNotExist):
        dossier(absorbee, camille, PLUS_TARD)
    actions.defaire_une_fusion(fusion, role=camille, a=PLUS_TARD)
    assert photo() == avant


def test_t6_ce_qui_est_venu_depuis_reste_au_dossier_garde(camille, driss, deux):
    gardee, absorbee = deux
    fusion = actions.proposer_une_fusion(gardee, absorbee, raison="DIT", role=camille, a=PLUS_TARD)
    actions.valider_une_fusion(fusion, role=driss, a=PLUS_TARD)
    actions.poser_une_mesure(
        gardee, Protection("CURATELLE", date(2026, 2, 1)), demande_id=uuid4(), role=camille, a=PLUS_TARD
    )
    actions.defaire_une_fusion(fusion, role=driss, a=PLUS_TARD)
    assert [m.genre for m in dossier(gardee, camille, PLUS_TARD).mesures] == ["CURATELLE"]
    assert [m.genre for m in dossier(absorbee, camille, PLUS_TARD).mesures] == ["TUTELLE"]


def test_t6_un_rapprochement_n_affaiblit_aucun_blocage(camille, driss, deux, ici):
    gardee, absorbee = deux
    voisin = f.agent(ici, nom="Voisin")
    s.bloquer(absorbee, voisin, camille)
    fusion = actions.proposer_une_fusion(gardee, absorbee, raison="DIT", role=camille, a=PLUS_TARD)
    assert rapprochements(voisin, PLUS_TARD) == ()
    with pytest.raises(Personne.DoesNotExist):
        actions.valider_une_fusion(fusion, role=voisin, a=PLUS_TARD)
    actions.valider_une_fusion(fusion, role=driss, a=PLUS_TARD)
    assert chercher("Martin", voisin, PLUS_TARD).lignes[0].nom == "Adam Martin"
    assert len(chercher("Martin", voisin, PLUS_TARD).lignes) == 1
    assert rapprochements(voisin, PLUS_TARD) == ()


def test_t6_t3_le_dossier_protege_est_celui_qu_on_garde(camille, driss):
    ordinaire = s.personne(camille, adresse=s.RUE, telephone=s.NUMERO)
    protege = s.protegee(camille)
    fusion = actions.proposer_une_fusion(ordinaire, protege, raison="DIT", role=camille, a=f.LUNDI_10H)
    actions.valider_une_fusion(fusion, role=driss, a=f.LUNDI_10H)
    vu = dossier(protege, camille, f.LUNDI_10H)
    assert (vu.contact.protegee, vu.contact.adresse, vu.contact.telephone) == (True, "", "")
    assert s.RUE not in str(Fusion.objects.get().deplace)


def test_t6_t3_proteger_apres_la_proposition_arrete_la_validation(camille, driss, deux):
    gardee, absorbee = deux
    fusion = actions.proposer_une_fusion(gardee, absorbee, raison="DIT", role=camille, a=f.LUNDI_10H)
    actions.proteger_l_adresse(absorbee, elle_le_dit=True, procedure="", role=camille, a=f.LUNDI_10H)
    with pytest.raises(SaisieRefusee, match="protégée depuis"):
        actions.valider_une_fusion(fusion, role=driss, a=f.LUNDI_10H)


def test_t6_refuser_ne_deplace_rien(camille, driss, deux):
    avant = photo()
    fusion = actions.proposer_une_fusion(*deux, raison="DIT", role=camille, a=f.LUNDI_10H)
    actions.refuser_une_fusion(fusion, role=driss, a=f.LUNDI_10H)
    assert photo() == avant
    with pytest.raises(SaisieRefusee, match="déjà avancé"):
        actions.defaire_une_fusion(fusion, role=driss, a=f.LUNDI_10H)
    assert rapprochements(driss, f.LUNDI_10H) == ()


def test_t6_un_dossier_n_attend_qu_un_rapprochement(camille, deux):
    gardee, absorbee = deux
    tiers = s.personne(camille, prenom="Lou")
    actions.proposer_une_fusion(gardee, absorbee, raison="DIT", role=camille, a=f.LUNDI_10H)
    with pytest.raises(SaisieRefusee, match="déjà un autre"):
        actions.proposer_une_fusion(tiers, gardee, raison="DIT", role=camille, a=f.LUNDI_10H)
    with pytest.raises(SaisieRefusee, match="même dossier"):
        actions.proposer_une_fusion(tiers, tiers, raison="DIT", role=camille, a=f.LUNDI_10H)


def test_t6_les_tables_des_autres_pieces_suivent_sans_etre_nommees():
    from premier_accueil.personnes.actions.fusion import _relations

    noms = {modele.__name__ for modele, _ in _relations()}
    assert {"RegleDeContact", "AdresseProtegee", "Blocage", "BrisDeGlace", "MesureDeProtection", "MotDeNom"} <= noms
    assert not noms & {"Fusion", "Personne"}
