"""Messages leave after the commit, to whom can receive them, and leave no word behind."""

from __future__ import annotations

import json
import stat

import pytest
from django.db import transaction

from premier_accueil.socle import dossiers, envoi
from premier_accueil.socle.envoi import Canal, EnvoiImpossible, Message, envoi_possible, envoyer, numero_de_sms

CODE = Message(Canal.SMS, "06 12 34 56 78", "Votre code : 123456")


@pytest.fixture
def fichiers(settings, tmp_path, monkeypatch):
    settings.ENVOI = "fichier"
    monkeypatch.setattr(dossiers, "etat", lambda: tmp_path)
    return lambda: [json.loads(f.read_text(encoding="utf-8")) for f in sorted((tmp_path / envoi.DOSSIER).glob("*"))]


@pytest.mark.django_db
def test_un_message_part_une_fois_la_transaction_validee(fichiers, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        envoyer(CODE)
        assert fichiers() == []
    assert fichiers() == [{"canal": "SMS", "vers": "+33612345678", "objet": "", "texte": "Votre code : 123456"}]


def test_ce_qui_est_annule_ne_part_pas(fichiers, base_neuve):
    with pytest.raises(RuntimeError), transaction.atomic():
        envoyer(CODE)
        raise RuntimeError
    assert fichiers() == []
    with transaction.atomic():
        envoyer(CODE)
    assert len(fichiers()) == 1


@pytest.mark.django_db
def test_les_fichiers_ne_sont_lus_que_par_leur_compte(fichiers, tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        envoyer(CODE)
    (fichier,) = (tmp_path / envoi.DOSSIER).iterdir()
    assert stat.S_IMODE(fichier.stat().st_mode) == 0o600


@pytest.mark.parametrize("numero", ["0612345678", "+33 6 12 34 56 78", "06.12.34.56.78"])
def test_un_numero_s_ecrit_de_plusieurs_facons(numero):
    assert numero_de_sms(numero) == "+33612345678"


@pytest.mark.parametrize(
    ("numero", "dit"), [("", "lisible"), ("bonjour", "lisible"), ("0612", "chiffres"), ("02 40 12 34 56", "portable")]
)
def test_un_numero_qui_ne_recoit_pas_de_sms_est_refuse_en_clair(numero, dit):
    with pytest.raises(EnvoiImpossible, match=dit):
        numero_de_sms(numero)


@pytest.mark.parametrize("message", [
    Message(Canal.COURRIEL, "pas une adresse", "Bonjour", "Objet"), Message(Canal.SMS, "0612345678", "  "),
])  # fmt: skip
def test_une_adresse_ou_un_texte_qui_ne_va_pas_est_refuse(message):
    with pytest.raises(EnvoiImpossible):
        envoyer(message)


@pytest.mark.django_db
def test_un_courriel_part_par_le_serveur_de_courrier(settings, mailoutbox, django_capture_on_commit_callbacks):
    settings.ENVOI, settings.EMAIL_HOST = "console", "courrier.exemple"
    with django_capture_on_commit_callbacks(execute=True):
        envoyer(Message(Canal.COURRIEL, "accueil@exemple.fr", "Bonjour", "Un\nobjet"))
    assert [(m.subject, m.body, m.to) for m in mailoutbox] == [("Un objet", "Bonjour", ["accueil@exemple.fr"])]


@pytest.mark.django_db
def test_la_console_ne_montre_ni_le_numero_ni_le_texte(settings, capsys, django_capture_on_commit_callbacks):
    settings.ENVOI, settings.EMAIL_HOST = "console", ""
    assert not envoi_possible(Canal.SMS)
    assert not envoi_possible(Canal.COURRIEL)
    with django_capture_on_commit_callbacks(execute=True):
        envoyer(CODE)
    dit = "".join(capsys.readouterr())
    assert "SMS" in dit
    assert "5678" not in dit
    assert "123456" not in dit


def fournisseur_en_panne(message: Message) -> None:
    raise ConnectionError(f"{message.vers} {message.texte}")


@pytest.mark.django_db
def test_un_fournisseur_en_panne_ne_fait_tomber_rien_et_ne_trahit_rien(
    settings, caplog, django_capture_on_commit_callbacks
):
    settings.ENVOI = f"{__name__}.fournisseur_en_panne"
    assert envoi_possible(Canal.SMS)
    with django_capture_on_commit_callbacks(execute=True):
        envoyer(CODE)
    assert "ConnectionError" in caplog.text
    assert "123456" not in caplog.text
    assert "5678" not in caplog.text


def test_un_message_ne_se_montre_pas_dans_une_trace():
    assert "123456" not in repr(CODE)
    assert "5678" not in repr(CODE)
