"""A passage joins a person's file at her request only; merges, destruction and export follow it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Passage
from premier_accueil.accueil.requetes import passage_vu
from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.partage.actions import conservation as partage
from premier_accueil.partage.requetes.conservation import donnees_de_la_personne
from premier_accueil.personnes import actions as personnes
from premier_accueil.personnes.models import Blocage, Personne
from premier_accueil.personnes.regles import RAISONS_DE_FUSION
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.declarations import declarations
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.personnes import situations

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return f.agent(f.structure(), Fonction.TRAVAIL_SOCIAL)


@pytest.fixture
def passage(role):
    lieu = f.site(role_structure(role))
    recu = actions.accueillir(f.demande(mots="ma voiture"), role=role, site_id=lieu.pk, a=f.LUNDI_10H)
    return Passage.objects.get(pk=recu.passage_id)


def role_structure(role):
    return Structure.objects.get(pk=role.structure_id)


@pytest.fixture
def personne(role):
    return situations.personne(role, nom="Martin")


def test_rattacher_laisse_ses_lignes_et_repousse_la_conservation(role, passage, personne):
    plus_tard = f.LUNDI_10H + timedelta(days=3)
    actions.rattacher(passage.pk, personne, role=role, a=plus_tard)
    actions.rattacher(passage.pk, personne, role=role, a=plus_tard)
    assert Passage.objects.get().personne_id == personne
    assert Personne.objects.get(pk=personne).dernier_contact_le == plus_tard
    lignes = Acces.objects.filter(action="rattacher").order_by("objet").values_list("objet", "objet_id")
    assert list(lignes) == [("PASSAGE", passage.pk), ("PERSONNE", personne)]


def test_un_passage_deja_rattache_ne_change_pas_de_personne(role, passage, personne):
    autre = situations.personne(role, nom="Durand")
    actions.rattacher(passage.pk, personne, role=role, a=f.LUNDI_10H)
    with pytest.raises(actions.RattachementImpossible, match="déjà rattaché"):
        actions.rattacher(passage.pk, autre, role=role, a=f.LUNDI_10H)
    actions.detacher(passage.pk, role=role, a=f.LUNDI_10H)
    actions.rattacher(passage.pk, autre, role=role, a=f.LUNDI_10H)
    assert Passage.objects.get().personne_id == autre


def test_la_personne_d_une_autre_structure_n_existe_pas(role, passage):
    eux = f.agent(f.structure("Autre"), Fonction.TRAVAIL_SOCIAL)
    leur = situations.personne(eux, nom="Martin")
    situer(structure=role.structure_id, mission=role.mission_id)
    with pytest.raises(Personne.DoesNotExist):
        actions.rattacher(passage.pk, leur, role=role, a=f.LUNDI_10H)


def test_t4_un_passage_rattache_a_qui_un_blocage_cache_est_cache_aussi(role, passage, personne):
    actions.rattacher(passage.pk, personne, role=role, a=f.LUNDI_10H)
    voisin = f.agent(role_structure(role), nom="Voisin")
    passage_vu(passage.pk, role=voisin, a=f.LUNDI_10H)
    Blocage.objects.create(
        structure_id=role.structure_id, personne_id=personne, compte_id=voisin.compte_id, motif="voisin",
        pose_par_id=role.compte_id, pose_le=f.LUNDI_10H,
    )  # fmt: skip
    with pytest.raises(Passage.DoesNotExist):
        passage_vu(passage.pk, role=voisin, a=f.LUNDI_10H)
    passage_vu(passage.pk, role=role, a=f.LUNDI_10H)


def test_t6_une_fusion_emmene_le_passage_et_le_rend_quand_on_la_defait(role, passage, personne):
    garde, collegue = situations.personne(role, nom="Martins"), f.agent(role_structure(role), Fonction.TRAVAIL_SOCIAL)
    actions.rattacher(passage.pk, personne, role=role, a=f.LUNDI_10H)
    raison = next(iter(dict(RAISONS_DE_FUSION)))
    fusion = personnes.proposer_une_fusion(garde, personne, raison=raison, role=role, a=f.LUNDI_10H)
    personnes.valider_une_fusion(fusion, role=collegue, a=f.LUNDI_10H)
    assert Passage.objects.get().personne_id == garde
    personnes.defaire_une_fusion(fusion, role=collegue, a=f.LUNDI_10H)
    assert Passage.objects.get().personne_id == personne


def test_l_export_de_la_personne_contient_son_passage(role, passage, personne):
    actions.rattacher(passage.pk, personne, role=role, a=f.LUNDI_10H)
    rubriques = {r.libelle: r.lignes for r in donnees_de_la_personne(personne, role=role, a=f.LUNDI_10H)}
    assert ("ce que vous avez dit", "ma voiture") in rubriques["Vos passages"][0]
    assert ("réponse", "Information") in rubriques["Ce qui vous a été répondu"][0]


def test_un_passage_suit_le_dossier_de_la_personne_les_autres_leur_date():
    (d,) = [d for d in declarations() if d.modele == "accueil.Passage"]
    assert (d.personne, d.date) == ("personne", "arrive_le")


def test_la_destruction_d_un_dossier_emporte_ses_passages_et_pas_ceux_des_vivants(role, passage, personne):
    actions.rattacher(passage.pk, personne, role=role, a=f.LUNDI_10H)
    vieux = f.LUNDI_10H - timedelta(days=900)
    vivante = situations.personne(role, nom="Vivante")
    lieu = passage.site_id
    for qui in (vivante, None):
        recu = actions.accueillir(f.demande(), role=role, site_id=lieu, a=vieux)
        if qui:
            actions.rattacher(recu.passage_id, qui, role=role, a=f.LUNDI_10H)
    Personne.objects.filter(pk=personne).update(dernier_contact_le=vieux)
    dpo = f.agent(role_structure(role), Fonction.DPO)
    cle = partage.proposer_une_destruction(structure_id=role.structure_id, a=f.LUNDI_10H)
    partage.faire_une_destruction("viser", cle, visa="AD44-1", role=dpo, a=f.LUNDI_10H)
    partage.faire_une_destruction("detruire", cle, role=dpo, a=f.LUNDI_10H)
    situer(structure=role.structure_id, mission=role.mission_id)
    assert list(Passage.objects.values_list("personne_id", flat=True)) == [vivante]
