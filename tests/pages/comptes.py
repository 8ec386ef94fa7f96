"""A real account and how one enters with it, on a clock that the test moves."""

from __future__ import annotations

from datetime import timedelta

from premier_accueil.acteurs.actions import creer_compte
from premier_accueil.acteurs.models import Compte, Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.pages import flux
from tests import fabriques as f

MOT_DE_PASSE = "un long mot de passe"


def creer(structure: Structure, identifiant: str = "marie") -> Compte:
    """Make a receptionist's account."""
    return creer_compte(
        identifiant=identifiant, nom="Marie", mot_de_passe=MOT_DE_PASSE, structure=structure,
        fonction=Fonction.ACCUEIL, a=f.LUNDI_10H,
    )  # fmt: skip


def entrer(client, identifiant="marie", mot_de_passe=MOT_DE_PASSE, suite="", **entetes):
    """Send the form of the sign-in page."""
    envoi = {"identifiant": identifiant, "mot_de_passe": mot_de_passe, "next": suite}
    return client.post("/compte/connexion/", envoi, **entetes)


def plus_tard(monkeypatch, **duree) -> None:
    """Move the clock, that of the tries included."""
    for horloge in ("django.utils.timezone.now", "axes.handlers.proxy.now"):
        monkeypatch.setattr(horloge, lambda: f.LUNDI_10H + timedelta(**duree))


def voit_la_file(client) -> bool:
    """Tell whether the live stream of the queue opens for this session."""
    trouve = flux._site_de_l_agent(client.session.session_key)
    return (trouve[0] if isinstance(trouve, tuple) else trouve) is not None
