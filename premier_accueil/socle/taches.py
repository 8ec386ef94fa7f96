"""Work for later: an action defers a task by its name, inside its own transaction; a worker does it afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction


class TacheInconnue(LookupError):
    """No task of this name stands in the table (``commandes/taches.py``)."""


def differer(nom: str, *, le: datetime | None = None, **cles: int) -> None:
    """Ask that a task be done once the running transaction is committed; rolled back with it.

    The queue is open to the whole installation: it holds keys, never a word, a number or a name of a person.

    Args:
        nom: name of the task in the table.
        le: not before; as soon as a worker is free by default.
        cles: what the task needs to find its rows again (``structure_id=3, relais_id=12``).

    Raises:
        TacheInconnue: no such task; nothing was deferred.
        TypeError: something else than a key was given.
    """
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector
    from procrastinate.exceptions import AlreadyEnqueued
    from procrastinate.manager import JobManager
    from procrastinate.tasks import configure_task

    if any(type(cle) is not int for cle in cles.values()):
        raise TypeError(f"{nom}: the queue is open to everybody, it only takes keys")
    try:
        tache = app.tasks[nom]
    except KeyError as erreur:
        raise TacheInconnue(nom) from erreur
    # Through the connection of the action, also inside a worker, whose own connection to the queue is another one.
    demande = configure_task(
        name=nom, job_manager=JobManager(DjangoConnector()), queue=tache.queue, lock=tache.lock,
        queueing_lock=tache.queueing_lock, schedule_at=le,
    )  # fmt: skip
    try:
        with transaction.atomic():
            demande.defer(**cles)
    except AlreadyEnqueued:
        return  # the same work already waits
