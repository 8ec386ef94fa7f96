"""Domiciliations in the database: decisions by somebody, register of contacts, walls, retention."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda.models import Silence
from premier_accueil.entretien.actions import domiciliation as actions
from premier_accueil.entretien.models import AbsenceExpliquee, ContactDeDomiciliation, Domiciliation
from premier_accueil.entretien.requetes.domiciliation import Vue, domiciliation_vue, domiciliations
from premier_accueil.faits.models import Fait
from premier_accueil.partage.requetes.conservation import donnees_de_la_personne
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.cloison import situation, situer
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.entretien.des_demarches import LUNDI, accordee, decider, demandee
from tests.personnes import situations as p

A = f.LUNDI_10H


@pytest.fixture
def role(db):
    return f.agent(f.structure(), Fonction.TRAVAIL_SOCIAL)


@pytest.fixture
def personne(role):
    return p.personne(role)


def noms(role, vue, a=A):
    return [x.id for x in domiciliations(role, a, vue=vue).lignes]


def test_une_demande_attend_sa_reponse_deux_mois(role, personne):
    cle = demandee(role, personne)
    assert Domiciliation.objects.get().reponse_due == date(2027, 1, 23)
    assert noms(role, Vue.A_REPONDRE) == [cle]
    tard = domiciliations(role, A + timedelta(days=62)).lignes[0]
    assert tard.en_retard
    assert tard.etat == "demandée", "a date that passes decides nothing (T11)"


@pytest.mark.parametrize("nom", ["accorder", "refuser", "radier"])
def test_rien_ne_se_decide_avant_l_entretien(role, personne, nom):
    cle = demandee(role, personne)
    with pytest.raises(SaisieRefusee):
        decider(role, cle, nom, motif="SANS_LIEN", decision_ecrite="x", orientee_vers="y")
    assert Domiciliation.objects.get().etat == "DEMANDEE"


def test_un_conflit_se_montre(role, personne):
    cle = demandee(role, personne)
    decider(role, cle, "entretenir")
    with pytest.raises(SaisieRefusee, match="pendant votre saisie"):
        actions.faire("laisser", cle, actions.Decision(), version=1, role=role, a=A)


@pytest.mark.parametrize(
    ("dit", "champ"),
    [
        ({"motif": "INCONNU"}, "motif"),
        ({"motif": "SANS_LIEN"}, "decision_ecrite"),
        ({"motif": "SANS_LIEN", "decision_ecrite": "Non."}, "orientee_vers"),
        ({"motif": "SANS_LIEN", "decision_ecrite": "1 84 12 76 451 089 46", "orientee_vers": "y"}, "decision_ecrite"),
    ],
)
def test_un_refus_est_complet_ou_n_est_pas(role, personne, dit, champ):
    cle = demandee(role, personne)
    decider(role, cle, "entretenir")
    with pytest.raises(SaisieRefusee) as refus:
        decider(role, cle, "refuser", **dit)
    assert refus.value.champ == champ
    assert Domiciliation.objects.get().etat == "ENTRETIEN"


def test_mettre_fin_pour_absence_demande_trois_mois_sans_signe(role, personne):
    cle = accordee(role, personne, le=date(2026, 9, 1))
    fin = {"motif": "ABSENCE", "decision_ecrite": "Sans nouvelles depuis le 1er septembre."}
    with pytest.raises(SaisieRefusee, match="moins de trois mois"):
        decider(role, cle, "radier", **fin)
    apres = A + timedelta(days=20)
    actions.noter_une_manifestation(cle, "APPEL", demande_id=uuid4(), jour=LUNDI, role=role, a=apres)
    with pytest.raises(SaisieRefusee, match="moins de trois mois"):
        decider(role, cle, "radier", apres, **fin)
    plus_tard = A + timedelta(days=120)
    decider(role, cle, "radier", plus_tard, **fin)
    d = Domiciliation.objects.get()
    assert (d.etat, d.decidee_par_id) == ("RADIEE", role.compte_id)
    assert Acces.objects.filter(action="radier_une_domiciliation", objet_id=cle).exists()


def test_t11_t20_la_liste_propose_sans_les_absences_expliquees_ni_les_silences(role, personne):
    longue = accordee(role, personne, le=date(2026, 8, 1))
    appelee = accordee(role, p.personne(role, nom="Appel"), le=date(2026, 8, 1))
    actions.noter_une_manifestation(appelee, "APPEL", demande_id=uuid4(), jour=date(2026, 9, 30), role=role, a=A)
    malade = accordee(role, p.personne(role, nom="Malade"), le=date(2026, 8, 1))
    actions.expliquer_une_absence(malade, "SANTE", du=date(2026, 9, 1), au=None, demande_id=uuid4(), role=role, a=A)
    tue = p.personne(role, nom="Silence")
    accordee(role, tue, le=date(2026, 8, 1))
    situer(structure=role.structure_id, mission=role.mission_id)
    Silence.objects.create(
        structure_id=role.structure_id, personne_id=tue, raison="DECES", depuis=A, pose_par_id=role.compte_id
    )
    assert noms(role, Vue.SANS_NOUVELLES) == [longue]
    assert domiciliations(role, A, vue=Vue.SANS_NOUVELLES).lignes[0].depuis == date(2026, 8, 1)
    assert set(Domiciliation.objects.order_by("pk").values_list("etat", flat=True)) == {"ACCORDEE"}


def test_un_renouvellement_suit_sans_trou_ni_double(role, personne):
    cle = accordee(role, personne)
    un_an = A + timedelta(days=330)
    suite = actions.demander(personne, demande_id=uuid4(), precedente_id=cle, role=role, a=un_an)
    for nom in ("entretenir", "accorder"):
        decider(role, suite, nom, un_an)
    d = Domiciliation.objects.get(pk=suite)
    assert (d.debut, d.fin) == (date(2027, 11, 23), date(2028, 11, 23))
    assert domiciliation_vue(cle, role, un_an).suivante_id == suite
    with pytest.raises(SaisieRefusee, match="déjà demandé"):
        actions.demander(personne, demande_id=uuid4(), precedente_id=cle, role=role, a=un_an)


def test_s1_chaque_demande_propose_un_soutien(role, personne):
    cle = demandee(role, personne)
    assert domiciliation_vue(cle, role, A).soutien == "NON_DEMANDE"
    actions.proposer_un_soutien(cle, "SOUHAITE", referent_souhaite="Nadia", role=role, a=A)
    assert domiciliation_vue(cle, role, A).soutien_dit == "souhaite être accompagnée"
    with pytest.raises(SaisieRefusee):
        actions.proposer_un_soutien(cle, "PEUT_ETRE", role=role, a=A)
    faits = Fait.objects.filter(genre="DOMICILIATION").order_by("pk")
    assert [x.attributs["geste"] for x in faits] == ["DEMANDER", "SOUTIEN"]


def test_une_autre_structure_ne_voit_rien_et_sans_reglage_non_plus(role, personne):
    cle = accordee(role, personne)
    actions.noter_une_manifestation(cle, "VISITE", demande_id=uuid4(), role=role, a=A)
    actions.expliquer_une_absence(cle, "SANTE", du=LUNDI, au=None, demande_id=uuid4(), role=role, a=A)
    autre = f.agent(f.structure("Ailleurs"), Fonction.TRAVAIL_SOCIAL)
    with pytest.raises(Domiciliation.DoesNotExist):
        domiciliation_vue(cle, autre, A)
    for reglage in ({}, {"structure": autre.structure_id}):
        with situation(**reglage), connection.cursor() as curseur:
            for table in ("domiciliation", "contactdedomiciliation", "absenceexpliquee"):
                curseur.execute(f"SELECT count(*) FROM entretien_{table}")
                assert curseur.fetchone() == (0,), (table, reglage)


def test_tout_part_avec_le_dossier_et_s_emporte_en_mots(role, personne):
    from premier_accueil.partage.actions.conservation import faire_une_destruction, proposer_une_destruction

    cle = accordee(role, personne)
    actions.noter_une_manifestation(cle, "APPEL", demande_id=uuid4(), jour=LUNDI, role=role, a=A)
    actions.expliquer_une_absence(cle, "SANTE", du=LUNDI, au=LUNDI, demande_id=uuid4(), role=role, a=A)
    dit = str(donnees_de_la_personne(personne, role=role, a=A))
    assert "accordée" in dit
    assert "a appelé" in dit
    assert "hospitalisation" in dit
    Personne.objects.filter(pk=personne).update(dernier_contact_le=A - timedelta(days=800))
    destruction = proposer_une_destruction(structure_id=role.structure_id, a=A)
    faire_une_destruction("viser", destruction, visa="AD44", role=role, a=A)
    faire_une_destruction("detruire", destruction, role=role, a=A)
    situer(structure=role.structure_id, mission=role.mission_id)
    for modele in (Domiciliation, ContactDeDomiciliation, AbsenceExpliquee):
        assert not modele.objects.exists()


@pytest.mark.parametrize(
    "colonnes",
    [
        {"etat": "ACCORDEE", "debut": None},
        {"etat": "REFUSEE", "motif": "SANS_LIEN", "decision_ecrite": "Non.", "orientee_vers": ""},
        {"etat": "RADIEE", "motif": "ABSENCE", "decision_ecrite": ""},
        {"etat": "ENTRETIEN", "entretien_le": None},
    ],
)
def test_la_base_refuse_une_domiciliation_impossible(role, personne, colonnes):
    cle = accordee(role, personne)
    with pytest.raises(IntegrityError), transaction.atomic():
        Domiciliation.objects.filter(pk=cle).update(**colonnes)


def test_le_nombre_de_requetes_est_constant(role, django_assert_num_queries):
    for combien in (1, 5):
        for i in range(combien):
            accordee(role, p.personne(role, nom=f"N{combien}{i}"), le=date(2026, 8, 1))
        p.se_placer(role)
        for vue, requetes in ((Vue.EN_COURS, 3), (Vue.SANS_NOUVELLES, 2)):
            domiciliations(role, A, vue=vue)
            with django_assert_num_queries(requetes):
                assert domiciliations(role, A, vue=vue).lignes
