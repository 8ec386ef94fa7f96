"""The one screen of a relay, asked as a browser asks it: nothing leaves in halves, nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from premier_accueil.accueil.models import Besoin
from premier_accueil.acteurs.models import Mission, Structure
from premier_accueil.agenda.models import RendezVous
from premier_accueil.annuaire.models import Secteur
from premier_accueil.partage.models import Accord, Communication
from premier_accueil.personnes.models import Personne
from premier_accueil.relais.models import Relais
from premier_accueil.relais.regles import EtatDeRelais
from tests import fabriques as f
from tests.agenda import situations as agenda
from tests.pages.conftest import connecte
from tests.partage import situations as partage
from tests.partage.situations import TEXTES
from tests.relais.situations import A, Monde, monde

pytestmark = pytest.mark.django_db
E = EtatDeRelais


@pytest.fixture
def m() -> Monde:
    return monde()


@pytest.fixture
def nous(m) -> Client:
    return connecte(m.nous)


@pytest.fixture
def messages(settings, monkeypatch):
    partis: list = []
    settings.ENVOI = "fichier"
    monkeypatch.setattr("premier_accueil.socle.envoi.en_fichier", partis.append)
    monkeypatch.setattr("premier_accueil.socle.envoi.transaction.on_commit", lambda g: g())
    return partis


def adresse(m, nom="relais:nouveau") -> str:
    return reverse(nom, args=[m.partage.personne.pk])


def page(reponse, code=200) -> str:
    assert reponse.status_code == code, reponse.content.decode()[:3000]
    return reponse.content.decode()


def saisir(m, etape="envoyer", **champs):
    return {
        "etape": etape, "demande_id": str(uuid4()), "but": "ACCOMPAGNEMENT", "base": "ACCORD",
        "destinataire": m.partage.eux.pk, "propose_pour": m.partage.eux.pk, "fonction": "TRAVAIL_SOCIAL", "jours": "180",
        "suivie_ensemble": "on", "elements": list(TEXTES), "obtention": "ORAL_DEVANT", "presents": ["SEULE"],
        "demande_a_la_personne": "on", "mode": "TELEPHONE", "le": "2026-12-01", "a_heure": "14:30",
        "lieu": "EDS, 2 rue du Port", "repondu_par": "Mme Le Goff",
        **{f"texte_{code}": texte for code, texte in TEXTES.items()},
    } | champs  # fmt: skip


def seul(m) -> Relais:
    m.chez_nous()
    return Relais.objects.get()


def rien_n_est_parti(m) -> bool:
    m.chez_nous()
    return not (Relais.objects.exists() or Accord.objects.exists() or Communication.objects.exists())


def test_du_choix_a_l_envoi_sans_javascript(m, nous):
    debut = page(nous.get(adresse(m)))
    assert "1. Pour quoi, à qui" in debut
    assert "2. Le rendez-vous" not in debut
    choix = page(nous.post(adresse(m), saisir(m, "chercher", cherche="ancenis", destinataire="")))
    assert "EDS d&#x27;Ancenis" in choix
    ecran = page(nous.post(adresse(m), saisir(m, "choisir", propose_pour="", elements=[], mode="")))
    assert "2. Le rendez-vous chez EDS d&#x27;Ancenis" in ecran
    assert 'value="A_PROPOSER" checked' in ecran
    vu = page(nous.post(adresse(m), saisir(m, "voir")))
    assert "Part vers EDS d&#x27;Ancenis" in vu
    assert "À lire à voix haute" in vu
    assert rien_n_est_parti(m)
    envoye = page(nous.post(adresse(m), saisir(m)))
    assert "C'est envoyé" in envoye
    assert "mardi 1 décembre 2026 à 14:30" in envoye
    r = seul(m)
    assert (r.etat, r.repondu_par, r.lieu) == (E.ENVOYE, "Mme Le Goff", "EDS, 2 rue du Port")


def test_un_double_clic_n_envoie_qu_une_fois(m, nous):
    envoi = saisir(m, lien="on")
    premier, second = page(nous.post(adresse(m), envoi)), page(nous.post(adresse(m), envoi))
    assert "Code à dire au téléphone" in premier
    assert "C'était déjà envoyé" in second
    assert "Code à dire" not in second
    assert seul(m)


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"repondu_par": ""}, "qui vous a donné cette date"), ({"le": "0001-01-01"}, "jour et l&#x27;heure donnés"), ({"le": ""}, "jour et l&#x27;heure donnés"),
        ({"mode": "CRENEAU"}, "Choisissez un créneau"), ({"presents": []}, "Dites qui était là"),
        ({"elements": []}, "Cochez au moins une chose"), ({"obtention": ""}, "comment l&#x27;accord a été donné"),
        ({"destinataire": ""}, "choisissez une structure"), ({"but": ""}, "Choisissez pour quoi"),
    ],
)  # fmt: skip
def test_une_erreur_garde_tout_et_dit_quoi_faire(m, nous, champs, dit):
    recu = page(nous.post(adresse(m), saisir(m, **champs)), 400)
    assert dit in recu
    assert "Rien n'est parti. Votre saisie est gardée." in recu
    assert TEXTES["BESOIN"] in recu
    assert rien_n_est_parti(m)


def test_un_creneau_pris_entre_temps_montre_les_suivants_et_garde_le_texte(m, nous):
    plage_id = agenda.plage(m.chez_eux(), f.site(m.partage.eux).pk)
    debut = agenda.premier(m.chez_nous(), plage_id)
    ecran = page(nous.post(adresse(m), saisir(m, "choisir", propose_pour="", mode="")))
    assert 'value="CRENEAU" checked' in ecran
    code = re.findall(r'name="creneau" value="([^"]+)"', ecran)[0]
    envoi = saisir(m, mode="CRENEAU", creneau=code)
    plus_tard = page(nous.post(adresse(m), saisir(m, "voir", des="2026-11-30")))
    jours = [c.split("-")[1] for c in re.findall(r'name="creneau" value="([^"]+)"', plus_tard)]
    assert jours
    assert min(jours) >= "20261130"
    agenda.prendre(m.chez_eux(), plage_id, debut=debut)
    recu = page(nous.post(adresse(m), envoi), 409)
    assert "vient d&#x27;être pris" in recu
    assert code not in recu
    suivant = re.findall(r'name="creneau" value="([^"]+)"', recu)[0]
    assert TEXTES["BESOIN"] in recu
    assert rien_n_est_parti(m)
    page(nous.post(adresse(m), envoi | {"creneau": suivant}))
    r = seul(m)
    assert r.quand and r.quand > debut
    assert RendezVous.objects.filter(pk=r.rendez_vous_id).exists()


def test_l_apercu_suit_la_saisie_et_ne_garde_rien(m, nous):
    reste = page(nous.post(adresse(m, "relais:apercu"), saisir(m, but="LOGEMENT")))
    assert "Cela ne fait pas avancer ce but." in reste
    assert TEXTES["SANTE"] not in reste
    assert "Choisissez pour quoi" in page(nous.post(adresse(m, "relais:apercu"), {}), 400)
    assert nous.post(reverse("relais:apercu", args=[999_999]), saisir(m)).status_code == 404
    assert rien_n_est_parti(m)


def test_changer_de_service_redemande_de_relire_avant_d_envoyer(m, nous):
    autre = f.structure("CIAS du Pays", "CIAS")
    partage.engager(autre)
    recu = page(nous.post(adresse(m), saisir(m, destinataire=autre.pk)))
    assert "Vous avez changé de service" in recu
    assert "Part vers CIAS du Pays" in recu
    assert rien_n_est_parti(m)


def test_un_service_sans_compte_recoit_un_lien_et_un_code_separement(m, nous, messages):
    Mission.objects.filter(structure=m.partage.eux).delete()
    Structure.objects.filter(pk=m.partage.eux.pk).update(courriel="contact@eds.test", telephone="+33240000002")
    ecran = page(nous.post(adresse(m), saisir(m, "choisir", propose_pour="")))
    assert "Personne n'a de compte dans ce service" in ecran
    assert re.search(r'name="lien" value="on" checked', ecran)
    assert 'value="PARTENAIRE" selected' in ecran
    envoye = page(nous.post(adresse(m), saisir(m, fonction="PARTENAIRE", lien="on")))
    cle = re.findall(r'name="adresse" value="([^"]+)"', envoye)[0]
    code = re.findall(r'name="code" value="([^"]+)"', envoye)[0]
    assert f"/r/{cle}/" in envoye
    apres = page(nous.post(reverse("relais:par_courriel", args=[seul(m).pk]), {"adresse": cle, "code": code}))
    assert "partie par courriel, sans le code" in apres
    assert code[:4] in apres
    (lettre,) = messages
    assert lettre.vers == "contact@eds.test"
    assert cle in lettre.texte
    assert code not in lettre.texte
    assert not [t for t in TEXTES.values() if t in lettre.texte + lettre.objet]


def test_le_besoin_et_le_secteur_proposent_un_service(m, nous):
    from tests.relais.test_boucle import f_passage

    passage = f_passage(m)
    besoin = Besoin.objects.get(passage=passage)
    ville = f.commune()
    Personne.objects.filter(pk=m.partage.personne.pk).update(commune=ville)
    Secteur.objects.create(
        structure=m.partage.eux, commune=ville, du=A.date() - timedelta(days=30), source="Arrêté 2026-12"
    )
    recu = page(nous.get(f"{adresse(m)}?passage={passage.pk}&besoin={besoin.pk}&but=x"))
    assert "Secteur : Loireauxence (Arrêté 2026-12)" in recu
    assert f'name="besoin" value="{besoin.pk}"' in recu
    assert "réparer" in recu.lower()


def test_un_relais_refuse_passe_a_un_autre_service_sans_rien_retaper(m, nous):
    cle = m.envoyer()
    m.agir(cle, "refuser", eux=True, motif="COMPLET")
    suite = page(nous.get(f"{adresse(m)}?suite_de={cle}"))
    assert TEXTES["BESOIN"] in suite
    assert "prend la suite d'un autre" in suite
    autre = f.structure("CIAS du Pays", "CIAS")
    partage.engager(autre)
    lui = f.agent(autre, m.lui.fonction)
    partage.tenir_au_secret(lui)
    page(nous.post(adresse(m), saisir(m, suite_de=cle, destinataire=autre.pk, propose_pour=autre.pk)))
    assert m.etat(cle) is E.REBONDI
    assert Relais.objects.get(suite_de=cle).destinataire_id == autre.pk


def test_ce_que_nous_ecrivons_s_imprime_avant_sous_un_titre_neutre(m, nous):
    papier = page(nous.post(adresse(m), saisir(m, "imprimer")))
    assert "<title>Mes documents" in papier
    assert TEXTES["BESOIN"] in papier
    assert rien_n_est_parti(m)


def test_t22_le_papier_du_rendez_vous_ne_dit_pas_pourquoi(m, nous):
    cle = m.envoyer()
    papier = page(nous.get(reverse("relais:papier", args=[cle])))
    assert "<title>Mes documents" in papier
    assert "EDS, 2 rue du Port" in papier
    assert not [t for t in TEXTES.values() if t in papier]
    assert TEXTES["BESOIN"] in page(nous.get(reverse("relais:ecrit", args=[cle])))


def test_elle_dit_oui_par_un_code(m, nous, messages):
    envoi = saisir(m, "code", obtention="", numero="06 11 22 33 44", sans_risque="on")
    assert "finit par 44" in page(nous.post(adresse(m), envoi))
    code = re.search(r"\d{6}", messages[0].texte)[0]
    faux = f"{(int(code) + 1) % 1_000_000:06d}"
    refus = page(nous.post(adresse(m), envoi | {"etape": "envoyer_par_code", "code": faux}), 400)
    assert "Ce n&#x27;est pas ce code" in refus
    assert rien_n_est_parti(m)
    assert "C'est envoyé" in page(nous.post(adresse(m), envoi | {"etape": "envoyer_par_code", "code": code}))
    assert Accord.objects.get().obtention == "CODE_SMS"


def test_t3_une_adresse_protegee_ne_propose_rien_et_ne_part_pas(m, nous):
    m.chez_nous()
    Personne.objects.filter(pk=m.partage.personne.pk).update(adresse_protegee=True)
    vu = page(nous.post(adresse(m), saisir(m, "voir", elements=[*TEXTES, "ADRESSE"], texte_ADRESSE="12 rue Cachée")))
    apercu = vu[vu.index('id="apercu"') :]
    assert "12 rue Cachée" not in apercu
    page(nous.post(adresse(m), saisir(m, elements=[*TEXTES, "ADRESSE"], texte_ADRESSE="12 rue Cachée")))
    m.chez_nous()
    codes = set(Communication.objects.get().elements.values_list("code", flat=True))
    assert "ADRESSE" not in codes


@pytest.mark.parametrize("etape", ["envoyer", "garder", "voir", "imprimer", "code", "envoyer_par_code"])
def test_rien_de_ce_qu_on_tape_ne_fait_tomber_l_ecran(m, nous, etape):
    from tests.test_bourrage import MECHANTS

    tenus = {"etape", "demande_id", "but", "base", "destinataire", "propose_pour"}
    for mechant in MECHANTS.values():
        if "\ud800" in mechant:  # a browser cannot send it either
            continue
        bourres = dict.fromkeys([*saisir(m), "creneau", "rappel", "joindre", "numero", "code"], mechant)
        envoi = saisir(m, etape, mode="CRENEAU") | {n: v for n, v in bourres.items() if n not in tenus | {"mode"}}
        assert nous.post(adresse(m), envoi).status_code < 500, (etape, mechant[:40])
        envoi["elements"], envoi["mode"] = ["BESOIN"], "TELEPHONE"
        assert nous.post(adresse(m), envoi).status_code < 500, (etape, mechant[:40])
