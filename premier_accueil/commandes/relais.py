"""``premier-accueil relais``: remind, tell, bring back what cannot be received; count how fast teams answer."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import click

from premier_accueil.commandes.amorce import Barre, preparer, progression, sans_barre


@click.group()
def relais() -> None:
    """Veiller sur les relais : relancer, prévenir, compter les temps de réponse."""


@relais.command("veiller")
def veiller_() -> None:
    """Relancer ce qui attend, prévenir qui doit agir (toutes les heures, sans risque si déjà fait)."""
    preparer()
    click.echo(veiller_partout(a=datetime.now(UTC), barre=progression("Relais")))


@relais.command("temps")
def temps_() -> None:
    """Compter le temps de réponse de chaque équipe (tâche de nuit, sans risque si déjà fait)."""
    preparer()
    click.echo(compter_les_temps(a=datetime.now(UTC)))


def veiller_partout(*, a: datetime, barre: Barre = sans_barre) -> str:
    """Watch over every structure's relays; return what was done."""
    from premier_accueil.acteurs.requetes import structures_en_service
    from premier_accueil.relais.actions import veiller
    from premier_accueil.relais.regles import GESTES

    bilan: Counter[str] = Counter()
    for structure_id in barre(structures_en_service()):
        bilan.update(veiller(structure_id, a))
    mots = {nom: geste.libelle for nom, geste in GESTES.items()} | {"rappeler_la_personne": "Personnes rappelées"}
    return "\n".join(f"{bilan[nom]} : {mots[nom]}" for nom in sorted(bilan)) or "Aucun relais n'attend."


def compter_les_temps(*, a: datetime) -> str:
    """Count the response times of the last months and write them in the directory."""
    from premier_accueil.annuaire.actions import noter_les_temps_de_reponse
    from premier_accueil.relais.requetes import temps_de_reponse

    mesures = temps_de_reponse(a)
    noter_les_temps_de_reponse(mesures, a=a)
    return f"Temps de réponse connu pour {len(mesures)} structure(s)."
