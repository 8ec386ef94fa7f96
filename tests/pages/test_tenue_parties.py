"""On the pages: permanences, contacts and closed days added or taken out, a place that moves, a service that closes, merges."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire import actions
from premier_accueil.annuaire.actions import campagnes
from premier_accueil.annuaire.hsds.documents import cle_de_service, cle_de_structure
from premier_accueil.annuaire.models import (
    Correction,
    Fermeture,
    Interlocuteur,
    PaireDeParties,
    Permanence,
    Revision,
    Service,
    Site,
)
from tests import fabriques as f
from tests.annuaire.situations_tenue import campagne
from tests.pages.conftest import connecte
from tests.pages.test_tenue import saisie_de


@pytest.fixture
def garage(db):
    f.commune("Ancenis", "44003", codes_postaux=["44150"])
    return f.service(f.structure("Garage de Loireauxence", "AUTRE"))


def texte(reponse) -> str:
    return reponse.content.decode().replace("&#x27;", "'")


def test_une_permanence_un_contact_des_jours_fermes_s_ajoutent_se_retirent_et_se_remettent(garage, django_assert_max_num_queries):
    client = connecte(f.agent(garage.structure))
    modifier = reverse("tenue:modifier_service", args=[garage.pk])
    ajouter = reverse("tenue:ajouter_permanence", args=[garage.pk])
    assert "Ajouter une permanence" in texte(client.get(modifier))
    envoi = saisie_de(client.get(ajouter)) | {"lieu": "AILLEURS", "nom_du_lieu": "Salle des fêtes", "horaires": "samedi 10h-12h"}
    sans = client.post(ajouter, envoi)
    assert sans.status_code == 400 and "Dites dans quelle commune" in texte(sans) and "Salle des fêtes" in texte(sans)
    envoi |= {"commune": "Ancenis (44150)", "adresse": "3 quai de Loire", "code_postal": "44150"}
    for _ in range(2):  # a double click
        vue = client.post(ajouter, envoi)
        assert vue.status_code == 302, texte(vue)[-9000:]
    neuve = Permanence.objects.get(site__nom="Salle des fêtes")
    assert (neuve.horaires, neuve.site.commune.nom) == ("Sa 10:00-12:00", "Ancenis")
    contact = reverse("tenue:ajouter_contact", args=[garage.pk])
    envoi = saisie_de(client.get(contact)) | {"nom": "Mme Exemple", "telephone": "abc", "diffusion": "RESEAU"}
    assert "numéro" in texte(client.post(contact, envoi)) and not Interlocuteur.objects.exists()
    client.post(contact, envoi | {"telephone": "0240000000"})
    assert "porte déjà ce nom" in texte(client.post(contact, envoi | {"telephone": "3949"}))
    fermer = reverse("tenue:fermetures", args=[garage.pk])
    assert "Donnez au moins le premier jour" in texte(client.post(fermer, {"permanences": [neuve.pk]}))
    client.post(fermer, {"du": "2026-12-24", "au": "2026-12-31", "motif": "congés", "permanences": [neuve.pk]})
    assert Fermeture.objects.get().permanence_id == neuve.pk and "congés" in texte(client.get(fermer))
    client.post(fermer, {"rouvrir": "2026-12-24|2026-12-31"})
    assert not Fermeture.objects.exists()

    vue = client.post(reverse("tenue:retirer_permanence", args=[neuve.pk]), follow=True)
    assert "Permanence retirée" in texte(vue) and Permanence.objects.count() == 1
    encore = client.post(reverse("tenue:retirer_permanence", args=[neuve.pk]), follow=True)
    assert "n'est plus là" in texte(encore) and Permanence.objects.count() == 1
    client.post(reverse("tenue:retirer_contact", args=[Interlocuteur.objects.get().pk]))
    with django_assert_max_num_queries(22):
        histoire = texte(client.get(reverse("tenue:histoire_service", args=[garage.pk])))
    assert "retrait" in histoire and "Horaires : samedi" in histoire and "Mme Exemple" in histoire
    for r in Revision.objects.filter(champ="fiche", apres__isnull=True).order_by("-pk"):
        client.post(reverse("tenue:revenir", args=[r.pk]), {"service": garage.pk})
    assert Permanence.objects.filter(pk=neuve.pk).exists() and Interlocuteur.objects.get().nom == "Mme Exemple"
    # Nobody else: said, and nothing done.
    autre = connecte(f.agent(f.structure("CCAS d'ailleurs")))
    for adresse in (ajouter, contact, fermer, reverse("tenue:retirer_permanence", args=[neuve.pk])):
        assert autre.post(adresse, envoi).status_code == 302
    assert Permanence.objects.count() == 2


def test_un_lieu_change_d_adresse_sans_ecraser_ce_qu_un_autre_a_ecrit(garage):
    client, lieu = connecte(f.agent(garage.structure)), Site.objects.get()
    adresse = reverse("tenue:deplacer", args=[lieu.pk])
    assert adresse in texte(client.get(reverse("tenue:structure", args=[garage.structure_id])))
    envoi = saisie_de(client.get(adresse)) | {"adresse": "3 quai de Loire", "commune": "Ancenis", "point": "CENTRE"}
    assert "commune" in texte(client.post(adresse, envoi | {"commune": "Nulle part"}))
    Site.objects.update(complement="Bâtiment B")
    conflit = client.post(adresse, envoi)
    assert conflit.status_code == 400 and "pendant que vous écriviez" in texte(conflit) and "3 quai de Loire" in texte(conflit)
    assert client.post(adresse, saisie_de(conflit) | {"point": "CENTRE"}).status_code == 302
    lieu.refresh_from_db()
    assert (lieu.commune.nom, lieu.adresse, lieu.latitude, lieu.point_verifie) == ("Ancenis", "3 quai de Loire", None, None)
    envoi = saisie_de(client.get(adresse)) | {"point": "DIRE", "latitude": "47,36", "longitude": "400"}
    assert "entre -180 et 180" in texte(client.post(adresse, envoi))
    assert client.post(adresse, envoi | {"longitude": "-1,17"}).status_code == 302
    lieu.refresh_from_db()
    assert (lieu.latitude, lieu.longitude) == (47.36, -1.17)


def test_un_lieu_ou_rien_ne_se_tient_plus_se_retire_et_se_remet(garage):
    client, lieu = connecte(f.agent(garage.structure)), Site.objects.get()
    fiche, adresse = reverse("tenue:structure", args=[garage.structure_id]), reverse("tenue:retirer_lieu", args=[lieu.pk])
    assert adresse not in texte(client.get(fiche))
    occupe = client.post(adresse, follow=True)
    assert "Retirez ou déplacez d'abord" in texte(occupe) and Site.objects.exists()
    client.post(reverse("tenue:retirer_permanence", args=[Permanence.objects.get().pk]))
    assert adresse in texte(client.get(fiche))
    assert connecte(f.agent(f.structure("CCAS d'ailleurs"))).post(adresse).status_code == 302 and Site.objects.exists()
    assert "Lieu retiré" in texte(client.post(adresse, follow=True)) and not Site.objects.exists()
    assert "n'est plus là" in texte(client.post(adresse, follow=True)), "a second click says so, on the same page"
    assert client.post(reverse("tenue:retirer_lieu", args=[lieu.pk + 1000])).status_code == 404
    histoire = reverse("tenue:histoire_structure", args=[garage.structure_id])
    retrait = Revision.objects.filter(champ="fiche", apres__isnull=True, objet="SITE").get()
    assert "retrait" in texte(client.get(histoire))
    client.post(reverse("tenue:revenir", args=[retrait.pk]), {"structure": garage.structure_id})
    assert Site.objects.get().pk == lieu.pk


def test_t15_dit_ferme_par_lien_puis_decide_en_une_touche_et_defait(garage):
    lien, visiteur = campagne(garage), Client()
    secret = campagnes.secret_de(lien)
    fiches, fermer = reverse("fiche_par_lien", args=[secret]), reverse("fermer_par_lien", args=[secret, garage.pk])
    assert fermer in texte(visiteur.get(fiches))
    envoi = saisie_de(visiteur.get(fermer)) | {"quoi": "FERME", "le": "2026-11-02", "mot": "Voir la ressourcerie."}
    sans_nom = visiteur.post(fermer, envoi)
    assert sans_nom.status_code == 400 and "Signez" in texte(sans_nom) and "ressourcerie" in texte(sans_nom)
    signe = {"nom": "Élodie Exemple", "fonction": "présidente"}
    suite = visiteur.post(fermer, envoi | signe, follow=True)
    assert "Dit fermé, ou parti" in texte(suite) and "tout est noté" in texte(suite)
    claude = connecte(f.agent(f.structure("Département"), Fonction.COORDINATION))
    page = reverse("annuaire:service", args=[garage.pk])
    assert "À confirmer — appelez" in texte(claude.get(page))
    visiteur.post(fiches, signe | {"confirmer": "tout"})
    tenir = claude.post(reverse("tenue:confirmer_service", args=[garage.pk]), follow=True)
    assert "répondez d'abord" in texte(tenir) and "À confirmer — appelez" in texte(tenir), "le doute ne se lève pas sans décider"
    public = reverse("ouvert:service", args=[garage.pk])
    assert "À confirmer" in texte(visiteur.get(public))
    vue = texte(claude.get(reverse("tenue:corrections")))
    assert "Fermé définitivement" in vue and "02/11/2026" in vue and "Élodie Exemple, présidente" in vue and "ressourcerie" in vue
    decider = reverse("tenue:decider", args=[Correction.objects.get().pk])
    claude.post(decider, {"geste": "accepter", "mot": ""})
    assert "Fermé définitivement le 2 novembre 2026" in texte(claude.get(page))
    ferme = texte(visiteur.get(public))
    assert "a fermé définitivement" in ferme and "ld+json" not in ferme
    lu = visiteur.get(reverse("hsds:getFullyNestedServiceById", args=[cle_de_service(garage)])).json()
    assert (lu["status"], lu.get("service_at_locations")) == ("defunct", [])
    assert "Revenir sur cette décision" in texte(claude.get(reverse("tenue:corrections")))
    claude.post(decider, {"geste": "revenir"})
    assert Permanence.objects.count() == 1 and "À confirmer — appelez" in texte(claude.get(page))
    claude.post(decider, {"geste": "refuser", "mot": "Ils sont là."})
    assert "À confirmer" not in texte(claude.get(page))
    # Signed in: who keeps the entry decides at once; a passer-by proposes.
    ici = reverse("tenue:fermer_service", args=[garage.pk])
    passant = connecte(f.agent(f.structure("CCAS d'ailleurs"), Fonction.BENEVOLE, nom="Sacha"))
    envoi = saisie_de(passant.get(ici)) | {"quoi": "DEMENAGE", "le": "2026-11-02"}
    assert "nouvelle adresse" in texte(passant.post(ici, envoi))
    passant.post(ici, envoi | {"adresse": "3 quai de Loire", "commune": "Ancenis"})
    assert Site.objects.get().adresse != "3 quai de Loire" and "3 quai de Loire, Ancenis" in texte(claude.get(reverse("tenue:corrections")))
    tenant = connecte(f.agent(garage.structure))
    tenant.post(ici, saisie_de(tenant.get(ici)) | {"quoi": "FERME", "le": "2026-11-20"})
    garage.refresh_from_db()
    assert str(garage.ferme_le) == "2026-11-20"


def test_deux_services_fusionnes_l_ancienne_adresse_mene_au_garde_partout(garage):
    double = f.service(garage.structure, "Garage solidaire bis", site=Site.objects.get(), horaires="Sa 09:00-12:00")
    claude, passant = connecte(f.agent(f.structure("Département"), Fonction.COORDINATION)), Client()
    paire = PaireDeParties.objects.create(
        objet="SERVICE", une_id=garage.pk, autre_id=double.pk, score=80, raisons=[["nom", 40]], departements=["44"],
        proposee_le=f.LUNDI_10H,
    )  # fmt: skip
    assert "Garage solidaire bis" in texte(claude.get(reverse("annuaire:doublons")))
    adresse, ancien = reverse("annuaire:paire_de_parties", args=[paire.pk]), cle_de_service(double)
    assert "Quelle fiche garder" in texte(claude.get(adresse))
    assert claude.post(adresse, {"garder": "x"}).status_code == 400
    claude.post(adresse, {"garder": str(garage.pk), "nom": str(double.pk)})
    assert Service.objects.get().nom == "Garage solidaire bis" and Permanence.objects.count() == 2
    for nom in ("annuaire:service", "ouvert:service"):
        assert claude.get(reverse(nom, args=[double.pk])).headers["Location"] == reverse(nom, args=[garage.pk])
    lu = passant.get(reverse("hsds:getFullyNestedServiceById", args=[ancien]))
    assert lu.status_code == 200 and lu.json()["id"] == str(cle_de_service(garage))
    vue = texte(claude.get(reverse("annuaire:doublons")))
    assert "Revenir aux deux fiches" in vue
    fusion = int(vue.split("/fusions/parties/")[1].split("/")[0])
    claude.post(reverse("annuaire:separer_des_parties", args=[fusion]))
    assert Service.objects.count() == 2 and passant.get(reverse("ouvert:service", args=[double.pk])).status_code == 200
    # A structure that was merged: its offer and its open identifier lead to who took it in.
    une, autre = garage.structure, f.structure("Garage de Loireauxence", "AUTRE")
    ancienne = cle_de_structure(autre)
    actions.fusionner(une.pk, autre.pk, prendre=[], role=f.agent(f.structure("EDS"), Fonction.COORDINATION), a=f.LUNDI_10H)
    assert passant.get(reverse("ouvert:offre", args=[autre.pk])).headers["Location"] == reverse("ouvert:offre", args=[une.pk])
    lue = passant.get(reverse("hsds:getOrganizationById", args=[ancienne]))
    assert lue.status_code == 200 and lue.json()["id"] == str(cle_de_structure(une))
    assert passant.get(reverse("ouvert:service", args=[999_999])).status_code == 404
