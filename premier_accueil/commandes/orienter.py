"""``premier-accueil orienter``: from the words of a person to services, on the terminal or as JSON.

The words are never written to a log; in a batch they come from a file or the standard input.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

import click

from premier_accueil.commandes.amorce import arreter_avec, preparer

if TYPE_CHECKING:
    from premier_accueil.orientation.comprendre import Urgence
    from premier_accueil.orientation.requetes import Proposition, Propositions

MODES = ("voiture", "pied", "velo", "transport")
SANS_SERVICE = (
    "Aucun service n’est chargé : lancez « premier-accueil demonstration » ou « premier-accueil importer … »."
)
SANS_COMMUNE = (
    "Aucune commune ni aucun service n’est chargé : lancez « premier-accueil demonstration »,"
    " ou « premier-accueil territoire charger » puis « premier-accueil importer … »."
)
COLONNES = 80
DITS = 5
LIMITE_MAX = 500


@click.command("orienter")
@click.argument("texte", required=False)
@click.option("--lot", metavar="FICHIER", help="Une situation par ligne, première colonne ; « - » : entrée standard.")
@click.option("--commune", metavar="COMMUNE", help="Code INSEE, nom ou code postal de la commune de la personne.")
@click.option("--mode", type=click.Choice(MODES), default="voiture", show_default=True, help="Mode de déplacement.")
@click.option("--a", "quand", metavar="DATE", help="Moment voulu, par exemple 2026-11-23T10:00 (heure de Paris).")
@click.option("--limite", type=click.IntRange(0, LIMITE_MAX), default=5, show_default=True, help="Nombre de services.")
@click.option("--json", "en_json", is_flag=True, help="Écrire du JSON, un objet par ligne.")
def orienter(
    *, texte: str | None, lot: str | None, commune: str | None, mode: str, quand: str | None, limite: int, en_json: bool
) -> None:
    """Proposer des services pour une situation dite avec ses mots."""
    if (texte is None) == (lot is None):
        arreter_avec("Donnez une situation entre guillemets, ou un fichier avec --lot.")
    preparer()
    from django.utils import timezone

    from premier_accueil.orientation.requetes import propositions
    from premier_accueil.orientation.requetes.lecteur import prendre_le_lexique

    prendre_le_lexique(premier=True, chauffer=False)
    a = _moment(quand) if quand else timezone.now()
    code = _commune(commune)
    with _situations(texte, lot) as situations:
        for situation in situations:
            reponse = propositions(situation, commune=code, a=a, mode=mode, limite=limite)
            _ecrire(reponse, en_json=en_json)


def _moment(texte: str) -> datetime:
    """Read a moment; without an offset it is told on the clock of Paris."""
    from zoneinfo import ZoneInfo

    try:
        moment = datetime.fromisoformat(texte)
    except ValueError:
        arreter_avec(f"« {texte} » n’est pas une date. Écrivez par exemple 2026-11-23T10:00.")
        raise
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Europe/Paris"))


def _commune(texte: str | None) -> str | None:
    """Return the INSEE code of the commune asked for; leave with a sentence when it is unknown or may be several.

    Says in one line how to load data when there is none: the words can be understood all the same.
    """
    from premier_accueil.annuaire.models import Service
    from premier_accueil.territoire.models import Commune
    from premier_accueil.territoire.requetes import commune_par_code

    if not Commune.objects.exists():
        click.echo(SANS_COMMUNE, err=True)
        return None
    if not Service.objects.exists():
        click.echo(SANS_SERVICE, err=True)
    if texte is None:
        return None
    trouvee = commune_par_code(texte.strip())
    if trouvee is None:
        return _commune_dite(texte)
    # The same five digits may be a postal code elsewhere: 44150 is Saint-Aignan-Grandlieu, and the post of Ancenis.
    ailleurs = Commune.objects.filter(genre="COM", codes_postaux__contains=[trouvee.code]).exclude(code=trouvee.code)
    if texte.strip() == trouvee.code and ailleurs.exists():
        click.echo(f"{trouvee.code} est lu comme le code INSEE de {trouvee.nom}, pas comme un code postal.", err=True)
    return trouvee.code


def _commune_dite(texte: str) -> str:
    """Find the one commune that a name or a postal code means."""
    from premier_accueil.socle.texte import cle
    from premier_accueil.territoire.requetes import chercher_communes

    trouvees = chercher_communes(texte, limite=20)
    dit = cle(texte)
    memes = [t for t in trouvees if dit in {cle(t.nom), *t.codes_postaux, f"{cle(t.nom)} {t.departement.lower()}"}]
    codes = {t.code for t in memes}
    if len(codes) != 1:
        choix = list(dict.fromkeys(f"{t.parente[1] if t.parente else t.nom} ({t.code})" for t in memes or trouvees))
        debut = f"« {texte} » désigne plusieurs communes" if memes else f"La commune « {texte} » est inconnue"
        suite = f" : voulez-vous dire {', '.join(choix[:5])} ?" if choix else "."
        arreter_avec(f"{debut}{suite} Un code INSEE ne prête pas à confusion.")
    return codes.pop()


@contextmanager
def _situations(texte: str | None, lot: str | None) -> Iterator[Iterable[str]]:
    """Give the situations to answer, one at a time; a batch is read as it comes."""
    if lot is None:
        yield [texte or ""]
    elif lot == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        yield _lignes(sys.stdin)
    else:
        try:
            fichier = open(lot, encoding="utf-8-sig", errors="replace")  # noqa: PTH123, SIM115
        except OSError as erreur:
            arreter_avec(f"Le fichier « {lot} » ne peut pas être lu : {erreur.strerror}.")
            raise
        with fichier:
            yield _lignes(fichier)


def _lignes(fichier: TextIO) -> Iterator[str]:
    for ligne in fichier:
        situation = ligne.rstrip("\r\n").split("\t")[0].strip().lstrip("\ufeff")
        if situation and not situation.startswith("#"):
            yield situation


def _ecrire(reponse: Propositions, *, en_json: bool) -> None:
    if en_json:
        from premier_accueil.orientation.requetes import en_json as contrat

        click.echo(json.dumps(contrat(reponse), ensure_ascii=False))
        sys.stdout.flush()
        return
    click.echo("\n".join(en_texte(reponse)))


def en_texte(reponse: Propositions) -> Iterator[str]:
    """Give the lines to read on a terminal of 80 columns: urgency, then needs, then services with their reasons."""
    if reponse.urgence:
        yield from _urgence(reponse.urgence)
    if reponse.thematiques:
        yield "Besoins entendus :"
        yield from (f"  - {t.libelle}" for t in reponse.thematiques[:DITS])
    else:
        yield from _plier("Besoin non reconnu : demandez à la personne de redire autrement, ou choisissez un besoin.")
    if reponse.commune is None:
        yield from _plier("Sans commune, seuls les services pour toute la France sont proposés : ajoutez --commune.")
    if not reponse.propositions:
        yield "Aucun service à proposer."
    for rang, proposition in enumerate(reponse.propositions, 1):
        yield ""
        yield from _proposition(rang, proposition)


def _urgence(urgence: Urgence) -> Iterator[str]:
    yield from _plier(f"URGENCE — {urgence.libelle}")
    for numero in urgence.numeros:
        yield from _plier(f"{numero.numero} : {numero.libelle}", "  > ")
    for phrase in urgence.conduite:
        yield from _plier(phrase, "  - ")
    yield ""


def _proposition(rang: int, p: Proposition) -> Iterator[str]:
    debut = f"{rang}. "
    yield from _plier(p.nom, debut)
    marge = " " * len(debut)
    yield from _plier(p.structure, marge)
    if p.site:
        yield from _plier(", ".join(dict.fromkeys(m for m in (p.site.nom, p.site.adresse, p.site.commune) if m)), marge)
    if p.telephone:
        yield f"{marge}Téléphone : {p.telephone}" + (" (appelez avant de vous déplacer)" if p.a_confirmer else "")
    for raison in p.raisons:
        yield from _plier(raison, f"{marge}- ")


def _plier(texte: str, debut: str = "") -> list[str]:
    return textwrap.wrap(texte, COLONNES, initial_indent=debut, subsequent_indent=" " * len(debut)) or [debut]
