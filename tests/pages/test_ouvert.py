"""What leaves the directory: a public page, its structured data, cards, catalogues, printed guides; nobody's name."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire.actions import guides as actions
from premier_accueil.annuaire.impression import livret
from premier_accueil.annuaire.models import Fermeture, GuideImprime, Interlocuteur, Permanence, Service
from tests import fabriques as f
from tests.accueil.test_feuille_rendu import clair

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script> #import \"x\" *_`$ \\ <a> @b [c] //x /* \u202e 😀 李明\nBEGIN:VCARD " + "W" * 90


@pytest.fixture
def service(lieu) -> Service:
    s = f.service(lieu.structure, site=lieu, horaires="Mo-Fr 09:00-12:00; PH off", frais="gratuit")
    Fermeture.objects.create(permanence=s.permanences.get(), du=date(2026, 12, 24), au=date(2026, 12, 26), motif="Noël")
    for nom, diffusion in (("Ada Publique", "PUBLIC"), ("Zoé Réseau", "RESEAU"), ("Léa Reçue", "PERSONNE_RECUE")):
        Interlocuteur.objects.create(service=s, nom=nom, telephone="0261910002", diffusion=diffusion)
    return s


def jsonld(page: str) -> dict:
    (bloc,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(bloc)


def test_la_page_publique_dit_ou_et_quand_a_tous_et_aux_moteurs(service, settings):
    page = Client().get(reverse("ouvert:service", args=[service.pk])).content.decode()
    assert "lundi à vendredi : 9 h–12 h" in page
    assert "24 décembre 2026" in page
    assert ("Ada Publique" in page, "Zoé" in page, "Léa" in page) == (True, False, False)
    d = jsonld(page)
    assert (d["@type"], d["name"], d["offers"]["price"]) == ("Service", "Garage solidaire", 0)
    (canal,) = d["availableChannel"]
    (heures,) = canal["serviceLocation"]["openingHoursSpecification"]
    assert (heures["opens"], len(heures["dayOfWeek"])) == ("09:00", 5)
    assert canal["serviceLocation"]["specialOpeningHoursSpecification"][0]["validThrough"] == "2026-12-26"
    assert 'content="noindex"' in page  # nothing is indexed unless the host chose so
    settings.ANNUAIRE_INDEXE = True
    assert 'content="noindex"' not in Client().get(reverse("ouvert:service", args=[service.pk])).content.decode()
    service.structure.exemple = True
    service.structure.save()
    assert 'content="noindex"' in Client().get(reverse("ouvert:service", args=[service.pk])).content.decode()


def test_le_plan_n_existe_que_si_l_hebergeur_le_veut_et_tait_les_exemples(service, settings):
    assert Client().get(reverse("ouvert:plan")).status_code == 404
    f.service(f.structure("Exemple", exemple=True))
    settings.ANNUAIRE_INDEXE = True
    assert "plan-services.xml" in Client().get(reverse("ouvert:plan")).content.decode()
    partie = Client().get(reverse("ouvert:plan_partie", args=["services"])).content.decode()
    assert re.findall(r"/ouvert/(\d+)/", partie) == [str(service.pk)]
    assert Client().get(reverse("ouvert:plan_partie", args=["rien"])).status_code == 404


def test_t15_une_fiche_que_personne_n_a_relue_se_dit_partout_ou_elle_sort(service, lieu):
    Service.objects.filter(pk=service.pk).update(date_maj=date(2019, 7, 1))
    page = Client().get(reverse("ouvert:service", args=[service.pk])).content.decode()
    assert "À confirmer — appelez" in page
    assert "openingHours" not in page  # an engine would show them as certain
    assert "À confirmer" in Client().get(reverse("ouvert:offre", args=[lieu.structure.pk])).content.decode()
    assert "confirmer" in Client().get(reverse("ouvert:carte_de_service", args=[service.pk])).content.decode()


def test_rien_d_ecrit_ne_sort_de_son_bloc(lieu):
    s = f.service(lieu.structure, nom=HOSTILE[:200], description=HOSTILE, site=lieu, courriel="a@exemple.fr")
    page = Client().get(reverse("ouvert:service", args=[s.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert jsonld(page)["description"] == HOSTILE
    carte = Client().get(reverse("ouvert:carte_de_service", args=[s.pk])).content.decode()
    assert carte.count("\r\nBEGIN:VCARD") == 0
    assert all(len(ligne.encode()) <= 75 for ligne in carte.split("\r\n"))


def test_la_carte_suit_la_diffusion(service, lieu):
    reponse = Client().get(reverse("ouvert:carte_de_service", args=[service.pk]))
    carte = reponse.content.decode().replace("\r\n ", "")
    assert reponse["Content-Type"].startswith("text/vcard")
    assert ("FN:Garage solidaire" in carte, "TEL:+33261910001" in carte, "ADR:;;1 place de la Mairie" in carte) == (True,) * 3
    assert ("FN:Ada Publique" in carte, "Zoé" in carte, "Léa" in carte) == (True, False, False)
    entiere = Client().get(reverse("ouvert:carte_de_structure", args=[lieu.structure.pk])).content.decode()
    assert ("FN:CCAS de Loireauxence" in entiere, "Garage solidaire" in entiere) == (True, True)


def test_le_catalogue_a_une_version_publique_et_une_pour_le_reseau(service, lieu, guichet, monkeypatch, django_assert_max_num_queries):
    for nom, publique in (("offre", True), ("offre_reseau", False)):
        page = guichet.get(reverse(f"ouvert:{nom}", args=[lieu.structure.pk])).content.decode()
        assert ("Ada Publique" in page, "Zoé Réseau" in page) == (True, not publique), nom
    imprimes: list[str] = []
    compiler = livret.compiler
    monkeypatch.setattr(livret, "compiler", lambda m, d: imprimes.append(json.dumps(d, ensure_ascii=False)) or compiler(m, d))
    for nom in ("catalogue_pdf", "catalogue_reseau_pdf"):
        assert b"pdfuaid" in clair(guichet.get(reverse(f"ouvert:{nom}", args=[lieu.structure.pk])).content), nom
    assert [("Ada Publique" in i, "Zoé Réseau" in i) for i in imprimes] == [(True, False), (True, True)]
    assert Client().get(reverse("ouvert:offre_reseau", args=[lieu.structure.pk])).status_code == 302
    assert Client().get(reverse("ouvert:offre", args=[10**9])).status_code == 404
    for n in range(4):
        Interlocuteur.objects.create(service=f.service(lieu.structure, f"Autre {n}", site=lieu), nom="Publique", diffusion="PUBLIC")
    with django_assert_max_num_queries(9):
        assert Client().get(reverse("ouvert:offre", args=[lieu.structure.pk])).status_code == 200


def demande(**champs):
    return {"cle": "3f0c2c8e-53a1-4b1c-9f9a-0d3f1f1c7d11", "genre": "COMMUNES", "communes": "Loireauxence", "papier": "a5"} | champs


def test_le_guide_se_demande_se_fait_et_s_imprime(service, guichet, lieu):
    f.service(lieu.structure, nom=HOSTILE[:200], description=HOSTILE, site=lieu, thematiques=("inconnue",))
    sans_lieu = f.service(lieu.structure, "Écoute au téléphone", site=lieu, horaires="24/7")
    sans_lieu.permanences.all().delete()
    Permanence.objects.create(service=sans_lieu, forme="TELEPHONE", horaires="24/7")
    for _ in range(2):  # two clicks, one guide
        assert guichet.post(reverse("ouvert:guides"), demande()).status_code == 302
    guide = GuideImprime.objects.get()
    assert (guide.etat, guide.services, guide.nom) == ("PRET", 3, "Loireauxence")
    pdf = guichet.get(reverse("ouvert:livret", args=[guide.pk])).content
    assert (pdf[:5], b"pdfuaid" in clair(pdf)) == (b"%PDF-", True)
    assert "prêt" in guichet.get(reverse("ouvert:guides")).content.decode()
    assert Client().get(reverse("ouvert:livret", args=[guide.pk])).status_code == 302  # the network's


@pytest.mark.parametrize(
    ("champs", "dit"),
    [({"communes": ""}, "au moins une commune"), ({"communes": "Nulle-Part-sur-Rien"}, "Nulle-Part"),
     ({"genre": "EPCI"}, "intercommunalité"), ({"communes": "x\n" * 61}, "au plus 60"),
     ({"communes": "Ancenis", "genre": "COMMUNES"}, "Rien")],
)  # fmt: skip
def test_une_demande_refusee_garde_ce_qui_est_tape(service, guichet, champs, dit):
    f.commune("Ancenis", "44003")
    reponse = guichet.post(reverse("ouvert:guides"), demande(**champs))
    assert reponse.status_code == 400
    assert dit in reponse.content.decode()
    assert demande(**champs)["communes"].strip()[:10] in reponse.content.decode()
    assert not GuideImprime.objects.exists()


def test_un_grand_territoire_attend_un_ouvrier_et_reprend_apres_une_coupure(service, guichet, monkeypatch):
    monkeypatch.setattr(actions, "SERVICES_TOUT_DE_SUITE", 0)
    guichet.post(reverse("ouvert:guides"), demande(genre="DEPARTEMENT"))
    guide = GuideImprime.objects.get()
    assert guide.etat == "DEMANDE"
    assert "en attente" in guichet.get(reverse("ouvert:guides")).content.decode()
    assert guichet.get(reverse("ouvert:livret", args=[guide.pk])).status_code == 404
    GuideImprime.objects.update(etat="EN_COURS")  # a worker was killed in the middle
    actions.composer_un_guide(a=f.LUNDI_10H, guide_id=guide.pk)
    guide.refresh_from_db()
    assert (guide.etat, guide.fait_le) == ("PRET", f.LUNDI_10H)
    assert "déjà" in actions.composer_un_guide(a=f.LUNDI_10H, guide_id=guide.pk)


def test_cinq_cents_services_tiennent_dans_un_guide_en_peu_de_questions(lieu, django_assert_max_num_queries):
    from premier_accueil.annuaire.regles.guides import Papier
    from premier_accueil.annuaire.requetes.guide import Territoire, chapitres

    Service.objects.bulk_create(
        Service(structure=lieu.structure, source="essai", source_id=f"g{n}", nom=f"Aide {n:03}", cle=f"aide {n:03}",
                thematiques=[f.REPARER], date_maj=date(2026, 10, 1))
        for n in range(500)
    )  # fmt: skip
    Permanence.objects.bulk_create(
        Permanence(service=s, site=lieu, horaires="Mo 09:00-12:00") for s in Service.objects.order_by("pk")
    )
    with django_assert_max_num_queries(3):
        (chapitre,) = chapitres(Territoire(departements=("44",)), f.LUNDI_10H)
    ((commune, articles),) = chapitre.communes
    assert (chapitre.titre, commune, len(articles), articles[0].nom) == ("Mobilité", "Loireauxence", 500, "Aide 000")
    assert articles[0].venues[0].horaires == ("lundi : 9 h–12 h",)
    pdf = livret.guide("Loire-Atlantique", (chapitre,), papier=Papier.A4, adresse="https://exemple.fr/", jour=date(2026, 11, 23))
    assert b"pdfuaid" in clair(pdf)


def test_chacun_peut_faire_un_guide(clients):
    for fonction in (Fonction.COORDINATION, Fonction.BENEVOLE):
        assert clients(fonction).get(reverse("ouvert:guides")).status_code == 200
