"""The access matrix: every address × every function × whose object it holds, made from the list of addresses.

What a function may enter comes from ``acteurs.regles.DROITS``, what it then sees from ``mondes.VOIENT``; an address
whose keys nobody declared fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from premier_accueil.acteurs.models import Compte
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.partage.actions import retirer_un_accord
from premier_accueil.personnes.models import Blocage
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.mondes import AUTRES, OUVERTS, VOIENT, Monde
from tests.partage.situations import TEXTES
from tests.personnes.situations import NUMERO, RUE

pytestmark = pytest.mark.django_db
INCONNU = 999_999_999


def adresses() -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Yield (name, view, keys) of every address."""

    def parcourir(motifs, prefixe="", cles=()):
        for motif in motifs:
            siennes = (*cles, *motif.pattern.converters)
            if isinstance(motif, URLResolver):
                espace = f"{prefixe}{motif.namespace}:" if motif.namespace else prefixe
                yield from parcourir(motif.url_patterns, espace, siennes)
            else:
                yield f"{prefixe}{motif.name}", motif.callback, siennes

    yield from parcourir(get_resolver().url_patterns)


SANS_FOURNISSEUR = {"compte:relier"}  # closed as long as no identity provider is configured
GARDEES = [
    (nom, vue, cles) for nom, vue, cles in adresses() if vue.entree is not None and nom not in SANS_FOURNISSEUR
]


@pytest.fixture
def monde(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H)
    return Monde()


FORMULAIRES = {
    # Forms that answer before they look when they are sent empty.
    "guichet:repondre": {"nature": "CONSEIL"},
    "conservation:repondre": {"reponse": "Répondu en main propre."},
}
SANS_REPONSE = {"personnes:voir_un_signalement"}  # marks as read what was told to oneself, and says nothing otherwise


def demander(client: Client, nom: str, cles: dict[str, Any]) -> Any:
    """Ask by GET, by POST where GET is refused; what it changes is undone."""
    adresse, cookies = reverse(nom, kwargs=cles), client.cookies.copy()
    with transaction.atomic():
        reponse = client.get(adresse)
        if reponse.status_code == 405:
            reponse = client.post(adresse, FORMULAIRES.get(nom, {}))
        transaction.set_rollback(True)
    client.cookies = cookies  # signing out is undone too
    return reponse


def avec(cles: tuple[str, ...], tenues: dict[str, int]) -> dict[str, Any]:
    return {cle: tenues.get(cle, AUTRES.get(cle)) for cle in cles}


def test_chaque_cle_d_adresse_est_declaree():
    inconnues = {(nom, cle) for nom, _, cles in GARDEES for cle in cles if cle not in VOIENT and cle not in AUTRES}
    assert not inconnues, f"addresses that do not say what they hold: {sorted(inconnues)}"
    assert len(GARDEES) > 50


@pytest.mark.parametrize("fonction", list(Fonction), ids=lambda x: x.value)
def test_chez_soi(monde, fonction):
    client = monde.ici.client(fonction)
    for nom, vue, cles in GARDEES:
        statut = demander(client, nom, avec(cles, monde.ici.cles)).status_code
        if fonction not in vue.entree:
            assert statut == 403, (nom, statut)
        elif all(fonction in VOIENT[cle] for cle in cles if cle in VOIENT):
            assert statut in {200, 302, 400}, (nom, statut)
        else:
            assert statut == (302 if nom in SANS_REPONSE else 404), (nom, statut)


@pytest.mark.parametrize("fonction", list(Fonction), ids=lambda x: x.value)
def test_chez_les_autres_rien_n_existe(monde, fonction):
    """T7: another structure's object answers exactly as one that does not exist."""
    client = monde.ici.client(fonction)
    for nom, vue, cles in GARDEES:
        objets = [cle for cle in cles if cle in VOIENT and cle not in OUVERTS]
        if not objets or fonction not in vue.entree:
            continue
        leur = demander(client, nom, avec(cles, monde.ailleurs.cles))
        rien = demander(client, nom, avec(cles, dict.fromkeys(objets, INCONNU)))
        assert meme(leur, rien), nom


def meme(une: Any, autre: Any) -> bool:
    """Tell whether two refusals cannot be told apart (a form sent empty may be refused before it looks)."""
    assert une.status_code in {302, 400, 404}, une.status_code
    vues = [(r.status_code, r.content, r.headers.get("Location")) for r in (une, autre)]
    return vues[0] == vues[1]


def test_un_blocage_repond_comme_si_rien_n_existait(monde):
    """T4: whoever is named in a block finds nothing, on every address that leads to the person."""
    bloque = f.agent(monde.ici.structure, Fonction.TRAVAIL_SOCIAL)
    situer(structure=monde.ici.structure.pk)
    Blocage.objects.create(
        structure=monde.ici.structure, personne_id=monde.ici.cles["personne_id"], compte_id=bloque.compte_id,
        motif="voisin", pose_par_id=monde.ici.role.compte_id, pose_le=f.LUNDI_10H,
    )  # fmt: skip
    client = Client(raise_request_exception=False)
    client.force_login(Compte.objects.get(pk=bloque.compte_id))
    menent = {"personne_id", "accord_id", "relais_id", "fusion_id", "demarche_id", "domiciliation_id"}
    menent |= {"entretien_id", "besoin_id", "promesse_id", "point_id", "referent_id"}
    vues = [(nom, cles) for nom, vue, cles in GARDEES if menent & set(cles) and bloque.fonction in vue.entree]
    assert len(vues) > 15
    for nom, cles in vues:
        reponse = demander(client, nom, avec(cles, monde.ici.cles))
        rien = demander(client, nom, avec(cles, dict.fromkeys(VOIENT, INCONNU)))
        assert meme(reponse, rien), nom


def test_suivre_ensemble_n_ouvre_que_la_copie(monde):
    """The recipient follows the person too, holds a copy, and enters nothing else of the sender."""
    eux = monde.ailleurs.client(Fonction.TRAVAIL_SOCIAL)
    copie = demander(eux, "partage:communication", {"communication_id": monde.ailleurs.cles["communication_id"]})
    assert copie.status_code == 200
    for cle in ("personne_id", "accord_id"):
        for nom, vue, cles in GARDEES:
            if cle in cles and Fonction.TRAVAIL_SOCIAL in vue.entree:
                rien = demander(eux, nom, avec(cles, dict.fromkeys(VOIENT, INCONNU)))
                assert meme(demander(eux, nom, avec(cles, monde.ici.cles)), rien), nom


def test_un_accord_retire_ferme_tout_ce_qu_il_ouvrait(monde):
    """T1: after the withdrawal no page of the recipient holds a word of it."""
    situer(structure=monde.ici.structure.pk, mission=monde.ici.role.mission_id)
    retirer_un_accord(monde.ici.cles["accord_id"], role=monde.ici.role, a=f.LUNDI_10H)
    for fonction in Fonction:
        eux = monde.ailleurs.client(fonction)
        for nom, vue, cles in GARDEES:
            if fonction not in vue.entree:
                continue
            page = demander(eux, nom, avec(cles, monde.ailleurs.cles)).content.decode(errors="replace")
            assert not [t for t in TEXTES.values() if t in page], (nom, fonction)


@pytest.mark.parametrize("fonction", list(Fonction), ids=lambda x: x.value)
def test_T3_une_adresse_protegee_n_est_dans_aucune_page(monde, fonction, caplog):
    """Every address, by every function: the reveal screen apart."""
    caplog.set_level("DEBUG", logger="django.request")
    client = monde.ici.client(fonction)
    for nom, vue, cles in GARDEES:
        if fonction not in vue.entree or nom == "personnes:reveler_l_adresse":
            continue
        reponse = demander(client, nom, avec(cles, monde.ici.cles))
        corps = (b"".join(reponse.streaming_content) if reponse.streaming else reponse.content).decode(errors="replace")
        for secret in (RUE, NUMERO, NUMERO.replace(" ", "")):
            assert secret not in corps, (nom, fonction)
            assert secret not in str(reponse.headers), (nom, fonction)
    assert RUE not in caplog.text


def test_T3_une_adresse_protegee_n_est_que_dans_sa_table(monde):
    """After every page was walked: no journal line, no copy, no sheet, no fact, no index holds it."""
    for fonction in (Fonction.TRAVAIL_SOCIAL, Fonction.ACCUEIL):
        client = monde.ici.client(fonction)
        for nom, vue, cles in GARDEES:
            if fonction in vue.entree:
                client.get(reverse(nom, kwargs=avec(cles, monde.ici.cles)))
    fautives = set()
    secrets = [f"%{secret}%" for secret in (RUE, NUMERO, NUMERO.replace(" ", ""))]
    for maison in (monde.ici, monde.ailleurs):
        situer(structure=maison.structure.pk)
        with connection.cursor() as curseur:
            curseur.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            for (table,) in curseur.fetchall():
                curseur.execute(f"SELECT 1 FROM {table} AS t WHERE t::text ILIKE ANY(%s) LIMIT 1", [secrets])
                if curseur.fetchone():
                    fautives.add(table)
    assert fautives == {"personnes_adresseprotegee"}
