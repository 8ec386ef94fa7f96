"""A person's path, one's day, a ticket that becomes an interview, a need that opens again: through their pages."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from premier_accueil.accueil import actions as accueil
from premier_accueil.accueil.models import Attente, Besoin, Passage
from premier_accueil.accueil.regles import Etape
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda.actions import ne_plus_ecrire
from premier_accueil.entretien import actions
from premier_accueil.entretien.models import Entretien, SuiteDuBesoin
from premier_accueil.entretien.regles.etats import GESTES_DE_BESOIN, EtatDeBesoin
from premier_accueil.entretien.requetes import besoins_ouverts, ma_journee, parcours
from premier_accueil.faits.models import Fait
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.accueil.situations_pieces import bulletin
from tests.agenda import situations as agenda
from tests.entretien import des_demarches as demarches
from tests.entretien import situations as e
from tests.pages.conftest import connecte
from tests.partage import situations as partage
from tests.personnes import situations as p
from tests.personnes.parcours import texte

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H


@pytest.fixture
def camille(lieu):
    return f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Camille")


@pytest.fixture
def bureau(camille):
    return connecte(camille)


def vivre(role, lieu, personne_id, n=1):
    """Give a person one line of each kind, ``n`` times."""
    for i in range(n):
        a = A + timedelta(hours=i)
        cle = e.entretien(role, personne_id=personne_id, a=a)
        actions.enregistrer(cle, e.DIT, version=1, role=role, a=a)
        dit = {"rang": 2, "quand": A + timedelta(days=92 + i), "compte_id": role.compte_id}
        actions.prevoir(cle, **dit, demande_id=uuid4(), role=role, a=a)
        passage_id = Entretien.objects.get(pk=cle).passage_id
        bulletin(role, lieu, a=a, passage_id=passage_id)
        demarches.deposee(role, personne_id=personne_id, a=a)
    plage = agenda.plage(role, lieu.pk)
    for _ in range(n):
        agenda.prendre(role, plage, personne_id=personne_id)


def test_tout_ce_qui_la_concerne_est_dans_une_liste_datee(bureau, camille, lieu):
    ada = p.personne(camille)
    vivre(camille, lieu, ada)
    demarches.demandee(camille, ada)
    accord = {"acceptee": True, "demande_id": uuid4()}
    actions.nommer_referent(ada, camille.compte_id, **accord, role=camille, a=A)
    page = texte(bureau.get(reverse("entretien:parcours", args=[ada])))
    for mot in (
        "Passage", "Entretien", "Point de situation", "Rendez-vous", "Papiers à rapporter", "Démarche commencée",
        "Domiciliation demandée", "Référent nommé", "à venir", "à rapporter avant le", "déposée",
    ):  # fmt: skip
        assert mot in page, mot
    dates = [x.quand for x in parcours(ada, role=camille, a=A).evenements]
    assert dates == sorted(dates, reverse=True)
    assert Acces.objects.filter(action="entete", objet_id=ada).exists()


def test_une_communication_et_son_retrait_y_sont_avec_ou_sans_accord(lieu):
    m = partage.monde(lieu.structure)
    envoi = m.envoyer()
    m.chez_nous()
    titres = [x.titre for x in parcours(m.personne.pk, role=m.nous, a=A).evenements]
    assert titres == ["Accord donné et communication"]
    assert envoi.accord_id


def test_la_liste_se_tourne_page_par_page_en_autant_de_requetes(bureau, camille, lieu):
    ada = p.personne(camille)

    def compter():
        with CaptureQueriesContext(connection) as prises:
            parcours(ada, role=camille, a=A)
        return len(prises)

    vivre(camille, lieu, ada)
    un = compter()
    vivre(camille, lieu, ada, n=4)
    assert compter() <= un
    vus = parcours(ada, role=camille, a=A)
    assert (len(vus.evenements), vus.total > 30, vus.pages) == (15, True, -(-vus.total // 15))
    tous = [x for n in range(1, vus.pages + 1) for x in parcours(ada, role=camille, a=A, page=n).evenements]
    assert len({(x.vue, x.cle, x.titre, x.quand) for x in tous}) == vus.total
    adresse = reverse("entretien:parcours", args=[ada])
    assert "Plus ancien" in texte(bureau.get(adresse)) and "Plus récent" in texte(bureau.get(adresse, {"page": 2}))
    assert bureau.get(adresse, {"page": "9" * 30}).status_code == 200


def test_t7_une_autre_structure_n_a_pas_de_parcours_a_lire(bureau, camille, lieu):
    ailleurs = e.travailleuse(f.site(f.structure("CCAS d'ailleurs")).structure)
    elle = p.personne(ailleurs)
    assert bureau.get(reverse("entretien:parcours", args=[elle])).status_code == 404


def test_ma_journee_attend_les_papiers_de_la_semaine(bureau, camille, lieu):
    ada = p.personne(camille)
    cle = e.entretien(camille, personne_id=ada)
    papiers = bulletin(camille, lieu, "FSL", passage_id=Entretien.objects.get(pk=cle).passage_id)
    assert ma_journee(camille, A).papiers == ()  # in a month: not this week
    presque = A + timedelta(days=25)
    (attendu,) = ma_journee(camille, presque).papiers
    assert (attendu.bulletin_id, attendu.depasse, attendu.nom) == (papiers, False, "Louise Martin")
    assert ma_journee(camille, A + timedelta(days=40)).papiers[0].depasse
    collegue = f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Dominique")
    assert ma_journee(collegue, presque).papiers == ()
    p.se_placer(camille)
    ne_plus_ecrire(ada, "PRISON", role=camille, a=A)
    assert ma_journee(camille, presque).papiers == ()  # T20


def test_ma_journee_se_lit_en_autant_de_requetes(camille, lieu):
    def compter():
        with CaptureQueriesContext(connection) as prises:
            ma_journee(camille, A + timedelta(days=25))
        return len(prises)

    ada = p.personne(camille)
    vivre(camille, lieu, ada)
    compter()  # the first line of a month opens its segment of the journal
    un = compter()
    vivre(camille, lieu, ada, n=3)
    assert compter() == un


def test_la_page_de_ma_journee_mene_aux_papiers(bureau, camille, lieu, monkeypatch):
    papiers = bulletin(camille, lieu, "FSL")
    monkeypatch.setattr("django.utils.timezone.now", lambda: A + timedelta(days=25))
    page = texte(connecte(camille).get(reverse("entretien:journee")))
    assert "Attendues avec des papiers" in page and reverse("pieces:bulletin", args=[papiers]) in page


def test_t4_le_rendez_vous_d_une_personne_bloquee_depuis_n_est_plus_dans_ma_journee(bureau, camille, lieu):
    ada, plage = p.personne(camille), agenda.plage(camille, lieu.pk, jours=(0,), agent_id=camille.compte_id)
    agenda.prendre(camille, plage, personne_id=ada)
    assert "Louise Martin" in texte(bureau.get(reverse("entretien:journee")))
    collegue = f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Dominique")
    p.bloquer(ada, camille, collegue)
    assert "Louise Martin" not in texte(bureau.get(reverse("entretien:journee")))


# --- a called ticket becomes an interview -------------------------------------------------------------------------


def ticket(bureau, camille, lieu, **champs):
    """Give a ticket for the social worker and call it; return it."""
    p.se_placer(camille)
    options = {"etape": Etape.TRAVAIL_SOCIAL, "prenom": ""} | champs
    t = accueil.donner_ticket(**options, role=camille, site_id=lieu.pk, a=A)
    bureau.post("/file/appel/", {"etape": "TRAVAIL_SOCIAL", "bureau": "2"})
    return t


def test_un_clic_du_ticket_appele_a_l_entretien_puis_le_ticket_se_termine(bureau, camille, lieu):
    passage_id = e.passage(camille)
    bureau.post("/file/appel/", {"etape": "TRAVAIL_SOCIAL", "bureau": "2"})
    t = Attente.objects.get(passage_id=passage_id)
    adresse = reverse("entretien:ticket", args=[t.pk])
    assert adresse in texte(bureau.get("/file/?etape=TRAVAIL_SOCIAL"))
    assert adresse in texte(bureau.get(reverse("entretien:journee")))
    ou = bureau.post(adresse)["Location"]
    assert Entretien.objects.get().passage_id == passage_id
    assert "Je ne paie plus mon loyer" in texte(bureau.get(ou))
    envoi = {"version": 1, "diagnostic": "Loyer", "natures": ["CONSEIL"], "note": "", "clore": "oui"}
    assert bureau.post(ou, envoi).status_code == 302
    p.se_placer(camille)
    t.refresh_from_db()
    assert (t.etat, t.fini_le) == ("TERMINE", A)


def test_sans_accueil_le_ticket_fait_son_passage_une_seule_fois(bureau, camille, lieu):
    t = ticket(bureau, camille, lieu)
    adresse = reverse("entretien:ticket", args=[t.pk])
    assert bureau.post(adresse)["Location"] == bureau.post(adresse)["Location"]
    p.se_placer(camille)
    passage = Passage.objects.get()
    t.refresh_from_db()
    assert (t.passage_id, passage.personne_id, passage.nom) == (passage.pk, None, "")
    actions.clore(Entretien.objects.get().pk, e.DIT, version=1, role=camille, a=A)
    t.refresh_from_db()
    assert t.etat == "TERMINE"


def test_le_ticket_d_un_collegue_ou_pas_encore_appele_ne_commence_rien(bureau, camille, lieu):
    t = ticket(bureau, camille, lieu)
    collegue = connecte(f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Dominique"))
    vue = texte(collegue.post(reverse("entretien:ticket", args=[t.pk]), follow=True))
    assert "est reçu par Camille" in vue
    assert reverse("entretien:ticket", args=[t.pk]) not in texte(collegue.get("/file/?etape=TRAVAIL_SOCIAL"))
    bureau.post(reverse("attente:geste", args=[t.pk, "remettre"]), {"etape": "TRAVAIL_SOCIAL"})
    assert "appelez-le d'abord" in texte(bureau.post(reverse("entretien:ticket", args=[t.pk]), follow=True))
    p.se_placer(camille)
    assert not Entretien.objects.exists()


def test_l_accueil_ne_voit_pas_le_bouton_de_l_entretien(guichet, role, lieu):
    p.se_placer(role)
    t = accueil.donner_ticket(etape=Etape.ACCUEIL, prenom="", role=role, site_id=lieu.pk, a=A)
    guichet.post("/file/appel/", {"etape": "ACCUEIL", "bureau": "1"})
    assert "Commencer l'entretien" not in texte(guichet.get("/file/?etape=ACCUEIL"))
    assert guichet.post(reverse("entretien:ticket", args=[t.pk])).status_code == 403


# --- a need that opens again --------------------------------------------------------------------------------------


@pytest.fixture
def besoin(camille):
    cle = e.entretien(camille)
    actions.ajouter_un_besoin(cle, f.REPARER, role=camille, a=A)
    return Besoin.objects.get()


def rouvrir(client, cle):
    return texte(client.post(reverse("entretien:rouvrir_le_besoin", args=[cle]), follow=True))


def test_un_besoin_repondu_se_rouvre_et_garde_ce_qui_avait_ete_repondu(bureau, camille, besoin):
    actions.repondre_au_besoin(besoin.pk, "CONSEIL", "un garage", role=camille, a=A)
    ou = reverse("entretien:un", args=[Entretien.objects.get().pk])
    assert reverse("entretien:rouvrir_le_besoin", args=[besoin.pk]) in texte(bureau.get(ou))
    assert "Besoin rouvert" in rouvrir(bureau, besoin.pk)
    page = texte(bureau.get(ou))
    assert "rouvert le 23 novembre" in page and "avait eu pour réponse" in page and "un garage" in page
    p.se_placer(camille)
    assert besoins_ouverts(camille, A).total == 1
    faits = Fait.objects.filter(genre="SUITE_DE_BESOIN").order_by("pk").values_list("attributs__geste", flat=True)
    assert list(faits) == ["REPONDU", "OUVERT"]
    assert Acces.objects.filter(action="rouvrir_le_besoin").count() == 1
    assert "déjà ouvert" in rouvrir(bureau, besoin.pk)
    p.se_placer(camille)
    actions.noter_sans_reponse(besoin.pk, role=camille, a=A)
    actions.repondre_au_besoin(besoin.pk, "DEMARCHE_ENSEMBLE", "", role=camille, a=A)
    suite = SuiteDuBesoin.objects.get()
    assert (suite.reponse, suite.rouvert_le, suite.manque_le) == ("DEMARCHE_ENSEMBLE", None, A)


def test_un_besoin_repondu_a_l_accueil_se_rouvre_aussi(bureau, camille):
    passage_id = e.passage(camille, besoins=(f.REPARER,), nature="INFORMATION")
    assert Besoin.objects.get(passage_id=passage_id).etat == "REPONDU"
    rouvrir(bureau, Besoin.objects.get().pk)
    p.se_placer(camille)
    assert besoins_ouverts(camille, A).lignes[0].rouvert_le == A


def test_le_besoin_d_ailleurs_n_existe_pas_et_l_accueil_ne_rouvre_rien(bureau, guichet, camille, besoin):
    ailleurs = e.travailleuse(f.site(f.structure("CCAS d'ailleurs")).structure)
    adresse = reverse("entretien:rouvrir_le_besoin", args=[besoin.pk])
    assert connecte(ailleurs).post(adresse).status_code == 404
    assert guichet.post(adresse).status_code == 403


def test_la_table_des_besoins_dit_ce_qui_se_peut():
    assert {g.vers for g in GESTES_DE_BESOIN.values()} == set(EtatDeBesoin)
    assert all(g.vers not in g.depuis for g in GESTES_DE_BESOIN.values())
    assert {x.value for x in EtatDeBesoin} == set(Besoin.Etat.values)
