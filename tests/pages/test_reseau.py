"""What a structure signed: entered by its administrator, dated, ended; proposed to nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from premier_accueil.acteurs.models import Convention, Engagement, Organisme, Structure
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(clients):
    return clients("ADMINISTRATION")


def page(reponse, code=200) -> str:
    assert reponse.status_code == code
    return reponse.content.decode()


def aller(nom, *cles) -> str:
    return reverse(f"administration:{nom}", args=cles)


def test_un_engagement_se_note_une_fois_et_se_finit(admin, lieu):
    assert "Aucun engagement" in page(admin.get(aller("reseau")))
    envoi = {"texte": "Charte 2026", "debut": "2026-01-01", "fin": ""}
    assert "Charte 2026" in page(admin.post(aller("engager"), envoi, follow=True))
    assert "commence déjà ce jour-là" in page(admin.post(aller("engager"), envoi), 400)
    engagement = Engagement.objects.get(structure=lieu.structure)
    trop_tot = page(admin.post(aller("finir_un_engagement", engagement.pk), {"fin": "2025-01-01"}, follow=True))
    assert "La fin est avant le début. Rien n&#x27;a changé." in trop_tot
    page(admin.post(aller("finir_un_engagement", engagement.pk), {"fin": "2026-11-22"}, follow=True))
    assert "pas en cours" in page(admin.get(aller("reseau")))


def convention(**champs):
    return {"cherche": "ancenis", "debut": "2026-03-01", "delai_jours": "15", "elements": ["IDENTITE", "BESOIN"]} | champs


def test_une_convention_cherche_puis_note_et_cree_les_organismes(admin, lieu):
    eux = f.structure("EDS d'Ancenis", "EDS", siret="22440002800011")
    assert "EDS d&#x27;Ancenis" in page(admin.post(aller("conclure"), convention(debut="")))
    sans_nom = page(admin.post(aller("conclure"), convention(avec=eux.pk)), 400)
    assert "nom de l&#x27;organisme" in sans_nom
    assert "ancenis" in sans_nom
    lu = page(admin.post(aller("conclure"), convention(avec=eux.pk, organisme="Commune de Loireauxence"), follow=True))
    assert "Avec EDS d&#x27;Ancenis" in lu
    assert "Le besoin, avec ses mots" in lu
    notee = Convention.objects.get()
    assert (notee.delai_jours, notee.audits, notee.avec.siren) == (15, False, "224400028")
    assert Structure.objects.get(pk=eux.pk).organisme_id == notee.avec_id
    assert "name=\"organisme\"" not in page(admin.get(aller("conclure")))
    assert "commence déjà" in page(admin.post(aller("conclure"), convention(avec=eux.pk)), 400)
    page(admin.post(aller("finir_une_convention", notee.pk), {"fin": "2026-11-01"}, follow=True))
    assert Convention.objects.get().fin is not None


def test_deux_structures_d_un_meme_organisme_n_ont_pas_de_convention(admin, lieu):
    soeur = f.structure("Antenne")
    commun = Organisme.objects.create(nom="Commune")
    Structure.objects.filter(pk__in=[soeur.pk, lieu.structure_id]).update(organisme=commun)
    assert "même organisme" in page(admin.post(aller("conclure"), convention(cherche="antenne", avec=soeur.pk)), 400)


def test_on_ne_finit_pas_ce_que_d_autres_ont_signe(admin):
    leur = Engagement.objects.create(structure=f.structure("Ailleurs"), debut="2026-01-01", texte="Charte")
    a, b = (Organisme.objects.create(nom=n) for n in "ab")
    autre = Convention.objects.create(organisme=a, avec=b, debut="2026-01-01")
    for nom, cle in (("finir_un_engagement", leur.pk), ("finir_une_convention", autre.pk)):
        assert admin.post(aller(nom, cle), {"fin": "2026-12-01"}).status_code == 404


@pytest.mark.parametrize("saisie", [{"debut": "0001-01-01"}, {"debut": "hier"}, {"fin": "9999-12-31"}, {"texte": "\x00"}])
def test_une_saisie_impossible_se_dit_et_se_garde(admin, saisie):
    envoi = {"texte": "Charte", "debut": "2026-01-01", "fin": ""} | saisie
    assert "Votre saisie est gardée" in page(admin.post(aller("engager"), envoi), 400)
    assert not Engagement.objects.exists()
