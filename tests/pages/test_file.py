"""The queue through its pages: tickets, desks, priorities, closing, the screen, the settings that they follow."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Attente, FermetureDeFile, Passage, ReglageDAccueil
from premier_accueil.accueil.regles import Etape, ModeDAccueil
from premier_accueil.accueil.requetes import Reglage, passage_vu
from premier_accueil.acteurs.models import Compte
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.personnes import situations as personnes

pytestmark = pytest.mark.django_db
FILE = "/file/"


def donner(client, **champs):
    envoi = {"etape": "ACCUEIL", "demande_id": str(uuid4()), "prenom_affiche": ""} | champs
    return client.post("/file/ticket/", envoi, follow=True)


def appeler(client, **champs):
    return client.post("/file/appel/", {"etape": "ACCUEIL", "bureau": "Bureau 1"} | champs, follow=True)


def regler(role, **champs):
    choix = {"version": 0, "priorites": ("RETOUR", "AUTRE")} | champs
    actions.regler_l_accueil(Reglage(**choix), role=role, a=f.LUNDI_10H)


def a_l_heure(monkeypatch, *, minutes):
    monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H + timedelta(minutes=minutes))


def test_un_double_clic_ne_donne_qu_un_ticket(guichet):
    demande = str(uuid4())
    for _ in range(2):
        assert "Ticket 1 donné." in donner(guichet, demande_id=demande).content.decode()
    assert Attente.objects.count() == 1


def test_un_ticket_papier_dit_un_numero_et_rien_d_autre(guichet):
    page = donner(guichet, prenom_affiche="Lou", imprimer="1").content.decode()
    assert "Votre numéro" in page
    corps = page[page.index("<main") : page.index("</main")]
    assert "Lou" not in corps
    assert "nous ne savons pas encore" in corps


def test_t22_un_ticket_d_hier_ne_s_imprime_plus_et_ne_bouge_plus(guichet, role, monkeypatch):
    donner(guichet)
    cle = Attente.objects.get().pk
    a_l_heure(monkeypatch, minutes=60 * 24)
    guichet.force_login(Compte.objects.get(pk=role.compte_id))
    assert guichet.get(f"/file/{cle}/papier/").status_code == 404
    assert "n&#x27;est plus dans la file" in guichet.post(f"/file/{cle}/partir/", follow=True).content.decode()
    assert "Ticket 1 donné." in donner(guichet).content.decode()
    assert Attente.objects.get(pk=cle).etat == "FERME"


def test_une_priorite_passe_devant_avec_sa_raison_que_l_ecran_ne_montre_pas(guichet, role, lieu):
    for _ in range(2):
        donner(guichet)
    cle = Attente.objects.get(numero=2).pk
    envoi = {"priorite": "AUTRE", "priorite_mots": "le dernier car part à midi"}
    assert "il passe en premier" in guichet.post(f"/file/{cle}/priorite/", envoi, follow=True).content.decode()
    assert "le dernier car part à midi" in guichet.get(FILE).content.decode()
    assert "Vous avez appelé le ticket 2." in appeler(guichet).content.decode()
    jeton = actions.renouveler_ecran(role=role, site_id=lieu.pk, a=f.LUNDI_10H)
    page = Client().get(f"/ecran/{jeton}/").content.decode()
    assert "<strong>2</strong> <span>Bureau 1</span>" in page
    assert "car" not in re.sub(r"<[^>]+>", "", page)


def test_une_priorite_sans_raison_est_refusee(guichet):
    donner(guichet)
    cle = Attente.objects.get().pk
    page = guichet.post(f"/file/{cle}/priorite/", {"priorite": "AUTRE"}, follow=True).content.decode()
    assert "Écrivez la raison" in page
    assert not Attente.objects.get().prioritaire


def test_le_bureau_reste_pour_la_session_et_le_rappel_se_compte(guichet):
    for _ in range(2):
        donner(guichet)
    appeler(guichet)
    premier, second = Attente.objects.order_by("numero")
    guichet.post(f"/file/{premier.pk}/rappeler/")
    guichet.post(f"/file/{second.pk}/appeler/")
    premier, second = Attente.objects.order_by("numero")
    assert (premier.rappels, premier.appele_le, second.bureau) == (1, f.LUNDI_10H, "Bureau 1")
    assert "rappelé 1 fois" in guichet.get(FILE).content.decode()


def test_la_chaine_des_temps_se_lit_sur_le_passage(guichet, clients, role, monkeypatch):
    donner(guichet)
    a_l_heure(monkeypatch, minutes=10)
    appeler(guichet)
    cle = Attente.objects.get().pk
    page = guichet.get(f"/guichet/?ticket={cle}").content.decode()
    assert f'name="attente_id" value="{cle}" checked' in page
    a_l_heure(monkeypatch, minutes=22)
    envoi = {"demande_id": str(uuid4()), "nature": "TRAVAILLEUR_SOCIAL", "attente_id": str(cle)}
    assert "Ticket 1 :" in guichet.post("/guichet/accueillir/", envoi, follow=True).content.decode()
    a_l_heure(monkeypatch, minutes=40)
    social = clients("TRAVAIL_SOCIAL")
    appeler(social, etape="TRAVAIL_SOCIAL", bureau="Bureau 7")
    suite = Attente.objects.get(etape="TRAVAIL_SOCIAL")
    a_l_heure(monkeypatch, minutes=55)
    social.post(f"/file/{suite.pk}/terminer/")
    situer(structure=role.structure_id, mission=role.mission_id)
    temps = passage_vu(Passage.objects.get().pk, role=role, a=f.LUNDI_10H).temps
    lus = [tuple((h - f.LUNDI_10H).total_seconds() / 60 for h in (t.arrive_le, t.appele_le, t.fini_le)) for t in temps]
    assert (suite.numero, suite.suite_de_id, lus) == (1, cle, [(0, 10, 22), (22, 40, 55)])
    guichet.force_login(Compte.objects.get(pk=role.compte_id))
    page = guichet.get(f"/guichet/passages/{Passage.objects.get().pk}/").content.decode()
    assert "arrivée 10:22, début 10:40, fin 10:55 (Bureau 7)" in page


def test_annuler_rend_le_ticket_a_qui_l_avait_appele(guichet):
    donner(guichet)
    appeler(guichet)
    cle = Attente.objects.get().pk
    envoi = {"demande_id": str(uuid4()), "nature": "INFORMATION", "attente_id": str(cle)}
    guichet.post("/guichet/accueillir/", envoi)
    assert Attente.objects.get().etat == "TERMINE"
    Attente.objects.update(arrive_le=f.LUNDI_10H - timedelta(minutes=5))
    guichet.post(f"/guichet/passages/{Passage.objects.get().pk}/annulation/")
    ticket = Attente.objects.get()
    assert (ticket.etat, ticket.passage_id, ticket.fini_le) == ("APPELE", None, None)


def test_fermer_la_file_liste_qui_attend_et_compte_chacun(guichet, role, lieu):
    regler(role, message_de_fermeture="Nous rouvrons demain à 9 h.")
    jeton = actions.renouveler_ecran(role=role, site_id=lieu.pk, a=f.LUNDI_10H)
    for _ in range(3):
        donner(guichet)
    assert "Attendent encore : 3" in guichet.post("/file/fermeture/", {"geste": "fermer"}, follow=True).content.decode()
    assert "La file est fermée" in donner(guichet).content.decode()
    assert "Nous rouvrons demain à 9 h." in Client().get(f"/ecran/{jeton}/").content.decode()
    un, deux, _ = Attente.objects.order_by("numero")
    guichet.post(f"/file/{un.pk}/reporter/")
    guichet.post(f"/file/{deux.pk}/partir/")
    guichet.post("/file/fermeture/", {"geste": "clore"})
    assert list(Attente.objects.order_by("numero").values_list("etat", flat=True)) == ["REPORTE", "PARTI", "FERME"]
    assert "Partis sans être reçus (3)" in guichet.get(FILE).content.decode()
    guichet.post("/file/fermeture/", {"geste": "rouvrir"})
    assert FermetureDeFile.objects.get().rouverte_le == f.LUNDI_10H
    assert "Ticket 4 donné." in donner(guichet).content.decode()
    assert "Nous rouvrons" not in Client().get(f"/ecran/{jeton}/").content.decode()


def test_les_derniers_appeles_restent_a_l_ecran(guichet, role, lieu):
    jeton = actions.renouveler_ecran(role=role, site_id=lieu.pk, a=f.LUNDI_10H)
    for _ in range(7):
        donner(guichet)
        appeler(guichet)
        guichet.post(f"/file/{Attente.objects.get(etat='APPELE').pk}/terminer/")
    page = Client().get(f"/ecran/{jeton}/").content.decode()
    assert '<span id="derniers">7, 6, 5, 4, 3</span>' in page
    assert 'id="son"' not in page
    regler(role, son=True)
    assert 'id="son"' in Client().get(f"/ecran/{jeton}/").content.decode()


def test_une_seule_personne_recoit_le_guichet_et_la_file_suivent(guichet, role):
    regler(role, mode=ModeDAccueil.UNE_PERSONNE)
    page = guichet.get("/guichet/").content.decode()
    assert "TRAVAILLEUR_SOCIAL" not in page
    assert "Étapes" not in guichet.get(FILE).content.decode()
    envoi = {"demande_id": str(uuid4()), "nature": "TRAVAILLEUR_SOCIAL", "mots": "une page ouverte avant"}
    refus = guichet.post("/guichet/accueillir/", envoi)
    assert refus.status_code == 400
    assert "une seule personne reçoit" in refus.content.decode()
    assert "une page ouverte avant" in refus.content.decode()


def test_le_travailleur_social_d_abord(guichet, role, clients):
    regler(role, mode=ModeDAccueil.TRAVAILLEUR_SOCIAL_D_ABORD)
    social = clients("TRAVAIL_SOCIAL")
    page = social.get(FILE).content.decode()
    assert page.index(">Travailleur social</a>") and 'name="etape" value="TRAVAIL_SOCIAL"' in page
    donner(social, etape="TRAVAIL_SOCIAL")
    appeler(social, etape="TRAVAIL_SOCIAL")
    cle = Attente.objects.get().pk
    assert "Le ticket 1 attend : accueil." in social.post(f"/file/{cle}/suite/", {"vers": "ACCUEIL"}, follow=True).content.decode()
    assert "Vous avez appelé le ticket 1." in appeler(guichet).content.decode()


def test_seule_l_administration_regle_et_voit_le_conflit(guichet, clients, lieu):
    assert guichet.get("/file/reglages/").status_code == 403
    admin = clients("ADMINISTRATION")
    envoi = {"version": "0", "mode": "UNE_PERSONNE", "sans_rendez_vous": "on", "priorites": ["RETOUR"], "son": "on"}
    assert admin.post("/file/reglages/", envoi).status_code == 302
    refus = admin.post("/file/reglages/", envoi | {"message_de_fermeture": "À demain"})
    assert refus.status_code == 400
    assert "entre-temps" in refus.content.decode()
    assert "À demain" in refus.content.decode()
    r = ReglageDAccueil.objects.get()
    assert (r.mode, r.sur_rendez_vous, r.priorites, r.son, r.version) == ("UNE_PERSONNE", False, ["RETOUR"], True, 1)
    sans = admin.post("/file/reglages/", {"version": "1", "mode": "UNE_PERSONNE"})
    assert "Gardez au moins une façon de recevoir" in sans.content.decode()


def test_t5_une_personne_anonyme_est_servie_comptee_et_revient_avec_sa_feuille(guichet, lieu, role):
    envoi = {"demande_id": str(uuid4()), "nature": "CONSEIL", "mots": "ma voiture est en panne"}
    page = guichet.post("/guichet/accueillir/", envoi, follow=True).content.decode()
    assert "Personne anonyme : elle est servie comme les autres." in page
    passage = Passage.objects.get()
    guichet.post(f"/feuille/passage/{passage.pk}/edition/")
    feuille = passage.feuille_de_route
    assert guichet.post("/guichet/retour/", {"reference": feuille.reference, "code": "nul"}).status_code == 400
    reponse = guichet.post("/guichet/retour/", {"reference": feuille.reference.upper(), "code": f"{feuille.code[:3]} {feuille.code[3:]}"})
    assert reponse["Location"] == reverse("guichet:passage", args=[passage.pk])
    page = guichet.get(f"/guichet/?retour={passage.pk}").content.decode()
    assert f'name="retour_de" value="{passage.pk}"' in page
    guichet.post("/guichet/accueillir/", envoi | {"demande_id": str(uuid4()), "retour_de": str(passage.pk)})
    suivant = Passage.objects.exclude(pk=passage.pk).get()
    assert (suivant.retour_de_id, suivant.nom, suivant.personne_id) == (passage.pk, "", None)
    assert "2 passages" in guichet.get("/guichet/passages/").content.decode()
    # Later, at her request only.
    cle = personnes.personne(role, nom="Martin")
    trouvees = guichet.post(f"/guichet/passages/{passage.pk}/rattachement/", {"texte": "martin"}).content.decode()
    assert f'name="personne" value="{cle}"' in trouvees
    guichet.post(f"/guichet/passages/{passage.pk}/rattachement/", {"personne": str(cle)})
    assert Passage.objects.get(pk=passage.pk).personne_id == cle
    assert "Rattaché à sa demande" in guichet.get(f"/guichet/passages/{passage.pk}/").content.decode()
    guichet.post(f"/guichet/passages/{passage.pk}/detachement/")
    assert Passage.objects.get(pk=passage.pk).personne_id is None


def test_la_feuille_d_une_autre_structure_ne_dit_rien_ici(guichet, role):
    ailleurs = f.site(f.structure("CCAS d'ailleurs"))
    eux = f.agent(ailleurs.structure)
    recu = actions.accueillir(f.demande(), role=eux, site_id=ailleurs.pk, a=f.LUNDI_10H)
    actions.editer_feuille(recu.passage_id, adresse="https://exemple.test/", role=eux, a=f.LUNDI_10H)
    feuille = Passage.objects.get(pk=recu.passage_id).feuille_de_route
    situer(structure=role.structure_id, mission=role.mission_id)
    reponse = guichet.post("/guichet/retour/", {"reference": feuille.reference, "code": feuille.code})
    assert reponse.status_code == 400
    assert "Recevez la personne" in reponse.content.decode()


def test_la_page_de_la_file_se_lit_en_un_nombre_constant_de_requetes(guichet):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    nombres = []
    for n in (1, 8):
        for _ in range(n):
            donner(guichet)
        with CaptureQueriesContext(connection) as prises:
            guichet.get(FILE)
        nombres.append(len(prises))
    assert nombres[0] == nombres[1]


def test_un_numero_passe_a_l_organisme_heberge_par_la_page(guichet, lieu, role):
    caf = f.structure("CAF", "CAF")
    f.service(caf, site=lieu)
    eux = f.agent(caf, nom="Dominique")
    situer(structure=role.structure_id, mission=role.mission_id)
    donner(guichet, prenom_affiche="Lou")
    cle = Attente.objects.get().pk
    assert ">CAF</button>" in guichet.get(f"/file/{cle}/").content.decode()
    assert "Numéro passé à CAF." in guichet.post(f"/file/{cle}/suite/", {"vers": str(caf.pk)}, follow=True).content.decode()
    assert "passé à un autre organisme : CAF" in guichet.get(FILE).content.decode()
    chez_eux = Client()
    chez_eux.force_login(Compte.objects.get(pk=eux.compte_id))
    page = chez_eux.get(FILE).content.decode()
    assert "numéro passé par CCAS de Loireauxence" in page
    assert "Lou" not in page
    assert "Vous avez appelé le ticket 1." in appeler(chez_eux, etape=Etape.ACCUEIL).content.decode()
