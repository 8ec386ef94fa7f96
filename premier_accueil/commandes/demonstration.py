"""Load the demonstration: communes, network, ready-made accounts. Safe to run twice, refused on real data."""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from premier_accueil import __version__
from premier_accueil.commandes.amorce import arreter_avec, preparer
from premier_accueil.socle import dossiers
from premier_accueil.socle.base import Serveur

PASSAGES = 4_000


@click.command()
@click.option("--passages", default=PASSAGES, show_default=True, help="Passages de l'année écoulée, tous inventés.")
def demonstration(passages: int) -> None:
    """Charger les communes, le réseau d'exemple de Loire-Atlantique, les comptes d'essai et une année d'accueil."""
    dossier = dossiers.donnees() / "demonstration"
    marque, empreinte = dossiers.etat() / "demonstration", empreinte_de(dossier)
    if marque.exists() and marque.read_text(encoding="ascii") == empreinte and Serveur(dossiers.etat()).existe():
        click.echo("Démonstration déjà prête.")
        return
    preparer()
    from django.conf import settings

    from premier_accueil.acteurs.actions import InstallationReelle, installer_demonstration, refuser_si_reelle
    from premier_accueil.annuaire.actions import charger_demonstration
    from premier_accueil.commandes.activite import remplir
    from premier_accueil.commandes.fiches_tenues import tenir_l_annuaire
    from premier_accueil.commandes.fiches_vecues import ecrire_les_fiches
    from premier_accueil.commandes.lexique_vecu import completer_le_lexique
    from premier_accueil.commandes.liste_voisine import lire_la_liste_voisine
    from premier_accueil.commandes.livrets import imprimer_les_guides
    from premier_accueil.commandes.reseau_exemple import tisser_le_reseau
    from premier_accueil.commandes.situations import vivre
    from premier_accueil.socle.fichiers import lire_yaml
    from premier_accueil.territoire.actions import charger_communes_si_besoin

    a = datetime.now(UTC)
    qui = lire_yaml(dossier / "comptes.yaml")
    try:
        refuser_si_reelle()
        with click.progressbar(length=100, label="Communes de France", file=sys.stderr) as barre:
            charger_communes_si_besoin(
                progression=lambda fait, total: barre.update(int(100 * fait / total) - barre.pos)
            )
        click.echo("Réseau d'exemple de Loire-Atlantique…", err=True)
        bilan = charger_demonstration(dossier, a=a)
        installer_demonstration(qui["comptes"], engagees=qui["engagees"], a=a)
        with click.progressbar(length=passages, label="Une année d'accueil", file=sys.stderr) as barre:
            remplir(passages, a=a, progression=barre.update)
        vivre(a=a)
        tisser_le_reseau(a=a)
        ecrire_les_fiches(a=a)
        imprimer_les_guides(a=a)
        lire_la_liste_voisine(dossier / "voisine", a=a)
        tenir_l_annuaire(a=a)
        completer_le_lexique(a=a)
    except InstallationReelle as erreur:
        arreter_avec(str(erreur))
        return
    marque.write_text(empreinte, encoding="ascii")
    if not settings.BASE_EMBARQUEE:
        click.echo(
            "Base extérieure : ajoutez PREMIER_ACCUEIL_DEMONSTRATION=1 pour ouvrir les comptes d'essai.", err=True
        )
    click.echo(f"Démonstration prête : {bilan}.")


def empreinte_de(dossier: Path) -> str:
    """Return a digest of the demonstration's files: the same as last time means nothing to load."""
    resume = hashlib.sha256(__version__.encode())
    for fichier in sorted(dossier.rglob("*.yaml")):
        resume.update(fichier.read_bytes())
    return resume.hexdigest()
