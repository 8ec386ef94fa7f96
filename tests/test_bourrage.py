"""Every form of every page, stuffed with what nobody should type: no page falls, nothing typed is lost."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import resolve, reverse

from premier_accueil.acteurs.regles import Fonction
from tests import fabriques as f
from tests.mondes import Monde
from tests.test_matrice import GARDEES, adresses, avec

pytestmark = pytest.mark.django_db
MECHANTS = {
    "vide": "",
    "long": "é" * 100_000,
    "nul": "a\x00b\x00",
    "substitut seul": "x\ud800y",
    # From right to left, emoji, markup, template, SQL, an object: text all the same, in one field.
    "hostile": "\u202eلا إله \u2066x\u2069 שלום" + "👩‍👩‍👧‍👦" * 20
    + "</textarea><script>alert(1)</script>{{ 7|add:7 }}{% load x %}'; DROP TABLE personnes_personne; --[object Object]",
    "entier géant": "9" * 400,
    "entier négatif": "-1",
    "date": "2026-02-30",
    "chiffres": "٣٤٥",
    "nan": "NaN",
}


class Formulaires(HTMLParser):
    """Read the forms of a page: where they go, which fields they send, and the options that a page offers."""

    def __init__(self) -> None:
        super().__init__()
        self.formes: list[tuple[str, str, dict[str, str]]] = []

    def handle_starttag(self, balise, attributs):
        a = dict(attributs)
        if balise == "form":
            self.formes.append((a.get("method", "get"), a.get("action", ""), {}))
        elif balise in {"input", "textarea", "select", "button"} and a.get("name") and self.formes:
            genre = a.get("type", "text" if balise != "button" else "submit")
            if a["name"] != "csrfmiddlewaretoken":
                self.formes[-1][2].setdefault(a["name"], a.get("value") or ("" if balise != "textarea" else "§"))
            if genre == "submit" and a.get("formaction"):
                self.formes.append(("post", a["formaction"], dict(self.formes[-1][2])))


@pytest.fixture
def monde(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H)
    return Monde()


def formes(client, monde, fonction) -> dict[str, dict[str, str]]:
    """Return the fields sent to each address that a page offers to this function."""
    trouvees: dict[str, dict[str, str]] = {}
    for nom, vue, cles in GARDEES:
        if fonction not in vue.entree:
            continue
        adresse = reverse(nom, kwargs=avec(cles, monde.ici.cles))
        cookies = client.cookies.copy()
        with transaction.atomic():
            reponse = client.get(adresse)
            transaction.set_rollback(True)
        client.cookies = cookies
        if reponse.status_code != 200 or "html" not in reponse["Content-Type"]:
            continue
        lecteur = Formulaires()
        lecteur.feed(reponse.content.decode())
        for methode, action, champs in lecteur.formes:
            if methode.lower() == "post":
                trouvees.setdefault(urlsplit(action).path or adresse, {}).update(champs)
    return trouvees


def envoyer(client, adresse, donnees):
    cookies = client.cookies.copy()
    with transaction.atomic():
        reponse = client.post(adresse, donnees)
        transaction.set_rollback(True)
    client.cookies = cookies
    return reponse


BOURREES: dict[tuple[str, ...], frozenset[str]] = {}
"""Fields that held, by page and gesture, whoever the person is."""


@pytest.mark.parametrize(
    "fonction", [Fonction.TRAVAIL_SOCIAL, Fonction.DPO, Fonction.ADMINISTRATION], ids=lambda x: x.value
)
def test_aucun_formulaire_ne_tombe(monde, fonction):
    client = monde.ici.client(fonction)
    trouvees = formes(client, monde, fonction)
    assert len(trouvees) > (20 if fonction is Fonction.TRAVAIL_SOCIAL else 4), sorted(trouvees)
    for adresse, champs in trouvees.items():
        vue = resolve(adresse)
        page = vue.view_name, *(v for v in vue.kwargs.values() if isinstance(v, str))
        if champs.keys() <= BOURREES.get(page, frozenset()):
            continue  # the same page, with no other field, by a function that came before
        for nom, mechant in MECHANTS.items():
            try:
                reponse = envoyer(client, adresse, dict.fromkeys(champs, mechant))
            except UnicodeEncodeError:  # a browser cannot send it either
                assert nom == "substitut seul"
                continue
            assert reponse.status_code < 500, (adresse, nom, reponse.status_code)
            assert b"<script>alert(1)" not in reponse.content, (adresse, nom)
        BOURREES[page] = frozenset(champs)


@pytest.mark.parametrize("fonction", [Fonction.TRAVAIL_SOCIAL, Fonction.ADMINISTRATION], ids=lambda x: x.value)
def test_une_saisie_refusee_garde_ce_qui_est_tape(monde, fonction):
    """Each form is sent with a good text in its free fields and nothing else: what comes back holds the text."""
    client = monde.ici.client(fonction)
    gardes = 0
    for adresse, champs in formes(client, monde, fonction).items():
        libres = [nom for nom, valeur in champs.items() if valeur == "§"]
        if not libres:
            continue
        reponse = envoyer(client, adresse, dict.fromkeys(libres, "Ma voiture est tombée en panne hier"))
        if reponse.status_code == 400:
            assert "Ma voiture est tombée en panne hier" in reponse.content.decode(), adresse
            gardes += 1
    assert gardes >= (2 if fonction is Fonction.TRAVAIL_SOCIAL else 0)


def test_dix_megaoctets_sont_refuses_par_chaque_adresse(monde):
    client = monde.ici.client(Fonction.TRAVAIL_SOCIAL)
    corps = b"x=" + b"a" * 10_000_000
    for nom, _vue, cles in adresses():
        adresse = reverse(nom, kwargs=avec(cles, monde.ici.cles) | {c: "x" * 30 for c in cles if c in TEXTES})
        reponse = client.post(adresse, corps, content_type="application/x-www-form-urlencoded")
        refus = {401, 405} if nom.startswith("api:") else {302, 403, 404, 405, 413}
        assert reponse.status_code in refus, (nom, reponse.status_code)


TEXTES = {"adresse", "jeton", "reference", "secret"}
