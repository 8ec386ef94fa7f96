"""An interview: reuses step 1, needs a diagnosis and a first answer, keeps its note apart, never overwrites."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from premier_accueil.accueil.models import Attente, Besoin, Passage, PremiereReponse
from premier_accueil.acteurs.models import Structure
from premier_accueil.entretien import actions
from premier_accueil.entretien.models import Entretien, NotePrivee, SuiteDuBesoin
from premier_accueil.entretien.requetes import Ecrit, besoins_ouverts, entretien_vu
from premier_accueil.faits.models import Fait
from premier_accueil.orientation.models import Manque
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.entretien.situations import DIT, clos, entretien, passage, travailleuse
from tests.personnes import situations as p

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H
PLUS_TARD = A + timedelta(minutes=30)


@pytest.fixture
def camille():
    return travailleuse()


@pytest.fixture
def dominique(camille):
    role = travailleuse(Structure.objects.get(pk=camille.structure_id), nom="Dominique")
    p.se_placer(camille)
    return role


def faits(genre):
    return sum(Fait.objects.filter(genre=genre).values_list("nombre", flat=True))


def test_tout_ce_que_l_accueil_a_ecrit_est_repris(camille):
    cle = passage(camille, besoins=(f.REPARER,), commune_id=f.commune().pk)
    vu = entretien_vu(actions.ouvrir(cle, role=camille, a=A), role=camille, a=A)
    assert (vu.repris.mots, vu.repris.nom, vu.repris.commune) == ("Je ne paie plus mon loyer", "Alix", "Loireauxence")
    assert [b.ouvert for b in vu.besoins] == [True]
    assert vu.rencontres == 1 and not vu.a_decider


def test_un_passage_a_un_seul_entretien(camille, dominique):
    cle = passage(camille)
    assert actions.ouvrir(cle, role=camille, a=A) == actions.ouvrir(cle, role=dominique, a=A)
    assert Entretien.objects.get().auteur_id == camille.compte_id


@pytest.mark.parametrize(
    ("ecrit", "manque"),
    [
        (Ecrit(diagnostic="Loyer impayé."), "première réponse"),
        (Ecrit(natures=("CONSEIL",)), "phrase de diagnostic"),
        (Ecrit(diagnostic="  ", natures=("TRAVAILLEUR_SOCIAL",)), "première réponse"),
    ],
)
def test_s4_sans_diagnostic_ni_reponse_l_entretien_ne_se_termine_pas(camille, ecrit, manque):
    cle = entretien(camille)
    with pytest.raises(actions.GesteRefuse, match=manque):
        actions.clore(cle, ecrit, version=1, role=camille, a=PLUS_TARD)
    assert Entretien.objects.get(pk=cle).clos_le is None
    assert not PremiereReponse.objects.exists() and not faits("ENTRETIEN")


def test_terminer_donne_la_reponse_finit_le_ticket_et_laisse_les_besoins(camille):
    cle = passage(camille, besoins=(f.REPARER,))
    ticket = Attente.objects.get()
    from premier_accueil.accueil.actions import faire

    faire("appeler", ticket.pk, role=camille, bureau="1", a=A)
    un = actions.ouvrir(cle, role=camille, a=A)
    dit = replace(DIT, natures=("DEMARCHE_ENSEMBLE", "INFORMATION"), domaines={"LOGEMENT": "Bail à son nom."})
    actions.clore(un, dit, version=1, role=camille, a=PLUS_TARD)
    assert set(PremiereReponse.objects.values_list("nature", flat=True)) >= {"DEMARCHE_ENSEMBLE", "INFORMATION"}
    assert Attente.objects.get().etat == "TERMINE"
    assert Passage.objects.get().clos_le == PLUS_TARD
    assert Besoin.objects.get().etat == Besoin.Etat.OUVERT
    assert (faits("ENTRETIEN"), faits("DOMAINE")) == (1, 1)


def test_reprendre_defait_les_faits_et_les_reponses_jusqu_a_la_fin(camille):
    cle = clos(camille)
    actions.rouvrir(cle, role=camille, a=PLUS_TARD)
    assert (faits("ENTRETIEN"), faits("REPONSE"), PremiereReponse.objects.count()) == (0, 0, 0)
    with pytest.raises(actions.GesteRefuse):
        actions.rouvrir(cle, role=camille, a=PLUS_TARD)
    actions.clore(cle, replace(DIT, natures=("CONSEIL",)), version=2, role=camille, a=PLUS_TARD)
    assert [r.nature for r in PremiereReponse.objects.all()] == ["CONSEIL"]
    assert (faits("ENTRETIEN"), faits("REPONSE")) == (1, 1)


def test_un_entretien_termine_ne_s_ecrit_plus(camille):
    cle = clos(camille)
    with pytest.raises(actions.GesteRefuse, match="saisie est gardée"):
        actions.enregistrer(cle, replace(DIT, resume="Autre"), version=2, role=camille, a=PLUS_TARD)


def test_deux_personnes_qui_ecrivent_voient_les_deux_textes(camille, dominique):
    cle = entretien(camille)
    actions.enregistrer(cle, Ecrit(resume="De Camille"), version=1, role=camille, a=A)
    with pytest.raises(actions.EntretienModifie) as conflit:
        actions.enregistrer(cle, Ecrit(resume="De Dominique"), version=1, role=dominique, a=A)
    assert conflit.value.actuel.resume == "De Camille" and conflit.value.version == 2
    assert Entretien.objects.get().resume == "De Camille"
    assert actions.enregistrer(cle, Ecrit(resume="Des deux"), version=2, role=dominique, a=A) == 3


def test_la_meme_sauvegarde_renvoyee_ne_fait_pas_de_conflit(camille):
    """A connection lost after the save: the page sends the same words with the version it still believes in."""
    cle = entretien(camille)
    ecrit = Ecrit(note="Reprise", resume="Texte\n", domaines={"BUDGET": ""})
    assert actions.enregistrer(cle, ecrit, version=1, role=camille, a=A) == 2
    assert actions.enregistrer(cle, ecrit, version=1, role=camille, a=A) == 2
    ecrits = Acces.objects.filter(action="ecrire_un_entretien")
    assert ecrits.count() == 1


def test_la_note_est_a_son_auteur_et_au_referent(camille, dominique):
    cle = clos(camille, ecrit=replace(DIT, note="Rien que pour moi"), personne_id=p.personne(camille))
    assert entretien_vu(cle, role=camille, a=A).ecrit.note == "Rien que pour moi"
    vu = entretien_vu(cle, role=dominique, a=A)
    assert vu.ecrit.note is None and vu.note_lue == ""
    personne_id = Personne.objects.get().pk
    actions.nommer_referent(
        personne_id, dominique.compte_id, acceptee=True, demande_id=uuid4(), role=camille, a=A
    )  # fmt: skip
    assert entretien_vu(cle, role=dominique, a=A).note_lue == "Rien que pour moi"


def test_le_remplacant_lit_la_note_pendant_l_absence_seulement(camille, dominique):
    personne_id = p.personne(camille)
    cle = clos(camille, ecrit=replace(DIT, note="À suivre"), personne_id=personne_id)
    claude = travailleuse(Structure.objects.get(pk=camille.structure_id), nom="Claude")
    actions.nommer_referent(personne_id, dominique.compte_id, acceptee=True, demande_id=uuid4(), role=camille, a=A)
    jour = A.date()
    actions.noter_une_absence(
        dominique.compte_id, claude.compte_id, jour, jour + timedelta(days=2), demande_id=uuid4(), role=camille, a=A
    )
    assert entretien_vu(cle, role=claude, a=A).note_lue == "À suivre"
    assert entretien_vu(cle, role=claude, a=A + timedelta(days=3)).note_lue == ""


def test_un_collegue_n_efface_pas_la_note_qu_il_ne_voit_pas(camille, dominique):
    cle = entretien(camille)
    actions.enregistrer(cle, Ecrit(note="Gardée"), version=1, role=camille, a=A)
    actions.enregistrer(cle, Ecrit(note="", resume="Vu"), version=2, role=dominique, a=A)
    assert NotePrivee.objects.get().texte == "Gardée"


def test_t21_un_enfant_qui_traduit_arrete_la_sauvegarde(camille):
    with pytest.raises(SaisieRefusee, match="Un enfant ne traduit jamais"):
        actions.enregistrer(entretien(camille), Ecrit(presents=("ENFANT",)), version=1, role=camille, a=A)


def test_t3_une_adresse_protegee_ne_s_ecrit_pas_dans_un_entretien(camille):
    cle = entretien(camille, personne_id=p.protegee(camille))
    for ecrit in (Ecrit(note=f"Elle vit {p.RUE}"), Ecrit(resume=p.NUMERO), Ecrit(domaines={"SECURITE": p.RUE})):
        with pytest.raises(SaisieRefusee, match="protégé"):
            actions.enregistrer(cle, ecrit, version=1, role=camille, a=A)


def test_un_numero_de_securite_sociale_est_refuse(camille):
    with pytest.raises(SaisieRefusee):
        actions.enregistrer(entretien(camille), Ecrit(resume="2 85 05 78 006 084 36"), version=1, role=camille, a=A)


def test_t4_un_entretien_d_une_personne_bloquee_n_existe_pas(camille, dominique):
    personne_id = p.personne(camille)
    cle = clos(camille, personne_id=personne_id)
    p.bloquer(personne_id, dominique, camille)
    with pytest.raises(Entretien.DoesNotExist):
        entretien_vu(cle, role=dominique, a=A)
    with pytest.raises(Entretien.DoesNotExist):
        actions.rouvrir(cle, role=dominique, a=A)


def test_t5_un_entretien_anonyme_se_rattache_a_sa_demande(camille):
    cle = clos(camille)
    personne_id = p.personne(camille)
    actions.rattacher_la_personne(cle, personne_id, role=camille, a=A)
    assert entretien_vu(cle, role=camille, a=A).qui.id == personne_id


@pytest.mark.parametrize(("annee", "mineure"), [(2010, True), (2008, True), (2007, False), (None, False)])
def test_t8_le_doute_sur_l_age_profite_a_la_personne(camille, annee, mineure):
    cle = entretien(camille, personne_id=p.personne(camille, annee=annee))
    assert entretien_vu(cle, role=camille, a=A).mineure is mineure


def test_un_besoin_reste_ouvert_jusqu_a_sa_reponse(camille):
    cle = clos(camille)
    actions.ajouter_un_besoin(cle, f.REPARER, role=camille, a=A)
    actions.ajouter_un_besoin(cle, f.REPARER, role=camille, a=A)
    besoin = Besoin.objects.get()
    actions.noter_sans_reponse(besoin.pk, role=camille, a=A)
    actions.noter_sans_reponse(besoin.pk, role=camille, a=A)
    assert Manque.objects.count() == 1
    vus = besoins_ouverts(camille, A)
    assert vus.total == 1 and vus.lignes[0].manque_le == A
    actions.repondre_au_besoin(besoin.pk, "DEMARCHE_ENSEMBLE", "Appel au garage", role=camille, a=PLUS_TARD)
    with pytest.raises(actions.GesteRefuse):
        actions.repondre_au_besoin(besoin.pk, "CONSEIL", "", role=camille, a=PLUS_TARD)
    assert besoins_ouverts(camille, A).total == 0
    suite = SuiteDuBesoin.objects.get()
    assert (suite.reponse, suite.manque_le, suite.repondu_le) == ("DEMARCHE_ENSEMBLE", A, PLUS_TARD)


def test_une_autre_structure_et_personne_ne_voient_rien(camille):
    clos(camille, ecrit=replace(DIT, note="x", domaines={"BUDGET": "y"}))
    ailleurs = travailleuse(f.site(f.structure("CCAS d'ailleurs")).structure)
    with pytest.raises(Entretien.DoesNotExist):
        entretien_vu(Entretien.objects.values_list("pk", flat=True).first() or 0, role=ailleurs, a=A)
    tables = ("entretien", "evaluation", "noteprivee", "domaineaborde")
    for reglage in ({"structure": ailleurs.structure_id}, {}):
        situer(**reglage)
        with connection.cursor() as curseur:
            for table in tables:
                curseur.execute(f"SELECT count(*) FROM entretien_{table}")
                assert curseur.fetchone() == (0,), table


def test_le_nombre_de_requetes_est_constant(camille, django_assert_num_queries):
    def compter(cle):
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as lues:
            entretien_vu(cle, role=camille, a=A)
        return len(lues)

    cle = entretien(camille)
    un = compter(cle)
    for code in (f.REPARER, "mobilite--financer-ma-mobilite"):
        actions.ajouter_un_besoin(cle, code, role=camille, a=A)
    for n in range(3):
        actions.promettre(
            cle, f"Appeler {n}", A.date(), demande_id=uuid4(), role=camille, a=A
        )  # fmt: skip
    assert compter(cle) == un
