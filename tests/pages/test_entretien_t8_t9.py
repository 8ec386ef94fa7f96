"""T8, a minor alone; T9, guardianship: what really leaves, who really reads, when it really ends."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda.actions import rappeler
from premier_accueil.agenda.regles import ModeDeRappel
from premier_accueil.entretien.models import Entretien
from premier_accueil.partage.models import Accord
from premier_accueil.personnes.actions import Regle, ajouter_au_foyer, poser_la_regle_de_contact
from premier_accueil.personnes.regles import Naissance
from premier_accueil.personnes.requetes import dossier
from tests import fabriques as f
from tests.accueil.situations_pieces import bulletin
from tests.agenda import situations as agenda
from tests.entretien import situations as e
from tests.pages.conftest import connecte
from tests.pages.test_partage import adresse as adresse_d_accord
from tests.pages.test_partage import saisir
from tests.partage.situations import monde
from tests.personnes import situations as p
from tests.personnes.parcours import pages_du_parcours, texte

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H
LEO, MERE = "06 11 11 11 11", "06 22 22 22 22"
MOT = "Je dors chez des amis depuis dimanche"


@pytest.fixture
def camille(lieu):
    return f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Camille")


@pytest.fixture
def bureau(camille):
    return connecte(camille)


@pytest.fixture
def envois(settings, tmp_path, monkeypatch):
    """Return the messages that left."""
    settings.ENVOI = "fichier"
    monkeypatch.setattr("premier_accueil.socle.envoi.dossier_des_envois", lambda: tmp_path / "envois")
    return lambda: [json.loads(x.read_text()) for x in sorted((tmp_path / "envois").glob("*.json"))]


@pytest.fixture
def famille(camille):
    """Return a boy of fifteen and his mother, who live together and both take SMS."""
    leo = p.personne(camille, prenom="Léo", nom="Petit", annee=2011)
    mere = p.personne(camille, prenom="Anne", nom="Petit", annee=1980, courriel="anne@exemple.test")
    for cle, numero in ((leo, LEO), (mere, MERE)):
        poser_la_regle_de_contact(cle, Regle(numero=numero, sms=True), role=camille, a=A)
    ajouter_au_foyer(leo, avec_id=mere, lien="mère", role=camille, a=A)
    return leo, mere


def a_l_instant(monkeypatch, quand):
    monkeypatch.setattr("django.utils.timezone.now", lambda: quand)


# --- T8 -----------------------------------------------------------------------------------------------------------


def recevoir(bureau, camille, lieu, leo):
    """Receive him from end to end through the pages: an interview, an appointment, a slip of papers, its SMS."""
    cle = e.entretien(camille, personne_id=leo)
    ou = reverse("entretien:un", args=[cle])
    envoi = {"version": 1, "diagnostic": "Ne rentre plus chez lui.", "natures": ["CONSEIL"], "note": "", "resume": MOT}
    assert bureau.post(ou, envoi | {"clore": "oui"}).status_code == 302
    agenda.prendre(camille, agenda.plage(camille, lieu.pk), personne_id=leo, rappel=ModeDeRappel.SMS)
    papiers = bulletin(camille, lieu, "FSL", passage_id=Entretien.objects.get(pk=cle).passage_id)
    assert bureau.post(reverse("pieces:sms", args=[papiers])).status_code == 302
    rappeler(camille.structure_id, A)


def test_t8_rien_ne_part_vers_ses_parents(bureau, camille, lieu, famille, envois, django_capture_on_commit_callbacks):
    leo, _ = famille
    with django_capture_on_commit_callbacks(execute=True):
        recevoir(bureau, camille, lieu, leo)
    assert [m["vers"] for m in envois()] == ["+33611111111", "+33611111111"]  # the slip, the reminder: to him only
    assert not any("Petit" in m["texte"] or "Léo" in m["texte"] for m in envois())


def test_t8_le_dossier_de_sa_mere_ne_dit_rien_de_lui_que_son_nom(bureau, camille, lieu, famille):
    leo, mere = famille
    cle = e.entretien(camille, personne_id=leo)
    ou = reverse("entretien:un", args=[cle])
    bureau.post(ou, {"version": 1, "diagnostic": "Ne rentre plus chez lui.", "natures": ["CONSEIL"], "resume": MOT})
    agenda.prendre(camille, agenda.plage(camille, lieu.pk, nom="Point jeunes"), personne_id=leo)
    chez_elle = [*pages_du_parcours(mere), reverse("entretien:parcours", args=[mere]), reverse("agenda:personne", args=[mere])]
    for url in chez_elle:
        vue = texte(bureau.get(url))
        for mot in (MOT, "Ne rentre plus", "Point jeunes"):
            assert mot not in vue, (url, mot)


@pytest.mark.parametrize(("naissance", "dernier_jour"), [
    (Naissance(2008, 11, 24), date(2026, 11, 23)),
    (Naissance(2008, 2, 29), date(2026, 2, 28)),
    (Naissance(2008, 11), date(2026, 11, 30)),  # the day is not known: doubt benefits her
    (Naissance(2008), date(2026, 12, 30)),
    (Naissance(2008, approximative=True), date(2028, 12, 30)),
])  # fmt: skip
def test_t8_la_page_le_dit_jusqu_a_ses_dix_huit_ans(camille, monkeypatch, naissance, dernier_jour):
    cle = e.entretien(camille, personne_id=p.personne(camille, naissance=naissance))
    for jour, mineure in ((dernier_jour, True), (dernier_jour + timedelta(days=2), False)):
        a_l_instant(monkeypatch, datetime(jour.year, jour.month, jour.day, 11, tzinfo=UTC))
        vue = texte(connecte(camille).get(reverse("entretien:un", args=[cle])))
        assert ("peut-être moins de 18 ans" in vue) is mineure, jour


def test_t8_un_lien_note_avant_dix_huit_ans_s_arrete_ce_jour_la(camille, famille, monkeypatch):
    leo, mere = famille
    for qui in (leo, mere):
        assert not dossier(qui, camille, A).foyer[0].finie
    assert dossier(leo, camille, A).foyer[0].lien == "mère"
    majeur = datetime(2029, 1, 1, 11, tzinfo=UTC)  # born in 2011, one does not know when: the earliest day it can be
    assert dossier(leo, camille, majeur - timedelta(days=1)).foyer[0].lien == "mère"
    for qui in (leo, mere):
        (membre,) = dossier(qui, camille, majeur).foyer
        assert (membre.lien, membre.finie) == ("", True)
    a_l_instant(monkeypatch, majeur)
    # The mission of the test ends before: the page is asked by somebody of that day.
    from premier_accueil.acteurs.models import Structure

    plus_tard = f.agent(Structure.objects.get(pk=camille.structure_id), Fonction.TRAVAIL_SOCIAL, a=majeur)
    assert "lien noté avant 18 ans : à redemander" in texte(connecte(plus_tard).get(reverse("personnes:dossier", args=[leo])))


def test_t8_un_lien_entre_adultes_ne_s_arrete_pas(camille):
    une, autre = p.personne(camille, annee=1990), p.personne(camille, annee=1991, prenom="Sam")
    ajouter_au_foyer(une, avec_id=autre, lien="compagnon", role=camille, a=A)
    (membre,) = dossier(une, camille, A + timedelta(days=9000)).foyer
    assert (membre.lien, membre.finie) == ("compagnon", False)


# --- T9 -----------------------------------------------------------------------------------------------------------


def poser(bureau, cle, **champs):
    mesure = {"genre": "TUTELLE", "debut": "2026-11-20", "protecteur": "UDAF 44", "joindre": MERE, "demande_id": str(uuid4())}
    assert bureau.post(reverse("personnes:poser_une_mesure", args=[cle]), mesure | champs).status_code == 302


@pytest.mark.parametrize(("dates", "dite"), [
    ({}, True),
    ({"debut": "2026-11-23", "fin": "2026-11-23"}, True),
    ({"debut": "2026-11-24"}, False),
    ({"debut": "2020-01-01", "fin": "2026-11-22"}, False),
])  # fmt: skip
def test_t9_l_entretien_rappelle_la_mesure_tant_qu_elle_dure(bureau, camille, dates, dite):
    cle = p.personne(camille)
    poser(bureau, cle, **dates)
    p.se_placer(camille)
    vue = texte(bureau.get(reverse("entretien:un", args=[e.entretien(camille, personne_id=cle)])))
    assert ("Mesure de protection en cours : tutelle" in vue) is dite
    assert ("code civil, article 459" in vue) is dite
    assert "UDAF 44" not in vue and "22 22 22" not in vue  # neither the protector nor how to reach them


def test_t9_rien_ne_part_vers_qui_la_protege(
    bureau, camille, lieu, envois, django_capture_on_commit_callbacks
):
    elle = p.personne(camille)
    poser_la_regle_de_contact(elle, Regle(numero=LEO, sms=True), role=camille, a=A)
    poser(bureau, elle)
    p.se_placer(camille)
    with django_capture_on_commit_callbacks(execute=True):
        recevoir(bureau, camille, lieu, elle)
    assert {m["vers"] for m in envois()} == {"+33611111111"}


def test_t9_l_accord_se_demande_a_elle_et_personne_n_est_destinataire_par_defaut():
    m = monde()
    nous = connecte(m.nous)
    poser(nous, m.personne.pk)
    premiere = texte(nous.get(adresse_d_accord(m)))
    assert "UDAF 44" not in premiere and 'name="destinataire"' not in premiere
    refus = nous.post(adresse_d_accord(m), saisir(m, presents=["PROTECTEUR"], demande_a_la_personne=""))
    assert refus.status_code == 400
    m.chez_nous()
    assert not Accord.objects.exists()
    assert nous.post(adresse_d_accord(m), saisir(m, presents=["PROTECTEUR"])).status_code == 200
    m.chez_nous()
    accord = Accord.objects.get()
    assert (accord.destinataire_id, accord.demande_a_la_personne, accord.presents) == (m.eux.pk, True, ["PROTECTEUR"])


def test_t9_la_mesure_finie_l_entretien_n_en_parle_plus(bureau, camille, monkeypatch):
    from premier_accueil.personnes.models import MesureDeProtection

    cle = p.personne(camille)
    poser(bureau, cle)
    p.se_placer(camille)
    ou = reverse("entretien:un", args=[e.entretien(camille, personne_id=cle)])
    mesure = MesureDeProtection.objects.get()
    assert bureau.post(reverse("personnes:finir_une_mesure", args=[cle, mesure.pk]), {"fin": "2026-11-23"}).status_code == 302
    assert "Mesure de protection" in texte(bureau.get(ou))
    a_l_instant(monkeypatch, A + timedelta(days=1))
    assert "Mesure de protection" not in texte(connecte(camille).get(ou))
