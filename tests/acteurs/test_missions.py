"""Missions: who gives them, what they say of secrecy, when they end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from premier_accueil.acteurs.actions import MissionRefusee, NouvelleMission, confier_mission, terminer_mission
from premier_accueil.acteurs.models import Compte, Convention, Engagement, Mission, Organisme
from premier_accueil.acteurs.regles import (
    DROITS,
    FINISSENT,
    Droit,
    Fonction,
    Profession,
    StatutDeSecret,
    fonctions_qui,
    peut,
    refus,
    textes_de_secret,
)
from premier_accueil.acteurs.requetes import missions_de_la_structure, role_de
from premier_accueil.socle import dossiers
from premier_accueil.socle.calendrier import PARIS
from tests import fabriques as f

JOUR = f.LUNDI_10H.date()
SECRET = StatutDeSecret.SECRET_PROFESSIONNEL


@pytest.fixture
def administratrice(db):
    return f.agent(f.structure(), Fonction.ADMINISTRATION)


def nouvelle(**champs):
    return NouvelleMission(**({"identifiant": "camille@exemple.fr", "nom": "Camille", "fonction": Fonction.ACCUEIL, "debut": JOUR} | champs))


def test_chaque_fonction_a_sa_ligne_dans_la_table_des_droits():
    assert set(DROITS) == set(Fonction)
    assert {d for siens in DROITS.values() for d in siens} == set(Droit)


def test_celui_qui_compte_ne_voit_pas_et_celui_qui_administre_non_plus():
    for fonction in (Fonction.COORDINATION, Fonction.ENCADREMENT, Fonction.ADMINISTRATION, Fonction.DPO):
        assert not DROITS[fonction] & {Droit.RECEVOIR, Droit.OUVRIR_UN_DOSSIER, Droit.COMMUNIQUER, Droit.LIRE_CE_QUI_EST_SOUMIS}
    assert fonctions_qui(Droit.OUVRIR_UN_DOSSIER) == {Fonction.ACCUEIL, Fonction.TRAVAIL_SOCIAL}


def test_T10_l_elu_et_le_benevole_ne_voient_que_leurs_passages_et_des_volumes():
    for fonction in (Fonction.ELU, Fonction.BENEVOLE):
        assert DROITS[fonction] == {Droit.CONSULTER_L_ANNUAIRE, Droit.RECEVOIR, Droit.VOIR_LES_VOLUMES}
        assert not peut(fonction, Droit.VOIR_LES_PASSAGES_DE_LA_STRUCTURE)


def test_T10_l_acces_finit_avec_le_mandat(administratrice):
    confier_mission(nouvelle(fonction=Fonction.ELU, fin=JOUR), role=administratrice, a=f.LUNDI_10H)
    elu = Compte.objects.get(identifiant="camille@exemple.fr")
    assert role_de(elu, None, f.LUNDI_10H) is not None
    assert role_de(elu, None, f.LUNDI_10H + timedelta(days=1)) is None


@pytest.mark.parametrize("fonction", sorted(FINISSENT, key=lambda x: x.value))
def test_T10_un_mandat_ou_un_benevolat_a_toujours_une_fin(administratrice, fonction):
    confier_mission(nouvelle(fonction=fonction), role=administratrice, a=f.LUNDI_10H)
    assert Mission.objects.get(fonction=fonction.value).fin is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Mission.objects.filter(fonction=fonction.value).update(fin=None)


def test_T10_un_stage_sans_fin_est_refuse(administratrice):
    with pytest.raises(MissionRefusee, match="date de fin"):
        confier_mission(nouvelle(profession=Profession.STAGIAIRE), role=administratrice, a=f.LUNDI_10H)


def test_le_statut_de_secret_vient_d_un_texte_qui_vise_la_profession():
    assert refus(statut=SECRET, texte="CASF_L411_3", profession=Profession.ASSISTANT_SOCIAL) == ""
    assert "profession" in refus(statut=SECRET, texte="CASF_L411_3", profession=Profession.CESF)
    assert "ne donne pas ce statut" in refus(statut=SECRET, texte="CGFP_L121_6", profession=Profession.AGENT_PUBLIC)
    assert refus(statut=SECRET, texte="", profession=Profession.SANTE)
    assert refus(statut=StatutDeSecret.AUCUN, texte="MISSION", profession=Profession.SANTE)


def test_chaque_texte_dit_sa_source():
    import yaml

    brut = yaml.safe_load((dossiers.donnees() / "secret.yaml").read_text())
    assert all(t["source"] and t["depuis"] for t in brut["textes"].values())
    assert {t.statut for t in textes_de_secret().values()} == set(StatutDeSecret) - {StatutDeSecret.AUCUN}


def test_personne_ne_se_donne_une_mission(administratrice):
    moi = Compte.objects.get(pk=administratrice.compte_id)
    with pytest.raises(MissionRefusee, match="Personne ne se donne"):
        confier_mission(nouvelle(identifiant=moi.identifiant), role=administratrice, a=f.LUNDI_10H)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mission.objects.create(
            compte=moi, posee_par=moi, structure_id=administratrice.structure_id, fonction="DPO", debut=JOUR
        )


def test_seule_l_administration_de_la_structure_confie(administratrice):
    for fonction in set(Fonction) - {Fonction.ADMINISTRATION}:
        with pytest.raises(PermissionError):
            confier_mission(nouvelle(), role=f.agent(f.structure(), fonction), a=f.LUNDI_10H)


def test_un_compte_neuf_recoit_un_mot_de_passe_montre_une_fois(administratrice):
    mot_de_passe = confier_mission(nouvelle(), role=administratrice, a=f.LUNDI_10H)
    compte = Compte.objects.get(identifiant="camille@exemple.fr")
    assert compte.check_password(mot_de_passe)
    assert len(mot_de_passe) >= 16
    assert confier_mission(nouvelle(fonction=Fonction.DPO), role=administratrice, a=f.LUNDI_10H) == ""


def test_une_mission_terminee_ferme_aussitot(administratrice):
    confier_mission(nouvelle(), role=administratrice, a=f.LUNDI_10H)
    compte = Compte.objects.get(identifiant="camille@exemple.fr")
    terminer_mission(Mission.objects.get(compte=compte).pk, role=administratrice, a=f.LUNDI_10H)
    assert role_de(compte, None, f.LUNDI_10H) is None


def test_une_mission_commence_et_finit_a_minuit_d_ici_et_non_de_greenwich(administratrice):
    """Until two in the morning, the day of the computer's clock is still the one before."""
    lendemain = JOUR + timedelta(days=1)
    nuit = datetime.combine(lendemain, time(0, 20), PARIS).astimezone(UTC)
    assert nuit.date() == JOUR
    confier_mission(nouvelle(debut=lendemain), role=administratrice, a=nuit)
    compte = Compte.objects.get(identifiant="camille@exemple.fr")
    assert role_de(compte, None, nuit) is not None, "given today, it opens at once"
    Mission.objects.filter(compte=compte).update(debut=JOUR, fin=JOUR)
    assert role_de(compte, None, nuit) is None, "ended yesterday, it opens nothing more"
    Mission.objects.filter(compte=compte).update(fin=None)
    terminer_mission(Mission.objects.get(compte=compte).pk, role=administratrice, a=nuit)
    assert role_de(compte, None, nuit) is None, "ended now, it is closed at once"


def test_on_ne_termine_ni_la_sienne_ni_celle_d_ailleurs(administratrice):
    with pytest.raises(MissionRefusee):
        terminer_mission(administratrice.mission_id, role=administratrice, a=f.LUNDI_10H)
    ailleurs = f.agent(f.structure("Ailleurs"))
    with pytest.raises(Mission.DoesNotExist):
        terminer_mission(ailleurs.mission_id, role=administratrice, a=f.LUNDI_10H)


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"identifiant": " "}, "identifiant"), ({"nom": ""}, "nom"),
        ({"fin": JOUR - timedelta(days=1)}, "fin"), ({"statut": SECRET}, "texte"),
    ],
)  # fmt: skip
def test_une_erreur_nomme_son_champ_et_n_enregistre_rien(administratrice, champs, champ):
    avant = Compte.objects.count()
    with pytest.raises(MissionRefusee) as refusee:
        confier_mission(nouvelle(**champs), role=administratrice, a=f.LUNDI_10H)
    assert (refusee.value.champ, Compte.objects.count()) == (champ, avant)


def test_l_equipe_montre_qui_est_tenu_par_quel_texte(administratrice):
    confier_mission(
        nouvelle(profession=Profession.ASSISTANT_SOCIAL, statut=SECRET, texte="CASF_L411_3"), role=administratrice, a=f.LUNDI_10H
    )
    vue = next(m for m in missions_de_la_structure(administratrice, f.LUNDI_10H) if not m.a_moi)
    assert (vue.secret, vue.texte) == ("Tenu au secret professionnel", "CASF, article L.411-3")


@pytest.mark.django_db
def test_engagements_et_conventions_sont_dates():
    un, deux = Organisme.objects.create(nom="Département"), Organisme.objects.create(nom="Commune")
    structure = f.structure()
    Engagement.objects.create(structure=structure, debut=JOUR, texte="Charte v1")
    Convention.objects.create(organisme=un, avec=deux, debut=JOUR, elements=["IDENTITE"], delai_jours=10)
    with pytest.raises(IntegrityError), transaction.atomic():
        Convention.objects.create(organisme=un, avec=un, debut=JOUR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.create(structure=structure, debut=JOUR + timedelta(days=2), fin=date(2026, 1, 1), texte="x")


def test_le_guide_imprime_la_table_des_droits():
    guide = (dossiers.donnees().parent / "docs" / "guide" / "administration.md").read_text()
    for fonction in Fonction:
        ligne = f"| {fonction.libelle} | {' ; '.join(d.libelle for d in Droit if d in DROITS[fonction])} |"
        assert ligne in guide, ligne
