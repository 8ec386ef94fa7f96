"""Entry of the ``premier-accueil`` command: each word loads only its own module, so that help is immediate."""

from __future__ import annotations

import importlib

import click

COMMANDES = {
    "orienter": ("orienter", "Proposer des services pour une situation dite avec ses mots."),
    "demonstration": ("demonstration", "Charger le réseau de démonstration (sans risque si déjà fait)."),
    "demarrer": ("service", "Servir les pages."),
    "arreter": ("service", "Arrêter ce que le programme a démarré."),
    "importer": ("importer", "Importer un annuaire ouvert (data·inclusion, France services, DILA…)."),
    "exporter": ("exporter", "Exporter l'annuaire (data·inclusion, tableau)."),
    "annuaire": ("annuaire", "Écrire aux structures pendant une campagne de l'annuaire."),
    "territoire": ("territoire", "Charger les communes de France."),
    "compte": ("compte", "Créer les comptes des agents."),
    "journal": ("journal", "Vérifier les registres, détruire ce qui est arrivé à son terme."),
    "conservation": ("conservation", "Proposer la destruction de ce qui est arrivé à son terme."),
    "rappels": ("rappels", "Envoyer les rappels de rendez-vous qui sont dus."),
    "relais": ("relais", "Relancer les relais qui attendent, compter les temps de réponse."),
    "ouvrier": ("ouvrier", "Faire les tâches de nuit et ce qui attend."),
    "migrer": ("service", "Mettre la base à jour (rôle propriétaire)."),
}


class Paresseux(click.Group):
    """A group whose commands are imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the words of the command."""
        return list(COMMANDES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a word and return its command."""
        if cmd_name not in COMMANDES:
            return None
        module = importlib.import_module(f"premier_accueil.commandes.{COMMANDES[cmd_name][0]}")
        commande = getattr(module, cmd_name)
        assert isinstance(commande, click.Command)
        return commande

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the words without importing their modules."""
        with formatter.section("Commandes"):
            formatter.write_dl([(nom, aide) for nom, (_, aide) in COMMANDES.items()])


@click.group(cls=Paresseux, context_settings={"help_option_names": ["-h", "--help", "--aide"]})
@click.version_option(package_name="premier-accueil")
def principal() -> None:
    """Premier Accueil : recevoir, répondre, orienter, passer le relais."""
