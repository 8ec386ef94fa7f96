"""``premier-accueil journal``: verify the registers, destroy what reached its term."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from premier_accueil.commandes.amorce import arreter_avec, preparer
from premier_accueil.socle import dossiers

if TYPE_CHECKING:
    from premier_accueil.socle.journal.verification import Temoin

TEMOINS = "journal-temoins.json"


@click.group()
def journal() -> None:
    """Vérifier les registres et détruire ce qui est arrivé à son terme."""


@journal.command()
@click.option("--structure", type=int, help="Numéro de la seule structure à vérifier.")
@click.option("--nouveaux-temoins", is_flag=True, help="Après une sauvegarde restaurée : oublier l'état d'avant.")
def verifier(structure: int | None, nouveaux_temoins: bool) -> None:
    """Relire chaque ligne et chaque sceau de chaque registre ; une ligne par faute."""
    preparer()
    from premier_accueil.socle.cloison import situation
    from premier_accueil.socle.journal.verification import structures_tenues
    from premier_accueil.socle.journal.verification import verifier as verifier_une

    a = datetime.now(UTC)
    tous = {} if nouveaux_temoins else _lire_les_temoins()
    cibles = [structure] if structure is not None else sorted({*structures_tenues(), *tous})
    lignes = scelles = detruits = 0
    fautes = []
    with click.progressbar(cibles, label="Vérification", file=sys.stderr) as barre:
        for cible in barre:
            with situation(structure=cible):
                bilan = verifier_une(cible, a=a, temoins=tous.get(cible))
            lignes, scelles, detruits = lignes + bilan.lignes, scelles + bilan.scelles, detruits + bilan.detruits
            fautes += bilan.fautes
            tous.setdefault(cible, {}).update(bilan.temoins)
    for faute in fautes:
        click.echo(str(faute))
    _ecrire_les_temoins(tous)
    if fautes:
        arreter_avec(f"{_pluriel(len(fautes), 'faute')} : prévenez le délégué à la protection des données.")
    click.echo(
        f"Tout se suit : {_pluriel(lignes, 'ligne')}, {_pluriel(scelles, 'mois scellé', 'mois scellés')} "
        f"(dont {_pluriel(detruits, 'détruit')} en fin de durée), {_pluriel(len(cibles), 'structure')}."
    )


@journal.command()
def purger() -> None:
    """Détruire les mois scellés arrivés à leur terme (tâche de nuit) ; leur sceau reste."""
    preparer()
    from premier_accueil.socle.journal.conservation import conservations
    from premier_accueil.socle.journal.purge import chaines
    from premier_accueil.socle.journal.purge import purger as purger_une

    a = datetime.now(UTC)
    detruits = []
    with click.progressbar(chaines(), label="Purge", file=sys.stderr) as barre:
        for registre, structure_id in barre:
            detruits += purger_une(registre, structure_id, a=a)
    for d in detruits:
        libelle = conservations()[d.registre].libelle.capitalize()
        click.echo(f"{libelle}, structure {d.structure_id}, {d.mois:%m/%Y} : {_pluriel(d.lignes, 'ligne')} en moins.")
    click.echo(f"{_pluriel(len(detruits), 'mois détruit', 'mois détruits')}.")


def _lire_les_temoins() -> dict[int, dict[str, Temoin]]:
    from premier_accueil.socle.journal.verification import Temoin

    return {
        int(cle): {nom: Temoin(date.fromisoformat(mois), rang, marque) for nom, (mois, rang, marque) in siens.items()}
        for cle, siens in _tout_le_fichier().get(_base(), {}).items()
    }


def _ecrire_les_temoins(tous: dict[int, dict[str, Temoin]]) -> None:
    contenu = _tout_le_fichier()
    contenu[_base()] = {
        str(cle): {nom: [t.mois.isoformat(), t.rang, t.empreinte] for nom, t in siens.items()}
        for cle, siens in tous.items()
        if siens
    }
    provisoire = dossiers.etat() / f"{TEMOINS}.neuf"
    try:
        provisoire.write_text(json.dumps(contenu), encoding="ascii")
        provisoire.replace(dossiers.etat() / TEMOINS)
    except OSError as erreur:
        arreter_avec(f"Le dossier de l'installation ne peut pas être écrit : {erreur.strerror}.")


def _tout_le_fichier() -> dict[str, Any]:
    try:
        contenu = json.loads((dossiers.etat() / TEMOINS).read_text(encoding="ascii"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        arreter_avec(f"Le fichier {TEMOINS} est illisible : relancez avec --nouveaux-temoins après l'avoir écarté.")
    return contenu if isinstance(contenu, dict) else {}


def _base() -> str:
    from django.db import connection

    return f"{connection.settings_dict['HOST']} {connection.settings_dict['NAME']}"


def _pluriel(nombre: int, mot: str, pluriel: str = "") -> str:
    return f"{nombre:,} {mot if nombre < 2 else pluriel or mot + 's'}".replace(",", "\u202f")
