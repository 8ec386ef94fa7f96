"""Make real accounts, and help who can no longer sign in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.commandes.amorce import arreter_avec, preparer

if TYPE_CHECKING:
    from premier_accueil.acteurs.models import Compte


@click.group()
def compte() -> None:
    """Créer les comptes des agents, dépanner une connexion."""


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


@compte.command("mot-de-passe")
@click.argument("identifiant")
@click.password_option(
    "--mot-de-passe", prompt="Nouveau mot de passe (12 caractères ou plus)", confirmation_prompt="Encore une fois"
)
def changer_mot_de_passe(identifiant: str, mot_de_passe: str) -> None:
    """Donner un nouveau mot de passe : les sessions ouvertes se ferment, le blocage est levé."""
    trouve = _compte(identifiant)
    from axes.utils import reset
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(mot_de_passe, trouve)
    except ValidationError as erreur:
        arreter_avec(" ".join(erreur.messages))
    trouve.set_password(mot_de_passe)
    trouve.save(update_fields=["password"])
    reset(username=trouve.identifiant)
    click.echo(f"Mot de passe de « {trouve.identifiant} » changé. Ses sessions ouvertes sont fermées.")


@compte.command("sans-second-facteur")
@click.argument("identifiant")
def sans_second_facteur(identifiant: str) -> None:
    """Ne plus demander le code du téléphone (téléphone perdu) : vérifiez d'abord de vive voix qui le demande."""
    trouve = _compte(identifiant)
    from django_otp.plugins.otp_static.models import StaticDevice
    from django_otp.plugins.otp_totp.models import TOTPDevice

    StaticDevice.objects.filter(user=trouve).delete()
    retires = TOTPDevice.objects.filter(user=trouve).delete()[0]
    if retires:
        click.echo(f"Le code n'est plus demandé à « {trouve.identifiant} ». Demandez-lui de l'activer à nouveau.")
    else:
        click.echo(f"« {trouve.identifiant} » n'avait pas de code à la connexion.")


def _compte(identifiant: str) -> Compte:
    """Wake the database and return an account, or stop with a sentence."""
    preparer()
    from premier_accueil.acteurs.models import Compte

    trouve = Compte.objects.filter(identifiant=identifiant.strip().lower()).first()
    if trouve is None:
        arreter_avec(f"Aucun compte ne porte l'identifiant « {identifiant} ».")
    assert trouve is not None
    return trouve
