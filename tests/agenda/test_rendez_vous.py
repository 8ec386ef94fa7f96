"""Hold, take, move, cancel: the plain gestures, and what the walls say."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda import actions
from premier_accueil.agenda.actions import Coordonnees, CreneauPris, DemandeRefusee
from premier_accueil.agenda.models import PlageDAgenda, RendezVous
from premier_accueil.agenda.regles import Canal, GenreDException, GesteImpossible, ModeDeRappel
from premier_accueil.agenda.requetes import creneaux_libres, premier_creneau, rendez_vous_du_jour, rendez_vous_vu
from premier_accueil.faits.models import Fait
from premier_accueil.personnes.models import Blocage, Personne
from premier_accueil.socle.cloison import situation, situer
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.agenda import situations as s
from tests.personnes import situations as personnes

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H


def test_prendre_sans_rien_dire(accueil, plage):
    cle = s.prendre(accueil, plage)
    r = RendezVous.objects.get(pk=cle)
    assert (r.etat, r.nom, r.joindre, r.personne_id) == ("PRIS", "", "", None)
    assert s.premier(accueil, plage) == r.fin
    assert Fait.objects.get(genre="RENDEZ_VOUS").attributs == {"canal": "GUICHET", "geste": "PRIS"}
    assert list(Acces.objects.filter(objet="RENDEZ_VOUS").order_by("pk").values_list("action", flat=True)) == ["tenir", "prendre"]


def test_un_double_clic_ne_prend_qu_un_rendez_vous(accueil, plage):
    demande, debut = uuid4(), s.premier(accueil, plage)
    deux = [actions.prendre(plage, debut, Coordonnees(), demande_id=demande, role=accueil, a=A) for _ in range(2)]
    assert deux[0].rendez_vous_id == deux[1].rendez_vous_id
    assert [p.deja for p in deux] == [False, True]
    assert RendezVous.objects.count() == 1


def test_un_creneau_tenu_se_rend_au_bout_de_dix_minutes(accueil, dominique, plage):
    debut = s.premier(accueil, plage)
    actions.tenir(plage, debut, demande_id=uuid4(), role=s.se_placer(accueil), a=A)
    with pytest.raises(CreneauPris) as refus:
        s.prendre(dominique, plage, debut=debut)
    assert refus.value.prochains[0].debut > debut
    assert "choisissez-en un autre" in str(refus.value)
    plus_tard = A + timedelta(minutes=11)
    assert s.premier(dominique, plage, plus_tard) == debut
    s.prendre(s.se_placer(dominique), plage, debut=debut, a=plus_tard)
    assert RendezVous.objects.count() == 1


def test_une_tenue_finie_que_personne_n_a_voulue_se_confirme_encore(accueil, plage):
    demande, debut = uuid4(), s.premier(accueil, plage)
    tenu = actions.tenir(plage, debut, demande_id=demande, role=accueil, a=A)
    pris = actions.prendre(plage, debut, Coordonnees(), demande_id=demande, role=accueil, a=A + timedelta(hours=1))
    assert pris.rendez_vous_id == tenu.rendez_vous_id
    assert s.etat(tenu.rendez_vous_id) == "PRIS"


def test_choisir_un_autre_creneau_de_la_meme_page_rend_le_premier(accueil, plage):
    demande, libres = uuid4(), creneaux_libres(accueil, A, plage_id=plage)
    for c in libres[:2]:
        actions.tenir(plage, c.debut, demande_id=demande, role=accueil, a=A)
    assert RendezVous.objects.get().debut == libres[1].debut


def test_la_base_refuse_de_doubler_un_agent_un_bureau_ou_une_place(accueil, dominique, lieu, plage):
    autre = s.plage(dominique, lieu.pk, agent_id=dominique.compte_id, heure_debut=time(9, 15), bureau="B1")
    troisieme = s.plage(dominique, lieu.pk, bureau="B1")
    premier = RendezVous.objects.get(pk=s.prendre(accueil, plage))
    assert s.premier(accueil, autre) >= premier.fin, "the same worker elsewhere at the same time is not offered"
    bureau = RendezVous.objects.get(pk=s.prendre(accueil, autre))
    for plage_id, agent, b, debut in (
        (plage, dominique.compte_id, "", premier.debut),
        (autre, dominique.compte_id, "B1", premier.debut),
        (troisieme, None, "B1", bureau.debut),
    ):
        with pytest.raises(IntegrityError, match=r"rendez_vous_(place|agent|bureau)"), transaction.atomic():
            RendezVous.objects.create(
                structure_id=accueil.structure_id, reservee_par_id=accueil.structure_id, demande_id=uuid4(),
                plage_id=plage_id, agent_id=agent, bureau=b, site=lieu, canal="GUICHET", debut=debut,
                fin=debut + timedelta(minutes=30), etat="PRIS", pris_par_id=accueil.compte_id, pris_le=A,
            )  # fmt: skip


def test_a_plusieurs_chacun_sa_place(accueil, dominique, lieu):
    atelier = s.plage(dominique, lieu.pk, capacite=3, nom="Atelier")
    debut = s.premier(accueil, atelier)
    for _ in range(3):
        s.prendre(accueil, atelier, debut=debut)
    with pytest.raises(CreneauPris):
        s.prendre(accueil, atelier, debut=debut)
    assert sorted(RendezVous.objects.order_by("pk").values_list("place", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("par_la_personne", [True, False])
def test_annuler_rend_le_creneau_et_oublie_comment_joindre(accueil, plage, par_la_personne):
    cle = s.prendre(accueil, plage, nom="Louise", rappel=ModeDeRappel.SMS, joindre="06 12 34 56 78")
    debut = RendezVous.objects.get(pk=cle).debut
    actions.annuler(cle, par_la_personne=par_la_personne, role=accueil, a=A)
    r = RendezVous.objects.get(pk=cle)
    assert r.etat == ("ANNULE_PERSONNE" if par_la_personne else "ANNULE_SERVICE")
    assert r.joindre == ""
    assert s.premier(accueil, plage) == debut
    with pytest.raises(GesteImpossible, match="déjà « annulé"):
        actions.annuler(cle, par_la_personne=True, role=accueil, a=A)


def test_deplacer_garde_ce_qu_elle_a_dit_et_libere_l_ancien(accueil, plage):
    cle = s.prendre(accueil, plage, nom="Louise", rappel=ModeDeRappel.SMS, joindre="06 12 34 56 78")
    ancien, demande = RendezVous.objects.get(pk=cle), uuid4()
    vers = creneaux_libres(accueil, A, plage_id=plage)[2].debut
    deux = [actions.deplacer(cle, plage, vers, demande_id=demande, role=accueil, a=A) for _ in range(2)]
    assert deux[0].rendez_vous_id == deux[1].rendez_vous_id
    nouveau = RendezVous.objects.get(pk=deux[0].rendez_vous_id)
    assert (nouveau.etat, nouveau.nom, nouveau.joindre, nouveau.remplace_id) == ("PRIS", "Louise", "06 12 34 56 78", cle)
    assert s.etat(cle) == "DEPLACE"
    assert s.premier(accueil, plage) == ancien.debut


def test_deplacer_vers_un_creneau_pris_ne_change_rien(accueil, plage):
    un, deux = s.prendre(accueil, plage), s.prendre(accueil, plage)
    with pytest.raises(CreneauPris):
        actions.deplacer(un, plage, RendezVous.objects.get(pk=deux).debut, demande_id=uuid4(), role=accueil, a=A)
    assert (s.etat(un), s.etat(deux)) == ("PRIS", "PRIS")


def test_la_venue_se_note_le_jour_venu_et_se_corrige(accueil, plage):
    louise = personnes.personne(accueil)
    cle = s.prendre(accueil, plage, personne_id=louise)
    with pytest.raises(GesteImpossible, match="pas encore"):
        actions.noter_la_venue(cle, venue=True, role=accueil, a=A)
    le_jour = A + timedelta(days=1)
    actions.noter_la_venue(cle, venue=False, role=accueil, a=le_jour)
    assert Personne.objects.get(pk=louise).dernier_contact_le == A
    actions.noter_la_venue(cle, venue=True, role=accueil, a=le_jour)
    assert s.etat(cle) == "HONORE"
    assert Personne.objects.get(pk=louise).dernier_contact_le == le_jour
    nets: dict[str, int] = {}
    for fait in Fait.objects.filter(genre="RENDEZ_VOUS").order_by("pk"):
        nets[fait.attributs["geste"]] = nets.get(fait.attributs["geste"], 0) + fait.nombre
    assert nets == {"PRIS": 1, "NON_VENU": 0, "HONORE": 1}


def test_t4_l_agent_bloque_n_est_ni_propose_ni_reserve_et_ne_voit_rien(accueil, dominique, plage):
    louise = personnes.personne(accueil)
    cle = s.prendre(accueil, plage, personne_id=louise)
    Blocage.objects.create(
        structure_id=accueil.structure_id, personne_id=louise, compte_id=dominique.compte_id, motif="voisin",
        pose_par_id=accueil.compte_id, pose_le=A,
    )  # fmt: skip
    assert creneaux_libres(accueil, A, personne_id=louise) == ()
    with pytest.raises(DemandeRefusee, match="ne doit pas"):
        s.prendre(accueil, plage, personne_id=louise)
    assert rendez_vous_du_jour(dominique, date(2026, 11, 24), A) == ()
    with pytest.raises(RendezVous.DoesNotExist):
        rendez_vous_vu(cle, dominique, A)
    assert len(rendez_vous_du_jour(accueil, date(2026, 11, 24), A)) == 1


def test_t10_un_benevole_ne_voit_que_les_siens(lieu, accueil, plage):
    benevole = f.agent(lieu.structure, Fonction.BENEVOLE)
    s.prendre(accueil, plage, nom="Louise")
    s.se_placer(benevole)
    assert rendez_vous_du_jour(benevole, date(2026, 11, 24), A) == ()
    s.prendre(benevole, plage)
    assert len(rendez_vous_du_jour(benevole, date(2026, 11, 24), A)) == 1


def test_t11_un_agent_qui_part_n_a_plus_de_creneau_apres_son_depart(accueil, dominique, lieu, plage):
    Mission.objects.filter(compte_id=dominique.compte_id).update(fin=date(2026, 12, 1))
    jours = {c.debut.date() for c in creneaux_libres(accueil, A, plage_id=plage, limite=100)}
    assert max(jours) == date(2026, 12, 1)
    assert premier_creneau(accueil, A, compte_id=dominique.compte_id, des=A + timedelta(days=90)) is None


def test_t11_le_premier_creneau_du_meme_agent_trois_mois_apres(accueil, dominique, plage):
    des = A + timedelta(days=92)
    trouve = premier_creneau(accueil, A, compte_id=dominique.compte_id, des=des)
    assert trouve is not None
    assert trouve.debut >= des and trouve.agent_id == dominique.compte_id
    assert trouve.debut - des < timedelta(days=8)


def test_fermer_un_jour_ne_deplace_personne_et_le_montre(accueil, dominique, plage):
    from premier_accueil.agenda.requetes import plage_vue

    cle = s.prendre(accueil, plage)
    jour = date(2026, 11, 24)
    for _ in range(2):
        actions.ajouter_une_exception(
            plage, GenreDException.FERME, du=jour, au=None, heure_debut=None, heure_fin=None, role=dominique, a=A
        )
    vue = plage_vue(plage, dominique, A)
    assert len(vue.exceptions) == 1
    assert [r for r, _ in vue.a_deplacer] == [cle]
    assert s.etat(cle) == "PRIS"
    assert s.premier(accueil, plage).date() > jour


def test_une_plage_changee_par_un_autre_se_montre(accueil, dominique, lieu, plage):
    dite = actions.PlageDite(
        nom="Permanence", canal=Canal.TELEPHONE, jours=(2,), heure_debut=time(9), heure_fin=time(12), duree_minutes=20, debut=date(2026, 1, 1)
    )
    actions.changer_une_plage(plage, dite, version=1, role=dominique, a=A)
    with pytest.raises(DemandeRefusee, match="a changé cette plage"):
        actions.changer_une_plage(plage, dite, version=1, role=dominique, a=A)
    with pytest.raises(PlageDAgenda.DoesNotExist):
        actions.changer_une_plage(plage, dite, version=2, role=accueil, a=A)


def test_la_tache_de_l_agenda_lit_et_n_efface_que_ce_qui_etait_tenu(accueil, plage):
    pris = s.prendre(accueil, plage)
    actions.tenir(plage, s.premier(accueil, plage), demande_id=uuid4(), role=accueil, a=A)
    situer()
    assert RendezVous.objects.count() == 0
    with situation(tache="agenda"):
        assert RendezVous.objects.count() == 2
        with connection.cursor() as curseur:
            curseur.execute("DELETE FROM agenda_rendezvous")
            assert curseur.rowcount == 1
            curseur.execute("UPDATE agenda_rendezvous SET nom = 'lu'")
            assert curseur.rowcount == 0
        assert RendezVous.objects.get().pk == pris


def test_le_nombre_de_requetes_ne_suit_pas_le_nombre_de_creneaux(accueil, dominique, lieu, plage, django_assert_max_num_queries):
    for n in range(4):
        s.plage(dominique, lieu.pk, jours=(0, 2), bureau=f"B{n}")
    for _ in range(10):
        s.prendre(accueil, plage)
    with django_assert_max_num_queries(14):
        assert len(creneaux_libres(accueil, A, limite=12)) == 12
    with django_assert_max_num_queries(6):
        assert len(rendez_vous_du_jour(accueil, date(2026, 11, 24), A)) == 6
