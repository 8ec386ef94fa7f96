"""Who sees a démarche, how it ends, what the database refuses."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.entretien.actions import demarches as actions
from premier_accueil.entretien.models import Demarche, GesteDeDemarche
from premier_accueil.entretien.regles.demarches import Saisie
from premier_accueil.entretien.requetes.demarches import Vue, demarche_vue, demarches
from premier_accueil.partage.actions.conservation import faire_une_destruction, proposer_une_destruction
from premier_accueil.partage.requetes.conservation import donnees_de_la_personne
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.cloison import situation, situer
from tests import fabriques as f
from tests.entretien.des_demarches import LUNDI, deposee, geste, ouverte
from tests.personnes import situations as p

A = f.LUNDI_10H


@pytest.fixture
def role(db):
    return f.agent(f.site(f.structure()).structure, Fonction.TRAVAIL_SOCIAL)


def test_une_autre_structure_ne_voit_rien_et_sans_reglage_non_plus(role):
    cle = deposee(role, personne_id=p.personne(role))
    autre = f.agent(f.site(f.structure("Ailleurs")).structure, Fonction.TRAVAIL_SOCIAL)
    with pytest.raises(Demarche.DoesNotExist):
        demarche_vue(cle, autre, A)
    with pytest.raises(Demarche.DoesNotExist):
        geste_de(autre, cle)
    for reglage in ({}, {"structure": autre.structure_id}):
        with situation(**reglage), connection.cursor() as curseur:
            for table in ("entretien_demarche", "entretien_gestededemarche"):
                curseur.execute(f"SELECT count(*) FROM {table}")
                assert curseur.fetchone() == (0,), (table, reglage)
                curseur.execute(f"UPDATE {table} SET structure_id = structure_id")
                assert curseur.rowcount == 0


def geste_de(role, cle):
    return actions.faire("clore", cle, Saisie(cloture="AUTRE"), demande_id=uuid4(), version=2, role=role, a=A)


@pytest.mark.parametrize("fonction", [Fonction.ELU, Fonction.BENEVOLE, Fonction.ENCADREMENT, Fonction.DPO])
def test_t10_qui_ne_tient_pas_de_dossier_n_en_voit_aucune(role, fonction):
    cle = ouverte(role)
    qui = f.agent(Structure.objects.get(pk=role.structure_id), fonction)
    with pytest.raises(Demarche.DoesNotExist):
        demarche_vue(cle, qui, A)


def test_t4_un_blocage_cache_aussi_ses_demarches(role):
    bloque = f.agent(Structure.objects.get(pk=role.structure_id), Fonction.TRAVAIL_SOCIAL)
    personne = p.personne(role)
    cle = deposee(role, personne_id=personne, le=date(2026, 9, 27))
    p.bloquer(personne, bloque, role)
    with pytest.raises(Demarche.DoesNotExist):
        demarche_vue(cle, bloque, A)
    assert demarches(bloque, A, vue=Vue.EN_COURS).total == 0
    assert demarches(role, A, vue=Vue.EN_COURS).total == 1


def test_elle_emporte_ses_demarches_en_mots(role):
    personne = p.personne(role)
    cle = deposee(role, personne_id=personne)
    geste(role, cle, "decider", decision="REFUSEE", jour=LUNDI)
    texte = str(donnees_de_la_personne(personne, role=role, a=A))
    assert "RSA, revenu de solidarité active" in texte
    assert "refusée" in texte
    assert "Elle est déposée" in texte


def test_une_demarche_part_avec_le_dossier_une_anonyme_avec_sa_date(role):
    personne = p.personne(role)
    deposee(role, personne_id=personne)
    vieille, recente = ouverte(role), ouverte(role)
    Personne.objects.filter(pk=personne).update(dernier_contact_le=A - timedelta(days=800))
    Demarche.objects.filter(pk=vieille).update(modifiee_le=A - timedelta(days=800))
    cle = proposer_une_destruction(structure_id=role.structure_id, a=A)
    faire_une_destruction("viser", cle, visa="AD44", role=role, a=A)
    faire_une_destruction("detruire", cle, role=role, a=A)
    situer(structure=role.structure_id, mission=role.mission_id)
    assert [d.pk for d in Demarche.objects.order_by("pk")] == [recente]
    assert not GesteDeDemarche.objects.exists()


@pytest.mark.parametrize(
    "colonnes",
    [
        {"etat": "DEPOSEE", "deposee_le": None},
        {"etat": "DECIDEE", "decision": ""},
        {"etat": "CLOSE", "cloture": ""},
        {"echeance": date(2027, 1, 1), "echeance_genre": ""},
        {"pieces_demandees_le": date(2027, 1, 2), "pieces_pour_le": date(2027, 1, 1)},
    ],
)
def test_la_base_refuse_une_demarche_impossible(role, colonnes):
    cle = deposee(role)
    with pytest.raises(IntegrityError), transaction.atomic():
        Demarche.objects.filter(pk=cle).update(**colonnes)


@pytest.mark.usefixtures("base_neuve")
def test_deux_gestes_en_meme_temps_un_seul_passe():
    role = f.agent(f.site(f.structure()).structure, Fonction.TRAVAIL_SOCIAL)
    with situation(structure=role.structure_id, mission=role.mission_id):
        cle = deposee(role)
    issues: list[object] = []
    depart = threading.Barrier(2)

    def agir(reference: str) -> None:
        depart.wait(timeout=20)
        try:
            with situation(structure=role.structure_id, mission=role.mission_id):
                saisie = Saisie(jour=LUNDI, reference=reference)
                issues.append(actions.faire("accuser", cle, saisie, demande_id=uuid4(), version=2, role=role, a=A))
        except SaisieRefusee as refus:
            issues.append(str(refus))
        finally:
            connection.close()

    fils = [threading.Thread(target=agir, args=(f"N{i}",)) for i in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=30)
    assert sorted(map(type, issues), key=str) == [bool, str]
    with situation(structure=role.structure_id):
        assert GesteDeDemarche.objects.filter(geste="accuser").count() == 1
