"""Reminders: once, in neutral words, only as the person said; silence is kept (T20)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda import actions
from premier_accueil.agenda.models import Rappel, RendezVous, Silence
from premier_accueil.agenda.regles import AJoindre, ModeDeRappel, Suite, suite
from premier_accueil.commandes import rappels as commande
from premier_accueil.personnes.actions import Regle, poser_la_regle_de_contact
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.agenda import situations as s
from tests.personnes import situations as personnes

A = f.LUNDI_10H
SMS = ModeDeRappel.SMS
MOBILE = "06 12 34 56 78"


@pytest.fixture
def envois(settings, tmp_path, monkeypatch):
    """Return the messages that left."""
    settings.ENVOI = "fichier"
    monkeypatch.setattr("premier_accueil.socle.envoi.dossier_des_envois", lambda: tmp_path / "envois")
    return lambda: [json.loads(x.read_text()) for x in sorted((tmp_path / "envois").glob("*.json"))]


def lancer(role, a=A):
    return dict(actions.rappeler(role.structure_id, a))


@pytest.mark.django_db
def test_un_rappel_part_une_fois_avec_des_mots_neutres(accueil, plage, envois, django_capture_on_commit_callbacks):
    cle = s.prendre(accueil, plage, nom="Louise", rappel=SMS, joindre=MOBILE)
    with django_capture_on_commit_callbacks(execute=True):
        assert lancer(accueil) == {Suite.ENVOYE: 1}
        assert lancer(accueil) == {}
    (message,) = envois()
    assert message["texte"] == "Rendez-vous le mardi 24 novembre à 9 h. Pour déplacer : 02 61 91 00 01."
    assert message["vers"] == "+33612345678"
    s.se_placer(accueil)
    assert Rappel.objects.get().rendez_vous_id == cle


@pytest.mark.django_db
def test_ni_trop_tot_ni_apres_une_annulation(accueil, plage, envois):
    loin = s.prendre(accueil, plage, rappel=SMS, joindre=MOBILE, a=A + timedelta(days=5))
    annule = s.prendre(accueil, plage, rappel=SMS, joindre=MOBILE)
    actions.annuler(annule, par_la_personne=True, role=accueil, a=A)
    assert RendezVous.objects.get(pk=loin).debut > A + timedelta(days=5)
    assert lancer(accueil) == {}


@pytest.mark.django_db
def test_le_numero_donne_pour_le_rappel_s_efface_apres_le_rendez_vous(accueil, plage, envois):
    cle = s.prendre(accueil, plage, rappel=SMS, joindre=MOBILE)
    lancer(accueil)
    s.se_placer(accueil)
    assert RendezVous.objects.get(pk=cle).joindre == MOBILE
    lancer(accueil, A + timedelta(days=2))
    s.se_placer(accueil)
    assert RendezVous.objects.get(pk=cle).joindre == ""


@pytest.mark.django_db
def test_un_rendez_vous_deplace_se_rappelle_a_sa_nouvelle_heure(accueil, plage, envois, django_capture_on_commit_callbacks):
    from uuid import uuid4

    cle = s.prendre(accueil, plage, rappel=SMS, joindre=MOBILE)
    with django_capture_on_commit_callbacks(execute=True):
        lancer(accueil)
        s.se_placer(accueil)
        actions.deplacer(cle, plage, s.premier(accueil, plage), demande_id=uuid4(), role=accueil, a=A)
        assert lancer(accueil) == {Suite.ENVOYE: 1}
    assert [m["texte"].split(" à ")[1][:5] for m in envois()] == ["9 h. ", "9 h 3"]


@pytest.mark.django_db
@pytest.mark.parametrize("raison", ["DECES", "PRISON", "HOPITAL", "SOUHAIT"])
def test_t20_rien_ne_part_tout_seul_vers_qui_est_mort_en_prison_ou_a_l_hopital(accueil, plage, envois, raison):
    louise = personnes.personne(accueil)
    poser_la_regle_de_contact(louise, Regle(numero=MOBILE, sms=True), role=accueil, a=A)
    s.prendre(accueil, plage, personne_id=louise, rappel=SMS)
    for _ in range(2):
        actions.ne_plus_ecrire(louise, raison, role=accueil, a=A)
    assert lancer(accueil) == {Suite.SILENCE: 1}
    assert envois() == []
    s.se_placer(accueil)
    assert Silence.objects.get().raison == raison
    actions.ecrire_de_nouveau(louise, role=accueil, a=A)
    assert lancer(accueil) == {Suite.ENVOYE: 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("regle", "attendu"),
    [
        (None, Suite.SANS_REGLE),
        (Regle(numero=MOBILE), Suite.SANS_REGLE),
        (Regle(numero=MOBILE, sms=True), Suite.ENVOYE),
        (Regle(numero=MOBILE, sms=True, heures="14h - 18h"), Suite.ATTEND),
        (Regle(numero=MOBILE, sms=True, heures="quand il est au travail"), Suite.HEURES),
        (Regle(numero="02 40 11 11 11", sms=True), Suite.IMPOSSIBLE),
    ],
)
def test_la_regle_de_contact_decide(accueil, plage, envois, regle, attendu):
    louise = personnes.personne(accueil, telephone=MOBILE)
    if regle:
        poser_la_regle_de_contact(louise, regle, role=accueil, a=A)
    s.prendre(accueil, plage, personne_id=louise, rappel=SMS)
    assert lancer(accueil) == {attendu: 1}


@pytest.mark.django_db
def test_t3_une_personne_protegee_ne_recoit_rien_a_son_adresse(accueil, plage, envois):
    louise = personnes.protegee(accueil)
    Personne.objects.filter(pk=louise).update(courriel="louise@exemple.test")
    s.prendre(accueil, plage, personne_id=louise, rappel=ModeDeRappel.COURRIEL)
    s.prendre(accueil, plage, personne_id=louise, rappel=SMS)
    assert lancer(accueil) == {Suite.PROTEGEE: 1, Suite.SANS_REGLE: 1}


@pytest.mark.parametrize(("heure", "attendu"), [(7, Suite.ATTEND), (8, Suite.ENVOYE), (17, Suite.ENVOYE), (18, Suite.ATTEND)])
def test_rien_ne_part_la_nuit(heure, attendu):
    """Paris is one hour ahead of universal time in November."""
    assert suite(AJoindre(SMS, joindre=MOBILE), datetime(2026, 11, 23, heure, tzinfo=UTC))[0] is attendu


@pytest.mark.django_db
def test_sans_fournisseur_rien_n_est_dit_envoye(accueil, plage, settings):
    settings.ENVOI, settings.EMAIL_HOST = "console", ""
    s.prendre(accueil, plage, rappel=SMS, joindre=MOBILE)
    assert lancer(accueil) == {Suite.IMPOSSIBLE: 1}


@pytest.mark.django_db
def test_la_commande_passe_chez_chaque_structure(monkeypatch, envois):
    class Horloge(datetime):
        @classmethod
        def now(cls, tz=None):
            return A

    monkeypatch.setattr(commande, "preparer", lambda: None)
    monkeypatch.setattr(commande, "datetime", Horloge)
    for nom in ("Ici", "Ailleurs"):
        lieu = f.site(f.structure(nom))
        role = f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL)
        s.prendre(role, s.plage(role, lieu.pk), rappel=SMS, joindre=MOBILE)
    situer()
    assert "2 : rappel envoyé" in CliRunner().invoke(commande.rappels).output
    assert "Aucun rappel" in CliRunner().invoke(commande.rappels).output
