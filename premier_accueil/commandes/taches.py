"""The table of what is done without anybody asking: when, by which function. The worker follows it (``ouvrier``).

A room that needs work at night, or later, adds its line; an action asks for it by name (``socle.taches.differer``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.job_context import JobContext

journal_technique = logging.getLogger("premier_accueil.taches")
NUIT = "nuit"
ESSAIS = 3
HEURES_DES_ECHECS = 30 * 24


class Alerte(Exception):
    """The task was done, and what it found must be seen by somebody; the text holds no word of a person."""


class TacheEchouee(Exception):
    """A task fell; only its name and the kind of error are told, a database error may quote a row."""


@dataclass(frozen=True)
class Tache:
    """One line of the table.

    Attributes:
        nom: name in the queue.
        travail: dotted path of the function: takes ``a`` (and the keys of who deferred it), returns a sentence.
            Run twice, it must change nothing the second time.
        quand: cron expression, in UTC; empty when an action defers it.
        commande: words of the command line that does the same by hand.
        verrou: tasks of the same lock never run together.
    """

    nom: str
    travail: str
    quand: str = ""
    commande: str = ""
    verrou: str = ""


_ICI = "premier_accueil.commandes"
TACHES = (
    Tache("rappels", f"{_ICI}.rappels.envoyer_les_rappels", "7 * * * *", "rappels", "rappels"),
    Tache("relais.veiller", f"{_ICI}.relais.veiller_partout", "17 * * * *", "relais veiller", "relais"),
    Tache("relais.avertir", "premier_accueil.relais.actions.avertir"),
    Tache("relais.temps", f"{_ICI}.relais.compter_les_temps", "40 2 * * *", "relais temps", NUIT),
    Tache("annuaire.campagnes", f"{_ICI}.annuaire.envoyer_les_liens", "27 * * * *", "annuaire relances", "annuaire"),
    Tache("journal.verifier", f"{_ICI}.journal.tout_verifier", "10 1 * * *", "journal verifier", NUIT),
    Tache("journal.purger", f"{_ICI}.journal.tout_purger", "30 1 * * *", "journal purger", NUIT),
    Tache(
        "conservation.proposer", f"{_ICI}.conservation.proposer_partout", "50 1 * * *", "conservation proposer", NUIT
    ),
    Tache("reperes.veiller", f"{_ICI}.fiches_vecues.veiller_aux_fiches", "20 2 * * *", "", NUIT),
    Tache("annuaire.guide", "premier_accueil.annuaire.actions.guides.composer_un_guide"),
    Tache("annuaire.sources", f"{_ICI}.importer.lire_les_sources", "20 3 * * *", "importer sources", NUIT),
    Tache("annuaire.source", "premier_accueil.annuaire.actions.sources.lire_une_source", verrou=NUIT),
    Tache("lexique.essayer", "premier_accueil.orientation.actions.epreuve.essayer", verrou="lexique"),
    Tache("lexique.apprendre", "premier_accueil.orientation.actions.epreuve.apprendre", verrou="lexique"),
    Tache("sessions", f"{_ICI}.taches.effacer_les_sessions", "10 2 * * *", "", NUIT),
)


def inscrire(app: App) -> None:
    """Tell the queue every task of the table (``PROCRASTINATE_ON_APP_READY``)."""
    from procrastinate import RetryStrategy

    for tache in TACHES:
        # A periodic task waits once, however long nobody was there to do it.
        connue = app.task(
            name=tache.nom, lock=tache.verrou or None, queueing_lock=tache.nom if tache.quand else None,
            retry=RetryStrategy(max_attempts=ESSAIS, exponential_wait=60),
        )(_travail(tache))  # fmt: skip
        if tache.quand:
            app.periodic(cron=tache.quand)(connue)
    app.periodic(cron="*/10 * * * *")(
        app.task(name="file.entretenir", queueing_lock="file.entretenir", pass_context=True)(entretenir_la_file)
    )


def accomplir(tache: Tache, a: datetime, **cles: int) -> str:
    """Do a task and say what it did, in the log of the worker.

    Args:
        a: now.
        cles: what its deferrer gave.

    Raises:
        TacheEchouee: it fell; the queue tries again.
    """
    try:
        phrase: str = import_string(tache.travail)(a=a, **cles)
    except Alerte as alerte:
        journal_technique.error("%s: %s", tache.nom, alerte)
        return str(alerte)
    except (Exception, SystemExit) as erreur:
        dite = f"{tache.nom}: {type(erreur).__name__}{_ou(erreur)}"
        journal_technique.error("%s", dite)
        raise TacheEchouee(dite) from None
    journal_technique.info("%s: %s", tache.nom, phrase)
    return phrase


def _travail(tache: Tache) -> Callable[..., None]:
    def travail(timestamp: int | None = None, **cles: int) -> None:
        accomplir(tache, datetime.now(UTC), **cles)

    return travail


def _ou(erreur: BaseException) -> str:
    trace = erreur.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f" ({trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno})" if trace else ""


def effacer_les_sessions(*, a: datetime) -> str:
    """Forget the sessions that are over."""
    from django.contrib.sessions.models import Session

    effacees, _ = Session.objects.filter(expire_date__lt=a).delete()
    return f"{effacees} session(s) finie(s) effacée(s)."


async def entretenir_la_file(context: JobContext, timestamp: int) -> None:
    """Give back the work of a worker that was killed, and forget the failures of last month."""
    from procrastinate.exceptions import ConnectorException
    from procrastinate.jobs import Status

    file = context.app.job_manager
    for job in await file.get_stalled_jobs():
        try:
            await file.retry_job(job)
        except ConnectorException:  # its turn of tonight already waits
            await file.finish_job(job, Status.FAILED, delete_job=True)
    await file.delete_old_jobs(HEURES_DES_ECHECS, include_failed=True, include_cancelled=True, include_aborted=True)
