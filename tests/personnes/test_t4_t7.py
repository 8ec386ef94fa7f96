"""T4: a named block shows nothing. T7: that a file exists is a secret."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.personnes import actions
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.personnes.models import Blocage, BrisDeGlace, Personne
from premier_accueil.personnes.requetes import chercher, dossier, entete, identite_projetable, signalements
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.personnes import situations as s

pytestmark = pytest.mark.django_db
RAISON = "Elle est devant moi et personne d'autre n'est là"


def glace(role, nom="Louise Martin", annee=1985, raison=RAISON, demande_id=None, a=f.LUNDI_10H):
    return actions.briser_la_glace(
        nom=nom, annee=annee, raison=raison, demande_id=demande_id or uuid4(), role=role, a=a
    )


def ids(texte, role, a=f.LUNDI_10H):
    return [ligne.id for ligne in chercher(texte, role, a).lignes]


def test_la_recherche_trouve_ce_qui_s_ecrit_et_ce_qui_s_entend(camille):
    exact = s.personne(camille, "Lefèvre", "Philippe", 1960)
    entendu = s.personne(camille, "Lefebvre", "Filip", 1975)
    s.personne(camille, "Durand", "Philippe", 1960)
    assert ids("lefevre philippe", camille) == [exact, entendu]
    assert ids("LEFEBVRE", camille) == [entendu, exact]
    assert ids("lefevre 1960", camille) == [exact]
    assert ids("lefevre nadia", camille) == []
    assert ids("", camille) == ids("1960", camille) == []


def test_une_annee_inconnue_ou_approximative_n_ecarte_personne(camille):
    from premier_accueil.personnes.regles import Naissance

    sure, vers = s.personne(camille, annee=1985), s.personne(camille, naissance=Naissance(1984, approximative=True))
    inconnue = s.personne(camille, annee=None)
    s.personne(camille, annee=1984)
    assert sorted(ids("martin 1985", camille)) == sorted([sure, vers, inconnue])


def test_la_recherche_rend_vingt_personnes_au_plus(camille):
    for _ in range(21):
        s.personne(camille)
    vues = chercher("martin", camille, f.LUNDI_10H)
    assert (len(vues.lignes), vues.encore) == (20, True)


def test_t7_la_recherche_ne_voit_que_sa_structure(camille, ailleurs):
    cle = s.personne(camille)
    s.se_placer(ailleurs)
    assert ids("Martin", ailleurs) == []
    for lire in (dossier, entete, identite_projetable):
        with pytest.raises(Personne.DoesNotExist):
            lire(cle, ailleurs, f.LUNDI_10H)
        with pytest.raises(Personne.DoesNotExist):
            lire(cle + 1000, ailleurs, f.LUNDI_10H)


def test_t7_la_recherche_est_journalisee_sans_ses_mots(camille):
    chercher("Martin Louise 1985", camille, f.LUNDI_10H)
    ligne = Acces.objects.get()
    assert (ligne.geste, ligne.action, ligne.objet_id) == ("RECHERCHE", "chercher", None)
    assert not [v for v in vars(ligne).values() if isinstance(v, str) and "artin" in v]


def test_t7_chercher_personne_et_chercher_quelqu_un_de_bloque_coute_les_memes_requetes(camille, driss):
    cle = s.personne(camille)
    s.bloquer(cle, camille, driss)

    def ordres(texte):
        with CaptureQueriesContext(connection) as vus:
            assert ids(texte, camille) == []
        return len(vus)

    assert ordres("Martin Louise") == ordres("Personne Inconnue")


def test_t4_un_blocage_nomme_fait_disparaitre_la_personne_pour_ce_compte_seul(camille, driss):
    cle, fils = s.personne(camille), s.personne(camille, prenom="Adam", annee=2015)
    actions.ajouter_au_foyer(fils, avec_id=cle, lien="mère", role=camille, a=f.LUNDI_10H)
    s.bloquer(cle, camille, driss)
    s.bloquer(cle, camille, driss)
    assert Blocage.objects.count() == 1
    assert ids("Martin Louise", camille) == []
    assert dossier(fils, camille, f.LUNDI_10H).foyer == ()
    with pytest.raises(Personne.DoesNotExist):
        dossier(cle, camille, f.LUNDI_10H)
    with pytest.raises(Personne.DoesNotExist):
        actions.reveler_l_adresse(cle, role=camille, a=f.LUNDI_10H)
    assert ids("Martin Louise", driss) == [cle]
    actions.lever_un_blocage(cle, Blocage.objects.get().pk, role=driss, a=f.LUNDI_10H)
    assert ids("Martin Louise", camille) == [cle]


def test_t4_on_ne_leve_pas_son_propre_blocage(camille, driss):
    cle = s.personne(camille)
    s.bloquer(cle, camille, camille)
    with pytest.raises(Personne.DoesNotExist):
        actions.lever_un_blocage(cle, Blocage.objects.get().pk, role=camille, a=f.LUNDI_10H)
    assert glace(camille) == cle
    with pytest.raises(Personne.DoesNotExist):
        actions.lever_un_blocage(cle, Blocage.objects.get().pk, role=camille, a=f.LUNDI_10H)
    with pytest.raises(IntegrityError), transaction.atomic():
        Blocage.objects.update(leve_le=f.LUNDI_10H, leve_par_id=camille.compte_id)


def test_t4_l_ouverture_exceptionnelle_dure_jusqu_au_soir_et_previent_une_seconde_personne(camille, driss):
    cle = s.personne(camille)
    s.bloquer(cle, camille, driss)
    assert glace(camille) == cle
    assert dossier(cle, camille, f.LUNDI_10H).exceptionnel
    (vu,) = signalements(driss, f.LUNDI_10H)
    assert (vu.compte, vu.raison, vu.personne_id, vu.vu_le) == ("Camille", RAISON, cle, None)
    assert signalements(camille, f.LUNDI_10H) == ()
    actions.voir_un_signalement(vu.id, role=camille, a=f.LUNDI_10H)
    assert BrisDeGlace.objects.get().vu_le is None
    actions.voir_un_signalement(vu.id, role=driss, a=f.LUNDI_10H)
    assert BrisDeGlace.objects.get().vu_le == f.LUNDI_10H
    with pytest.raises(Personne.DoesNotExist):
        dossier(cle, camille, f.LUNDI_10H + timedelta(hours=14))


def test_t4_l_ouverture_exceptionnelle_n_ouvre_jamais_l_adresse_protegee(camille, driss):
    cle = s.protegee(driss)
    s.se_placer(camille)
    s.bloquer(cle, camille, driss)
    assert glace(camille) == cle
    for geste in (
        lambda: actions.reveler_l_adresse(cle, role=camille, a=f.LUNDI_10H),
        lambda: actions.lever_la_protection(cle, elle_le_dit=True, role=camille, a=f.LUNDI_10H),
        lambda: actions.proteger_l_adresse(cle, elle_le_dit=True, procedure="", role=camille, a=f.LUNDI_10H),
    ):
        with pytest.raises(Personne.DoesNotExist):
            geste()


def test_t4_l_encadrement_est_prevenu_d_abord_sans_lire_le_nom(camille, driss, ici):
    cadre = f.agent(ici, Fonction.ENCADREMENT, nom="Annick")
    s.personne(camille)
    glace(camille)
    (vu,) = signalements(cadre, f.LUNDI_10H)
    assert (vu.compte, vu.personne, vu.personne_id) == ("Camille", "", None)
    assert signalements(driss, f.LUNDI_10H) == ()


def test_t4_celui_qui_ne_doit_pas_la_voir_n_est_pas_prevenu(camille, driss, ici):
    cle = s.personne(camille)
    s.bloquer(cle, driss, camille)
    assert glace(camille) is None
    second = f.agent(ici, Fonction.ADMINISTRATION)
    assert glace(camille) == cle
    assert BrisDeGlace.objects.get().prevenu_id == second.compte_id


def test_t4_un_second_clic_n_ouvre_pas_deux_fois(camille, driss):
    s.personne(camille)
    demande = uuid4()
    assert glace(camille, demande_id=demande) == glace(camille, demande_id=demande)
    assert BrisDeGlace.objects.count() == 1


def test_t4_un_blocage_ferme_l_ouverture_en_cours(camille, driss):
    cle = s.personne(camille)
    glace(camille)
    plus_tard = f.LUNDI_10H + timedelta(minutes=5)
    actions.poser_un_blocage(cle, compte_id=camille.compte_id, motif="voisine", role=driss, a=plus_tard)
    with pytest.raises(Personne.DoesNotExist):
        dossier(cle, camille, plus_tard)


@pytest.mark.parametrize(
    ("nom", "annee"),
    [
        ("Louise Martin", 1986),
        ("Martin", 1985),
        ("Louise Martine", 1985),
        ("Louise Martin Petit", 1985),
        ("Luise Martin", 1985),
    ],
)
def test_t7_un_nom_ou_une_annee_inexacts_n_ouvrent_rien_et_se_journalisent(camille, driss, nom, annee):
    s.personne(camille)
    assert glace(camille, nom, annee) is None
    ligne = Acces.objects.filter(action="briser_la_glace").get()
    assert (ligne.geste, ligne.objet_id) == ("RECHERCHE", None)
    assert BrisDeGlace.objects.count() == 0


def test_t7_deux_homonymes_exacts_n_ouvrent_rien(camille, driss):
    s.personne(camille)
    s.personne(camille)
    assert glace(camille) is None


def test_t7_les_refus_ne_dependent_pas_de_l_existence_du_dossier(camille, ici):
    s.personne(camille)
    messages = []
    for nom in ("Louise Martin", "Inconnue Totale"):
        for raison in ("trop court", RAISON):
            with pytest.raises(SaisieRefusee) as refus:
                glace(camille, nom, raison=raison)
            messages.append(str(refus.value))
    assert messages[:2] == messages[2:]


def test_t7_une_autre_structure_n_ouvre_pas_en_brisant_la_glace(camille, driss, ailleurs):
    s.personne(camille)
    from premier_accueil.acteurs.models import Structure

    s.se_placer(ailleurs)
    f.agent(Structure.objects.get(pk=ailleurs.structure_id), Fonction.ENCADREMENT)
    assert glace(ailleurs) is None
