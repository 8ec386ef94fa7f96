"""The open interface: a token stands for a mission, and meets the same walls and refusals as the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from premier_accueil.acteurs.actions import creer_un_jeton, revoquer_un_jeton
from premier_accueil.acteurs.models import JetonDApi, Mission
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.relais.models import Relais
from premier_accueil.relais.regles import EtatDeRelais
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.partage.situations import TEXTES
from tests.relais.situations import Monde, monde, se_placer

pytestmark = pytest.mark.django_db


class Logiciel:
    """A software that calls with its token."""

    def __init__(self, secret: str) -> None:
        self.client, self.entetes = Client(), {"Authorization": f"Bearer {secret}"}

    def lire(self, chemin: str, **parametres):
        return self.client.get(f"/api/v1{chemin}", parametres, headers=self.entetes)

    def poster(self, chemin: str, corps):
        return self.client.post(f"/api/v1{chemin}", corps, content_type="application/json", headers=self.entetes)


@pytest.fixture
def m() -> Monde:
    return monde()


def jeton(role, a=None) -> str:
    chef = f.agent(_structure(role), Fonction.ADMINISTRATION, nom="Chef")
    secret = creer_un_jeton(role.mission_id, "Logiciel métier", role=se_placer(chef), a=a or datetime.now(UTC))
    situer()
    return secret


def _structure(role):
    from premier_accueil.acteurs.models import Structure

    return Structure.objects.get(pk=role.structure_id)


def corps(m: Monde, **champs):
    return {
        "cle": str(uuid4()), "personne_id": m.partage.personne.pk, "destinataire_id": m.partage.eux.pk,
        "but": "ACCOMPAGNEMENT", "textes": TEXTES,
        "accord": {
            "elements": list(TEXTES), "obtention": "ORAL_DEVANT", "presents": ["SEULE"], "demande_a_la_personne": True,
        },
        "rendez_vous": {
            "mode": "TELEPHONE", "quand": (datetime.now(UTC) + timedelta(days=8)).isoformat(), "lieu": "EDS",
            "repondu_par": "Mme Le Goff",
        },
    } | champs  # fmt: skip


def test_envoyer_lire_repondre_d_un_logiciel_a_l_autre(m):
    nous, eux = Logiciel(jeton(m.nous)), Logiciel(jeton(m.lui))
    demande = corps(m)
    recu = nous.poster("/relais", demande)
    assert (recu.status_code, recu.json()["deja"]) == (201, False)
    assert nous.poster("/relais", demande).status_code == 200  # the same key sends nothing more
    cle = recu.json()["id"]
    assert [x["id"] for x in eux.lire("/relais", sens="recus").json()["relais"]] == [cle]
    fait = eux.poster(f"/relais/{cle}/gestes", {"geste": "accepter"})
    assert (fait.status_code, fait.json()["etat"]) == (200, "ACCEPTE")
    vu = nous.lire(f"/relais/{cle}").json()
    assert (vu["etat"], vu["agit"]) == ("ACCEPTE", "qui reçoit")
    assert vu["elements"]["Nom et prénom"] == "Ada Lovelace"


def test_les_memes_refus_que_les_pages(m):
    nous, eux = Logiciel(jeton(m.nous)), Logiciel(jeton(m.lui))
    sans_qui = corps(m, rendez_vous={"mode": "TELEPHONE", "quand": (datetime.now(UTC) + timedelta(days=2)).isoformat()})
    assert nous.poster("/relais", sans_qui).json()["champ"] == "repondu_par"
    enfant = corps(m) | {"accord": corps(m)["accord"] | {"presents": ["ENFANT"]}}
    refus = nous.poster("/relais", enfant)
    assert (refus.status_code, "enfant ne traduit jamais" in refus.json()["message"]) == (422, True)
    m.chez_nous()
    assert not Relais.objects.exists()
    cle = nous.poster("/relais", corps(m)).json()["id"]
    assert eux.poster(f"/relais/{cle}/gestes", {"geste": "refuser"}).status_code == 422
    assert eux.poster(f"/relais/{cle}/gestes", {"geste": "danser"}).status_code == 422
    assert eux.poster(f"/relais/{cle}/gestes", {"geste": "clore", "motif": "REPONDU"}).status_code == 409
    assert nous.poster("/relais", {"cle": "x"}).status_code == 422
    assert nous.poster("/relais", corps(m, personne_id=10**30)).status_code == 422
    assert nous.poster("/relais", corps(m, personne_id=2**40)).status_code == 404
    assert nous.poster("/relais", corps(m, textes={"BESOIN": "un\x00deux"})).status_code == 201


def test_t7_un_tiers_ne_voit_rien_et_une_mission_qui_ne_communique_pas_n_envoie_rien(m):
    cle = m.envoyer(datetime.now(UTC))
    tiers = Logiciel(jeton(f.agent(f.structure("Voisin"), Fonction.TRAVAIL_SOCIAL)))
    assert tiers.lire(f"/relais/{cle}").status_code == 404
    assert tiers.lire("/relais").json()["total"] == 0
    accueil = Logiciel(jeton(f.agent(m.partage.ici, Fonction.ACCUEIL)))
    assert accueil.poster("/relais", corps(m)).status_code == 403
    assert accueil.lire(f"/relais/{cle}").status_code == 404


def test_sans_jeton_faux_arrete_ou_mission_finie_rien_ne_s_ouvre(m):
    assert Client().get("/api/v1/relais").status_code == 401
    assert Logiciel("pa_" + "x" * 43).lire("/relais").status_code == 401
    assert Logiciel("é\x00").lire("/relais").status_code == 401
    secret = jeton(m.nous)
    assert Logiciel(secret).lire("/relais").status_code == 200
    chef = f.agent(m.partage.ici, Fonction.ADMINISTRATION, nom="Autre chef")
    cle = JetonDApi.objects.get().pk
    revoquer_un_jeton(cle, role=se_placer(chef), a=datetime.now(UTC))
    situer()
    assert Logiciel(secret).lire("/relais").status_code == 401
    secret = jeton(m.nous)
    Mission.objects.filter(pk=m.nous.mission_id).update(fin=datetime(2026, 1, 2, tzinfo=UTC).date())
    assert Logiciel(secret).lire("/relais").status_code == 401


def test_une_session_de_navigateur_ne_vaut_pas_un_jeton(m):
    from premier_accueil.acteurs.models import Compte

    client = Client()
    client.force_login(Compte.objects.get(pk=m.nous.compte_id))
    assert client.get("/api/v1/relais").status_code == 401


def test_la_table_et_le_contrat_se_lisent_sans_jeton():
    table = Client().get("/api/v1/table").json()
    assert set(table["etats"]) == {e.value for e in EtatDeRelais}
    assert table["gestes"]["accepter"]["par"] == ["DESTINATAIRE"]
    contrat = Client().get("/api/v1/openapi.json").json()
    assert set(contrat["paths"]) == {
        "/api/v1/table", "/api/v1/relais", "/api/v1/relais/{relais_id}", "/api/v1/relais/{relais_id}/gestes",
    }  # fmt: skip
