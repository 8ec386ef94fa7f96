"""The open directories read again by themselves: declare one, read it now, read those that are due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import IntegrityError, transaction

from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.importer import (
    importer_data_inclusion,
    importer_dila,
    importer_france_services,
    importer_mediation_numerique,
)
from premier_accueil.annuaire.actions.telechargement import telecharger
from premier_accueil.annuaire.imports.bilan import BilanDImport
from premier_accueil.annuaire.imports.lecture import FichierIllisible
from premier_accueil.annuaire.models import ImportDAnnuaire, SourceDAnnuaire
from premier_accueil.annuaire.regles.sources import GenreDeSource, Rythme, table_des_sources
from premier_accueil.socle.adresse_web import refus_d_adresse
from premier_accueil.socle.taches import differer
from premier_accueil.socle.texte import propre

TACHE = "annuaire.source"

LECTEURS: dict[GenreDeSource, Callable[..., BilanDImport]] = {
    GenreDeSource.FRANCE_SERVICES: importer_france_services,
    GenreDeSource.DILA: importer_dila,
    GenreDeSource.MEDIATION_NUMERIQUE: importer_mediation_numerique,
}


class SourceRefusee(Exception):
    """A source that cannot be declared; its text is a plain French sentence."""


@transaction.atomic
def declarer_une_source(
    *, nom: str, genre: str, adresse: str, adresse_services: str = "", rythme: str, role: Role | None, a: datetime
) -> SourceDAnnuaire:
    """Declare an open directory; the first reading waits for the next night.

    Args:
        nom: what it is called on screens.
        genre: code of ``GenreDeSource``.
        adresse: ``https://…``; a path only from the command line.
        adresse_services: that of the services, for data·inclusion.
        rythme: code of ``Rythme``.
        role: who declares it; ``None`` from the command line of the installation.
        a: the moment.

    Raises:
        PermissionError: the role does not keep the directory.
        SourceRefusee: an address that may not be called, a missing or already used value.
    """
    _tient_l_annuaire(role)
    nom, adresses = propre(nom)[:120], [adresse.strip(), adresse_services.strip()]
    if not nom or genre not in {g.value for g in GenreDeSource} or rythme not in {r.value for r in Rythme}:
        raise SourceRefusee("Donnez un nom, un format et un rythme.")
    if genre == GenreDeSource.DATA_INCLUSION.value and not adresses[1]:
        raise SourceRefusee("data·inclusion a deux fichiers : donnez aussi l'adresse des services.")
    for une in filter(None, adresses):
        refus = refus_d_adresse(une, 500) if role is not None or "://" in une else ""
        if refus:
            raise SourceRefusee(refus)
    if not adresses[0]:
        raise SourceRefusee("Donnez l'adresse du fichier.")
    try:
        with transaction.atomic():
            return SourceDAnnuaire.objects.create(
                nom=nom, genre=genre, adresse=adresses[0], adresse_services=adresses[1], rythme=rythme,
                prochain_le=a if Rythme(rythme).jours else None, ajoutee_par_id=role.compte_id if role else None,
                ajoutee_le=a,
            )  # fmt: skip
    except IntegrityError:
        raise SourceRefusee("Une source porte déjà ce nom.") from None


@transaction.atomic
def arreter_une_source(source_id: int, *, role: Role, a: datetime) -> bool:
    """Read a source no more; its entries and its reports stay. ``False`` when there is none; twice changes nothing."""
    _tient_l_annuaire(role)
    SourceDAnnuaire.objects.filter(pk=source_id, arretee_le=None).update(arretee_le=a, prochain_le=None)
    return SourceDAnnuaire.objects.filter(pk=source_id).exists()


@transaction.atomic
def demander_une_lecture(source_id: int, *, role: Role, a: datetime) -> bool:
    """Ask that a source be read as soon as the worker is free; ``False`` when there is none."""
    _tient_l_annuaire(role)
    if not SourceDAnnuaire.objects.filter(pk=source_id, arretee_le=None).update(prochain_le=a):
        return False
    differer(TACHE, source_id=source_id)
    return True


def lire_une_source(*, a: datetime, source_id: int) -> str:
    """Read a source now; run by the worker, safe to run twice. A file that cannot be read leaves its reason."""
    source = SourceDAnnuaire.objects.filter(pk=source_id, arretee_le=None).first()
    if source is None:
        return "Cette source n'existe plus, ou elle est arrêtée."
    try:
        dite = f"{_lire(source, a)}."
    except FichierIllisible as erreur:
        ImportDAnnuaire.objects.create(
            source=source, genre=source.genre, fichiers=source.adresse, commence_le=a, fini_le=a,
            echec=str(erreur)[:300],
        )  # fmt: skip
        dite = str(erreur)
    # Only now: killed in the middle, it is still due, and goes on where it stopped.
    jours = Rythme(source.rythme).jours
    SourceDAnnuaire.objects.filter(pk=source_id).update(prochain_le=a + timedelta(days=jours) if jours else None)
    _oublier_les_vieux_rapports(source_id)
    return f"{source.nom} : {dite}"


def lire_les_sources(*, a: datetime) -> str:
    """Read the sources that are due; return what became of each."""
    dues = SourceDAnnuaire.objects.filter(arretee_le=None, prochain_le__lte=a).order_by("pk")
    dites = [lire_une_source(a=a, source_id=pk) for pk in list(dues.values_list("pk", flat=True))]
    return "\n".join(dites) or "Aucune source à lire."


def _lire(source: SourceDAnnuaire, a: datetime) -> BilanDImport:
    with TemporaryDirectory(prefix="premier-accueil-annuaire-") as nom:
        dossiers = [Path(nom) / partie for partie in ("structures", "services")]
        for dossier in dossiers:
            dossier.mkdir()
        fichier = telecharger(source.adresse, dossiers[0])
        if source.genre == GenreDeSource.DATA_INCLUSION.value:
            services = telecharger(source.adresse_services, dossiers[1])
            return importer_data_inclusion(fichier, services, a=a, source_id=source.pk)
        return LECTEURS[GenreDeSource(source.genre)](fichier, a=a, source_id=source.pk)


def _oublier_les_vieux_rapports(source_id: int) -> None:
    gardes = int(table_des_sources()["rapports_gardes"])
    vieux = ImportDAnnuaire.objects.filter(source=source_id).exclude(fini_le=None).order_by("-commence_le", "-pk")
    ImportDAnnuaire.objects.filter(pk__in=list(vieux.values_list("pk", flat=True)[gardes:])).delete()


def _tient_l_annuaire(role: Role | None) -> None:
    if role is not None and not peut(role.fonction, Droit.TENIR_L_ANNUAIRE):
        raise PermissionError
