"""``premier-accueil journal``: verify the registers, destroy what reached its term."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from premier_accueil.commandes.amorce import Barre, arreter_avec, preparer, progression, sans_barre
from premier_accueil.commandes.taches import Alerte
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
    """Relire chaque ligne et chaque sceau de chaque registre ; une ligne par faute (tâche de nuit)."""
    preparer()
    barre = progression("Vérification")
    try:
        click.echo(tout_verifier(a=datetime.now(UTC), structure=structure, nouveaux=nouveaux_temoins, barre=barre))
    except Alerte as alerte:
        *fautes, conduite = str(alerte).splitlines()
        for faute in fautes:
            click.echo(faute)
        arreter_avec(conduite)


def tout_verifier(
    *, a: datetime, structure: int | None = None, nouveaux: bool = False, barre: Barre = sans_barre
) -> str:
    """Read every line and every seal of every register again; return how many, in words.

    Args:
        structure: the only structure to verify.
        nouveaux: forget the witnesses of before.

    Raises:
        Alerte: one line a fault, then what to do.
    """
    from premier_accueil.socle.cloison import situation
    from premier_accueil.socle.journal.verification import structures_tenues
    from premier_accueil.socle.journal.verification import verifier as verifier_une

    tous = {} if nouveaux else _lire_les_temoins()
    cibles = [structure] if structure is not None else sorted({*structures_tenues(), *tous})
    lignes = scelles = detruits = 0
    fautes = []
    for cible in barre(cibles):
        with situation(structure=cible):
            bilan = verifier_une(cible, a=a, temoins=tous.get(cible))
        lignes, scelles, detruits = lignes + bilan.lignes, scelles + bilan.scelles, detruits + bilan.detruits
        fautes += bilan.fautes
        tous.setdefault(cible, {}).update(bilan.temoins)
    _ecrire_les_temoins(tous)
    if fautes:
        conduite = f"{_pluriel(len(fautes), 'faute')} : prévenez le délégué à la protection des données."
        raise Alerte("\n".join([*map(str, fautes), conduite]))
    return (
        f"Tout se suit : {_pluriel(lignes, 'ligne')}, {_pluriel(scelles, 'mois scellé', 'mois scellés')} "
        f"(dont {_pluriel(detruits, 'détruit')} en fin de durée), {_pluriel(len(cibles), 'structure')}."
    )


@journal.command()
def purger() -> None:
    """Détruire les mois scellés arrivés à leur terme (tâche de nuit) ; leur sceau reste."""
    preparer()
    click.echo(tout_purger(a=datetime.now(UTC), barre=progression("Purge")))


def tout_purger(*, a: datetime, barre: Barre = sans_barre) -> str:
    """Destroy the sealed months past their term, chain by chain; return one line a month, then how many."""
    from premier_accueil.socle.journal.conservation import conservations
    from premier_accueil.socle.journal.purge import chaines
    from premier_accueil.socle.journal.purge import purger as purger_une

    detruits = []
    for registre, structure_id in barre(chaines()):
        detruits += purger_une(registre, structure_id, a=a)
    dits = [
        f"{conservations()[d.registre].libelle.capitalize()}, structure {d.structure_id}, {d.mois:%m/%Y} : "
        f"{_pluriel(d.lignes, 'ligne')} en moins."
        for d in detruits
    ]
    return "\n".join([*dits, f"{_pluriel(len(detruits), 'mois détruit', 'mois détruits')}."])


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
