"""A day that closes: no slot is offered any more, what was taken is shown to be moved, and nothing moves alone."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from premier_accueil.acteurs.models import Compte, Engagement, Mission, Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda import actions
from premier_accueil.agenda.models import PlageDAgenda, RendezVous
from premier_accueil.agenda.regles import GenreDException, Motif, Ouverture
from premier_accueil.agenda.requetes import creneaux_libres, rendez_vous_a_deplacer
from premier_accueil.annuaire.models import Fermeture, Permanence
from premier_accueil.entretien.models import PointDeSituation
from premier_accueil.personnes.actions import Regle, poser_la_regle_de_contact
from tests import fabriques as f
from tests.agenda import situations as s
from tests.pages.conftest import connecte
from tests.personnes import situations as personnes
from tests.personnes.parcours import texte

pytestmark = pytest.mark.django_db
A, MARDI = f.LUNDI_10H, date(2026, 11, 24)


@pytest.fixture
def dominique(lieu):
    return f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Dominique")


@pytest.fixture
def permanence(lieu):
    return Permanence.objects.get(service=f.service(lieu.structure, "Accueil social", site=lieu))


@pytest.fixture
def plage(dominique, lieu, permanence):
    return s.plage(dominique, lieu.pk, agent_id=dominique.compte_id)


def fermer(permanence, jour=MARDI):
    Fermeture.objects.create(permanence=permanence, du=jour, au=jour, motif="travaux")


def page(client, nom, *cles, **params):
    return texte(client.get(reverse(f"agenda:{nom}", args=cles), params))


def test_t15_un_jour_ferme_dans_l_annuaire_n_est_pas_propose(guichet, dominique, permanence, plage):
    assert "mardi 24 novembre" in page(guichet, "prendre").lower()
    fermer(permanence)
    vue = page(guichet, "prendre").lower()
    assert "mardi 24 novembre" not in vue and "mardi 1 décembre" in vue


def test_t15_un_creneau_lu_avant_la_fermeture_ne_se_prend_plus(role, dominique, permanence, plage):
    debut = s.premier(s.se_placer(dominique), plage)
    fermer(permanence)
    with pytest.raises(actions.CreneauPris) as refus:
        s.prendre(s.se_placer(role), plage, debut=debut)
    assert refus.value.prochains[0].debut == debut + timedelta(days=7)


def test_des_heures_ajoutees_l_emportent_sur_l_annuaire(role, dominique, permanence, plage):
    fermer(permanence)
    s.se_placer(dominique)
    actions.ajouter_une_exception(
        plage, GenreDException.EN_PLUS, du=MARDI, au=None, heure_debut=time(14), heure_fin=time(15), role=dominique, a=A
    )
    premiers = creneaux_libres(s.se_placer(role), A, plage_id=plage)
    assert (premiers[0].debut.date(), premiers[0].debut.hour) == (MARDI, 13)


def test_ce_qui_etait_pris_se_voit_partout_ou_l_on_travaille(guichet, role, dominique, permanence, plage):
    cle = s.prendre(s.se_placer(role), plage, nom="Madame au chien")
    travail = connecte(dominique)
    assert "à déplacer" not in texte(travail.get(reverse("entretien:journee")))
    fermer(permanence)
    lien = reverse("agenda:deplacer", args=[cle])
    for client in (guichet, travail):
        assert "1 rendez-vous à déplacer" in page(client, "jour")
        liste = page(client, "a_deplacer")
        assert "Madame au chien" in liste and lien in liste and "le lieu est fermé ce jour-là" in liste
        assert "À déplacer" in page(client, "rendez_vous", cle)
    journee = texte(travail.get(reverse("entretien:journee")))
    assert "À déplacer" in journee and lien in journee
    s.se_placer(role)
    assert RendezVous.objects.get(pk=cle).etat == "PRIS"  # nothing moves alone
    actions.deplacer(
        cle, plage, s.premier(role, plage), demande_id=uuid4(), role=role, a=A
    )
    assert "tous les rendez-vous pris peuvent avoir lieu" in page(guichet, "a_deplacer")


def test_la_raison_est_dite(role, dominique, lieu, permanence):
    finie, a_part, partie = (
        s.plage(dominique, lieu.pk, nom=nom, jours=(1,), agent_id=dominique.compte_id if nom == "Partie" else None)
        for nom in ("Finie", "À part", "Partie")
    )
    for cle in (finie, a_part, partie):
        s.prendre(s.se_placer(role), cle)
    s.se_placer(dominique)
    jour = {"du": MARDI, "au": None, "heure_debut": None, "heure_fin": None}
    actions.ajouter_une_exception(a_part, GenreDException.FERME, **jour, role=dominique, a=A)
    actions.arreter_une_plage(finie, role=dominique, a=A)
    Mission.objects.filter(pk=dominique.mission_id).update(fin=date(2026, 11, 22))
    s.se_placer(role)
    dits = {x.ligne.quoi: x.motif for x in rendez_vous_a_deplacer(role, A).lignes}
    assert dits == {
        "Finie": "la plage s'arrête avant ce jour", "À part": "on ne reçoit pas ce jour-là",
        "Partie": "la plage s'arrête avant ce jour",
    }  # fmt: skip
    PlageDAgenda.objects.filter(pk=partie).update(fin=None)
    Compte.objects.filter(pk=dominique.compte_id).update(is_active=False)
    dits = {x.ligne.quoi: x.motif for x in rendez_vous_a_deplacer(role, A).lignes}
    assert dits["Partie"] == "qui devait recevoir n'est plus là"
    assert len(Motif) == 4


def test_qui_a_pris_le_rendez_vous_ailleurs_le_sait_aussi(role, dominique, lieu, permanence, guichet):
    ailleurs = f.agent(f.site(f.structure("France services")).structure)
    cle = s.plage(dominique, lieu.pk, ouverte_a=(Ouverture.RELAIS, Ouverture.ACCUEIL))
    for qui in (ailleurs, role):
        chez = Structure.objects.get(pk=qui.structure_id)
        Engagement.objects.create(structure=chez, debut=date(2026, 1, 1), texte="Charte")
    pris = s.prendre(s.se_placer(ailleurs), cle)
    fermer(permanence)
    assert "À déplacer" in page(connecte(ailleurs), "rendez_vous", pris)
    assert page(connecte(ailleurs), "a_deplacer").count("sans nom") == 0  # the list is of who receives
    assert "pris par France services" in page(guichet, "a_deplacer")


def test_la_liste_se_lit_en_autant_de_requetes(role, dominique, permanence, plage):
    def compter():
        with CaptureQueriesContext(connection) as prises:
            rendez_vous_a_deplacer(role, A)
        return len(prises)

    s.prendre(s.se_placer(role), plage)
    fermer(permanence)
    un = compter()
    Fermeture.objects.all().delete()
    for _ in range(3):
        s.prendre(role, plage)
    fermer(permanence)
    assert rendez_vous_a_deplacer(role, A).total == 4
    assert compter() == un


def test_sa_langue_vient_d_abord_et_l_interprete_est_rappele(guichet, role, dominique, lieu, plage):
    s.plage(dominique, lieu.pk, nom="En arabe", langue="Arabe, anglais", jours=(3,))
    louise = personnes.personne(role)
    vue = page(guichet, "prendre_pour", louise)
    assert "Permanence sociale" in vue and "En arabe" in vue and "interprète" not in vue
    poser_la_regle_de_contact(louise, Regle(langue="arabe", interprete=True), role=role, a=A)
    vue = page(guichet, "prendre_pour", louise)
    assert "En arabe" in vue and "Permanence sociale – " not in vue.replace("<option", " – ")
    assert "tenus dans sa langue" in vue and "Il faut un interprète" in vue
    assert "<strong>Permanence sociale</strong>" not in vue
    assert "<strong>Permanence sociale</strong>" in page(guichet, "prendre_pour", louise, langue="")


def test_une_langue_que_personne_ne_parle_ici_montre_les_autres(guichet, role, plage):
    louise = personnes.personne(role)
    poser_la_regle_de_contact(louise, Regle(langue="tigrinya"), role=role, a=A)
    vue = page(guichet, "prendre_pour", louise)
    assert "Aucun créneau libre n'est tenu dans cette langue" in vue and "<strong>Permanence sociale</strong>" in vue


def test_on_cherche_par_langue_sans_dossier(guichet, dominique, lieu, plage):
    s.plage(dominique, lieu.pk, nom="En roumain", langue="Roumain", jours=(3,))
    vue = page(guichet, "prendre", langue="Roumain")
    assert "<strong>En roumain</strong>" in vue and "<strong>Permanence sociale</strong>" not in vue


def test_t11_une_absence_ferme_les_creneaux_et_montre_ce_qui_est_a_deplacer(guichet, role, dominique, lieu, plage):
    pris = s.prendre(s.se_placer(role), plage)
    autre = s.plage(dominique, lieu.pk, nom="Sans agent", jours=(1,))
    remplacante = f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Sam")
    client = connecte(dominique)
    envoi = {
        "compte": dominique.compte_id, "remplacant": remplacante.compte_id, "debut": "2026-11-23", "fin": "2026-12-01",
        "demande_id": str(uuid4()),
    }  # fmt: skip
    vue = texte(client.post(reverse("entretien:absences"), envoi, follow=True))
    assert "À déplacer, dans l'agenda : 1." in vue
    assert reverse("agenda:deplacer", args=[pris]) in page(guichet, "a_deplacer")
    s.se_placer(role)
    assert creneaux_libres(role, A, plage_id=plage)[0].debut.date() == date(2026, 12, 8)
    assert creneaux_libres(role, A, plage_id=autre)[0].debut.date() == MARDI
    assert PlageDAgenda.objects.get(pk=plage).exceptions.count() == 1


def test_t20_rien_ne_dit_de_prevenir_qui_l_on_ne_derange_plus(guichet, role, dominique, permanence, plage):
    louise = personnes.personne(role)
    s.prendre(s.se_placer(role), plage, personne_id=louise)
    fermer(permanence)
    assert "On ne lui écrit plus" not in page(guichet, "a_deplacer")
    s.se_placer(role)
    actions.ne_plus_ecrire(louise, "HOPITAL", role=role, a=A)
    assert "On ne lui écrit plus" in page(guichet, "a_deplacer")
    assert "elle est à l'hôpital" in texte(connecte(dominique).get(reverse("entretien:journee")))


@pytest.fixture
def point_pris(dominique, lieu):
    """Return a point de situation that holds a slot of the agenda, and that appointment."""
    from premier_accueil.entretien import actions as entretiens
    from tests.entretien import situations as e

    s.se_placer(dominique)
    s.plage(dominique, lieu.pk, jours=(0, 1, 2, 3, 4), agent_id=dominique.compte_id)
    cle = e.clos(dominique, personne_id=personnes.personne(dominique))
    voulu = A.replace(year=2027, month=2, day=23, hour=8)  # nine o'clock, three months later
    point = entretiens.prevoir(
        cle, rang=2, quand=voulu, compte_id=dominique.compte_id, demande_id=uuid4(), role=dominique, a=A
    )
    rendez_vous = RendezVous.objects.get()
    assert (rendez_vous.debut, PointDeSituation.objects.get(pk=point).rendez_vous_id) == (voulu, rendez_vous.pk)
    return point, rendez_vous


def test_un_point_de_situation_suit_son_rendez_vous_deplace_a_l_agenda(guichet, dominique, point_pris):
    point, ancien = point_pris
    debut = ancien.debut + timedelta(days=1)
    envoi = {"creneau": f"{ancien.plage_id}-{debut:%Y%m%dT%H%M}", "demande_id": str(uuid4())}
    assert guichet.post(reverse("agenda:deplacer", args=[ancien.pk]), envoi).status_code == 302
    s.se_placer(dominique)
    suivi = PointDeSituation.objects.get(pk=point)
    assert (suivi.prevu_le, suivi.version) == (debut, 2)
    assert RendezVous.objects.get(pk=suivi.rendez_vous_id).etat == "PRIS"


@pytest.mark.parametrize("par", ["personne", "service"])
def test_t11_un_point_dont_le_rendez_vous_est_annule_est_a_reprevoir(guichet, dominique, point_pris, par):
    point, rendez_vous = point_pris
    annuler = reverse("agenda:annuler", args=[rendez_vous.pk])
    assert "à reprévoir : dites-le à la personne" in texte(guichet.post(annuler, {"par": par}, follow=True))
    s.se_placer(dominique)
    lache = PointDeSituation.objects.get(pk=point)
    assert (lache.etat, lache.rendez_vous_id) == ("A_REPLACER", None)
    travail = connecte(dominique)
    assert "à reprévoir : rendez-vous annulé" in texte(travail.get(reverse("entretien:journee")))
    assert "Convenez d'une autre date" in texte(travail.get(reverse("entretien:point", args=[point])))
    envoi = {
        "jour": "2027-03-02", "heure": "09:00", "compte": dominique.compte_id, "motif": "DEMANDE", "prevenue": "on",
        "version": lache.version,
    }  # fmt: skip
    adresse = reverse("entretien:reprevoir", args=[point])
    sans_prevenir = {c: v for c, v in envoi.items() if c != "prevenue"}
    assert "Prévenez d'abord la personne" in texte(travail.post(adresse, sans_prevenir))
    travail.post(adresse, envoi)
    s.se_placer(dominique)
    suivi = PointDeSituation.objects.get(pk=point)
    assert (suivi.etat, RendezVous.objects.get(pk=suivi.rendez_vous_id).debut) == ("PREVU", suivi.prevu_le)
