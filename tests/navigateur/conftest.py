"""A real Chromium on a real server: the demonstration, started by the same commands as ./demo."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.environnement import RACINE

CHROMIUM = next((p for nom in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(nom))), None)
OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
CAPTURES = Path(os.environ.get("PREMIER_ACCUEIL_CAPTURES", RACINE / "captures"))


def commande(*mots: str) -> list[str]:
    return [
        sys.executable,
        "-c",
        "from premier_accueil.commandes.principal import principal; principal(prog_name='premier-accueil')",
        *mots,
    ]


@pytest.fixture(scope="session")
def installation() -> Iterator[dict[str, str]]:
    """Return the environment of a demonstration loaded once, by the product's command; its database is the model."""
    if CHROMIUM is None:
        pytest.skip("Chromium est absent.")
    from premier_accueil.orientation.comprendre import charger
    from premier_accueil.socle import dossiers
    from premier_accueil.socle.base import Serveur

    essais = dossiers.etat()
    dossier = essais / f"navigateur-{os.getpid()}"
    dossier.mkdir(parents=True)
    # Learnt once for the whole run, not once more by the walked server while the walks go on.
    charger().chauffer()
    charger().preparer()
    shutil.copytree(essais / "cache", dossier / "cache")
    environnement = {k: v for k, v in os.environ.items() if not k.startswith("PREMIER_ACCUEIL_")}
    environnement |= {"PREMIER_ACCUEIL_DOSSIER": str(dossier), "PYTHONWARNINGS": "ignore", "PYTHONUNBUFFERED": "1"}
    Serveur(dossier, durable=False).demarrer()  # found running by the product's command: no disk to wait for
    subprocess.run(commande("demonstration"), env=environnement, check=True, capture_output=True, cwd=RACINE)
    yield environnement
    subprocess.run(commande("arreter"), env=environnement, check=False, capture_output=True, cwd=RACINE)
    shutil.rmtree(dossier, ignore_errors=True)


@pytest.fixture(scope="module")
def promenade(installation) -> Iterator[dict[str, str]]:
    """Return the environment of a database of this module's own, copied from the demonstration."""
    from premier_accueil.socle.base import Serveur
    from premier_accueil.socle.base.serveur import BASE, creer_base, supprimer_base

    base, nom = Serveur(Path(installation["PREMIER_ACCUEIL_DOSSIER"])), f"promenade_{secrets.token_hex(4)}"
    creer_base(base, nom, BASE)
    yield installation | {"PREMIER_ACCUEIL_BASE": nom}
    supprimer_base(base, nom)


@pytest.fixture(scope="module")
def demonstration(promenade) -> Iterator[str]:
    """Return the address of this module's demonstration, served by the product's command."""
    serveur = subprocess.Popen(
        commande("demarrer", "--port", "8765", "--sans-ouvrier"),
        env=promenade,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=RACINE,
    )
    try:
        assert serveur.stdout is not None
        for ligne in serveur.stdout:
            if trouve := re.search(r"http://\S+:\d+", ligne):
                break
        else:
            pytest.fail("Le serveur ne démarre pas.")
        yield trouve[0]
    finally:
        # Killed, not asked to stop: the last server to leave would stop the database that the next module copies.
        serveur.kill()
        serveur.wait()
        if serveur.stdout:
            serveur.stdout.close()


@pytest.fixture(scope="module")
def chromium(demonstration) -> Iterator[object]:
    """Return a Chromium; gone with its module, since its event loop forbids the database to every test that follows."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as outil:
        navigateur = outil.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield navigateur
        navigateur.close()


@pytest.fixture
def ouvrir(chromium, demonstration):
    """Return a function that opens a page, signed in as a ready-made account; any script error fails the test."""
    contextes, erreurs = [], []

    def ouvrir(compte: str | None = None, *, largeur: int = 1280, hauteur: int = 900):
        contexte = chromium.new_context(
            viewport={"width": largeur, "height": hauteur},
            locale="fr-FR",
            base_url=demonstration,
            timezone_id="Europe/Paris",
        )
        contextes.append(contexte)
        page = contexte.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda e: erreurs.append(str(e)))
        page.on("console", lambda m: erreurs.append(m.text) if "Content Security Policy" in m.text else None)
        if compte:
            page.goto("/compte/connexion/")
            page.locator(f"button[value='{compte}']").click()
            page.wait_for_load_state()
        return page

    yield ouvrir
    for contexte in contextes:
        contexte.close()
    assert not erreurs


@pytest.fixture
def capturer():
    """Return a function that keeps a screenshot; the README's is one of them."""

    def capturer(page, nom: str) -> None:
        CAPTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=CAPTURES / f"{nom}.png")

    return capturer


@pytest.fixture(scope="module")
def partagee():
    """Keep the number of the person whose file is walked, once opened."""
    return {}
