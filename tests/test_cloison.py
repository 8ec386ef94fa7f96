"""The second barrier: the database shows a structure its own rows, whatever the code asks."""

from __future__ import annotations

import pytest
from django.db import connection

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Passage
from premier_accueil.socle.cloison import situation, situer
from tests import fabriques as f

OUVERTES = {
    # Reference data, the shared directory, and who takes part: nothing about the persons received.
    "territoire_commune", "territoire_mot", "territoire_etat",
    "annuaire_site", "annuaire_service", "annuaire_permanence", "annuaire_fermeture", "annuaire_interlocuteur",
    "annuaire_secteur", "annuaire_tempsdereponse", "annuaire_revision", "annuaire_confirmation",
    "annuaire_correction", "annuaire_campagne", "annuaire_liendefiche",
    "annuaire_edition", "annuaire_facon", "annuaire_motdelannuaire",
    "annuaire_tetedereseau", "annuaire_referentthematique", "annuaire_referentdeterritoire", "annuaire_initiative", "annuaire_guideimprime",
    "annuaire_actioncollective",
    "annuaire_sourcedannuaire", "annuaire_importdannuaire", "annuaire_blocdimport", "annuaire_aliasdesource",
    "annuaire_pairededoublons", "annuaire_fusiondefiches", "annuaire_pairedeparties", "annuaire_fusiondeparties",
    "acteurs_organisme", "acteurs_structure", "acteurs_compte", "acteurs_mission", "acteurs_engagement",
    "acteurs_convention", "acteurs_identite",
    "reperes_ficherepere", "reperes_ficherepere_proprietaires", "reperes_versiondefiche", "reperes_versiondefiche_structures",
    "reperes_pasdefiche", "reperes_lecturedefiche", "reperes_guideoperationnel", "reperes_guideoperationnel_proprietaires",
    "reperes_ficheduguide",
    # The last number drawn at a place on a day, shared by the bodies that share the place.
    "accueil_compteurdetickets",
    # Facts without identity, read by the whole département.
    "orientation_manque", "faits_fait",
    # Phrases that name nobody, by their day; what the committee made of them.
    "orientation_entreedulexique", "orientation_pasdulexique", "orientation_essaidulexique",
}  # fmt: skip
# The queue of tasks holds keys only (socle.taches).
DE_DJANGO = ("django_", "auth_", "axes_", "otp_", "procrastinate_")


def tables() -> dict[str, tuple[bool, bool, int]]:
    """Return (walls on, walls forced, number of policies) of every table."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1"
        )
        return {nom: (ouverte, forcee, combien) for nom, ouverte, forcee, combien in curseur.fetchall()}


@pytest.mark.django_db
def test_chaque_table_est_ouverte_par_ecrit_ou_cloisonnee():
    nues = {
        nom
        for nom, (active, forcee, regles) in tables().items()
        if not (active and forcee and regles) and nom not in OUVERTES and not nom.startswith(DE_DJANGO)
    }
    assert not nues, f"confidential tables without walls: {sorted(nues)}"


@pytest.mark.django_db
def test_les_tables_ouvertes_existent_et_ne_portent_pas_de_personne():
    existantes = tables()
    with connection.cursor() as curseur:
        curseur.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        colonnes = curseur.fetchall()
    assert not [(t, c) for t, c in colonnes if t in OUVERTES and c in {"personne_id", "passage_id"}]
    assert {"accueil_passage", "accueil_attente"} <= existantes.keys() - OUVERTES


@pytest.mark.django_db
def test_l_application_entre_avec_un_role_sans_privilege():
    with connection.cursor() as curseur:
        curseur.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert curseur.fetchone() == (False, False)


@pytest.fixture
def deux_structures(db):
    lieux = [f.site(f.structure(nom)) for nom in ("CCAS d'ici", "CCAS d'ailleurs")]
    roles = []
    for lieu in lieux:
        role = f.agent(lieu.structure)
        actions.accueillir(f.demande(mots="Bonjour"), role=role, site_id=lieu.pk, a=f.LUNDI_10H)
        roles.append(role)
    return roles


def visibles() -> set[int]:
    with connection.cursor() as curseur:
        curseur.execute("SELECT structure_id FROM accueil_passage")
        return {ligne[0] for ligne in curseur.fetchall()}


def test_une_requete_nue_ne_voit_que_la_structure_dite(deux_structures):
    for role in deux_structures:
        situer(structure=role.structure_id)
        assert visibles() == {role.structure_id}


def test_sans_reglage_zero_ligne(deux_structures):
    situer()
    assert visibles() == set()
    with connection.cursor() as curseur:
        curseur.execute("RESET premier_accueil.structure")
    assert visibles() == set()


def test_une_ligne_ne_change_pas_de_main(deux_structures):
    ici, ailleurs = deux_structures
    situer(structure=ici.structure_id)
    assert Passage.objects.filter(structure_id=ailleurs.structure_id).update(mots="lu") == 0
    assert Passage.objects.filter(structure_id=ailleurs.structure_id).delete()[0] == 0


def test_la_situation_oublie_en_sortant(deux_structures):
    ici, ailleurs = deux_structures
    situer(structure=ici.structure_id)
    with situation(structure=ailleurs.structure_id):
        assert visibles() == {ailleurs.structure_id}
    assert visibles() == {ici.structure_id}


def test_le_jeton_d_une_feuille_n_ouvre_qu_elle(deux_structures):
    from premier_accueil.accueil.models import FeuilleDeRoute

    ici, ailleurs = deux_structures
    references = []
    for role in (ici, ailleurs):
        situer(structure=role.structure_id)
        passage = Passage.objects.get()
        references.append(actions.editer_feuille(passage.pk, adresse="https://x/", role=role, a=f.LUNDI_10H))
    with situation(jeton=references[0]):
        assert [x.reference for x in FeuilleDeRoute.objects.order_by("pk")] == [references[0]]
        assert visibles() == set()


def test_le_jeton_d_un_ecran_ne_montre_que_sa_file(deux_structures):
    from premier_accueil.accueil.models import Attente
    from premier_accueil.accueil.regles import Etape

    jetons = {}
    for role in deux_structures:
        situer(structure=role.structure_id)
        site = Passage.objects.get().site_id
        actions.donner_ticket(etape=Etape.ACCUEIL, prenom="", role=role, site_id=site, a=f.LUNDI_10H)
        jetons[site] = actions.renouveler_ecran(role=role, site_id=site, a=f.LUNDI_10H)
    for site, jeton in jetons.items():
        with situation(jeton=jeton):
            assert {a.site_id for a in Attente.objects.order_by("pk")} == {site}
    with situation(jeton="inconnu"):
        assert not Attente.objects.exists()
