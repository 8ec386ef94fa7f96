"""Fill a counter with a plausible year, for the demonstration and the load tests; never real people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Max

from premier_accueil.accueil.models import Attente, Besoin, CompteurDeTickets, Passage, PremiereReponse
from premier_accueil.accueil.regles import Etape, EtatDAttente
from premier_accueil.accueil.regles.activite import Station, Visite
from premier_accueil.accueil.requetes.activite import Comptoir
from premier_accueil.faits.actions import verser_faits
from premier_accueil.faits.regles import FaitDit, dire
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.lots import cles, inserer

PAR_LOT = 5_000
PRIORITE, RAISON = "JEUNE_ENFANT", "bébé de trois mois (exemple)"


@transaction.atomic
def charger_activite(
    comptoir: Comptoir, visites: Iterable[Visite], *, progression: Callable[[int], object] | None = None
) -> int:
    """Write visits, their needs, answers, queue tickets and facts; a place that already has visits is left alone.

    Nothing is journaled: nobody did this.

    Args:
        comptoir: whose they are.
        visites: in order of arrival (``regles.activite.annee``).
        progression: told how many were written at each block.

    Returns:
        how many visits were written.
    """
    total = 0
    with situation(structure=comptoir.structure_id):
        if Passage.objects.filter(structure_id=comptoir.structure_id).exists():
            return 0
        for lot in _lots(visites):
            _ecrire(comptoir, lot)
            total += len(lot)
            if progression:
                progression(len(lot))
        _compter_les_numeros(comptoir)
    return total


def _compter_les_numeros(comptoir: Comptoir) -> None:
    """Say which numbers were drawn, so that nobody draws them again."""
    jours = Attente.objects.filter(site_id=comptoir.site_id).order_by("jour").values_list("jour")
    CompteurDeTickets.objects.bulk_create(
        CompteurDeTickets(site_id=comptoir.site_id, jour=jour, dernier=dernier)
        for jour, dernier in jours.annotate(Max("numero"))
    )


def _lots(visites: Iterable[Visite]) -> Iterator[list[Visite]]:
    suite = iter(visites)
    while lot := list(islice(suite, PAR_LOT)):
        yield lot


def _ecrire(comptoir: Comptoir, lot: list[Visite]) -> None:
    ici, passages = comptoir.structure_id, cles(Passage, len(lot))
    auteurs = [comptoir.accueil[v.numero % len(comptoir.accueil)] for v in lot]
    inserer(
        Passage,
        {
            "id": passages, "demande_id": [_demande(cle) for cle in passages], "auteur_id": auteurs,
            "canal": [v.canal for v in lot], "concerne": [v.concerne for v in lot],
            "commune_id": [v.commune for v in lot], "deplacement": [v.deplacement for v in lot],
            "nom": [v.prenom and f"{v.prenom} (exemple)" for v in lot], "mots": [v.mots for v in lot],
            "arrive_le": [v.a for v in lot], "clos_le": [_fin(v) for v in lot],
        },
        structure_id=ici, site_id=comptoir.site_id,
    )  # fmt: skip
    besoins = [(cle, code) for cle, v in zip(passages, lot, strict=True) for code in v.besoins]
    inserer(
        Besoin, {"passage_id": [p for p, _ in besoins], "thematique": [t for _, t in besoins]},
        structure_id=ici, etat=Besoin.Etat.REPONDU,
    )  # fmt: skip
    inserer(
        PremiereReponse,
        {
            "passage_id": passages, "nature": [v.reponse for v in lot], "auteur_id": auteurs,
            "donnee_le": [_fin(v) for v in lot],
        },
        structure_id=ici,
    )  # fmt: skip
    _mettre_en_file(comptoir, passages, lot)
    verser_faits(_faits(comptoir, lot), structure_id=ici, departement=comptoir.departement)


def _mettre_en_file(comptoir: Comptoir, passages: list[int], lot: list[Visite]) -> None:
    premiers = [(cle, v, v.accueil) for cle, v in zip(passages, lot, strict=True) if v.accueil]
    tickets = cles(Attente, len(premiers))
    suites = [
        (cle, v, v.travail_social, ticket)
        for ticket, (cle, v, _) in zip(tickets, premiers, strict=True) if v.travail_social
    ]  # fmt: skip
    seconds = comptoir.travail_social or comptoir.accueil
    _tickets(comptoir, Etape.ACCUEIL, [(c, v, s, None) for c, v, s in premiers], tickets, comptoir.accueil)
    _tickets(comptoir, Etape.TRAVAIL_SOCIAL, suites, cles(Attente, len(suites)), seconds)


def _tickets(
    comptoir: Comptoir, etape: Etape, lignes: Sequence[tuple[int, Visite, Station, int | None]], tickets: list[int],
    agents: tuple[int, ...],
) -> None:  # fmt: skip
    stations = [s for _, _, s, _ in lignes]
    appels = [agents[v.numero % len(agents)] if s.appel else None for _, v, s, _ in lignes]
    inserer(
        Attente,
        {
            "id": tickets, "passage_id": [p for p, _, _, _ in lignes], "suite_de_id": [avant for *_, avant in lignes],
            "jour": [jour_local(v.a) for _, v, _, _ in lignes], "numero": [v.numero for _, v, _, _ in lignes],
            "etat": [EtatDAttente.TERMINE if s.appel else EtatDAttente.PARTI for s in stations],
            "prioritaire": [s.prioritaire for s in stations],
            "priorite": [PRIORITE if s.prioritaire else "" for s in stations],
            "priorite_mots": [RAISON if s.prioritaire else "" for s in stations],
            "arrive_le": [s.arrivee for s in stations], "appele_le": [s.appel for s in stations],
            "appele_par_id": appels, "fini_le": [s.fin for s in stations],
        },
        structure_id=comptoir.structure_id, site_id=comptoir.site_id, etape=etape,
    )  # fmt: skip


def _faits(comptoir: Comptoir, lot: list[Visite]) -> Iterator[FaitDit]:
    for v in lot:
        code, population = comptoir.communes[v.commune]
        dits = [("PASSAGE", {"canal": v.canal, "concerne": v.concerne}), ("REPONSE", {"nature": v.reponse})]
        for genre, attributs in (*dits, *(("BESOIN", {"thematique": besoin}) for besoin in v.besoins)):
            yield dire(genre, jour=jour_local(v.a), commune=code, population=population, attributs=attributs)


def _fin(visite: Visite) -> datetime:
    """Return when the first answer was given: when she left the last desk that wrote it."""
    derniere = visite.travail_social or visite.accueil
    return (derniere and (derniere.fin or derniere.appel)) or visite.a


def _demande(cle: int) -> str:
    return f"00000000-0000-4000-8000-{cle:012x}"
