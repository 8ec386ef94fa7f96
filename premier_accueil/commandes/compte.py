"""Make real accounts."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.commandes.amorce import arreter_avec, preparer


@click.group()
def compte() -> None:
    """Créer les comptes des agents."""


@compte.command()
@click.argument("identifiant")
@click.option("--nom", required=True, help="Nom montré aux collègues.")
@click.option("--structure", required=True, help="Identifiant de la structure chez son producteur, ou son nom exact.")
@click.option("--fonction", required=True, type=click.Choice([f.value for f in Fonction], case_sensitive=False))
@click.password_option(
    "--mot-de-passe", prompt="Mot de passe (12 caractères ou plus)", confirmation_prompt="Encore une fois"
)
def creer(identifiant: str, nom: str, structure: str, fonction: str, mot_de_passe: str) -> None:
    """Créer un compte et sa première mission."""
    preparer()
    from django.core.exceptions import ValidationError
    from django.db import IntegrityError
    from django.db.models import Q

    from premier_accueil.acteurs.actions import creer_compte
    from premier_accueil.acteurs.models import Structure

    trouvees = list(Structure.objects.filter(Q(source_id=structure) | Q(nom=structure)).order_by("pk")[:2])
    if len(trouvees) != 1:
        arreter_avec(
            f"{'Plusieurs structures portent' if trouvees else 'Aucune structure ne porte'} ce nom : {structure}."
        )
    try:
        creer_compte(
            identifiant=identifiant, nom=nom, mot_de_passe=mot_de_passe, structure=trouvees[0],
            fonction=Fonction(fonction.upper()), a=datetime.now(UTC),
        )  # fmt: skip
    except ValidationError as erreur:
        arreter_avec(" ".join(erreur.messages))
    except IntegrityError:
        arreter_avec(f"L'identifiant « {identifiant} » est déjà pris.")
    click.echo(f"Compte « {identifiant} » créé : {trouvees[0].nom}, {Fonction(fonction.upper()).libelle}.")
