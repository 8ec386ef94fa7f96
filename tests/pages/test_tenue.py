"""The entry kept on its pages: corrected, confirmed, put back; corrections decided; campaigns answered by link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire.actions import campagnes, modifier
from premier_accueil.annuaire.models import (
    Confirmation,
    Correction,
    Fermeture,
    LienDeFiche,
    Permanence,
    Revision,
    Service,
)
from premier_accueil.annuaire.regles.historique import Objet, Origine
from tests import fabriques as f
from tests.annuaire.situations_tenue import campagne, tout
from tests.pages.conftest import connecte


def saisie_de(page) -> dict[str, list[str]]:
    """Return what a browser would send back of a page, untouched."""
    from html.parser import HTMLParser

    class Lecteur(HTMLParser):
        def __init__(self):
            super().__init__()
            self.vu: dict[str, list[str]] = {}
            self.ouvert = self.liste = ""

        def handle_starttag(self, tag, attrs):
            a = dict(attrs)
            if tag == "textarea":
                self.ouvert = a["name"]
                self.vu.setdefault(self.ouvert, [""])
            elif tag == "select":
                self.liste = a["name"]
            elif tag == "option" and "selected" in a:
                self.vu[self.liste] = [a.get("value", "")]
            elif tag == "input" and a.get("name") and (a.get("type") not in {"checkbox", "radio"} or "checked" in a):
                self.vu.setdefault(a["name"], []).append(a.get("value") or "")

        def handle_endtag(self, tag):
            self.ouvert = "" if tag == "textarea" else self.ouvert

        def handle_data(self, donnees):
            if self.ouvert:
                self.vu[self.ouvert][0] += donnees.removeprefix("\n")

    lecteur = Lecteur()
    lecteur.feed(page.content.decode())
    return {n: v for n, v in lecteur.vu.items() if n != "csrfmiddlewaretoken"}


@pytest.fixture
def garage(db):
    return f.service(f.structure("Garage de Loireauxence", "AUTRE", courriel="garage@exemple.fr"), date_maj=None)


def test_un_agent_corrige_la_fiche_de_sa_structure_la_confirme_et_revient_en_arriere(garage):
    client = connecte(f.agent(garage.structure))
    vue = client.get(reverse("annuaire:service", args=[garage.pk])).content.decode()
    assert "À confirmer — appelez" in vue and "sur 100" in vue and "Corriger cette fiche" in vue
    adresse = reverse("tenue:modifier_service", args=[garage.pk])
    envoi = saisie_de(client.get(adresse))
    assert client.post(adresse, envoi).status_code == 302 and not Revision.objects.exists(), "rien n'est touché, rien n'est écrit"
    s, p = f"service-{garage.pk}", f"permanence-{Permanence.objects.get().pk}"
    envoi |= {f"{s}-telephone": "abc", f"{p}-horaires": "lundi au vendredi 9h-12h", f"{p}-ferme_du": "2026-12-24"}
    refus = client.post(adresse, envoi)
    assert refus.status_code == 400 and not Revision.objects.exists()
    assert "abc" in refus.content.decode() and "numéro" in refus.content.decode() and "2026-12-24" in refus.content.decode()
    reponse = client.post(adresse, saisie_de(refus) | {f"{s}-telephone": "0240000000", "confirmer": "1"}, follow=True)
    assert "3 champs corrigés" in reponse.content.decode() and "À jour" in reponse.content.decode()
    assert Permanence.objects.get().horaires == "Mo-Fr 09:00-12:00" and Fermeture.objects.count() == 1
    histoire = client.get(reverse("tenue:histoire_service", args=[garage.pk])).content.decode()
    assert histoire.count("Remettre comme avant") == 3 and "<del>" in histoire
    revision = Revision.objects.get(champ="telephone")
    client.post(reverse("tenue:revenir", args=[revision.pk]), {"service": garage.pk})
    assert Service.objects.get(pk=garage.pk).telephone == "+33261910001"
    assert "Remis comme avant depuis" in client.get(reverse("tenue:histoire_structure", args=[garage.structure_id])).content.decode()


def test_deux_agents_a_la_fois_le_second_voit_ce_que_le_premier_a_ecrit_et_garde_ses_mots(garage):
    client = connecte(f.agent(garage.structure))
    adresse, s = reverse("tenue:modifier_service", args=[garage.pk]), f"service-{garage.pk}"
    envoi = saisie_de(client.get(adresse))
    modifier(Objet.SERVICE, garage.pk, {"telephone": "3949", "frais": "payant"}, origine=Origine.HUMAIN, auteur=None, a=f.LUNDI_10H)
    conflit = client.post(adresse, envoi | {f"{s}-telephone": "3939"})
    page = conflit.content.decode()
    assert conflit.status_code == 400 and "« 3949 »" in page and "« 3939 »" in page
    assert Service.objects.get(pk=garage.pk).telephone == "3949"
    client.post(adresse, saisie_de(conflit))
    relu = Service.objects.get(pk=garage.pk)
    assert (relu.telephone, relu.frais) == ("3939", "payant"), "le champ auquel il n'a pas touché n'est pas écrasé"


def test_on_ne_corrige_pas_la_fiche_des_autres_sauf_la_coordination(garage):
    ailleurs = f.structure("CCAS d'ailleurs")
    agent, coordination = connecte(f.agent(ailleurs)), connecte(f.agent(ailleurs, Fonction.COORDINATION))
    for nom in ("modifier_service", "confirmer_service"):
        adresse = reverse(f"tenue:{nom}", args=[garage.pk])
        assert agent.post(adresse, {}).status_code == 302
    assert not Revision.objects.exists() and not Confirmation.objects.exists()
    assert "Corriger cette fiche" not in agent.get(reverse("annuaire:service", args=[garage.pk])).content.decode()
    coordination.post(reverse("tenue:confirmer_structure", args=[garage.structure_id]))
    assert set(Confirmation.objects.values_list("moyen", flat=True)) == {"TELEPHONE"}
    adresse = reverse("tenue:modifier_structure", args=[garage.structure_id])
    envoi = saisie_de(coordination.get(adresse)) | {f"structure-{garage.structure_id}-site_web": "garage.exemple.fr"}
    assert "https://garage.exemple.fr" in coordination.post(adresse, envoi, follow=True).content.decode()


def test_une_correction_se_propose_de_partout_garde_la_saisie_et_se_tranche_avec_un_mot(garage):
    passant = connecte(f.agent(f.structure("CCAS d'ailleurs"), Fonction.BENEVOLE, nom="Sacha"))
    tenant = connecte(f.agent(garage.structure))
    adresse = reverse("tenue:proposer", args=[garage.pk])
    envoi = saisie_de(passant.get(adresse)) | {
        "quoi": f"SERVICE:{garage.pk}:telephone", "valeur": "zéro deux", "pourquoi": "Je les ai appelés.",
    }  # fmt: skip
    refus = passant.post(adresse, envoi)
    assert refus.status_code == 400 and "zéro deux" in refus.content.decode() and "Je les ai appelés." in refus.content.decode()
    for _ in range(2):
        passant.post(adresse, saisie_de(refus) | {"quoi": envoi["quoi"], "valeur": "3949"})
    une = Correction.objects.get()
    attente = tenant.get(reverse("tenue:corrections")).content.decode()
    assert "3949" in attente and "Sacha" in attente
    decider = reverse("tenue:decider", args=[une.pk])
    assert "avec un mot" in tenant.post(decider, {"geste": "refuser", "mot": ""}).content.decode()
    tenant.post(decider, {"geste": "accepter", "mot": "Merci Sacha"})
    assert Service.objects.get(pk=garage.pk).telephone == "3949"
    suite = passant.get(reverse("tenue:corrections")).content.decode()
    assert "acceptée" in suite and "Merci Sacha" in suite


def test_la_coordination_ouvre_une_campagne_et_voit_qui_n_a_pas_repondu(garage, envois, django_capture_on_commit_callbacks):
    client = connecte(f.agent(f.structure("Département"), Fonction.COORDINATION))
    adresse = reverse("tenue:campagnes")
    assert "date du comité" in client.post(adresse, {"quoi": "TOUTES"}).content.decode()
    page = client.post(adresse, {"quoi": "TOUTES", "comite_le": "2026-12-10"}, follow=True).content.decode()
    assert "Garage de Loireauxence" in page and "0 sur 1 relu" in page
    with django_capture_on_commit_callbacks(execute=True):
        assert campagnes.envoyer_les_liens(a=f.LUNDI_10H) == 1
    secret = re.search(r"http://testserver/f/([^/]+)/", envois()[0]["texte"])[1]
    assert Client().get(reverse("fiche_par_lien", args=[secret])).status_code == 200
    lien = LienDeFiche.objects.get()
    refait = client.post(reverse("tenue:agir", args=[lien.pk]), {"geste": "refaire"}).content.decode()
    neuf = re.search(r"http://testserver/f/([^/]+)/", refait)[1]
    assert [Client().get(reverse("fiche_par_lien", args=[x])).status_code for x in (secret, neuf)] == [404, 200]
    client.post(reverse("tenue:fermer", args=[lien.campagne_id]))
    fini = Client().get(reverse("fiche_par_lien", args=[neuf]))
    assert fini.status_code == 410 and "terminée" in fini.content.decode()
    assert "Terminée le" in client.get(reverse("tenue:campagne", args=[lien.campagne_id])).content.decode()
    assert "Garage" in client.get(reverse("tenue:qualite")).content.decode()


def test_une_structure_relit_ses_fiches_par_lien_sans_compte(garage, django_assert_max_num_queries):
    second = f.service(garage.structure, "Prêt de voiture")
    etranger = f.service(f.structure("Voisin"))
    lien = campagne(garage)
    secret, visiteur = campagnes.secret_de(lien), Client()
    adresse = reverse("fiche_par_lien", args=[secret])
    page = visiteur.get(adresse).content.decode()
    assert page.count("<dt>") == 12 and "Voisin" not in page
    sans_nom = visiteur.post(adresse, {"confirmer": "tout", "nom": "Élodie", "fonction": ""})
    assert sans_nom.status_code == 400 and "Élodie" in sans_nom.content.decode() and not Confirmation.objects.exists()
    signe = {"nom": "Élodie Exemple", "fonction": "présidente"}
    suite = visiteur.post(adresse, {"confirmer": str(garage.pk), **signe}, follow=True).content.decode()
    assert "Il reste 1 fiche à relire" in suite and 'value="Élodie Exemple"' in suite, "signée une fois pour toutes"
    corriger = reverse("corriger_par_lien", args=[secret, second.pk])
    envoi = saisie_de(visiteur.get(corriger))
    assert envoi["nom"] == ["Élodie Exemple"]
    fautif = visiteur.post(corriger, envoi | {f"service-{second.pk}-telephone": "abc"})
    assert fautif.status_code == 400 and "abc" in fautif.content.decode()
    fin = visiteur.post(corriger, envoi | {f"service-{second.pk}-telephone": "3949"}, follow=True).content.decode()
    assert "tout est noté" in fin and "Tout est relu" in fin
    assert (Revision.objects.get().origine, Revision.objects.get().auteur_dit) == ("LIEN", "Élodie Exemple, présidente")
    for fausse in (reverse("corriger_par_lien", args=[secret, etranger.pk]), reverse("fiche_par_lien", args=["x" * 43])):
        assert visiteur.get(fausse).status_code == visiteur.post(fausse, signe).status_code == 404
    coordination = connecte(f.agent(f.structure("Département"), Fonction.COORDINATION))
    vue = coordination.get(reverse("tenue:campagne", args=[lien.campagne_id]), {"vue": "repondu"}).content.decode()
    assert "Élodie Exemple, présidente" in vue and "2 sur 2 relus" in vue
    for n in range(12):
        f.service(garage.structure, f"Service {n}")
    with django_assert_max_num_queries(9):
        visiteur.get(adresse)
    LienDeFiche.objects.update(expire_le=f.LUNDI_10H + timedelta(microseconds=1))
    assert visiteur.get(adresse).status_code == 200
    LienDeFiche.objects.update(expire_le=f.LUNDI_10H, cree_le=f.LUNDI_10H - timedelta(days=1))
    for rejoue in (adresse, corriger):
        fini = visiteur.post(rejoue, {"confirmer": "tout", **signe})
        assert fini.status_code == 410 and "ne s'ouvre plus" in fini.content.decode().replace("&#x27;", "'")


def test_les_listes_ne_coutent_pas_plus_quand_elles_s_allongent(garage, django_assert_max_num_queries):
    tout(garage)
    client = connecte(f.agent(garage.structure, Fonction.COORDINATION))
    for n in range(4):
        tout(f.service(f.structure(f"Structure {n}")))
    for nom, cles in (
        ("corrections", []), ("qualite", []), ("campagnes", []), ("histoire_structure", [garage.structure_id]),
        ("structure", [garage.structure_id]), ("campagne", [LienDeFiche.objects.first().campagne_id]),
    ):  # fmt: skip
        with django_assert_max_num_queries(20):
            assert client.get(reverse(f"tenue:{nom}", args=cles)).status_code == 200, nom
