"""T1, by e-mail: the recipient is told to open its list, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.annuaire.models import Interlocuteur
from premier_accueil.partage import actions
from premier_accueil.partage.actions.conservation import exercer_un_droit
from premier_accueil.partage.regles.conservation import GenreDeDroit
from tests import fabriques as f

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H
LISTE = "https://accueil.exemple/communications/"


def retirer(m, envoi, a=A + timedelta(hours=1)):
    m.chez_nous()
    actions.retirer_un_accord(envoi.accord_id, role=m.nous, a=a, liste=LISTE)


def test_t1_le_courriel_dit_d_ouvrir_la_liste_et_rien_de_la_personne(m, messages):
    Compte.objects.filter(pk=m.lui.compte_id).update(identifiant="sam@eds.exemple")
    retirer(m, m.envoyer())
    (message,) = messages
    assert message.vers == "sam@eds.exemple"
    assert "Un accord a été retiré : ouvrez votre liste." in message.texte
    assert LISTE in message.texte
    for mot in ("Ada", "Lovelace", "CCAS", "Loireauxence", "loyer"):
        assert mot not in message.texte + message.objet


def test_t1_sans_compte_le_contact_du_service_puis_la_boite_de_la_structure(m, messages):
    Structure.objects.filter(pk=m.eux.pk).update(courriel="accueil@eds.exemple")
    retirer(m, m.envoyer())
    Interlocuteur.objects.create(service=f.service(m.eux), nom="Nour", courriel="nour@eds.exemple")
    retirer(m, m.envoyer())
    assert [x.vers for x in messages] == ["accueil@eds.exemple", "nour@eds.exemple"]


def test_t1_retirer_deux_fois_ne_l_ecrit_qu_une_fois_et_une_adresse_fausse_ne_bloque_rien(m, messages):
    Compte.objects.filter(pk=m.lui.compte_id).update(identifiant="pas une@adresse")
    envoi = m.envoyer()
    retirer(m, envoi)
    retirer(m, envoi)
    assert not messages
    Compte.objects.filter(pk=m.lui.compte_id).update(identifiant="sam@eds.exemple")
    envoi = m.envoyer()
    retirer(m, envoi)
    retirer(m, envoi)
    assert len(messages) == 1


def test_t1_l_opposition_le_dit_aussi(m, messages):
    from uuid import uuid4

    Compte.objects.filter(pk=m.lui.compte_id).update(identifiant="sam@eds.exemple")
    m.envoyer()
    exercer_un_droit(
        m.personne.pk, GenreDeDroit.OPPOSITION, demande_id=uuid4(), precisions="", role=m.nous, a=A, liste=LISTE
    )
    assert LISTE in messages[0].texte
