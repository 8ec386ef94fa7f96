"""T3 protected address, T4 named block, T9 guardianship, T21 who was present."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from premier_accueil.partage import actions
from premier_accueil.partage.models import (
    Accord,
    Communication,
    ElementCommunique,
)
from premier_accueil.partage.requetes import (
    accords_de,
    communication_recue,
    textes_connus,
)
from premier_accueil.personnes.models import AdresseProtegee, Blocage, MesureDeProtection, Personne
from tests import fabriques as f
from tests.partage.situations import TEXTES, Monde, codes, lire, monde, oui

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H
PLUS_TARD = A + timedelta(hours=2)


@pytest.fixture
def m() -> Monde:
    return monde()


def test_t3_l_adresse_protegee_ne_part_jamais(m):
    AdresseProtegee.objects.create(
        structure=m.ici, personne=m.personne, adresse="Le Clos fleuri, Varades", telephone="06 99 88 77 66",
        procedure="dépôt de plainte", posee_par_id=m.nous.compte_id, posee_le=A,
    )  # fmt: skip
    Personne.objects.filter(pk=m.personne.pk).update(adresse_protegee=True)
    textes = TEXTES | {
        "ADRESSE": "Varades", "NOTE": "La joindre au 0699887766", "LOGEMENT": "hébergée au 4 rue du Port",
        "FAMILLE": "vit au clos fleuri, varades",
    }  # fmt: skip
    envoi = m.envoyer(oui(elements=frozenset(textes)), textes=textes)
    assert codes(lire(m, envoi.communication_id)) == set(TEXTES) - {"LOGEMENT"}
    m.chez_nous()
    parti = repr(list(ElementCommunique.objects.values()))
    for mot in ("fleuri", "0699887766", "06 99", "rue du Port", "Varades"):
        assert mot not in parti
    assert "Varades" not in repr(textes_connus(m.personne.pk, m.nous, A))


def test_t3_une_adresse_protegee_apres_l_envoi_se_ferme_a_la_lecture_suivante(m):
    envoi = m.envoyer(oui(elements=frozenset({"ADRESSE", "BESOIN"})), textes={"ADRESSE": "4 rue du Port", "BESOIN": "x"})
    assert codes(lire(m, envoi.communication_id)) == {"ADRESSE", "BESOIN"}
    m.chez_nous()
    Personne.objects.filter(pk=m.personne.pk).update(adresse_protegee=True)
    assert codes(lire(m, envoi.communication_id)) == {"BESOIN"}


def test_t4_un_compte_ecarte_par_la_personne_ne_trouve_rien(m):
    envoi = m.envoyer()
    lire(m, envoi.communication_id)
    m.chez_nous()
    Blocage.objects.create(
        structure=m.ici, personne=m.personne, compte_id=m.lui.compte_id, motif="voisin", pose_par_id=m.nous.compte_id,
        pose_le=A,
    )  # fmt: skip
    m.chez_eux()
    with pytest.raises(Communication.DoesNotExist):
        communication_recue(envoi.communication_id, m.lui, PLUS_TARD)


def test_t9_une_mesure_ne_change_pas_a_qui_l_on_demande(m):
    MesureDeProtection.objects.create(
        structure=m.ici, personne=m.personne, demande_id=uuid4(), genre="TUTELLE", debut=A.date(), protecteur="M. Tuteur"
    )
    with pytest.raises(actions.PartageRefuse, match="à la personne elle-même"):
        m.envoyer(oui(demande_a_la_personne=False))
    assert m.envoyer(oui(presents=frozenset({"PROTECTEUR"}))).communication_id


def test_t9_la_base_elle_meme_refuse_un_accord_du_protecteur(m):
    envoi = m.envoyer()
    champs = Accord.objects.values().get(pk=envoi.accord_id) | {"demande_id": uuid4(), "id": None}
    for faux in ({"demande_a_la_personne": False}, {"presents": []}, {"presents": ["ENFANT"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Accord.objects.create(**(champs | faux))


def test_t21_qui_etait_la_est_garde_avec_l_accord(m):
    m.envoyer(oui(presents=frozenset({"SEULE", "INTERPRETE"})))
    (vu,) = accords_de(m.personne.pk, m.nous, A)
    assert vu.presents == ("Un interprète professionnel", "La personne seule avec moi")
    assert vu.recueilli_par == "Nadia"


def test_t21_la_violence_dans_les_mots_demande_un_accord_seul_a_seul(m):
    textes = {"BESOIN": "Son mari la frappe"}
    with pytest.raises(actions.PartageRefuse, match="seul à seul"):
        m.envoyer(oui(presents=frozenset({"CONJOINT"})), textes=textes)
    assert m.envoyer(oui(elements=frozenset(textes)), textes=textes).communication_id
    with pytest.raises(actions.PartageRefuse, match="Un enfant ne traduit jamais"):
        m.envoyer(oui(presents=frozenset({"ENFANT"})))
